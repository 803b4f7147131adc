using System.Globalization;
using Nabla.Explain;

namespace Nabla.Cli.Explaining;

/// <summary>What <c>nabla diff</c> shows.</summary>
/// <param name="derived">What was found.</param>
/// <param name="unicode">Whether anything beyond ASCII may be written.</param>
/// <param name="notation">Which sign heads derivatives.</param>
/// <param name="latex">Whether LaTeX is shown, too.</param>
internal sealed class DerivedText(Derived derived, bool unicode, Notation notation, bool latex)
{
    private static readonly AsciiPrinter Ascii = new();

    private readonly DiffStep _steps = derived.Steps;

    public void Write(TextWriter output)
    {
        Formula name = new Formula.Symbol(derived.Name);
        Formula slope = new Formula.Derivative(name, [_steps.Variable.Name!], notation == Notation.AlwaysPartial || _steps.Function.FreeSymbols.Length > 1);
        output.WriteLine(Text(Equation(name, _steps.Function)));
        output.WriteLine(Text(Equation(slope, _steps.Result)));
        if (latex)
        {
            output.WriteLine();
            output.WriteLine(FormulaLatex.Print(Equation(name, _steps.Function)));
            output.WriteLine(FormulaLatex.Print(Equation(slope, _steps.Result)));
        }

        output.WriteLine();
        output.WriteLine("DERIVATION");
        int number = 0;
        foreach ((DiffStep step, int depth) in _steps.Walk())
        {
            string text = $"{new string(' ', 2 * depth)}{Text(step.ToFormula(notation))}";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{++number,3}  {text}   [{step.RuleText}: {step.Law}]"));
        }

        if (derived.Witness is { } witness)
        {
            output.WriteLine();
            WritePoint(output, name, slope, witness);
        }
    }

    private void WritePoint(TextWriter output, Formula name, Formula slope, TraceNode witness)
    {
        string at = string.Join(", ", derived.Point.Select(p => $"{Text(p.Symbol.ToFormula())} = {Text(p.Value.ToFormula())}"));
        double derivative = derived.Value(_steps.Result);
        output.WriteLine($"AT {at}");
        output.WriteLine($"  {Text(name)} = {Both(_steps.Function)}");
        output.WriteLine($"  {Text(slope)} = {Both(_steps.Result)}");
        output.WriteLine();
        string variable = Text(_steps.Variable.ToFormula());
        string epsilon = unicode ? "ε" : "eps";
        output.WriteLine($"NUDGE {variable}");
        double before = derived.Value(_steps.Function);
        foreach (Nudge nudge in witness.Nudges)
        {
            // One digit more than elsewhere: what the nudge did is far behind the point.
            string after = Numerals.Of(nudge.Result, 11);
            output.WriteLine($"  {epsilon} = {Number(nudge.Epsilon)}: {Text(name)} {Number(before)} {(unicode ? "→" : "->")} {after}, ratio {Number(nudge.Ratio)}, central {Number(nudge.Central)}");
        }

        foreach (NudgeCheck check in witness.Checks)
        {
            string verdict = check.Verdict switch
            {
                NudgeVerdict.Agrees => $"agrees with {Number(derivative)}",
                NudgeVerdict.Close when check.Meets(derivative) => $"agrees with {Number(derivative)} as far as rounding lets it be seen",
                NudgeVerdict.Close => $"is close to {Number(derivative)}: the function bends strongly here",
                NudgeVerdict.Disagrees => $"DISAGREES with {Number(derivative)}",
                NudgeVerdict.Kink => $"the sides have the slopes {Number(check.Below)} and {Number(check.Above)}: a kink, no verdict",
                NudgeVerdict.Unclear => "rounding hides the change: no verdict",
                _ => "a nudged value is not finite: no verdict",
            };
            output.WriteLine($"CHECK slope of both sides {Number(check.Slope)} ({epsilon} = {Number(check.Epsilon)}): {verdict}");
        }
    }

    private static Formula.Infix Equation(Formula left, Expr right) => new("=", left, right.ToFormula());

    // Exactly where there is an exact number, and as a decimal where that is another text.
    private string Both(Expr expression)
    {
        Expr exact = derived.AtPoint(expression);
        string text = Text(exact.ToFormula());
        string number = Number(derived.Value(expression));
        return text == number ? text : exact.Number is { IsFinite: true } ? $"{text} = {number}" : $"{text} = {number} (rounded)";
    }

    private string Text(Formula formula) => unicode ? FormulaUnicode.Print(formula) : Ascii.Print(formula, 1_000_000);

    private static string Number(double value) => Numerals.Of(value);

    // d/dw in place of a function's name.
    private sealed class AsciiPrinter() : LinePrinter("diff")
    {
        protected override Part[] Derivative(Formula.Derivative derivative)
        {
            string below = string.Join(' ', derivative.Variables.Select(v => "d" + v));
            return derivative.Of is Formula.Symbol symbol ? [$"d{symbol.Name}/{below}"] : [$"d/{below} (", new(derivative.Of), ")"];
        }
    }
}
