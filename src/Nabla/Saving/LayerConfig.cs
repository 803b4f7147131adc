using System.Text.Json;

namespace Nabla;

/// <summary>One layer in a configuration: its envelope, and what every layer says there.</summary>
internal static class LayerConfig
{
    /// <summary>Writes a layer, as a property, or as an item where <paramref name="property"/> is null.</summary>
    /// <param name="config">Where to.</param>
    /// <param name="property">The property's name.</param>
    /// <param name="layer">The layer, or a model in a model.</param>
    /// <param name="more">What follows in the envelope.</param>
    public static void Write(ConfigWriter config, string? property, Layer layer, Action? more = null)
    {
        if (property is null)
        {
            config.ObjectItem(() => WriteParts(config, layer, more));
        }
        else
        {
            config.Object(property, () => WriteParts(config, layer, more));
        }
    }

    /// <summary>Writes what stands in a layer's envelope.</summary>
    public static void WriteParts(ConfigWriter config, Layer layer, Action? more)
    {
        bool own = layer.GetType().Assembly != typeof(Layer).Assembly;
        if (own && LayerTable.BuiltIn.ContainsKey(layer.ClassName))
        {
            throw new NotSupportedException($"{layer.ClassName} '{layer.Name}': a class of your own cannot be saved under the name of a built-in layer, which would be loaded in its place. Override ClassName with a name of its own.");
        }

        config.Text("module", own ? "custom" : layer is Model ? "keras" : "keras.layers");
        config.Text("class_name", layer.ClassName);
        config.Object("config", () =>
        {
            config.Text("name", layer.Name);
            config.Boolean("trainable", layer.Trainable);
            config.DType(layer.DType);
            layer.WriteConfig(config);
        });
        config.Text("registered_name", own ? layer.ClassName : null);
        more?.Invoke();
    }

    /// <summary>Writes what the layer was built for.</summary>
    public static void WriteBuild(ConfigWriter config, Layer layer) => config.Object("build_config", () =>
    {
        if (layer.InputTypes.Count == 1)
        {
            config.BatchShape("input_shape", layer.InputTypes[0].Dims[1..]);
        }
        else
        {
            config.List("input_shape", layer.InputTypes, t => config.BatchShape(null, t.Dims[1..]));
        }

        // Only a model class of your own cannot say this itself.
        if (layer is Model { Network: null } && layer.InputTypes.Any(t => t.DType != layer.DType))
        {
            config.Texts("input_dtype", layer.InputTypes.Select(t => t.DType.Name));
        }
    });

    /// <summary>Reads a layer.</summary>
    /// <param name="envelope">Its class, arguments and all.</param>
    public static Layer Read(ConfigReader envelope)
    {
        envelope.Ignore("module", "registered_name", "build_config", "compile_config", "name", "inbound_nodes");
        Layer layer = ConfigReader.FromEnvelope(envelope, "layer", LayerTable.ByClass);
        envelope.Done();
        return layer;
    }

    /// <summary>Reads a list of layers' envelopes.</summary>
    public static IEnumerable<ConfigReader> Envelopes(ConfigReader config, string name)
    {
        // Above any real model; a hostile file cannot make the reader work for ever.
        const int limit = 10_000;
        int count = 0;
        foreach ((JsonElement json, string path) in config.Items(name))
        {
            if (count++ == limit)
            {
                throw config.Error($"expected at most {limit} layers.");
            }

            yield return new ConfigReader(json, config.File, path);
        }
    }
}
