using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// Symbolic mathematics in the shape of SymPy, on the graph and the rules that train networks: symbols, functions, and derivatives.
/// Meant for <c>using static Nabla.Sym;</c>
/// </summary>
/// <example><code>
/// var (J, w) = Sym.Symbols("J, w");
/// J = Sym.Pow(w, 3);
/// Expr slope = Sym.Diff(J, w);           // 3*w^2
/// Console.WriteLine(slope.Subs(w, 2));   // 12
/// </code></example>
public static partial class Sym
{
    /// <summary>The circle's number.</summary>
    public static Expr Pi { get; } = RationalText.Pi;

    /// <summary>The base of the natural logarithm.</summary>
    public static Expr E { get; } = RationalText.E;

    /// <summary>A symbol; two of one name are the same.</summary>
    /// <param name="name">A letter, then letters, digits and _: <c>w</c>, <c>a_1</c>, <c>alpha</c>; a layer's mark may follow: <c>w^[2]_jk</c>.</param>
    /// <exception cref="ArgumentException">The name is empty, not of this form, or has a meaning already (<c>pi</c>, <c>exp</c>).</exception>
    public static Expr Symbol(string name)
    {
        string known = SymbolName.Check(name);
        return Sheet.Write(builder => builder.Input(known, Sheet.Scalar));
    }

    /// <summary>Several symbols: <c>var (J, w) = Symbols("J, w");</c></summary>
    /// <param name="names">The names, separated by commas or blanks.</param>
    /// <exception cref="ArgumentException">There is no name, one is not allowed, or one comes twice.</exception>
    public static SymbolList Symbols(string names)
    {
        string[] each = names.Split([',', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return each.Length == 0 ? throw new ArgumentException("Symbols: expected names such as \"J, w\", received none.")
            : each.Distinct().Count() < each.Length ? throw new ArgumentException($"Symbols: expected each name once, received \"{names}\".")
            : new SymbolList([.. each.Select(Symbol)]);
    }

    /// <summary>The exact fraction <paramref name="numerator"/>/<paramref name="denominator"/>: what <c>1/2</c> is not in C#.</summary>
    public static Expr R(long numerator, long denominator) => new Rational(numerator, denominator);

    /// <summary>Reads a formula as people type it: <c>1/2*(w*x + b - y)^2</c>, with <c>^</c> or <c>**</c>.</summary>
    /// <exception cref="ParseException">The text is not a formula; the message shows the place.</exception>
    public static Expr Parse(string formula) => Sheet.Copy(FormulaParser.Parse(formula).Outputs[^1].Node);

    /// <summary>
    /// The derivative, by the pass that differentiates networks, in the form in which people write it: <c>Diff(1/w, w)</c> is <c>-1/w^2</c>.
    /// </summary>
    /// <param name="f">What is differentiated.</param>
    /// <param name="by">The symbols, one after another: two for a second derivative; none where <paramref name="f"/> has only one.</param>
    /// <exception cref="ArgumentException">No symbol is named and there is not exactly one, or <paramref name="by"/> holds something else.</exception>
    public static Expr Diff(Expr f, params ReadOnlySpan<Expr> by) => Differentiation.Run(f, by);

    /// <summary>The derivative written down, not computed; see <see cref="UnevaluatedDerivative.Doit"/>.</summary>
    /// <inheritdoc cref="Diff"/>
    public static UnevaluatedDerivative Derivative(Expr f, params ReadOnlySpan<Expr> by) => new(f, [.. Differentiation.Variables(f, by, nameof(Derivative))]);

    /// <summary>The derivative with the rule of every step, from the outside in.</summary>
    /// <remarks>Every step's result is <see cref="Diff"/> of its part, so the first one's is the derivative itself.</remarks>
    /// <param name="f">What is differentiated.</param>
    /// <param name="by">The symbol; none where <paramref name="f"/> has only one.</param>
    /// <exception cref="ArgumentException">No symbol is named and there is not exactly one, or the expression has more than a thousand parts.</exception>
    public static DiffStep DiffSteps(Expr f, params ReadOnlySpan<Expr> by) => Derivation.Of(f, by);

    /// <summary>The same expression in the form in which people write it.</summary>
    /// <inheritdoc cref="Expr.Simplify"/>
    public static Expr Simplify(Expr x) => x.Simplify();
}
