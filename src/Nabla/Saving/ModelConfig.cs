using System.Text.Json;

namespace Nabla;

/// <summary>A whole model as Keras' JSON: its layers, what it was built for and how it was compiled.</summary>
internal static class ModelConfig
{
    public static void Write(Model model, ConfigWriter config, bool includeOptimizer)
    {
        RequireOwnLayers(model);
        LayerConfig.WriteParts(config, model, () =>
        {
            LayerConfig.WriteBuild(config, model);
            if (includeOptimizer && model.Compilation is { } compilation)
            {
                config.Object("compile_config", () => CompileConfig.Write(compilation, config));
            }
        });
    }

    /// <summary>Makes the model of a file: built, compiled where the file says how, its weights not drawn.</summary>
    public static Model Read(ConfigReader config)
    {
        ConfigReader? build = config.Object("build_config");
        ConfigReader? compile = config.Object("compile_config");
        Model model = LayerConfig.Read(config) as Model
            ?? throw config.Error($"expected a model, received a layer: '{ZipDirectory.Printable(config.RequiredText("class_name"))}'.");
        if (!model.Built && build is not null && build.Has("input_shape"))
        {
            config.Checked(() => model.BuildFor(Shapes.ReadTypes(build, model.DType)));
        }

        if (compile is not null)
        {
            CompileConfig.Read(model, compile);
        }

        return model;
    }

    // A layer that two models share would come back as two layers.
    private static void RequireOwnLayers(Model model)
    {
        Dictionary<Layer, Layer> owners = new(ReferenceEqualityComparer.Instance);
        Stack<Layer> rest = new([model]);
        while (rest.TryPop(out Layer? owner))
        {
            foreach (Layer layer in owner.Sublayers)
            {
                if (owners.TryAdd(layer, owner))
                {
                    rest.Push(layer);
                }
                else if (owners[layer] != owner)
                {
                    throw new NotSupportedException($"{model.ClassName} '{model.Name}': expected each layer inside one model only, received '{layer.Name}', which is in '{owners[layer].Name}' and in '{owner.Name}': a file would make two layers of it. Call the model that holds it instead, or save the weights alone by SaveWeights.");
                }
            }
        }
    }
}
