namespace Nabla;

/// <summary>A value that a callback watches, and which way it should go.</summary>
/// <param name="owner">The callback's name, for messages.</param>
/// <param name="key">The key in the logs.</param>
/// <param name="mode"><c>auto</c>, <c>min</c> or <c>max</c>.</param>
internal sealed class Monitor(string owner, string key, string mode)
{
    private static readonly string[] Modes = ["auto", "min", "max"];
    private readonly string _mode = Modes.Contains(mode) ? mode : throw DidYouMean.Unknown($"{owner}: mode", mode, Modes);
    private bool? _more;

    public string Key => key;

    /// <summary>Whether the value should grow; asked once there is a model.</summary>
    public bool MoreIsBetter(Model model) => _more ??= _mode == "auto" ? Direction(model) : _mode == "max";

    /// <summary>Whether a value is better than another by more than some amount; anything is better than nothing.</summary>
    public bool IsBetter(Model model, double value, double? than, double by) =>
        than is not { } before || (MoreIsBetter(model) ? value - by > before : value + by < before);

    /// <summary>Refuses a key that logs will never have.</summary>
    public void Check(IReadOnlyList<string> keys)
    {
        if (!keys.Contains(key))
        {
            bool validation = key.StartsWith("val_", StringComparison.Ordinal) && !keys.Any(k => k.StartsWith("val_", StringComparison.Ordinal));
            throw DidYouMean.Unknown($"{owner}: monitor", key, keys, validation ? "Values of validation need validationData or a validationSplit." : "");
        }
    }

    /// <summary>The value in the logs; null where this epoch has none: validation does not come every time.</summary>
    public double? Value(IEnumerable<KeyValuePair<string, double>> logs)
    {
        foreach ((string name, double value) in logs)
        {
            if (name == key)
            {
                return value;
            }
        }

        return null;
    }

    private bool Direction(Model model)
    {
        string name = key.StartsWith("val_", StringComparison.Ordinal) ? key[4..] : key;
        foreach (Goal goal in model.Compilation?.Goals ?? [])
        {
            foreach ((string metric, Metric kind, bool _) in goal.All)
            {
                if (metric == name && kind.MoreIsBetter is { } more)
                {
                    return more;
                }
            }
        }

        return name == "loss" || name.EndsWith("_loss", StringComparison.Ordinal)
            ? false
            : throw new ArgumentException($"{owner}: expected mode \"min\" or \"max\" for the monitor '{key}', received \"auto\", and it is not known which way '{name}' should go. Say mode: \"max\" if more is better.");
    }
}
