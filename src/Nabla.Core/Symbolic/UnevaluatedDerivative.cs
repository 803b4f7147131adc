using System.Collections.Immutable;

namespace Nabla;

/// <summary>A derivative that is written down but not computed, until <see cref="Doit"/>.</summary>
/// <example><code>
/// Expr w = Sym.Symbol("w");
/// UnevaluatedDerivative slope = Sym.Derivative(Sym.Pow(w, 2), w);
/// Console.WriteLine($"{slope.ToUnicode()} = {slope.Doit()}");   // ∂/∂w w² = 2*w
/// </code></example>
public sealed class UnevaluatedDerivative
{
    internal UnevaluatedDerivative(Expr function, ImmutableArray<Expr> variables)
    {
        Function = function;
        Variables = variables;
    }

    /// <summary>What is to be differentiated.</summary>
    public Expr Function { get; }

    /// <summary>The symbols to differentiate by, in order.</summary>
    public ImmutableArray<Expr> Variables { get; }

    /// <summary>Computes it.</summary>
    public Expr Doit() => Sym.Diff(Function, [.. Variables]);

    /// <summary>As a formula, for the printers.</summary>
    /// <param name="notation">Which sign heads it.</param>
    public Formula ToFormula(Notation notation = Notation.AlwaysPartial) =>
        new Formula.Derivative(Function.ToFormula(), [.. Variables.Select(v => v.Name!)], IsPartial(Function, notation));

    /// <summary>As SymPy prints it: <c>Derivative(w^2, w)</c>.</summary>
    public override string ToString() => $"Derivative({Function}, {string.Join(", ", Variables.Select(v => v.Name))})";

    /// <summary><c>∂/∂w w²</c>, or <c>d/dw w²</c> where the notation says so.</summary>
    /// <param name="notation">Which sign heads it.</param>
    public string ToUnicode(Notation notation = Notation.AlwaysPartial) => FormulaUnicode.Print(ToFormula(notation));

    /// <summary><c>\frac{\partial}{\partial w} w^{2}</c>, or <c>\frac{d}{d w} w^{2}</c> where the notation says so.</summary>
    /// <param name="notation">Which sign heads it.</param>
    public string ToLatex(Notation notation = Notation.AlwaysPartial) => FormulaLatex.Print(ToFormula(notation));

    /// <summary>As a MathML element.</summary>
    /// <param name="notation">Which sign heads it.</param>
    public string ToMathMl(Notation notation = Notation.AlwaysPartial) => FormulaMathMl.Print(ToFormula(notation));

    internal static bool IsPartial(Expr function, Notation notation) => notation == Notation.AlwaysPartial || function.FreeSymbols.Length > 1;
}
