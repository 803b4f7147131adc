using System.Text.Json;

namespace Nabla;

/// <summary>How a model was compiled: the optimizer, and losses, weights and metrics, of several outputs by their names.</summary>
internal static class CompileConfig
{
    public static void Write(Compilation compilation, ConfigWriter config)
    {
        config.Envelope("optimizer", "keras.optimizers", compilation.Optimizer.ClassName, compilation.Optimizer.WriteAll);
        IReadOnlyList<Goal> goals = compilation.Goals;
        if (goals.Count == 1)
        {
            WriteLoss(config, "loss", goals[0].Loss);
            if (goals[0].Weight != 1)
            {
                config.Numbers("loss_weights", [goals[0].Weight]);
            }

            WriteMetrics(config, "metrics", goals[0].Metrics);
            WriteMetrics(config, "weighted_metrics", goals[0].WeightedMetrics);
            return;
        }

        ByOutput("loss", g => WriteLoss(config, g.Name, g.Loss));
        ByOutput("loss_weights", g => config.Number(g.Name, g.Weight));
        ByOutput("metrics", g => WriteMetrics(config, g.Name, g.Metrics));
        ByOutput("weighted_metrics", g => WriteMetrics(config, g.Name, g.WeightedMetrics));

        void ByOutput(string name, Action<Goal> write) => config.Object(name, () =>
        {
            foreach (Goal goal in goals)
            {
                write(goal);
            }
        });
    }

    /// <summary>Compiles a model as a file says; a file without an optimizer leaves it as it is.</summary>
    public static void Read(Model model, ConfigReader config)
    {
        config.Ignore("loss", "loss_weights", "metrics", "weighted_metrics", "jit_compile", "steps_per_execution", "run_eagerly", "auto_scale_loss");
        if (!config.Has("optimizer"))
        {
            return;
        }

        Optimizer optimizer = config.Any("optimizer")!.Value.ValueKind == JsonValueKind.String
            ? config.Checked(() => (Optimizer)config.RequiredText("optimizer"))
            : ConfigReader.FromEnvelope(config.RequiredObject("optimizer"), "optimizer", OptimizerTable.ByClass);
        config.Done();
        IReadOnlyList<string> outputs = model.Built ? model.OutputNames : ["output"];
        Loss?[] losses = [.. EachOutput(config, "loss", outputs).Select(j => ReadLoss(config, j))];
        double[] weights = [.. EachOutput(config, "loss_weights", outputs).Select(j => ReadWeight(config, j))];
        Metric[][] metrics = [.. EachOutput(config, "metrics", outputs).Select(j => ReadMetrics(config, "metrics", j))];
        Metric[][] weighted = [.. EachOutput(config, "weighted_metrics", outputs).Select(j => ReadMetrics(config, "weighted_metrics", j))];
        config.Checked(() => model.Recompile(optimizer, outputs.Count == 1 && weights[0] == 1
            ? Goals.ForAll(losses[0], metrics[0], weighted[0])
            : Goals.InOrder(losses, weights, metrics, weighted)));
    }

    private static void WriteLoss(ConfigWriter config, string name, Loss? loss)
    {
        if (loss is null)
        {
            config.Null(name);
        }
        else if (loss.SavedName is { } known)
        {
            config.Text(name, known);
        }
        else
        {
            config.Envelope(name, "keras.losses", loss.ClassName, c =>
            {
                c.Text("name", loss.Name);
                c.Text("reduction", loss.Reduction.ToString());
                loss.WriteConfig(c);
            });
        }
    }

    private static void WriteMetrics(ConfigWriter config, string name, IReadOnlyList<(string Key, Metric Metric)> metrics) => config.List(name, metrics, item =>
    {
        if (item.Metric.SavedName is { } known)
        {
            config.Item(known);
            return;
        }

        config.Envelope(null, "keras.metrics", item.Metric.ClassName, c =>
        {
            c.Text("name", item.Metric.Name);
            item.Metric.WriteConfig(c);
        });
    });

    // What is said of each output: by name, in order, or once for all; null where nothing is.
    private static JsonElement?[] EachOutput(ConfigReader config, string name, IReadOnlyList<string> outputs)
    {
        if (config.Any(name) is not { } all)
        {
            return new JsonElement?[outputs.Count];
        }

        bool envelope = all.ValueKind == JsonValueKind.Object && all.TryGetProperty("class_name", out _);
        if (all.ValueKind == JsonValueKind.Object && !envelope)
        {
            foreach (JsonProperty property in all.EnumerateObject().Where(p => !outputs.Contains(p.Name)))
            {
                throw config.Error($"expected the outputs {string.Join(", ", outputs.Select(ZipDirectory.Printable))} in '{name}', received '{ZipDirectory.Printable(property.Name)}'.");
            }

            return [.. outputs.Select(o => all.TryGetProperty(o, out JsonElement own) && own.ValueKind != JsonValueKind.Null ? own : (JsonElement?)null)];
        }

        // One output's metrics may stand in a list of their own, or not.
        bool one = outputs.Count == 1 && name is "metrics" or "weighted_metrics" && !(all.ValueKind == JsonValueKind.Array && all.GetArrayLength() == 1 && all[0].ValueKind == JsonValueKind.Array);
        if (all.ValueKind != JsonValueKind.Array || (one && outputs.Count == 1))
        {
            return [.. outputs.Select(_ => (JsonElement?)all)];
        }

        return all.GetArrayLength() == outputs.Count
            ? [.. all.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? (JsonElement?)null : e)]
            : throw config.Error($"expected as many items in '{name}' as the model has outputs, {outputs.Count}, received {all.GetArrayLength()}.");
    }

    private static Loss? ReadLoss(ConfigReader config, JsonElement? json) => json switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => config.Checked(() => (Loss)config.TextOf(text)),
        { } envelope => FunctionName(config, envelope, "loss") is { } name
            ? config.Checked(() => (Loss)name)
            : ConfigReader.FromEnvelope(new ConfigReader(envelope, config.File, $"{config.Path}.loss"), "loss", LossTable.ByClass),
    };

    private static double ReadWeight(ConfigReader config, JsonElement? json) => json switch
    {
        null => 1,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out double weight) && double.IsFinite(weight) => weight,
        { } other => throw config.Error($"expected finite numbers in 'loss_weights', received {ConfigReader.Describe(other)}."),
    };

    private static Metric[] ReadMetrics(ConfigReader config, string name, JsonElement? json)
    {
        return json switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Null).Select(One)],
            { } one => [One(one)],
        };

        Metric One(JsonElement item) => item.ValueKind == JsonValueKind.String || FunctionName(config, item, name) is not null
            ? config.Checked(() => (Metric)(FunctionName(config, item, name) ?? config.TextOf(item)))
            : ConfigReader.FromEnvelope(new ConfigReader(item, config.File, $"{config.Path}.{name}"), "metric", MetricTable.ByClass);
    }

    // Keras writes a function as an envelope around its name.
    private static string? FunctionName(ConfigReader config, JsonElement json, string place) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("config", out JsonElement name) && name.ValueKind == JsonValueKind.String
        && new ConfigReader(json, config.File, $"{config.Path}.{place}").OptionalText("class_name") == "function"
            ? config.TextOf(name)
            : null;
}
