namespace Nabla.Core.Tests.Readings;

/// <summary>A rendered formula, parsed and evaluated, is the interpreter's value: over exact numbers, where order of adding cannot hide an error.</summary>
public sealed class FormulaRoundTripTests
{
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_random_rational_formula_keeps_its_exact_value(int seed)
    {
        (Graph graph, Rational[] point) = RandomFormula(new Random(seed), exact: true);
        Rational expected = ScalarFormula.Of(RationalNumbers.Instance, graph, point);
        Assert.Equal(expected, ScalarFormula.Of(RationalNumbers.Instance, Again(graph), point));
    }

    // Regrouped sums and products differ by rounding; the formulas are small and their intermediate values are kept within (-40, 40).
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_random_formula_of_all_functions_keeps_its_value(int seed)
    {
        (Graph graph, Rational[] point) = RandomFormula(new Random(seed), exact: false);
        double[] values = [.. point.Select(p => p.ToDouble())];
        double expected = ScalarFormula.Of(DoubleNumbers.Instance, graph, values);
        double actual = ScalarFormula.Of(DoubleNumbers.Instance, Again(graph), values);
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-9 * (1 + Math.Abs(expected)), $"{actual} instead of {expected}: {Text(graph)}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Printing_what_was_parsed_prints_the_same_text(int seed)
    {
        string text = Text(RandomFormula(new Random(seed), exact: false).Graph);
        Assert.Equal(text, Text(FormulaParser.Parse(text, ["x", "y", "z"])));
    }

    private static string Text(Graph graph) => new Tensor(graph.Outputs[0].Node).ToText();

    private static Graph Again(Graph graph) => FormulaParser.Parse(Text(graph), ["x", "y", "z"]);

    internal static (Graph Graph, Rational[] Point) RandomFormula(Random random, bool exact)
    {
        GraphBuilder builder = new();
        TensorType scalar = TensorType.Scalar(DType.Float64);
        Tensor[] inputs = [builder.Input("x", scalar), builder.Input("y", scalar), builder.Input("z", scalar)];
        List<Tensor> numbers = [.. inputs];
        for (int i = 0; i < 12; i++)
        {
            Tensor a = Pick(numbers);
            Tensor b = Pick(numbers);
            Tensor constant = a.Like(new Rational(random.Next(-9, 10), random.Next(1, 8)));
            numbers.Add((random.Next(exact ? 13 : 24), a, random.Next(4) == 0 ? constant : b) switch
            {
                (0 or 1, var l, var r) => l + r,
                (2 or 3, var l, var r) => l - r,
                (4 or 5, var l, var r) => l * r,
                (6, var l, var r) => l / (1 + r * r),
                (7, var l, _) => -l,
                (8, var l, _) => l.Pow(random.Next(-1, 3)),
                (9, var l, var r) => l.Maximum(r),
                (10, var l, var r) => Tensor.Select(l.LessThan(r).Or(l.EqualTo(constant)).And(r.AtMost(l).Not()), l, r),
                (11, var l, var r) => constant * l - r,
                (12, var l, _) => l.Abs().Floor().Minimum(constant),
                (13, var l, _) => l.Minimum(3).Exp(),
                (14, var l, _) => (1 + l * l).Log(),
                (15, var l, _) => l.Abs().Log1p(),
                (16, var l, _) => l.Minimum(2).Expm1(),
                (17, var l, _) => l.Abs().Sqrt(),
                (18, var l, _) => l.Tanh(),
                (19, var l, _) => l.Sigmoid(),
                (20, var l, _) => l.Softplus(),
                (21, var l, _) => l.Clip(-8, 8).Sin(),
                (22, var l, _) => l.Cos(),
                (_, var l, _) => l.Erf().Sign().Round(),
            });
        }

        Tensor result = numbers[^1] + numbers[^2] * numbers[^3];
        return (new Graph("random", inputs.Select(i => i.Node), [new GraphOutput("y", result.Node)]), [.. inputs.Select(_ => new Rational(random.Next(-12, 13), random.Next(1, 9)))]);

        Tensor Pick(List<Tensor> from)
        {
            Tensor picked = from[Math.Max(0, from.Count - 1 - random.Next(5))];
            return exact ? picked : picked.Clip(-40, 40);
        }
    }
}
