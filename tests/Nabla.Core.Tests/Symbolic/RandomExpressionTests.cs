using System.Xml.Linq;
using Nabla.Core.Tests.Readings;
using static Nabla.Sym;

namespace Nabla.Core.Tests.Symbolic;

/// <summary>
/// 500 random expressions over all scalar ops, and 100 of other shapes: Diff against reverse mode, dual numbers and nudging, and text that is read back.
/// </summary>
/// <remarks>
/// Of the other shapes 500 were run once, in minutes that nobody should wait for: the derivatives of all agreed. Three groups of them failed where text is read back,
/// for the LaTeX or MathML of a derivative was above the million characters that the printers allow; such formulas are now left out of that part.
/// </remarks>
public sealed class RandomExpressionTests
{
    private const int Groups = 24;
    private const int Each = 25;

    // Seeds from here on make the other shapes.
    private const int Shapes = 500;

    // Two correct ways to compute a number differ by some units in the last place of the terms that it is made of.
    private const double Rounding = 1e-12;

    // Made once for all tests: differentiating five hundred expressions is the longest part of them.
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, Expr> Slopes = new();

    public static TheoryData<int> Group { get; } = [.. Enumerable.Range(0, Groups)];

    [Theory]
    [MemberData(nameof(Group))]
    public void Diff_agrees_with_the_engine_and_with_dual_numbers(int group)
    {
        Each_of(group, (f, point, slope) =>
        {
            Expr w = point[0].Symbol;
            Gauged ours = CalculusBySymbolsTests.Gauge(slope, point);
            Graph graph = f.ToGraph([.. point.Select(p => p.Symbol)]);
            Gauged raw = ScalarFormula.Of(AbsoluteTerms.Instance, ScalarFormula.Derivative(graph, "w"), [.. point.Select(p => AbsoluteTerms.Instance.Constant(p.Value))]);
            double tolerance = Rounding * Math.Max(ours.Terms, raw.Terms);
            Differentiable engine = Differentiable.OfMany(t => new Tensor(GraphCopy.Into(t[0].Builder, graph, [.. t.Select(x => x.Node)])[graph.Outputs[0].Node]));
            double gradient = engine.Gradients([.. point.Select(p => (NDArray)p.Value.ToDouble())])[0].ToArray<double>()[0];
            (double _, double dual) = f.ToDual(w, [.. point.Select(p => (p.Symbol, p.Value.ToDouble()))]);
            Near(gradient, ours.Value, tolerance, "the engine");
            Near(dual, ours.Value, tolerance, "dual numbers");
            Near(raw.Value, ours.Value, tolerance, "the derivative as it was before tidying");

            void Near(double expected, double actual, double within, string who) =>
                Assert.True(Math.Abs(expected - actual) <= within, $"{who}: {expected:R}, Diff: {actual:R} by {slope} of {f}");
        });
    }

    [Fact]
    public void Diff_agrees_with_nudging_away_from_kinks()
    {
        int kinks = 0;
        int loose = 0;
        for (int group = 0; group < Groups; group++)
        {
            Each_of(group, (f, point, slope) =>
            {
                Graph graph = f.ToGraph([.. point.Select(p => p.Symbol)]);
                double[] at = [.. point.Select(p => p.Value.ToDouble())];
                double h = 1e-4 * Math.Max(1, Math.Abs(at[0]));
                Kinks[] sides = [.. new[] { 0, -h, h, -2 * h, 2 * h }.Select(d => Kinks.At(graph, [at[0] + d, .. at[1..]]))];
                if (sides.Any(s => !s.SameAs(sides[0])))
                {
                    kinks++; // a kink lies between the nudged points: there is nothing to compare
                    return;
                }

                // Central differences of h and 2h: a third of their distance is the error of the first, but for the fifth derivative's share.
                double narrow = (sides[2].Value - sides[1].Value) / (2 * h);
                double wide = (sides[4].Value - sides[3].Value) / (4 * h);
                double terms = CalculusBySymbolsTests.Gauge(f, point).Terms;
                double tolerance = Math.Abs(wide - narrow) + (1e-15 * terms / h) + 1e-300;
                double derivative = slope.ToDouble([.. point.Select((p, i) => (p.Symbol, at[i]))]);
                Assert.True(Math.Abs(derivative - narrow) <= tolerance, $"nudging: {narrow:R}, Diff: {derivative:R}, tolerance {tolerance:R} for {f}");
                loose += tolerance > 1e-4 * Math.Max(1e-3, Math.Abs(derivative)) ? 1 : 0;
            });
        }

        Assert.InRange(kinks, 0, Groups * Each / 20);
        Assert.InRange(loose, 0, Groups * Each / 20);
    }

    [Theory]
    [MemberData(nameof(Group))]
    public void Fractions_stay_exact_through_the_derivative(int group)
    {
        int compared = 0;
        for (int seed = group * Each; seed < (group + 1) * Each; seed++)
        {
            (Expr f, (Expr Symbol, Rational Value)[] point) = Make(seed, exact: true);
            Graph graph = f.ToGraph([.. point.Select(p => p.Symbol)]);
            Rational expected = ScalarFormula.Of(RationalNumbers.Instance, ScalarFormula.Derivative(graph, "w"), [.. point.Select(p => p.Value)]);
            Expr exact = Diff(f, point[0].Symbol).Subs([.. point.Select(p => (p.Symbol, (Expr)p.Value))]);
            if (expected.Numerator.GetBitLength() + expected.Denominator.GetBitLength() < 10_000)
            {
                compared++;
                Assert.True(exact.Number == expected, $"seed {seed}: {exact} instead of {expected} for {f}");
            }
        }

        Assert.InRange(compared, Each - 2, Each);
    }

    [Theory]
    [MemberData(nameof(Group))]
    public void What_is_printed_is_read_back(int group)
    {
        Each_of(group, (f, point, slope) =>
        {
            Expr again = Parse(slope.ToString());

            // What is too large to be tidied is printed as the engine made it, where sums in sums lose their parentheses.
            bool isTidy = slope.ToString().Length < 4_000;
            Assert.True(slope == again || !isTidy, $"{slope} was read as {again}");

            // So it is with what was written: the same number but for the order of adding.
            Expr read = Parse(f.ToString());
            Gauged value = CalculusBySymbolsTests.Gauge(f, point);
            Assert.InRange(CalculusBySymbolsTests.Gauge(read, point).Value, value.Value - (Rounding * value.Terms), value.Value + (Rounding * value.Terms));
            if (f.ToString().Length < 300)
            {
                Gauged ours = CalculusBySymbolsTests.Gauge(slope, point);
                Gauged theirs = CalculusBySymbolsTests.Gauge(Diff(read, point[0].Symbol), point);
                double within = Rounding * Math.Max(ours.Terms, theirs.Terms);
                Assert.InRange(theirs.Value - ours.Value, -within, within);
            }

            // A derivative of a thousand lines has a million characters of MathML, and the printers refuse it.
            foreach (Expr each in new[] { f, slope }.Where(e => e.ToString().Length < 4_000))
            {
                WellFormed.Latex(each.ToLatex());
                XElement.Parse(each.ToMathMl(display: true));
                Assert.DoesNotContain("sigmoid", each.ToUnicode(), StringComparison.Ordinal);
                Assert.True(Parse(each.ToUnicode()) == Parse(each.ToString()), $"{each.ToUnicode()} is not {each}");
            }
        });
    }

    [Fact]
    public void All_scalar_ops_occur()
    {
        HashSet<string> ops = [];
        for (int seed = 0; seed < Shapes; seed++)
        {
            foreach (Node node in RandomExpression.Make(seed).Expression.ToGraph().Nodes)
            {
                ops.Add(node.Op.Name);
            }
        }

        string[] scalar = [.. OpCatalog.All.SkipWhile(o => o.Name != "add").TakeWhile(o => o.Name != "cast").Select(o => o.Name)];
        Assert.Equal(32, scalar.Length);
        Assert.Equal([], scalar.Except(ops));
    }

    private static void Each_of(int group, Action<Expr, (Expr Symbol, Rational Value)[], Expr> check)
    {
        for (int seed = group * Each; seed < (group + 1) * Each; seed++)
        {
            (Expr expression, (Expr, Rational)[] point) = Make(seed);
            check(expression, point, Slopes.GetOrAdd(seed, _ => Diff(expression, point[0].Item1)));
        }
    }

    private static (Expr Expression, (Expr Symbol, Rational Value)[] Point) Make(int seed, bool exact = false) =>
        seed < Shapes ? RandomExpression.Make(seed, exact) : RandomShape.Make(seed - Shapes, exact);

    // On which side of each kink a point lies.
    private sealed record Kinks(double Value, double[] Sides)
    {
        public static Kinks At(Graph graph, double[] at)
        {
            Dictionary<Node, Value<double>> values = new Interpreter<double>(DoubleNumbers.Instance).Trace(graph, [.. at.Select(v => Value<double>.OfFloats(Sheet.Scalar, [v]))]);
            double[] sides = [.. graph.Nodes.Select(n => n.Op switch
            {
                _ when n.TensorType.DType == DType.Boolean => values[n].Booleans[0] ? 1 : 0,
                Maximum or Minimum => Math.Sign(values[n.Inputs[0]].Floats[0] - values[n.Inputs[1]].Floats[0]),
                Nabla.Ops.Abs or Nabla.Ops.Sign => Math.Sign(values[n.Inputs[0]].Floats[0]),
                Nabla.Ops.Floor or Nabla.Ops.Round => values[n].Floats[0],
                Nabla.Ops.Clip clip => values[n.Inputs[0]].Floats[0] < clip.Low.ToDouble() ? -1 : values[n.Inputs[0]].Floats[0] > clip.High.ToDouble() ? 1 : 0,
                _ => 0.0,
            })];
            return new Kinks(values[graph.Outputs[0].Node].Floats[0], sides);
        }

        public bool SameAs(Kinks other) => Sides.AsSpan().SequenceEqual(other.Sides);
    }
}
