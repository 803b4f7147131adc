namespace Nabla;

/// <summary>The layers by the class names that files hold: a closed list; nothing is ever made by a type's name.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, Func<ConfigReader, Layer>> Readers = new()
    {
        // Core
        ["InputLayer"] = InputLayer.Read,
        ["Dense"] = Dense.Read,

        // Reshaping
        ["Flatten"] = Flatten.Read,

        // Regularization
        ["Dropout"] = Dropout.Read,

        // Preprocessing
        ["Rescaling"] = Rescaling.Read,
    };

    /// <summary>Readers that take every argument of a layer, the ones that all layers have with them.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Layer>> ByClass { get; } =
        Readers.ToDictionary(r => r.Key, r => (Func<ConfigReader, Layer>)(config => Whole(r.Value, config)));

    // Every layer's file says 'trainable', so that no reader has to.
    private static Layer Whole(Func<ConfigReader, Layer> read, ConfigReader config)
    {
        Layer layer = read(config);
        layer.Trainable = config.Boolean("trainable", true);
        return layer;
    }
}
