namespace Nabla.Tests.Training;

/// <summary>Small models to fit, always the same.</summary>
internal static class Classifiers
{
    /// <summary>16 features, 10 classes, some dropout.</summary>
    public static Sequential Small(int seed = 3)
    {
        Sequential model = new([new Dense(12, "relu"), new Dropout(0.2), new Dense(10)], seed: seed);
        model.Compile(new Adam(0.01), new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"], verbose: 0);
        return model;
    }

    /// <summary>The bits of all weights and of the history.</summary>
    public static string Bits(Model model, History history) => string.Join(
        "\n",
        [
            .. model.Weights.Select(w => $"{w.Type}: {Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(w.Value.AsSpan<float>()))}"),
            .. model.Optimizer!.Variables.Select(v => $"{v.Type}: {string.Join(" ", v.Value.AsType(DType.Float64).ToArray<double>().Select(BitConverter.DoubleToInt64Bits))}"),
            .. history.Select(h => $"{h.Key}: {string.Join(" ", h.Value.Select(BitConverter.DoubleToInt64Bits))}"),
            $"epochs: {string.Join(" ", history.Epochs)}",
        ]);
}
