namespace Nabla;

/// <summary>
/// Formulas on one line with the signs of mathematics: <c>3*w²</c>, <c>σ(z)*(1 - σ(z))</c>, <c>∂J/∂w</c>, <c>a^[2]₁</c>, <c>√(x + 1)</c>.
/// </summary>
/// <remarks><see cref="FormulaParser"/> reads back what stands here as it reads <see cref="FormulaText"/>, but for derivatives that are not computed.</remarks>
/// <example><code>
/// string text = FormulaUnicode.Print(FormulaRenderer.Render(input * input.Sigmoid()));   // x*σ(x)
/// </code></example>
public static class FormulaUnicode
{
    private static readonly UnicodePrinter Printer = new("σ");

    // Where σ is a letter of the formula, σ(z) could be a product with it.
    private static readonly UnicodePrinter BesideSigma = new("sigmoid");

    /// <summary>The text of a formula.</summary>
    /// <param name="formula">The formula, of any depth.</param>
    /// <param name="longest">The most characters; a shared intermediate doubles the text at every use.</param>
    /// <exception cref="InvalidOperationException">The text would be longer.</exception>
    public static string Print(Formula formula, int longest = 1_000_000)
    {
        string text = Printer.Print(formula, longest);
        return HasSigma(text) ? BesideSigma.Print(formula, longest) : text;
    }

    private static bool HasSigma(string text)
    {
        bool isCalled = false;
        bool isLetter = false;
        for (int at = text.IndexOf('σ', StringComparison.Ordinal); at >= 0; at = text.IndexOf('σ', at + 1))
        {
            bool isCall = at + 1 < text.Length && text[at + 1] == '(';
            isCalled |= isCall;
            isLetter |= !isCall;
        }

        return isCalled && isLetter;
    }

    /// <param name="sigmoid">The name of σ(z).</param>
    private sealed class UnicodePrinter(string sigmoid) : LinePrinter(nameof(FormulaUnicode))
    {
        protected override int Rank(Formula formula) => FormulaRank.Typeset(formula);

        // "=" alone gives a name its meaning.
        protected override string Operator(string name) => name is "-" or "*" or "/" ? name : FormulaSigns.Of(name);

        protected override string Number(Rational value) =>
            value.IsNaN ? "nan" : !value.IsFinite ? (value.Sign < 0 ? "-∞" : "∞")
            : value == RationalText.Pi ? "π" : value == -RationalText.Pi ? "-π" : value == RationalText.E ? "ℯ" : value == -RationalText.E ? "-ℯ" : base.Number(value);

        // As the parser reads it back: digits below the line are digits of the name (w₁ is w1), anything else follows a mark (wⱼₖ is w_jk).
        protected override string Name(string name)
        {
            FormulaName parts = FormulaName.Of(name);
            string text = Letter(parts.Base);
            bool isLowered = false;
            foreach (FormulaName.Script script in parts.Scripts)
            {
                bool isDigits = script.Text.All(char.IsAsciiDigit);
                string? low = script.IsAbove || isLowered || (isDigits && !script.IsPlain && text.All(char.IsLetter)) ? null : FormulaScripts.Lower(script.Text);
                text += low ?? (script.IsAbove ? "^" : "_") + Letter(script.Text);
                isLowered = low is not null;
            }

            return text;
        }

        protected override Part[] Raise(Formula.Power power)
        {
            string? exponent = power.Exponent switch
            {
                Formula.Number { Value: { IsInteger: true } value } when RationalText.Write(value) is var text && !text.Contains('e', StringComparison.Ordinal) => FormulaScripts.Raise(text),
                Formula.Symbol { Name.Length: 1 } symbol => FormulaScripts.Raise(symbol.Name),
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
                [sign + (FormulaScripts.Lower(letters) ?? "_" + letters) + " ", new(inner, BigOperators.InnerRank(inner))],
            ("sigmoid", _) => [sigmoid + "(", .. Listed(call), ")"],
            _ => [call.Function + "(", .. Listed(call), ")"],
        };

        protected override Part[] Derivative(Formula.Derivative derivative)
        {
            string d = derivative.IsPartial ? "∂" : "d";
            string order = derivative.Variables.Length > 1 ? FormulaScripts.Raise(Count(derivative.Variables.Length))! : "";
            IEnumerable<string> below = derivative.Variables.CountBy(v => v).Select(v => d + Name(v.Key) + (v.Value > 1 ? FormulaScripts.Raise(Count(v.Value)) : ""));
            string line = $"/{string.Join(' ', below)}";
            return derivative.Of is Formula.Symbol symbol
                ? [d + order + Name(symbol.Name) + line]
                : [$"{d}{order}{line} ", new(derivative.Of, FormulaRank.Power)];
        }

        private static string Count(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);

        private static string Letter(string text) => GreekLetters.LetterOf(text) ?? text;
    }
}
