using System.Text.Json;
using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.Goldens;

/// <summary>Every stored activation of Keras: values and input gradients, on a random matrix and on a grid of special points.</summary>
public sealed class ActivationsTests
{
    // Where our sub-gradient table decides otherwise than JAX: clip's derivative is 1 on the closed interval, JAX halves it at the ends.
    private static readonly Dictionary<string, (double Kink, string Reason)[]> Kinks = new()
    {
        ["relu-2"] = [(3, "clip at max_value takes the derivative whole")],
        ["relu-4"] = [(4, "clip at max_value takes the derivative whole")],
        ["sparse_sigmoid-35"] = [(-1, "clip at the low end takes the derivative whole"), (1, "clip at the high end takes the derivative whole")],
    };

    private static readonly Lazy<OrderedDictionary<string, NDArray>> Arrays = new(() => NpzFile.Read(RepositoryFiles.Golden("activations.npz")));

    private static readonly Lazy<Dictionary<string, JsonElement>> Stored = new(() =>
        JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Golden("activations.json"))).RootElement.GetProperty("cases").EnumerateArray()
            .ToDictionary(c => c.GetProperty("case").GetString()!));

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> rows = [];
        foreach (string name in Stored.Value.Keys)
        {
            rows.Add(name, "");
            rows.Add(name, "grid_");
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_is_Keras(string name, string prefix)
    {
        NDArray value = Evaluate.Of(x => Apply(name, x), Arrays.Value[$"{name}.{prefix}x"]);
        Compare(Arrays.Value[$"{name}.{prefix}y"], value, []);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Input_gradient_is_Keras(string name, string prefix)
    {
        NDArray x = Arrays.Value[$"{name}.{prefix}x"];
        NDArray gradient = Evaluate.Of(
            (t, g) => Differentiate.VectorJacobian(Apply(name, t), g, t)[0], x, Arrays.Value[$"{name}.{prefix}g"]);
        double[] points = x.Doubles();
        double[] kinks = [.. Kinks.GetValueOrDefault(name, []).Select(k => k.Kink)];
        int[] skipped = [.. Enumerable.Range(0, points.Length).Where(i => kinks.Contains(points[i]))];
        Compare(Arrays.Value[$"{name}.{prefix}dx"], gradient, skipped);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_compiled_plan_is_Keras_in_single_precision(string name, string prefix)
    {
        // The stated tolerance of the stored values in float32: rtol 2e-5, atol 2e-6 of the largest.
        GraphBuilder builder = new();
        NDArray at = Arrays.Value[$"{name}.{prefix}x"].AsType(DType.Float32);
        NDArray upstream = Arrays.Value[$"{name}.{prefix}g"].AsType(DType.Float32);
        Tensor x = builder.Input("x", at.Type);
        Tensor g = builder.Input("g", upstream.Type);
        Tensor y = Apply(name, x);
        Tensor dx = Differentiate.VectorJacobian(y, g, x)[0];
        NDArray[] found = Executable.Compile(new Graph(name, [x.Node, g.Node], [new("y", y.Node), new("dx", dx.Node)])).Run(at, upstream);
        double[] kinks = [.. Kinks.GetValueOrDefault(name, []).Select(k => k.Kink)];
        double[] points = at.Doubles();
        Check($"{name}.{prefix}y", found[0], _ => false);
        Check($"{name}.{prefix}dx", found[1], i => kinks.Contains(points[i]));

        static void Check(string key, NDArray actual, Func<int, bool> skipped)
        {
            double[] wanted = Arrays.Value[key].Doubles();
            double[] received = actual.Doubles();
            double absolute = 2e-6 * wanted.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            for (int i = 0; i < wanted.Length; i++)
            {
                // Beyond the range of float32 its infinity is the right answer.
                bool close = (float)wanted[i] == (float)received[i] || Math.Abs(wanted[i] - received[i]) <= absolute + 2e-5 * Math.Abs(wanted[i]);
                Assert.True(close || skipped(i), $"{key}, element {i}: expected {wanted[i]:R}, received {received[i]:R}");
            }
        }
    }

    [Fact]
    public void At_the_listed_kinks_our_table_gives_the_whole_derivative()
    {
        NDArray points = new double[] { 3, 4, -1, 1 };
        Assert.Equal([1, 0, 0, 4], Evaluate.Gradient(x => Nn.Relu(x, maxValue: 3), points).Doubles());
        Assert.Equal(2, Evaluate.Gradient(x => Nn.Relu(x, 0.2, 4, 0.5), points).Doubles()[1]);
        Assert.Equal([1.5, 2], Evaluate.Gradient(Nn.SparseSigmoid, points).Doubles()[2..]);
    }

    [Fact]
    public void At_most_ten_kink_cases_differ_and_each_is_stored()
    {
        Assert.True(Kinks.Count <= 10);
        Assert.All(Kinks.Keys, name => Assert.Contains(name, Stored.Value.Keys));
    }

    // The stated tolerance of the stored values in float64: rtol 1e-9, atol 1e-11.
    private static void Compare(NDArray expected, NDArray actual, int[] skipped)
    {
        Assert.Equal(expected.Dims, actual.Dims);
        (double[] wanted, double[] found) = (expected.Doubles(), actual.Doubles());
        for (int i = 0; i < wanted.Length; i++)
        {
            bool close = wanted[i].Equals(found[i]) || Math.Abs(wanted[i] - found[i]) <= 1e-11 + 1e-9 * Math.Abs(wanted[i]);
            Assert.True(close || skipped.Contains(i), $"element {i}: expected {wanted[i]:R}, received {found[i]:R}");
        }
    }

    private static Tensor Apply(string name, Tensor x)
    {
        JsonElement row = Stored.Value[name];
        JsonElement args = row.GetProperty("args");
        double Number(string argument, double otherwise) => args.TryGetProperty(argument, out JsonElement value) ? value.GetDouble() : otherwise;
        int Axis() => args.TryGetProperty("axis", out JsonElement value) ? value.GetInt32() : -1;
        return row.GetProperty("activation").GetString() switch
        {
            "relu" => Nn.Relu(x, Number("negative_slope", 0), args.TryGetProperty("max_value", out JsonElement max) ? max.GetDouble() : null, Number("threshold", 0)),
            "relu6" => Nn.Relu6(x),
            "leaky_relu" => args.TryGetProperty("negative_slope", out JsonElement slope) ? Nn.LeakyRelu(x, slope.GetDouble()) : Nn.LeakyRelu(x),
            "elu" => Nn.Elu(x, Number("alpha", 1)),
            "selu" => Nn.Selu(x),
            "celu" => Nn.Celu(x, Number("alpha", 1)),
            "gelu" => Nn.Gelu(x, args.TryGetProperty("approximate", out JsonElement approximate) && approximate.GetBoolean()),
            "glu" => Nn.Glu(x, Axis()),
            "hard_shrink" => Nn.HardShrink(x, Number("threshold", 0.5)),
            "soft_shrink" => Nn.SoftShrink(x, Number("threshold", 0.5)),
            "tanh_shrink" => Nn.TanhShrink(x),
            "hard_sigmoid" => Nn.HardSigmoid(x),
            "hard_silu" => Nn.HardSilu(x),
            "hard_tanh" => Nn.HardTanh(x),
            "linear" => Nn.Linear(x),
            "exponential" => Nn.Exponential(x),
            "log_sigmoid" => Nn.LogSigmoid(x),
            "log_softmax" => Nn.LogSoftmax(x, Axis()),
            "softmax" => Nn.Softmax(x, Axis()),
            "mish" => Nn.Mish(x),
            "sigmoid" => Nn.Sigmoid(x),
            "silu" => Nn.Silu(x),
            "softplus" => Nn.Softplus(x),
            "softsign" => Nn.Softsign(x),
            "sparse_plus" => Nn.SparsePlus(x),
            "sparse_sigmoid" => Nn.SparseSigmoid(x),
            "sparsemax" => Nn.Sparsemax(x, Axis()),
            "squareplus" => Nn.Squareplus(x, Number("b", 4)),
            "tanh" => Nn.Tanh(x),
            "threshold" => Nn.Threshold(x, Number("threshold", 0), Number("default_value", 0)),
            var other => throw new NotSupportedException($"Stored activation '{other}' is not among the functions of Nn."),
        };
    }
}
