using System.Text.Json;

namespace Nabla;

/// <summary>A <see cref="Sequential"/> in Keras' <c>config.json</c>.</summary>
internal static class SequentialConfig
{
    // Above any real model; a hostile file cannot make the reader work for ever.
    private const int LayerLimit = 10_000;

    /// <summary>The whole file: the model's envelope with its input shape and compilation.</summary>
    public static void WriteModel(Sequential model, ConfigWriter config, bool includeOptimizer)
    {
        config.Text("module", "keras");
        config.Text("class_name", "Sequential");
        config.Object("config", () => Write(model, config));
        config.Null("registered_name");
        config.Object("build_config", () => config.BatchShape("input_shape", model.InputType!.Dims[1..]));
        if (includeOptimizer && model.Compilation is { } compilation)
        {
            config.Object("compile_config", () => WriteCompilation(compilation, config));
        }
    }

    /// <summary>The model's own configuration.</summary>
    public static void Write(Sequential model, ConfigWriter config)
    {
        config.Text("name", model.Name);
        config.Boolean("trainable", model.Trainable);
        config.DType(model.DType);
        config.Integer("seed", model.Seed);
        Dims sample = model.InputType!.Dims[1..];
        string inputName = model.AllLayers[0] is InputLayer input ? input.Name : "input_layer";
        config.List<Layer?>("layers", [null, .. model.Layers], layer =>
        {
            if (layer is null)
            {
                config.Envelope(null, "keras.layers", "InputLayer", c =>
                {
                    c.BatchShape("batch_shape", sample);
                    c.Text("dtype", model.InputType.DType.Name);
                    c.Boolean("sparse", false);
                    c.Text("name", inputName);
                });
                return;
            }

            if (layer is Model)
            {
                throw new NotSupportedException($"Sequential '{model.Name}': a model inside a model ('{layer.Name}') cannot be saved. Add its layers one by one.");
            }

            config.Envelope(
                null,
                "keras.layers",
                layer.ClassName,
                c =>
                {
                    c.Text("name", layer.Name);
                    c.Boolean("trainable", layer.Trainable);
                    c.DType(layer.DType);
                    layer.WriteConfig(c);
                },
                () => config.Object("build_config", () => config.BatchShape("input_shape", layer.InputType!.Dims[1..])));
        });
        config.BatchShape("build_input_shape", sample);
    }

    /// <summary>Makes the model of a file, built, with weights that still have to be filled.</summary>
    /// <param name="config">The file's root.</param>
    /// <param name="weights">The stored weights: no more parameters are made than these hold.</param>
    public static Sequential ReadModel(ConfigReader config, SafeTensorsFile weights)
    {
        string className = config.RequiredText("class_name");
        if (className != "Sequential")
        {
            throw config.Error($"expected the class Sequential, received '{className}'.");
        }

        config.Ignore("module", "build_config");
        ConfigReader own = config.RequiredObject("config");
        Sequential model = Read(own, weights);
        if (config.Object("compile_config") is { } compilation && compilation.Has("optimizer"))
        {
            ReadCompilation(model, compilation);
        }

        return model;
    }

    private static Sequential Read(ConfigReader config, SafeTensorsFile weights)
    {
        DType dtype = config.DType() ?? DType.Float32;
        Dims sample = Shapes.ReadSample(config, "build_input_shape");
        List<Layer> layers = [];
        foreach ((JsonElement json, string path) in config.Items("layers"))
        {
            if (layers.Count == LayerLimit)
            {
                throw config.Error($"expected at most {LayerLimit} layers.");
            }

            ConfigReader envelope = new(json, config.File, path);
            envelope.Ignore("module", "build_config");
            layers.Add(ConfigReader.FromEnvelope(envelope, "layer", LayerTable.ByClass));
            envelope.Done();
        }

        string name = config.RequiredText("name");
        Sequential model = config.Checked(() => new Sequential(layers, config.Boolean("trainable", true), name, dtype, config.Integer("seed", null)));
        return config.Checked(() =>
        {
            model.Build(sample);
            StoredSizes.Check(config, model, weights);
            config.Done();
            return model;
        });
    }

    private static void WriteCompilation(Compilation compilation, ConfigWriter config)
    {
        config.Envelope("optimizer", "keras.optimizers", compilation.Optimizer.ClassName, compilation.Optimizer.WriteAll);
        if (compilation.Loss?.SavedName is { } lossName)
        {
            config.Text("loss", lossName);
        }
        else if (compilation.Loss is { } loss)
        {
            config.Envelope("loss", "keras.losses", loss.ClassName, c =>
            {
                c.Text("name", loss.Name);
                c.Text("reduction", loss.Reduction.ToString());
                loss.WriteConfig(c);
            });
        }

        config.List("metrics", compilation.Metrics, metric =>
        {
            if (metric.SavedName is { } name)
            {
                config.Item(name);
                return;
            }

            config.Envelope(null, "keras.metrics", metric.ClassName, c =>
            {
                c.Text("name", metric.Name);
                metric.WriteConfig(c);
            });
        });
    }

    private static void ReadCompilation(Sequential model, ConfigReader config)
    {
        Optimizer optimizer = config.Any("optimizer")!.Value.ValueKind == JsonValueKind.String
            ? config.Checked(() => (Optimizer)config.RequiredText("optimizer"))
            : ConfigReader.FromEnvelope(config.RequiredObject("optimizer"), "optimizer", OptimizerTable.ByClass);
        Loss? loss = config.Any("loss") switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } => config.Checked(() => (Loss)config.RequiredText("loss")),
            _ => ConfigReader.FromEnvelope(config.RequiredObject("loss"), "loss", LossTable.ByClass),
        };
        List<Metric> metrics = [];
        foreach ((JsonElement json, string path) in config.Items("metrics"))
        {
            metrics.Add(json.ValueKind == JsonValueKind.String
                ? config.Checked(() => (Metric)json.GetString()!)
                : ConfigReader.FromEnvelope(new ConfigReader(json, config.File, path), "metric", MetricTable.ByClass));
        }

        config.Ignore("jit_compile", "steps_per_execution", "run_eagerly");
        config.Done();
        model.Compile(optimizer, loss, metrics, verbose: 0);
    }
}
