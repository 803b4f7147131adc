using System.Text.Json;

namespace Nabla;

/// <summary>
/// Reads one JSON object of a configuration. Missing keys take their defaults, as an older writer leaves them out; a key that is not known is
/// refused by its name unless it says nothing (null or false), because ignoring it would change the model silently.
/// </summary>
/// <example><code>
/// // A layer class of one's own, MyScale, in files: MyScale.WriteConfig says config.Number("factor", Factor).
/// Layer.Register("MyScale", config => new Rescaling(config.Number("factor", 1)));
/// </code></example>
public sealed class ConfigReader
{
    private readonly JsonElement _json;
    private readonly HashSet<string> _read = [];

    /// <summary>A reader.</summary>
    /// <param name="json">The object.</param>
    /// <param name="file">The file's name for errors.</param>
    /// <param name="path">Where in the file's JSON the object stands, for errors.</param>
    internal ConfigReader(JsonElement json, string file, string path)
    {
        (_json, File, Path) = (json, file, path);
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Error($"expected an object, received {Describe(json)}.");
        }
    }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>Where in the file's JSON this object stands.</summary>
    public string Path { get; }

    /// <summary>An error at this object.</summary>
    public MalformedFileException Error(string reason, Exception? cause = null) => new(File, "nabla", null, $"{Path}: {reason}", cause);

    /// <summary>Whether a key is there and not null.</summary>
    public bool Has(string name) => _json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether a key is there and says null.</summary>
    internal bool IsNull(string name) => _json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>A finite number; the fallback where it is missing or null.</summary>
    public double Number(string name, double fallback) => OptionalNumber(name) ?? fallback;

    /// <summary>A finite number, or null.</summary>
    public double? OptionalNumber(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw Error($"expected a finite number for '{name}', received {Describe(value)}.");
    }

    /// <summary>A finite number that must be there.</summary>
    public double RequiredNumber(string name) => OptionalNumber(name) ?? throw Error($"expected a finite number for '{name}', but it is missing.");

    /// <summary>A whole number that must be there.</summary>
    public int RequiredInteger(string name) => Integer(name, null) ?? throw Error($"expected a whole number for '{name}', but it is missing.");

    /// <summary>A whole number; the fallback where it is missing or null.</summary>
    public int? Integer(string name, int? fallback)
    {
        if (Take(name) is not { } value)
        {
            return fallback;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw Error($"expected a whole number for '{name}', received {Describe(value)}.");
    }

    /// <summary>A whole number of 0 or more that must be there.</summary>
    public long Long(string name)
    {
        JsonElement value = Take(name) ?? throw Error($"expected a whole number for '{name}', but it is missing.");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0
            ? number
            : throw Error($"expected a whole number of 0 or more for '{name}', received {Describe(value)}.");
    }

    /// <summary>True or false; the fallback where it is missing or null.</summary>
    public bool Boolean(string name, bool fallback) => Take(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Error($"expected true or false for '{name}', received {Describe(value)}."),
    };

    /// <summary>A text; the fallback where it is missing or null.</summary>
    public string Text(string name, string fallback) => OptionalText(name) ?? fallback;

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string name) => Take(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => TextOf(value),
        { } value => throw Error($"expected a text for '{name}', received {Describe(value)}."),
    };

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string name) => OptionalText(name) ?? throw Error($"expected a text for '{name}', but it is missing.");

    /// <summary>An object inside this one; null where it is missing.</summary>
    public ConfigReader? Object(string name) => Take(name) is { } value ? new ConfigReader(value, File, $"{Path}.{name}") : null;

    /// <summary>An object inside this one that must be there.</summary>
    public ConfigReader RequiredObject(string name) => Object(name) ?? throw Error($"expected an object for '{name}', but it is missing.");

    /// <summary>The items of a list; none where it is missing.</summary>
    internal IEnumerable<(JsonElement Value, string Path)> Items(string name)
    {
        if (Take(name) is not { } list)
        {
            yield break;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Error($"expected a list for '{name}', received {Describe(list)}.");
        }

        int index = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            yield return (item, $"{Path}.{name}[{index++}]");
        }
    }

    /// <summary>A list of texts; null where it is missing or null.</summary>
    public IReadOnlyList<string>? Texts(string name) => !Has(name) ? null :
    [
        .. Items(name).Select(i => i.Value.ValueKind == JsonValueKind.String ? TextOf(i.Value) : throw Error($"expected texts in '{name}', received {Describe(i.Value)}.")),
    ];

    /// <summary>A list of finite numbers; null where it is missing or null.</summary>
    public IReadOnlyList<double>? Numbers(string name) => !Has(name) ? null :
    [
        .. Items(name).Select(i => i.Value.ValueKind == JsonValueKind.Number && i.Value.TryGetDouble(out double n) && double.IsFinite(n)
            ? n
            : throw Error($"expected finite numbers in '{name}', received {Describe(i.Value)}.")),
    ];

    /// <summary>A list of whole numbers; null where it is missing or null.</summary>
    public IReadOnlyList<int>? Integers(string name) => Numbers(name)?.Select(n => n == (int)n ? (int)n : throw Error($"expected whole numbers in '{name}'.")).ToArray();

    /// <summary>A number, or a list of numbers.</summary>
    public IReadOnlyList<double> NumberOrNumbers(string name, double fallback) =>
        Take(name) is { ValueKind: JsonValueKind.Array } ? Numbers(name)! : [Number(name, fallback)];

    /// <summary>An element whatever its kind; null where it is missing or null.</summary>
    internal JsonElement? Any(string name) => Take(name);

    /// <summary>An activation by its name; linear where it is missing.</summary>
    public Activation Activation(string name) => Named(name, text => (Activation)text, default);

    /// <summary>The key <c>reduction</c>; the mean over all values where it is missing.</summary>
    public Reduction Reduction() => Named("reduction", text => (Reduction)text, default);

    /// <summary>A dtype, as text or in Keras' envelope.</summary>
    public DType? DType()
    {
        if (Take("dtype") is not { } value)
        {
            return null;
        }

        string name = value.ValueKind == JsonValueKind.String
            ? TextOf(value)
            : new ConfigReader(value, File, Path + ".dtype").RequiredObject("config").RequiredText("name");
        return name switch
        {
            "float32" => Nabla.DType.Float32,
            "float64" => Nabla.DType.Float64,
            _ => throw Error($"expected a dtype of float32 or float64, received '{name}'."),
        };
    }

    /// <summary>A whole number, or a list of them; the fallback where it is missing or null.</summary>
    public Axes Axes(string name, Axes fallback) => Take(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.Array } =>
        [
            .. Items(name).Select(i => i.Value.ValueKind == JsonValueKind.Number && i.Value.TryGetInt32(out int n)
                ? n
                : throw Error($"expected whole numbers in '{name}', received {Describe(i.Value)}.")),
        ],
        _ => Integer(name, null)!.Value,
    };

    /// <summary>An initializer by name or with its class and arguments; the fallback where it is missing.</summary>
    public Initializer Initializer(string name, Initializer fallback) => NameOrEnvelope(name, "initializer", text => (Initializer)text, InitializerTable.ByClass) ?? fallback;

    /// <summary>A regularizer by name or with its class and arguments; null where it is missing.</summary>
    public Regularizer? Regularizer(string name) => NameOrEnvelope(name, "regularizer", text => (Regularizer)text, RegularizerTable.ByClass);

    /// <summary>A constraint by name or with its class and arguments; null where it is missing.</summary>
    public Constraint? Constraint(string name) => NameOrEnvelope(name, "constraint", text => (Constraint)text, ConstraintTable.ByClass);

    /// <summary>A schedule with its class and arguments; null where it is missing or a plain number stands there.</summary>
    public LearningRateSchedule? Schedule(string name) => Take(name) is { ValueKind: JsonValueKind.Object } value
        ? FromEnvelope(new ConfigReader(value, File, $"{Path}.{name}"), "schedule", ScheduleTable.ByClass)
        : null;

    /// <summary>A layer inside this one, as <see cref="ConfigWriter.Layer"/> writes it.</summary>
    public Layer Layer(string name) => LayerConfig.Read(RequiredObject(name));

    private T? NameOrEnvelope<T>(string name, string kind, Func<string, T> byName, IReadOnlyDictionary<string, Func<ConfigReader, T>> byClass)
        where T : class => Take(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } value => Checked(() => byName(TextOf(value))),
            { } value => FromEnvelope(new ConfigReader(value, File, $"{Path}.{name}"), kind, byClass),
        };

    /// <summary>An object of the class that its envelope names, from a closed list.</summary>
    internal static T FromEnvelope<T>(ConfigReader envelope, string kind, IReadOnlyDictionary<string, Func<ConfigReader, T>> known)
    {
        string className = envelope.RequiredText("class_name");
        if (!known.TryGetValue(className, out Func<ConfigReader, T>? make))
        {
            string advice = kind is "layer" or "loss" or "metric"
                ? $" If it is a class of your own, say before loading how it is made: {char.ToUpperInvariant(kind[0])}{kind[1..]}.Register(\"{ZipDirectory.Printable(className)}\", config => ...)."
                : "";
            throw envelope.Error($"expected one of the {kind}s {string.Join(", ", known.Keys)}, received '{ZipDirectory.Printable(className)}'.{advice}");
        }

        ConfigReader config = envelope.RequiredObject("config");
        T made = config.Checked(() => make(config));
        config.Done();
        return made;
    }

    /// <summary>Takes keys as known whose values mean nothing here.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            _read.Add(name);
        }
    }

    /// <summary>Refuses keys that nobody asked for and that say something.</summary>
    internal void Done()
    {
        foreach (JsonProperty property in _json.EnumerateObject())
        {
            if (!_read.Contains(property.Name) && property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
            {
                throw Error($"'{property.Name}' = {Describe(property.Value)} is not known here. The file may come from a newer version.");
            }
        }
    }

    /// <summary>Runs a constructor on the file's word: what it refuses, the file is to blame for.</summary>
    internal T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            throw Error(e.Message, e);
        }
    }

    /// <summary>The same for what gives nothing.</summary>
    internal void Checked(Action make) => Checked(() =>
    {
        make();
        return true;
    });

    private T Named<T>(string name, Func<string, T> convert, T fallback) => OptionalText(name) is { } text ? Checked(() => convert(text)) : fallback;

    private JsonElement? Take(string name)
    {
        _read.Add(name);
        return _json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    internal string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw Error("expected valid text, received invalid UTF-8 or half a surrogate pair.", e);
        }
    }

    internal static string Describe(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "...";
    }
}
