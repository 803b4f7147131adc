using System.Text;

namespace Nabla;

/// <summary>
/// Formulas on one line as a teacher writes them: <c>3*w^2</c>, <c>-1/w^2</c>, <c>x*(w*x + b - y)</c>. No more parentheses than needed;
/// <see cref="FormulaParser"/> reads the text back.
/// </summary>
/// <remarks>
/// Nested sums and products are written without parentheses (a + (b + c) as a + b + c), and the signs of terms join the operators
/// (a + -2*b as a - 2*b): the same number in exact arithmetic, in floating point up to the order of adding.
/// </remarks>
/// <example><code>
/// Graph graph = FormulaParser.Parse("1/2*(w*x + b - y)^2");
/// string text = FormulaText.Print(FormulaRenderer.Render(new Tensor(graph.Outputs[0].Node)));   // as it was
/// </code></example>
public static class FormulaText
{
    // From loose to tight; a formula is wrapped where its own is looser than its place asks.
    private const int Or = 1;
    private const int And = 2;
    private const int Not = 3;
    private const int Comparison = 4;
    private const int Sum = 5;
    private const int Product = 6;
    private const int Sign = 7;
    private const int Power = 8;
    private const int Atom = 9;

    /// <summary>The text of a formula.</summary>
    /// <param name="formula">The formula, of any depth.</param>
    /// <param name="longest">The most characters; a shared intermediate doubles the text at every use.</param>
    /// <exception cref="InvalidOperationException">The text would be longer.</exception>
    public static string Print(Formula formula, int longest = 1_000_000)
    {
        // What is still to be written, last first. Iterative: a formula may be as deep as a graph is long.
        Stack<Part> parts = new([new Part(formula, 0)]);
        StringBuilder text = new();
        while (parts.TryPop(out Part part))
        {
            if (part.Formula is null)
            {
                text.Append(part.Text);
            }
            else
            {
                Write(part, parts);
            }

            if (text.Length > longest)
            {
                throw new InvalidOperationException($"FormulaText: expected a formula of at most {longest} characters. Name intermediates and print them one by one.");
            }
        }

        return text.ToString();
    }

    // WithoutSign: the minus that the formula begins with was written already, as an operator.
    private readonly record struct Part(Formula? Formula, int Tightness, bool WithoutSign = false, string Text = "")
    {
        public static implicit operator Part(string text) => new(null, 0, false, text);
    }

    private static void Write(Part part, Stack<Part> parts)
    {
        Formula formula = part.Formula!;
        bool wrap = !part.WithoutSign && Tightness(formula) < part.Tightness;
        Part[] written = formula switch
        {
            Formula.Symbol symbol => [symbol.Name],
            Formula.Number { Value: var value } => [RationalText.Write(part.WithoutSign ? -value : value)],
            Formula.Prefix { Operator: "-" } minus => [part.WithoutSign ? "" : "-", new(minus.Operand, BeginsWithMinus(minus.Operand) ? Atom : Product)],
            Formula.Prefix prefix => [prefix.Operator + " ", new(prefix.Operand, Atom)],
            Formula.Power power => [new(power.Base, Atom), "^", new(power.Exponent, Power)],
            Formula.Call call => [call.Function + "(", .. call.Arguments.SelectMany((a, i) => new Part[] { i > 0 ? ", " : "", new(a, 0) }), ")"],
            Formula.Infix infix => WriteInfix(infix, part.WithoutSign),
            _ => throw new InvalidOperationException($"FormulaText: no text for {formula.GetType().Name}."),
        };
        if (wrap)
        {
            written = ["(", .. written, ")"];
        }

        for (int i = written.Length - 1; i >= 0; i--)
        {
            parts.Push(written[i]);
        }
    }

    private static Part[] WriteInfix(Formula.Infix infix, bool withoutSign)
    {
        int own = Tightness(infix);
        Part left = new(infix.Left, own == Comparison ? Sum : own, withoutSign);
        switch (infix.Operator)
        {
            case "+" or "-":
                bool minus = infix.Operator == "-";
                return BeginsWithMinus(infix.Right)
                    ? [left, minus ? " + " : " - ", new(infix.Right, Product, WithoutSign: true)]
                    : [left, minus ? " - " : " + ", new(infix.Right, minus ? Product : Sum)];
            case "*":
                // A quotient on the right keeps its parentheses: x*(1/w) reads better than x*1/w.
                return [left, "*", new(infix.Right, IsProduct(infix.Right) && !BeginsWithMinus(infix.Right) ? Product : Power)];
            case "/":
                return [left, "/", new(infix.Right, Power)];
            default:
                return [left, $" {infix.Operator} ", new(infix.Right, own + 1)];
        }
    }

    // A product of products, read as one: a*(b*c) is a*b*c, but not where one of them divides.
    private static bool IsProduct(Formula formula)
    {
        while (formula is Formula.Infix { Operator: "*" } product)
        {
            formula = product.Left;
        }

        return Tightness(formula) > Sign;
    }

    private static bool BeginsWithMinus(Formula formula)
    {
        while (formula is Formula.Infix { Operator: "*" or "/" } product)
        {
            formula = product.Left;
        }

        return formula is Formula.Prefix { Operator: "-" } || (formula is Formula.Number { Value: var value } && value.Sign < 0);
    }

    private static int Tightness(Formula formula) => formula switch
    {
        Formula.Number { Value: var value } => value.Sign < 0 ? Sign : RationalText.IsQuotient(value) ? Product : Atom,
        Formula.Prefix { Operator: "-" } => Sign,
        Formula.Prefix => Not,
        Formula.Power => Power,
        Formula.Infix { Operator: "+" or "-" } => Sum,
        Formula.Infix { Operator: "*" or "/" } => Product,
        Formula.Infix { Operator: "and" } => And,
        Formula.Infix { Operator: "or" } => Or,
        Formula.Infix => Comparison,
        _ => Atom,
    };
}
