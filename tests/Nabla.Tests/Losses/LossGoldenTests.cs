using System.Text.Json;

namespace Nabla.Tests.Losses;

/// <summary>Values and gradients of real Keras' losses: every reduction, with and without sample weights, and the clipped ends.</summary>
public sealed class LossGoldenTests
{
    // JAX takes half the derivative where a value stands exactly on the end of a clip; our sub-gradient table takes the whole, as TensorFlow does.
    private static readonly string[] OnAKink = ["KLDivergence-ends-315"];

    public static TheoryData<string> Cases => Goldens.Cases("losses", _ => true);

    public static TheoryData<string> Smooth => Goldens.Cases("losses", c => !OnAKink.Contains(c.GetProperty("case").GetString()));

    public static TheoryData<string> Kinks => [.. OnAKink];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_is_that_of_Keras(string name)
    {
        Goldens goldens = Goldens.Area("losses");
        Loss loss = KerasConfigs.Loss(goldens[name]);
        NDArray value = loss.Call(goldens.Array(name, "y_true"), goldens.Array(name, "y_pred"), goldens.Optional(name, "sample_weight"));
        Goldens.Close(goldens.Array(name, "value"), value);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(5, false)]
    [InlineData(2, false)]
    [InlineData(-1, true)]
    [InlineData(-1, false)]
    public void A_label_that_is_no_class_gives_no_number(int label, bool fromLogits) =>
        Assert.True(float.IsNaN(new SparseCategoricalCrossentropy(fromLogits).Call(new[] { label }, new float[,] { { .5f, .5f } }).Item<float>()));

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void An_ignored_label_need_not_be_a_class(int label)
    {
        SparseCategoricalCrossentropy loss = new(ignoreClass: label);
        NDArray value = loss.Call(new[] { label, 0 }, new float[,] { { .5f, .5f }, { .25f, .75f } });
        Assert.Equal(Math.Log(4), value.Item<float>(), 1e-6); // float32 rounds to 1e-7 of a value near 1
    }

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Gradient_is_that_of_Keras(string name) => Goldens.Close(Goldens.Area("losses").Array(name, "d_pred"), Gradient(name));

    [Theory]
    [MemberData(nameof(Kinks))]
    public void Gradient_on_the_end_of_a_clip_is_the_whole_one(string name)
    {
        Goldens goldens = Goldens.Area("losses");
        NDArray onEnd = goldens.Array(name, "y_pred").EqualTo(1);
        Assert.True(onEnd.AsType(DType.Float64).Sum().Item<double>() > 0);
        NDArray expected = goldens.Array(name, "d_pred");
        Goldens.Close(NDArray.Select(onEnd, expected * 2, expected), Gradient(name));
    }

    // At the clipped ends 1 - 1e-7 is another number in float32, and logarithms of what is left differ in their second digit.
    public static TheoryData<string> InFloat32 => Goldens.Cases("losses", c => !c.GetProperty("case").GetString()!.Contains("-ends-", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(InFloat32))]
    public void Value_and_gradient_in_float32_are_those_of_Keras(string name)
    {
        Goldens goldens = Goldens.Area("losses");
        Near(goldens.Array(name, "value"), Value(name, DType.Float32));
        Near(goldens.Array(name, "d_pred"), Gradient(name, DType.Float32));
    }

    [Fact]
    public void A_weight_a_sample_counts_for_each_of_its_values()
    {
        NDArray p = new double[,,] { { { 1 }, { 2 } }, { { 3 }, { 5 } } };
        NDArray y = new double[,,] { { { 0 }, { 0 } }, { { 0 }, { 0 } } };
        Assert.Equal((1 * (1 + 4) + 10 * (9 + 25)) / 4.0, new MeanSquaredError().Call(y, p, new double[] { 1, 10 }).Item<double>());
        Assert.Equal((1 * (1 + 4) + 10 * (9 + 25)) / 22.0, new MeanSquaredError(Reduction.MeanWithSampleWeight).Call(y, p, new double[] { 1, 10 }).Item<double>());
    }

    private static void Near(NDArray expected, NDArray actual) => Goldens.Close(expected, actual, rtol: 2e-5, atol: 2e-6 * expected.Abs().Max().Item<double>());

    private static NDArray Of(string name, string array, DType dtype)
    {
        NDArray stored = Goldens.Area("losses").Array(name, array);
        return stored.DType.IsFloat ? stored.AsType(dtype) : stored;
    }

    private static NDArray Value(string name, DType dtype) => KerasConfigs.Loss(Goldens.Area("losses")[name])
        .Call(Of(name, "y_true", dtype), Of(name, "y_pred", dtype), Goldens.Area("losses").Optional(name, "sample_weight")?.AsType(dtype));

    private static NDArray Gradient(string name, DType dtype = DType.Float64)
    {
        Goldens goldens = Goldens.Area("losses");
        Loss loss = KerasConfigs.Loss(goldens[name]);
        bool isScalar = goldens.Array(name, "value").Rank == 0;
        NDArray?[] given = [Of(name, "y_true", dtype), Of(name, "y_pred", dtype), Of(name, "g", dtype), goldens.Optional(name, "sample_weight")?.AsType(dtype)];
        return OnValues.Run(
            t =>
            {
                Tensor value = loss.Apply(t[0], t[1], t.Length > 3 ? t[3] : null);
                return Differentiate.Gradients(isScalar ? value : (value * t[2]).Sum(), t[1])[0];
            },
            [.. given.OfType<NDArray>()]);
    }
}
