namespace Nabla;

/// <summary>The layers by the class names that files hold: a closed list; nothing is ever made by a type's name.</summary>
internal static class LayerTable
{
    public static IReadOnlyDictionary<string, Func<ConfigReader, Layer>> ByClass { get; } = new Dictionary<string, Func<ConfigReader, Layer>>
    {
        ["InputLayer"] = c =>
        {
            c.Ignore("sparse", "ragged", "optional", "trainable");
            return new InputLayer(Shapes.ReadSample(c, "batch_shape"), c.RequiredText("name"), c.DType());
        },
        ["Dense"] = c => new Dense(
            c.Integer("units", null) ?? throw c.Error("expected 'units', but it is missing."),
            c.Activation("activation"),
            c.Boolean("use_bias", true),
            c.Initializer("kernel_initializer", new GlorotUniform()),
            c.Initializer("bias_initializer", Initializer.Zeros),
            c.RequiredText("name"),
            c.Boolean("trainable", true),
            c.DType()),
        ["Dropout"] = c => new Dropout(c.Number("rate", 0), c.Integer("seed", null), Name(c), c.DType()),
        ["Flatten"] = c =>
        {
            if (c.Text("data_format", "channels_last") != "channels_last")
            {
                throw c.Error("expected 'data_format' to be 'channels_last'.");
            }

            return new Flatten(Name(c), c.DType());
        },
        ["Rescaling"] = c => new Rescaling(c.NumberOrNumbers("scale", 1), c.NumberOrNumbers("offset", 0), Name(c), c.DType()),
    };

    // Layers without weights carry 'trainable' all the same.
    private static string Name(ConfigReader config)
    {
        config.Ignore("trainable");
        return config.RequiredText("name");
    }
}
