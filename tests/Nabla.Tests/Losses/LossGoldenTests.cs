using System.Text.Json;

namespace Nabla.Tests.Losses;

/// <summary>Values and gradients of real Keras' losses: every reduction, with and without sample weights, and the clipped ends.</summary>
public sealed class LossGoldenTests
{
    private static readonly string[] Built = ["MeanSquaredError", "BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy"];

    public static TheoryData<string> Cases => Goldens.Cases("losses", c => Built.Contains(c.GetProperty("loss").GetString()));

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
    [MemberData(nameof(Cases))]
    public void Gradient_is_that_of_Keras(string name)
    {
        Goldens goldens = Goldens.Area("losses");
        Loss loss = KerasConfigs.Loss(goldens[name]);
        bool isScalar = goldens.Array(name, "value").Rank == 0;
        NDArray?[] given = [goldens.Array(name, "y_true"), goldens.Array(name, "y_pred"), goldens.Array(name, "g"), goldens.Optional(name, "sample_weight")];
        NDArray gradient = OnValues.Run(
            t =>
            {
                Tensor value = loss.Apply(t[0], t[1], t.Length > 3 ? t[3] : null);
                return Differentiate.Gradients(isScalar ? value : (value * t[2]).Sum(), t[1])[0];
            },
            [.. given.OfType<NDArray>()]);
        Goldens.Close(goldens.Array(name, "d_pred"), gradient);
    }
}
