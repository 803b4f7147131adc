namespace Nabla;

/// <summary>What the configuration of a <see cref="Sequential"/> says beside name, trainable and dtype.</summary>
internal static class SequentialConfig
{
    public static void Write(Sequential model, ConfigWriter config)
    {
        config.Integer("seed", model.Seed);
        TensorType? input = model.InputType;
        string inputName = model.AllLayers is [InputLayer first, ..] ? first.Name : "input_layer";
        config.List("layers", input is null ? model.AllLayers : (IEnumerable<Layer?>)[null, .. model.Layers], layer =>
        {
            if (layer is null)
            {
                config.InputLayer(inputName, input!, null);
            }
            else
            {
                LayerConfig.Write(config, null, layer, layer.Built ? () => LayerConfig.WriteBuild(config, layer) : null);
            }
        });
        if (input is not null)
        {
            config.BatchShape("build_input_shape", input.Dims[1..]);
        }
    }

    /// <summary>Makes the model, built where the file says for what; its weights are not drawn.</summary>
    public static Sequential Read(ConfigReader config)
    {
        List<Layer> layers = [];
        foreach (ConfigReader envelope in LayerConfig.Envelopes(config, "layers"))
        {
            layers.Add(LayerConfig.Read(envelope));
        }

        Sequential model = new(layers, config.Boolean("trainable", true), config.RequiredText("name"), config.DType(), config.Integer("seed", null));
        if (config.Has("build_input_shape"))
        {
            Dims sample = Shapes.ReadSample(config, "build_input_shape");
            if (!model.Built)
            {
                model.Build(sample);
            }
            else if (!model.InputType!.Dims[1..].SameSizes(sample))
            {
                throw config.Error($"expected 'build_input_shape' to be what the first layer says, {model.InputType.Dims[1..]}, received {sample}.");
            }
        }

        return model;
    }
}
