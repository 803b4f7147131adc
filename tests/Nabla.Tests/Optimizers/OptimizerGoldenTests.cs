namespace Nabla.Tests.Optimizers;

/// <summary>Weights of real Keras after each of 15 steps, for every optimizer and common argument.</summary>
public sealed class OptimizerGoldenTests
{
    public static TheoryData<string> Cases => Goldens.Cases("optimizers", _ => true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_after_every_step_are_those_of_Keras(string name)
    {
        Goldens goldens = Goldens.Area("optimizers");
        Optimizer optimizer = KerasConfigs.Optimizer(goldens[name]);
        OptimizerRun run = new(optimizer, goldens.Array(name, "w0"), goldens.Array(name, "b0"));
        for (int step = 0; step < goldens.Array(name, "w").Dims[0].Size; step++)
        {
            run.Step(goldens.Array(name, "gw")[step], goldens.Array(name, "gb")[step]);
            Goldens.Close(goldens.Array(name, "w")[step], run.Values[0]);
            Goldens.Close(goldens.Array(name, "b")[step], run.Values[1]);
        }

        Assert.Equal(goldens[name].GetProperty("iterations").GetInt64(), optimizer.Iterations);
        if (goldens.Optional(name, "w_final") is { } final)
        {
            optimizer.FinalizeVariableValues();
            Goldens.Close(final, run.Values[0]);
            Goldens.Close(goldens.Array(name, "b_final"), run.Values[1]);
        }
    }
}
