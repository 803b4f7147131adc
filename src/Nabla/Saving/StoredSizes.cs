namespace Nabla;

/// <summary>Compares what a model would allocate with what the file really stores, before anything is allocated.</summary>
internal static class StoredSizes
{
    /// <summary>Refuses a model, built but not yet drawn, whose weights are larger than those in the file.</summary>
    public static void Check(ConfigReader config, Model model, SafeTensorsFile weights)
    {
        long stored = weights.Tensors.Values.Sum(array => (long)array.Count);
        long asked = 0;
        foreach (Layer layer in model.Layers)
        {
            asked += layer.Weights.Sum(weight => (long)weight.Type.Dims.Count);
            if (asked > stored)
            {
                throw config.Error($"layer '{ZipDirectory.Printable(layer.Name)}': expected no more parameters than the {stored} that the file stores, received a configuration that asks for at least {asked}.");
            }
        }
    }
}
