using System.Text.Json;

namespace Nabla;

/// <summary>The optimizers by Keras' names: the closed list from which strings and files choose.</summary>
internal static class OptimizerTable
{
    private static readonly Dictionary<string, Func<ConfigReader, Optimizer>> Readers = new()
    {
        ["SGD"] = SGD.Read,
        ["RMSprop"] = RMSprop.Read,
        ["Adam"] = Adam.Read,
        ["AdamW"] = AdamW.Read,
        ["Adadelta"] = Adadelta.Read,
        ["Adagrad"] = Adagrad.Read,
        ["Adamax"] = Adamax.Read,
        ["Nadam"] = Nadam.Read,
        ["Ftrl"] = Ftrl.Read,
        ["Lion"] = Lion.Read,
        ["Lamb"] = Lamb.Read,
        ["Adafactor"] = Adafactor.Read,
        ["Muon"] = Muon.Read,
        ["LossScaleOptimizer"] = LossScaleOptimizer.Read,
    };

    /// <summary>By the class names that files hold.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Optimizer>> ByClass { get; } = Readers.ToDictionary(
        r => r.Key,
        r => (Func<ConfigReader, Optimizer>)(config =>
        {
            Optimizer made = r.Value(config);
            made.ReadExclusions(config);
            return made;
        }));

    /// <summary>The names that stand for optimizers with default arguments; those around another have none.</summary>
    private static IReadOnlyList<string> Names { get; } = [.. Readers.Keys.Where(c => c != "LossScaleOptimizer").Select(c => c.ToLowerInvariant())];

    /// <summary>The optimizer of a name, upper or lower case.</summary>
    public static Optimizer Named(string? name)
    {
        if (!Names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw DidYouMean.Unknown("Optimizer", name, Names, "An Optimizer object is taken as well.");
        }

        using JsonDocument defaults = JsonDocument.Parse("{}");
        return Readers.First(r => string.Equals(r.Key, name, StringComparison.OrdinalIgnoreCase)).Value(new ConfigReader(defaults.RootElement, "", "$"));
    }

    /// <summary>The key <c>learning_rate</c>: a number, or a schedule with its class and arguments.</summary>
    public static LearningRate Rate(ConfigReader config, double fallback) =>
        config.Any("learning_rate") is { ValueKind: JsonValueKind.Object } ? config.Schedule("learning_rate")! : config.Number("learning_rate", fallback);
}
