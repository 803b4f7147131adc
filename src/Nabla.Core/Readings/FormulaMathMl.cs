using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>
/// Formulas as MathML, which browsers set themselves: fractions as <c>mfrac</c>, powers as <c>msup</c>, names with Greek letters, superscripts
/// and subscripts. Well-formed XML whatever the names are; <c>alttext</c> holds the formula as <see cref="FormulaText"/> writes it.
/// </summary>
/// <example><code>
/// string mathMl = FormulaMathMl.Print(FormulaRenderer.Render(1 / input));   // &lt;math ...&gt;&lt;mfrac&gt;...&lt;/mfrac&gt;&lt;/math&gt;
/// </code></example>
public static class FormulaMathMl
{
    private static readonly MathMlPrinter Printer = new();

    /// <summary>The MathML of a formula: one <c>math</c> element.</summary>
    /// <param name="formula">The formula, of any depth.</param>
    /// <param name="longest">The most characters; a shared intermediate doubles the text at every use.</param>
    /// <param name="display">Whether it stands on a line of its own rather than inside a sentence.</param>
    /// <exception cref="InvalidOperationException">The text would be longer.</exception>
    public static string Print(Formula formula, int longest = 1_000_000, bool display = false) =>
        $"<math xmlns=\"http://www.w3.org/1998/Math/MathML\"{(display ? " display=\"block\"" : "")} alttext=\"{Escaped(FormulaText.Print(formula, longest))}\">{Printer.Print(formula, longest)}</math>";

    /// <summary>Text as XML: markup escaped, and what XML cannot hold replaced.</summary>
    internal static string Escaped(string text)
    {
        StringBuilder result = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                '\'' => result.Append("&#39;"),
                < ' ' or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => result.Append('\uFFFD'),
                _ => result.Append(rune.ToString()),
            };
        }

        return result.ToString();
    }

    private sealed class MathMlPrinter() : TypesetPrinter(nameof(FormulaMathMl))
    {
        protected override string Minus => "<mo form=\"prefix\">−</mo>";

        protected override string Times => "<mo>&#x2062;</mo>";

        protected override string Gap => "<mo>&#x2062;</mo><mspace width=\"0.17em\"/>";

        protected override string Dot => "<mo>·</mo>";

        protected override string Operator(string name) => Mo(name == "==" ? "=" : FormulaSigns.Of(name));

        protected override string Name(string name)
        {
            FormulaName parts = FormulaName.Of(name);
            string text = Mi(parts.Base);
            return (parts.Above.Length, parts.Below.Length) switch
            {
                (0, 0) => text,
                (0, _) => $"<msub>{text}{Scripts(parts.Below)}</msub>",
                (_, 0) => $"<msup>{text}{Scripts(parts.Above)}</msup>",
                _ => $"<msubsup>{text}{Scripts(parts.Below)}{Scripts(parts.Above)}</msubsup>",
            };
        }

        protected override string Number(Rational value)
        {
            if (!value.IsFinite)
            {
                return value.IsNaN ? "<mi>NaN</mi>" : "<mi>∞</mi>";
            }

            if (value == RationalText.Pi || value == RationalText.E)
            {
                return value == RationalText.Pi ? "<mi>π</mi>" : "<mi>e</mi>";
            }

            string text = RationalText.Write(value);
            int e = text.IndexOf('e', StringComparison.Ordinal);
            return RationalText.IsQuotient(value) ? $"<mfrac>{Mn(value.Numerator.ToString(CultureInfo.InvariantCulture))}{Mn(value.Denominator.ToString(CultureInfo.InvariantCulture))}</mfrac>"
                : e >= 0 ? $"<mrow>{Mn(text[..e])}{Dot}<msup>{Mn("10")}{Signed(text[(e + 1)..])}</msup></mrow>"
                : Mn(text);
        }

        protected override Part[] Parenthesised(Part[] inside) => ["<mrow><mo>(</mo>", .. inside, "<mo>)</mo></mrow>"];

        protected override Part[] Fraction(Part above, Part below) => ["<mfrac>", .. Row(above), .. Row(below), "</mfrac>"];

        protected override Part[] Raise(Formula.Power power)
        {
            int root = RootOf(power.Exponent);
            return root == 2 ? ["<msqrt>", new(power.Base), "</msqrt>"]
                : root > 0 ? ["<mroot>", .. Row(new(power.Base)), Mn(root.ToString(CultureInfo.InvariantCulture)), "</mroot>"]
                : ["<msup>", .. Row(new(power.Base, power.Base is Formula.Call { Function: not ("abs" or "floor") } ? FormulaRank.Atom + 1 : BaseRank(power))), .. Row(new(power.Exponent)), "</msup>"];
        }

        protected override Part[] Call(Formula.Call call) => (call.Function, call.Arguments) switch
        {
            ("exp", [var x]) => ["<msup><mi>e</mi>", .. Row(new(x)), "</msup>"],
            ("sqrt", [var x]) => ["<msqrt>", new(x), "</msqrt>"],
            ("abs", [var x]) => ["<mrow><mo>|</mo>", new(x), "<mo>|</mo></mrow>"],
            ("floor", [var x]) => ["<mrow><mo>⌊</mo>", new(x), "<mo>⌋</mo></mrow>"],
            ("transpose", [var x]) => ["<msup>", .. Row(new(x, BaseRank(x))), "<mi>T</mi></msup>"],
            ("matmul", [var a, var b]) => ["<mrow>", new(a, FormulaRank.Power), IsWord(a) || IsWord(b) ? Gap : Times, new(b, FormulaRank.Power), "</mrow>"],
            _ =>
            [
                $"<mrow>{Mi(call.Function)}<mo>&#x2061;</mo><mrow><mo>(</mo>",
                .. call.Arguments.SelectMany((a, i) => new Part[] { i > 0 ? "<mo>,</mo>" : "", new(a) }),
                "<mo>)</mo></mrow></mrow>",
            ],
        };

        protected override Part[] Big(Formula.Call call)
        {
            (string sign, _, string letters, Formula inner) = BigOperators.Of(call.Arguments, call.Function);
            return [$"<mrow><munder>{Mo(sign)}{Mi(letters)}</munder>", new(inner, BigOperators.InnerRank(inner)), "</mrow>"];
        }

        protected override Part[] Cases(ImmutableArray<(Formula Value, Formula? Condition)> rows) =>
        [
            "<mrow><mo>{</mo><mtable>",
            .. rows.SelectMany(row => (Part[])
            [
                "<mtr><mtd>", new(row.Value), "</mtd><mtd>",
                .. row.Condition is null ? (Part[])["<mtext>otherwise</mtext>"] : ["<mtext>for&#xA0;</mtext>", new(row.Condition)],
                "</mtd></mtr>",
            ]),
            "</mtable></mrow>",
        ];

        protected override Part[] Derivative(Formula.Derivative derivative, int operandRank)
        {
            string d = derivative.IsPartial ? "<mi>∂</mi>" : "<mi>d</mi>";
            string above = derivative.Variables.Length > 1 ? $"<msup>{d}{Mn(derivative.Variables.Length.ToString(CultureInfo.InvariantCulture))}</msup>" : d;
            string below = string.Concat(Orders(derivative).Select(v =>
                d + (v.Times > 1 ? $"<msup>{Name(v.Name)}{Mn(v.Times.ToString(CultureInfo.InvariantCulture))}</msup>" : Name(v.Name))));
            return derivative.Of is Formula.Symbol symbol
                ? [$"<mfrac><mrow>{above}{Name(symbol.Name)}</mrow><mrow>{below}</mrow></mfrac>"]
                : [$"<mrow><mfrac>{above}<mrow>{below}</mrow></mfrac><mspace width=\"0.17em\"/>", new(derivative.Of, operandRank), "</mrow>"];
        }

        // Words beside each other, or beside a letter, would be read as one.
        private static bool IsWord(Formula formula) => formula is Formula.Symbol { Name: var name } && FormulaName.Of(name).IsWord;

        // Elements that want one child want a row around several.
        private static Part[] Row(Part part) => part.Formula is Formula.Symbol && part.Rank <= FormulaRank.Atom ? [part] : ["<mrow>", part, "</mrow>"];

        private static string Mi(string name) => name == "sigmoid" ? "<mi>σ</mi>" : $"<mi>{Escaped(GreekLetters.LetterOf(name) ?? name)}</mi>";

        private static string Mn(string number) => $"<mn>{number}</mn>";

        private static string Mo(string sign) => $"<mo>{Escaped(sign)}</mo>";

        private static string Signed(string exponent) => exponent.StartsWith('-') ? $"<mrow>{Mo("−")}{Mn(exponent[1..])}</mrow>" : Mn(exponent);

        private static string Scripts(ImmutableArray<string> scripts) => scripts is [var only] ? Mi(only) : $"<mrow>{string.Join("<mo>,</mo>", scripts.Select(Mi))}</mrow>";
    }
}
