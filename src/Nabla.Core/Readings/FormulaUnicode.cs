using System.Collections.Frozen;

namespace Nabla;

/// <summary>
/// Formulas on one line with the signs of mathematics: <c>3*w²</c>, <c>σ(z)*(1 - σ(z))</c>, <c>∂J/∂w</c>, <c>a₁^[2]</c>, <c>√(x + 1)</c>.
/// </summary>
/// <remarks>For reading only: <see cref="FormulaText"/> is what the parser reads back.</remarks>
/// <example><code>
/// string text = FormulaUnicode.Print(FormulaRenderer.Render(input * input.Sigmoid()));   // x*σ(x)
/// </code></example>
public static class FormulaUnicode
{
    private static readonly UnicodePrinter Printer = new();

    /// <summary>The text of a formula.</summary>
    /// <param name="formula">The formula, of any depth.</param>
    /// <param name="longest">The most characters; a shared intermediate doubles the text at every use.</param>
    /// <exception cref="InvalidOperationException">The text would be longer.</exception>
    public static string Print(Formula formula, int longest = 1_000_000) => Printer.Print(formula, longest);

    private sealed class UnicodePrinter() : LinePrinter(nameof(FormulaUnicode))
    {
        private const string Plain = "0123456789+-()abcdefghijklmnoprstuvwxyz";
        private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ";
        private const string Low = "0123456789+-()aehijklmnoprstuvx";
        private const string Lowered = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ";

        private static readonly FrozenDictionary<string, string> Signs = new Dictionary<string, string>
        {
            ["<="] = "≤",
            [">="] = "≥",
            ["!="] = "≠",
            ["=="] = "=",
            ["and"] = "∧",
            ["or"] = "∨",
            ["not"] = "¬",
        }.ToFrozenDictionary();

        protected override int Rank(Formula formula) => FormulaRank.Typeset(formula);

        protected override string Operator(string name) => Signs.GetValueOrDefault(name, name);

        protected override string Number(Rational value) =>
            value.IsNaN ? "nan" : !value.IsFinite ? (value.Sign < 0 ? "-∞" : "∞")
            : value == RationalText.Pi ? "π" : value == -RationalText.Pi ? "-π" : value == RationalText.E ? "e" : value == -RationalText.E ? "-e" : base.Number(value);

        protected override string Name(string name)
        {
            FormulaName parts = FormulaName.Of(name);
            string text = GreekLetters.LetterOf(parts.Base) ?? parts.Base;
            text = parts.Below.Aggregate(text, (t, script) => t + (Script(script, Low, Lowered) ?? "_" + Letter(script)));
            return parts.Above.Aggregate(text, (t, script) => t + "^" + Letter(script));
        }

        protected override Part[] Raise(Formula.Power power)
        {
            string? exponent = power.Exponent switch
            {
                Formula.Number { Value: { IsInteger: true } value } => Script(RationalText.Write(value), Plain, Raised),
                Formula.Symbol { Name.Length: 1 } symbol => Script(symbol.Name, Plain, Raised),
                _ => null,
            };
            // A name with something above it is raised in parentheses, and so is a root: √x³ would be the root of x³.
            int rank = power.Base is Formula.Call { Function: "sqrt" } || (power.Base is Formula.Symbol { Name: var name } && FormulaName.Of(name).Above.Length > 0) ? FormulaRank.Atom + 1 : FormulaRank.Atom;
            return exponent is null
                ? [new(power.Base, rank), "^", new(power.Exponent, FormulaRank.Power)]
                : [new(power.Base, rank), exponent];
        }

        protected override Part[] Call(Formula.Call call) => (call.Function, call.Arguments) switch
        {
            ("sqrt", [var x]) => ["√", new(x, FormulaRank.Atom)],
            ("abs", [var x]) => ["|", new(x), "|"],
            ("floor", [var x]) => ["⌊", new(x), "⌋"],
            ("transpose", [var x]) => [new(x, FormulaRank.Atom), "ᵀ"],
            ("matmul", [var a, var b]) => [new(a, FormulaRank.Power), " ", new(b, FormulaRank.Power)],
            _ when BigOperators.Is(call) && BigOperators.Of(call.Arguments, call.Function) is var (sign, _, letters, inner) =>
                [sign + (Script(letters, Low, Lowered) ?? "_" + letters) + " ", new(inner, BigOperators.InnerRank(inner))],
            ("sigmoid", _) => ["σ(", .. Listed(call), ")"],
            _ => [call.Function + "(", .. Listed(call), ")"],
        };

        protected override Part[] Derivative(Formula.Derivative derivative)
        {
            string d = derivative.IsPartial ? "∂" : "d";
            string order = derivative.Variables.Length > 1 ? Script(Count(derivative.Variables.Length), Plain, Raised)! : "";
            IEnumerable<string> below = derivative.Variables.CountBy(v => v).Select(v => d + Name(v.Key) + (v.Value > 1 ? Script(Count(v.Value), Plain, Raised) : ""));
            string line = $"/{string.Join(' ', below)}";
            return derivative.Of is Formula.Symbol symbol
                ? [d + order + Name(symbol.Name) + line]
                : [$"{d}{order}{line} ", new(derivative.Of, FormulaRank.Power)];
        }

        private static string Count(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);

        private static string Letter(string text) => GreekLetters.LetterOf(text) ?? text;

        // Null where a character has no such form.
        private static string? Script(string text, string from, string to)
        {
            char[] result = new char[text.Length];
            for (int i = 0; i < result.Length; i++)
            {
                int at = from.IndexOf(text[i], StringComparison.Ordinal);
                if (at < 0)
                {
                    return null;
                }

                result[i] = to[at];
            }

            return new string(result);
        }
    }
}
