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
