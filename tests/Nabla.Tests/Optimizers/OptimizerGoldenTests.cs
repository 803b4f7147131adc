using System.Text.Json;

namespace Nabla.Tests.Optimizers;

/// <summary>Weights of real Keras after each of 15 steps. Averaging, accumulation, loss scaling and schedules are not built yet.</summary>
public sealed class OptimizerGoldenTests
{
    private static readonly string[] Built = ["SGD", "Adam", "RMSprop"];
    private static readonly string[] NotBuilt = ["use_ema", "gradient_accumulation_steps", "loss_scale_factor"];

    public static TheoryData<string> Cases => Goldens.Cases("optimizers", c =>
        Built.Contains(c.GetProperty("optimizer").GetString())
        && !c.TryGetProperty("schedule", out _)
        && !c.GetProperty("args").EnumerateObject().Any(a => NotBuilt.Contains(a.Name)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_after_every_step_are_those_of_Keras(string name)
    {
        Goldens goldens = Goldens.Area("optimizers");
        OptimizerRun run = new(KerasConfigs.Optimizer(goldens[name]), goldens.Array(name, "w0"), goldens.Array(name, "b0"));
        for (int step = 0; step < goldens.Array(name, "w").Dims[0].Size; step++)
        {
            run.Step(goldens.Array(name, "gw")[step], goldens.Array(name, "gb")[step]);
            Goldens.Close(goldens.Array(name, "w")[step], run.Values[0]);
            Goldens.Close(goldens.Array(name, "b")[step], run.Values[1]);
        }
    }
}
