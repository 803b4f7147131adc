namespace Nabla;

/// <summary>Compares what a configuration would allocate with what the file really stores, before anything is allocated.</summary>
internal static class StoredSizes
{
    /// <summary>Refuses layers whose weights are larger than those in the file.</summary>
    public static void Check(ConfigReader config, IReadOnlyList<Layer> layers, Dims sample, SafeTensorsFile weights)
    {
        UInt128 stored = 0;
        foreach (NDArray array in weights.Tensors.Values)
        {
            stored += (ulong)array.Count;
        }

        // Only Dense makes weights so far, and only Dense and Flatten change the dims of a sample.
        UInt128 asked = 0;
        List<UInt128> sizes = [.. sample.Select(d => (UInt128)d.Size)];
        foreach (Layer layer in layers)
        {
            if (layer is Flatten)
            {
                sizes = [sizes.Aggregate((UInt128)1, (product, size) => product * size)];
            }
            else if (layer is Dense dense && sizes.Count > 0)
            {
                asked += (sizes[^1] + (dense.UseBias ? 1u : 0u)) * (uint)dense.Units;
                sizes[^1] = (uint)dense.Units;
            }

            if (asked > stored)
            {
                throw config.Error($"layer '{ZipDirectory.Printable(layer.Name)}': expected no more parameters than the {stored} that the file stores, received a configuration that asks for at least {asked}.");
            }
        }
    }
}
