using System.Text.Json;

namespace Nabla;

/// <summary>Dims in files: <c>[null, 28, 28]</c>, null for the batch axis.</summary>
internal static class Shapes
{
    /// <summary>The dims of one sample, from a list that begins with null for the batch.</summary>
    public static Dims ReadSample(ConfigReader config, string name)
    {
        JsonElement[] items = [.. config.Items(name).Select(i => i.Value)];
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
