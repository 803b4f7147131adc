using System.Collections.Immutable;

namespace Nabla;

/// <summary>Mathematics ready to print: what an op looks like over the formulas of its inputs. Printers choose text, LaTeX or code.</summary>
/// <example><code>
/// Formula formula = new Formula.Infix("+", new Formula.Symbol("w"), new Formula.Number(new Rational(1, 2)));
/// string text = FormulaText.Print(formula);   // w + 1/2
/// </code></example>
public abstract record Formula
{
    private Formula()
    {
    }

    /// <summary>A name: <c>w</c>.</summary>
    public sealed record Symbol(string Name) : Formula;

    /// <summary>An exact number.</summary>
    public sealed record Number(Rational Value) : Formula;

    /// <summary>An operator between two formulas: <c>+ - * / &lt; &lt;= &gt; &gt;= == != and or</c>, or <c>=</c> for an equation.</summary>
    public sealed record Infix(string Operator, Formula Left, Formula Right) : Formula;

    /// <summary>An operator before a formula: <c>-</c> or <c>not</c>.</summary>
    public sealed record Prefix(string Operator, Formula Operand) : Formula;

    /// <summary>A power.</summary>
    public sealed record Power(Formula Base, Formula Exponent) : Formula;

    /// <summary>A function by name over its arguments.</summary>
    public sealed record Call(string Function, ImmutableArray<Formula> Arguments) : Formula;

    /// <summary>A derivative that is named, not computed: <c>∂J/∂w</c>.</summary>
    /// <param name="Of">What is differentiated.</param>
    /// <param name="Variables">By what, in order; one that is repeated is differentiated by twice.</param>
    /// <param name="IsPartial">Whether it is written with ∂ rather than d.</param>
    public sealed record Derivative(Formula Of, ImmutableArray<string> Variables, bool IsPartial = true) : Formula;
}

/// <summary>What an op sees when it renders itself.</summary>
/// <param name="Node">The node being rendered.</param>
/// <param name="Inputs">The formulas of its inputs.</param>
/// <example><code>
/// Func&lt;RenderContext, Formula&gt; render = c =&gt; new Formula.Call("exp", c.Inputs);   // how exp writes itself
/// </code></example>
public sealed record RenderContext(Node Node, ImmutableArray<Formula> Inputs);
