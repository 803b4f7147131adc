using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>
/// Formulas as LaTeX, in the dialect of SymPy: <c>3 w^{2}</c>, <c>- \frac{1}{w^{2}}</c>, <c>\frac{\partial}{\partial w} w^{2}</c>;
/// names with Greek letters, superscripts and subscripts: <c>\alpha</c>, <c>w^{[2]}_{jk}</c>.
/// </summary>
/// <example><code>
/// string latex = FormulaLatex.Print(FormulaRenderer.Render(1 / (input * input)));   // \frac{1}{x x}
/// </code></example>
public static class FormulaLatex
{
    private static readonly LatexPrinter Printer = new();

    /// <summary>The LaTeX of a formula, for math mode.</summary>
    /// <param name="formula">The formula, of any depth.</param>
    /// <param name="longest">The most characters; a shared intermediate doubles the text at every use.</param>
    /// <exception cref="InvalidOperationException">The text would be longer.</exception>
    public static string Print(Formula formula, int longest = 1_000_000) => Printer.Print(formula, longest);

    private sealed class LatexPrinter() : TypesetPrinter(nameof(FormulaLatex))
    {
        private static readonly FrozenDictionary<string, string> Signs = new Dictionary<string, string>
        {
            ["<"] = " < ",
            ["<="] = @" \leq ",
            [">="] = @" \geq ",
            ["!="] = @" \neq ",
            ["=="] = " = ",
            ["and"] = @" \wedge ",
            ["or"] = @" \vee ",
            ["not"] = @"\neg ",
            [MatrixFormulas.Elementwise] = @" \odot ",
        }.ToFrozenDictionary();

        protected override string Minus => "- ";

        protected override string Times => " ";

        protected override string Dot => @" \cdot ";

        protected override string Operator(string name) => Signs.GetValueOrDefault(name) ?? $" {name} ";

        protected override string Name(string name)
        {
            FormulaName parts = FormulaName.Of(name);
            StringBuilder text = new(Word(parts.Base));
            if (parts.Above.Length > 0)
            {
                text.Append("^{").AppendJoin(", ", parts.Above.Select(Script)).Append('}');
            }

            if (parts.Below.Length > 0)
            {
                text.Append("_{").AppendJoin(", ", parts.Below.Select(Script)).Append('}');
            }

            return text.ToString();
        }

        protected override string Number(Rational value)
        {
            if (!value.IsFinite)
            {
                return value.IsNaN ? @"\text{NaN}" : @"\infty";
            }

            if (value == RationalText.Pi || value == RationalText.E)
            {
                return value == RationalText.Pi ? @"\pi" : "e";
            }

            string text = RationalText.Write(value);
            int e = text.IndexOf('e', StringComparison.Ordinal);
            return RationalText.IsQuotient(value) ? $@"\frac{{{value.Numerator}}}{{{value.Denominator}}}"
                : e >= 0 ? $@"{text[..e]} \cdot 10^{{{text[(e + 1)..]}}}" : text;
        }

        protected override Part[] Parenthesised(Part[] inside) => [@"\left(", .. inside, @"\right)"];

        protected override Part[] Fraction(Part above, Part below) => [@"\frac{", above, "}{", below, "}"];

        protected override Part[] Raise(Formula.Power power)
        {
            int root = RootOf(power.Exponent);
            if (root > 0)
            {
                return [root == 2 ? @"\sqrt{" : $@"\sqrt[{root}]{{", new(power.Base), "}"];
            }

            bool isNamed = power is { Base: Formula.Call { Function: "sin" or "cos" or "tanh" or "log", Arguments: [_] }, Exponent: Formula.Number { Value: { IsInteger: true, Sign: > 0 } } };
            return isNamed && power.Base is Formula.Call call
                ? [$@"\{call.Function}^{{", new(power.Exponent), @"}{\left(", new(call.Arguments[0]), @" \right)}"]
                : [new(power.Base, power.Base is Formula.Call { Function: "exp" } ? FormulaRank.Atom + 1 : BaseRank(power)), "^{", new(power.Exponent), "}"];
        }

        protected override Part[] Call(Formula.Call call) => (call.Function, call.Arguments) switch
        {
            ("exp", [var x]) => ["e^{", new(x), "}"],
            ("sqrt", [var x]) => [@"\sqrt{", new(x), "}"],
            ("abs", [var x]) => [@"\left|{", new(x), @"}\right|"],
            ("floor", [var x]) => [@"\left\lfloor{", new(x), @"}\right\rfloor"],
            ("transpose", [var x]) => [new(x, BaseRank(x)), "^{T}"],
            ("matmul", [var a, var b]) => [new(a, FormulaRank.Power), " ", new(b, FormulaRank.Power)],
            ("sigmoid", _) => Over(@"\sigma", call),
            ("sin" or "cos" or "tanh" or "log" or "max" or "min", _) => Over(@"\" + call.Function, call),
            _ => Over($@"\operatorname{{{Escaped(call.Function)}}}", call),
        };

        protected override Part[] Big(Formula.Call call)
        {
            (_, string sign, string letters, Formula inner) = BigOperators.Of(call.Arguments, call.Function);
            return [$"{sign}_{{{letters}}} ", new(inner, BigOperators.InnerRank(inner))];
        }

        protected override Part[] Cases(ImmutableArray<(Formula Value, Formula? Condition)> rows) =>
        [
            @"\begin{cases} ",
            .. rows.SelectMany((row, i) => row.Condition is null
                ? (Part[])[@" \\ ", new(row.Value), @" & \text{otherwise} \end{cases}"]
                : [i > 0 ? @" \\ " : "", new(row.Value), @" & \text{for}\: ", new(row.Condition)]),
        ];

        protected override Part[] Derivative(Formula.Derivative derivative, int operandRank)
        {
            string d = derivative.IsPartial ? @"\partial" : "d";
            string order = derivative.Variables.Length > 1 ? Exponent(derivative.Variables.Length) : "";
            string below = string.Join(' ', Orders(derivative).Select(v => $"{d} {Name(v.Name)}{(v.Times > 1 ? Exponent(v.Times) : "")}"));
            return derivative.Of is Formula.Symbol symbol
                ? [$@"\frac{{{d}{order} {Name(symbol.Name)}}}{{{below}}}"]
                : [$@"\frac{{{d}{order}}}{{{below}}} ", new(derivative.Of, operandRank)];
        }

        private static string Exponent(int times) => string.Create(CultureInfo.InvariantCulture, $"^{{{times}}}");

        private static Part[] Over(string function, Formula.Call call) =>
            [function + @"{\left(", .. call.Arguments.SelectMany((a, i) => new Part[] { i > 0 ? ", " : "", new(a) }), @" \right)}"];

        // One letter is set in italics, a word upright.
        private static string Word(string text) =>
            GreekLetters.NameOf(text) is { } greek ? @"\" + greek
            : text.Length == 1 && char.IsLetter(text[0]) ? text
            : text.Length > 0 && text.All(char.IsAsciiLetterOrDigit) ? $@"\mathrm{{{text}}}"
            : $@"\text{{{Escaped(text)}}}";

        private static string Script(string text) =>
            GreekLetters.NameOf(text) is { } greek ? @"\" + greek
            : text.All(c => char.IsLetterOrDigit(c) || "[](),+-".Contains(c, StringComparison.Ordinal)) ? text
            : $@"\text{{{Escaped(text)}}}";

        private static string Escaped(string text)
        {
            StringBuilder result = new(text.Length);
            foreach (char c in text)
            {
                _ = c switch
                {
                    '\\' => result.Append(@"\textbackslash{}"),
                    '^' => result.Append(@"\textasciicircum{}"),
                    '~' => result.Append(@"\textasciitilde{}"),
                    '#' or '$' or '%' or '&' or '_' or '{' or '}' => result.Append('\\').Append(c),
                    _ when char.IsControl(c) || char.IsSurrogate(c) => result.Append('?'),
                    _ => result.Append(c),
                };
            }

            return result.ToString();
        }
    }
}
