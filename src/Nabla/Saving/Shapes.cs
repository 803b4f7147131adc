using System.Text.Json;

namespace Nabla;

/// <summary>Dims in files: <c>[null, 28, 28]</c>, null for the batch axis.</summary>
internal static class Shapes
{
    /// <summary>The dims of one sample, from a list that begins with null for the batch.</summary>
    public static Dims ReadSample(ConfigReader config, string name)
    {
        JsonElement[] items = [.. config.Items(name).Select(i => i.Value)];
        return Sample(config, name, items);
    }

    /// <summary>What a model takes, from <c>input_shape</c> (one list, or a list of lists) and, where they are not the model's, <c>input_dtype</c>.</summary>
    public static TensorType[] ReadTypes(ConfigReader build, DType dtype)
    {
        JsonElement[] items = [.. build.Items("input_shape").Select(i => i.Value)];
        Dims[] shapes = items.Length > 0 && items[0].ValueKind == JsonValueKind.Array
            ? [.. items.Select(i => i.ValueKind == JsonValueKind.Array ? Sample(build, "input_shape", [.. i.EnumerateArray()]) : throw build.Error("expected lists of sizes in 'input_shape'."))]
            : [Sample(build, "input_shape", items)];
        IReadOnlyList<string> dtypes = build.Texts("input_dtype") ?? [.. shapes.Select(_ => dtype.Name)];
        build.Done();
        return dtypes.Count == shapes.Length
            ? [.. shapes.Zip(dtypes, (shape, name) => new TensorType(Named(build, name), [new Dim(2, StepGraphs.Batch), .. shape]))]
            : throw build.Error($"expected as many items in 'input_dtype' as in 'input_shape', {shapes.Length}, received {dtypes.Count}.");
    }

    private static DType Named(ConfigReader config, string name) => name switch
    {
        "float32" => DType.Float32,
        "float64" => DType.Float64,
        "int32" => DType.Int32,
        "int64" => DType.Int64,
        "uint8" => DType.UInt8,
        "bool" => DType.Boolean,
        _ => throw config.Error($"expected a dtype of float32, float64, int32, int64, uint8 or bool, received '{ZipDirectory.Printable(name)}'."),
    };

    private static Dims Sample(ConfigReader config, string name, JsonElement[] items)
    {
        if (items.Length == 0 || items[0].ValueKind != JsonValueKind.Null)
        {
            throw config.Error($"expected '{name}' to be a list that begins with null, for the batch.");
        }

        var sizes = new int[items.Length - 1];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (items[i + 1].ValueKind != JsonValueKind.Number || !items[i + 1].TryGetInt32(out sizes[i]) || sizes[i] < 1)
            {
                throw config.Error($"expected sizes of 1 or more in '{name}', received {items[i + 1].GetRawText()}.");
            }
        }

        return config.Checked(() => Dims.Of(sizes));
    }
}
