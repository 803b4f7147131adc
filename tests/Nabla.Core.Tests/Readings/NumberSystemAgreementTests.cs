using System.Collections.Immutable;
using Nabla.Core.Tests.Ir;

namespace Nabla.Core.Tests.Readings;

/// <summary>Every op over every number type: the same values as over double, or a refusal that names the op.</summary>
public sealed class NumberSystemAgreementTests
{
    private static readonly string[] NoFractions = ["exp", "log", "log1p", "expm1", "sqrt", "tanh", "sigmoid", "softplus", "sin", "cos", "erf"];

    public static TheoryData<string> Ops { get; } = [.. OpCatalog.All.Select(o => o.Name)];

    // A few ops in a row on numbers near 1, each rounding once: well within 1e-5 and 1e-12.
    [Theory]
    [MemberData(nameof(Ops))]
    public void Float(string op) => Compare(op, FloatNumbers.Instance, 1e-5, []);

    [Theory]
    [MemberData(nameof(Ops))]
    public void Rational(string op) => Compare(op, RationalNumbers.Instance, 1e-12, NoFractions);

    [Theory]
    [MemberData(nameof(Ops))]
    public void Complex(string op) => Compare(op, ComplexNumbers.Instance, 1e-12, ["abs"]);

    [Theory]
    [MemberData(nameof(Ops))]
    public void Dual(string op) => Compare(op, new DualNumbers<double>(DoubleNumbers.Instance), 0, []);

    [Theory]
    [MemberData(nameof(Ops))]
    public void Dual_of_dual(string op) => Compare(op, new DualNumbers<Dual<double>>(new DualNumbers<double>(DoubleNumbers.Instance)), 0, []);

    [Theory]
    [MemberData(nameof(Ops))]
    public void Gauged(string op) => Compare(op, AbsoluteTerms.Instance, 1e-12, []);

    [Fact]
    public void Random_bits_are_shared_by_all_number_types()
    {
        Graph graph = GraphParser.Parse("""
            graph "random"(%s, %t) {
              %s = input() {name="seed" type=int64[]}
              %t = input() {name="stream" type=int64[]}
              %u = uniform(%s, %t) {dims=[5] dtype=float32}
              return "u"=%u
            }
            """);
        double[] expected = Draw(DoubleNumbers.Instance);
        Assert.Equal(5, expected.Distinct().Count());
        Assert.Equal(expected, Draw(FloatNumbers.Instance));
        Assert.Equal(expected, Draw(RationalNumbers.Instance));
        Assert.Equal(expected, Draw(ComplexNumbers.Instance));
        Assert.Equal(expected, Draw(new DualNumbers<double>(DoubleNumbers.Instance)));

        double[] Draw<T>(NumberSystem<T> math)
        {
            ImmutableArray<Value<T>> keys = [.. graph.Inputs.Select((n, i) => Value<T>.OfIntegers(n.TensorType, [42 + i]))];
            return Array.ConvertAll(new Interpreter<T>(math).Run(graph, keys)[0].Floats, math.ToDouble);
        }
    }

    private static void Compare<T>(string op, NumberSystem<T> math, double tolerance, string[] refused)
    {
        Random random = new(5);
        Graph graph = RandomOps.Make(random, nodes: 4, OpCatalog.All.Single(o => o.Name == op));
        NDArray[] inputs = [.. graph.Inputs.Select(n => Numbers(n.TensorType, random))];
        ImmutableArray<Value<T>> results;
        try
        {
            results = Run(math, graph, inputs);
        }
        catch (NotSupportedException refusal)
        {
            // A call hands on what its graph's op says.
            string name = refusal.Message.Split(':', ' ')[0];
            Assert.True(name == op || op == "call", refusal.Message);
            Assert.True(refused.Contains(name) || name == "power", refusal.Message);
            return;
        }

        Assert.DoesNotContain(op, refused);
        ImmutableArray<Value<double>> expected = Run(DoubleNumbers.Instance, graph, inputs);
        for (int i = 0; i < results.Length; i++)
        {
            AssertNear(expected[i], results[i], math, tolerance);
        }
    }

    private static ImmutableArray<Value<T>> Run<T>(NumberSystem<T> math, Graph graph, NDArray[] inputs) =>
        new Interpreter<T>(math).Run(graph, [.. inputs.Select(x => Value<T>.From(x, math))]);

    private static void AssertNear<T>(Value<double> expected, Value<T> actual, NumberSystem<T> math, double tolerance)
    {
        Assert.Equal(expected.Type, actual.Type);
        switch (expected.Type)
        {
            case TupleType:
                for (int i = 0; i < expected.Items.Length; i++)
                {
                    AssertNear(expected.Items[i], actual.Items[i], math, tolerance);
                }

                break;
            case TensorType { DType.IsFloat: true }:
                double[] values = Array.ConvertAll(actual.Floats, math.ToDouble);
                for (int i = 0; i < values.Length; i++)
                {
                    double e = expected.Floats[i];

                    // Beyond float's range, and where real numbers have no value (complex ones may), there is nothing to compare.
                    bool isComparable = double.IsFinite(e) && (Math.Abs(e) is < 1e30 and > 1e-30 || e == 0);
                    Assert.True(!isComparable || Math.Abs(values[i] - e) <= tolerance * Math.Max(1, Math.Abs(e)), $"{values[i]:R} instead of {e:R} at {i}");
                }

                break;
            case TensorType { DType: DType.Boolean }:
                Assert.Equal(expected.Booleans, actual.Booleans);
                break;
            default:
                Assert.Equal(expected.Integers, actual.Integers);
                break;
        }
    }

    // Quarters: exact in every number type, so that comparisons and rounding fall alike.
    private static NDArray Numbers(TensorType type, Random random) =>
        NDArray.Create<double>([.. Enumerable.Range(0, type.Dims.Count).Select(_ => type.DType.IsFloat ? random.Next(1, 12) / 4.0 : random.Next(0, 2))], type.Dims).AsType(type.DType);
}
