namespace Nabla.Explain.Tests.Doctor;

/// <summary>Small models and data for the rules.</summary>
internal static class Patients
{
    /// <summary>Points of two kinds, apart along the first axis.</summary>
    public static (NDArray X, NDArray Y) Points(int count = 64, int features = 4, int seed = 1)
    {
        Random random = new(seed);
        var x = new float[count * features];
        var y = new float[count];
        for (int i = 0; i < count; i++)
        {
            y[i] = i % 2;
            for (int f = 0; f < features; f++)
            {
                x[(i * features) + f] = (float)((random.NextDouble() * 2) - 1 + (f == 0 ? (2 * y[i]) - 1 : 0));
            }
        }

        return (NDArray.Create<float>(x, [count, features]), NDArray.Create<float>(y, [count, 1]));
    }

    public static Sequential Compiled(Sequential model, Loss loss, Optimizer? optimizer = null)
    {
        model.Compile(optimizer ?? new SGD(0.01), loss, verbose: 0);
        return model;
    }

    /// <summary>Trains with a doctor; an error that ends the training is what the doctor is there for.</summary>
    public static Diagnosis Trained(Model model, NDArray x, NDArray y, int epochs, int batchSize = 32, FitOptions? options = null)
    {
        Nabla.Explain.Doctor doctor = new(verbose: 0);
        try
        {
            model.Fit(x, y, (options ?? new FitOptions()) with { Epochs = epochs, BatchSize = batchSize, Verbose = 0, Callbacks = [doctor] });
        }
        catch (TrainingDivergedException)
        {
        }

        return doctor.Diagnosis;
    }

    public static Advice Found(Diagnosis diagnosis, string rule)
    {
        Advice[] found = [.. diagnosis.Findings.Where(a => a.Rule == rule)];
        Assert.True(found.Length > 0, $"expected the finding '{rule}', received: {diagnosis}");
        Advice advice = found[0];
        Assert.NotEmpty(advice.Suggestion);
        Assert.EndsWith(advice.Suggestion, advice.Message, StringComparison.Ordinal);
        Assert.NotEmpty(advice.Evidence);
        return advice;
    }

    public static void NotFound(Diagnosis diagnosis, string rule) =>
        Assert.True(diagnosis.Findings.All(a => a.Rule != rule), $"expected no finding '{rule}', received: {diagnosis}");
}
