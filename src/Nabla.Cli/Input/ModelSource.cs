namespace Nabla.Cli.Input;

/// <summary>A model from a file, and samples brought into the form that it takes.</summary>
internal static class ModelSource
{
    /// <summary>Loads the model.</summary>
    /// <exception cref="IOException">There is no such file, or it is damaged.</exception>
    public static Model Load(string path) =>
        File.Exists(path) || Directory.Exists(path)
            ? Model.Load(path)
            : throw new FileNotFoundException($"MODEL: there is no file '{path}'. Make one with: {Invocation.Name} train --out {Path.GetFileName(path)}");

    /// <summary>Samples for a model: one alone gets its batch axis, and columns are scaled where the file says that the model wants it.</summary>
    public static NDArray Samples(Model model, NDArray x)
    {
        x = Columns.Features(x);
        if (model.InputType is { } input && x.Rank == input.Dims.Rank - 1)
        {
            x = x.Reshape([1, .. x.Dims.Sizes]);
        }

        return model.Metadata is { Scale: { } scale } metadata ? Scaled(x, scale, metadata.Offset ?? [0]) : x;
    }

    private static NDArray Scaled(NDArray x, IReadOnlyList<double> scale, IReadOnlyList<double> offset)
    {
        float[] values = x.AsType(DType.Float32).ToArray<float>();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(values[i] * scale[i % scale.Count] + offset[i % offset.Count]);
        }

        return NDArray.Create<float>(values, x.Dims);
    }
}
