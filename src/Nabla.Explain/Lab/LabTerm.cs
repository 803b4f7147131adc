using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>One side of an equation or one cell of a table: a formula, or a text.</summary>
internal readonly record struct LabTerm
{
    private LabTerm(Formula? formula, string text, int depth = 0) => (Formula, Plain, Depth) = (formula, text, depth);

    /// <summary>The formula; null for text.</summary>
    public Formula? Formula { get; }

    /// <summary>The text; empty for a formula.</summary>
    public string Plain { get; }

    /// <summary>How far it stands to the right.</summary>
    public int Depth { get; }

    public static implicit operator LabTerm(Formula formula) => new(formula, "");

    public static implicit operator LabTerm(string text) => new(null, text);

    public static implicit operator LabTerm(LabValue value) =>
        value.Exact is { IsFinite: true } exact && value.Text == RationalText.Write(exact) ? new(new Formula.Number(exact), "") : new(null, value.Text);

    /// <summary>A formula of an inner step.</summary>
    public static LabTerm Indented(Formula formula, int depth) => new(formula, "", depth);

    /// <summary>The formula's sides where it is an equation, else itself.</summary>
    public IEnumerable<Formula> Sides => SidesOf(Formula);

    /// <summary>As plain text: a derivative's head is <c>dJ/dw</c>.</summary>
    public string Ascii => Indent + (Formula is null ? Plain : string.Join(" = ", Sides.Select(Written)));

    /// <summary>With all signs: <c>∂J/∂w</c>, <c>w²</c>.</summary>
    public string Unicode => Indent + (Formula is null ? Plain : string.Join(" = ", Sides.Select(s => FormulaUnicode.Print(s))));

    private string Indent => new(' ', 2 * Depth);

    private static IEnumerable<Formula> SidesOf(Formula? formula) => formula switch
    {
        null => [],
        Formula.Infix { Operator: "=" } equation => SidesOf(equation.Left).Concat(SidesOf(equation.Right)),
        _ => [formula],
    };

    private static string Written(Formula formula) => formula is Formula.Derivative derivative ? Head(derivative) : FormulaText.Print(formula);

    private static string Head(Formula.Derivative derivative)
    {
        string order = derivative.Variables.Length > 1 ? FormattableString.Invariant($"^{derivative.Variables.Length}") : "";
        string below = string.Join(' ', derivative.Variables.CountBy(v => v).Select(v => v.Value > 1 ? FormattableString.Invariant($"d{v.Key}^{v.Value}") : $"d{v.Key}"));
        return derivative.Of is Formula.Symbol { Name: var name } ? $"d{order}{name}/{below}" : $"d{order}/{below} ({FormulaText.Print(derivative.Of)})";
    }
}
