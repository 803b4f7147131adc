using System.Text.Json;

namespace Nabla;

/// <summary>
/// Writes configurations as Keras shapes them: <c>{"module", "class_name", "config", "registered_name"}</c> around each object. What a class of
/// your own writes in WriteConfig, its registered reader gets in a <see cref="ConfigReader"/>.
/// </summary>
/// <example><code>
/// Action&lt;ConfigWriter&gt; writeConfig = config =&gt;
/// {
///     config.Integer("units", 8);
///     config.Text("mode", "fast");
/// };
/// </code></example>
public sealed class ConfigWriter
{
    private readonly Utf8JsonWriter _json;

    internal ConfigWriter(Utf8JsonWriter json) => _json = json;

    /// <summary>A number.</summary>
    public void Number(string name, double value) => _json.WriteNumber(name, value);

    /// <summary>A number, or null.</summary>
    public void Number(string name, double? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    /// <summary>A whole number, or null.</summary>
    public void Integer(string name, int? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    /// <summary>A long whole number.</summary>
    public void Long(string name, long value) => _json.WriteNumber(name, value);

    /// <summary>True or false.</summary>
    public void Boolean(string name, bool value) => _json.WriteBoolean(name, value);

    /// <summary>A text, or null.</summary>
    public void Text(string name, string? value) => _json.WriteString(name, value);

    /// <summary>Nothing: null.</summary>
    public void Null(string name) => _json.WriteNull(name);

    /// <summary>An activation by its name.</summary>
    public void Activation(string name, Activation value, Layer owner) => _json.WriteString(name, value.Name
        ?? throw new NotSupportedException($"{owner.ClassName} '{owner.Name}': its activation is a function of your own, which has no name and cannot be saved. Give it one, Activation.Register(\"name\", x => ...), and say \"name\" here; or keep the weights alone by SaveWeights."));

    /// <summary>An initializer with its class and arguments.</summary>
    public void Initializer(string name, Initializer value) => Envelope(name, "keras.initializers", value.ClassName, value.WriteConfig);

    /// <summary>A regularizer with its class and arguments, or null.</summary>
    public void Regularizer(string name, Regularizer? value) => OptionalEnvelope(name, "keras.regularizers", value?.ClassName, value is null ? null : value.WriteConfig);

    /// <summary>A constraint with its class and arguments, or null.</summary>
    public void Constraint(string name, Constraint? value) => OptionalEnvelope(name, "keras.constraints", value?.ClassName, value is null ? null : value.WriteConfig);

    /// <summary>A layer inside a layer, with its class and arguments.</summary>
    public void Layer(string name, Layer value) => LayerConfig.Write(this, name, value);

    /// <summary>A schedule with its class and arguments.</summary>
    public void Schedule(string name, LearningRateSchedule value) => Envelope(name, "keras.optimizers.schedules", value.ClassName, value.WriteConfig);

    /// <summary>One axis as a number, several as a list.</summary>
    public void Axes(string name, Axes value)
    {
        if (value.Count == 1)
        {
            _json.WriteNumber(name, value[0]);
        }
        else
        {
            List(name, value, item => _json.WriteNumberValue(item));
        }
    }

    /// <summary>The dtype as Keras has written it since 3.4.</summary>
    public void DType(DType dtype) => Envelope("dtype", "keras", "DTypePolicy", c => c.Text("name", dtype.Name));

    /// <summary>The dims of a batch: null for the batch axis, then one sample's sizes.</summary>
    public void BatchShape(string? name, Dims sample)
    {
        StartArray(name);
        _json.WriteNullValue();
        foreach (Dim dim in sample)
        {
            _json.WriteNumberValue(dim.Size);
        }

        _json.WriteEndArray();
    }

    /// <summary>An object inside an object.</summary>
    public void Object(string name, Action write)
    {
        _json.WriteStartObject(name);
        write();
        _json.WriteEndObject();
    }

    /// <summary>A list, as an item where <paramref name="name"/> is null; <paramref name="write"/> writes one item.</summary>
    public void List<T>(string? name, IEnumerable<T> items, Action<T> write)
    {
        StartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        _json.WriteEndArray();
    }

    /// <summary>A list of texts.</summary>
    public void Texts(string name, IEnumerable<string> items) => List(name, items, _json.WriteStringValue);

    /// <summary>A list of numbers.</summary>
    public void Numbers(string name, IEnumerable<double> items) => List(name, items, _json.WriteNumberValue);

    /// <summary>A list of lists of numbers.</summary>
    public void Lists(string name, IEnumerable<IEnumerable<double>> lists) => List(name, lists, numbers =>
    {
        _json.WriteStartArray();
        foreach (double number in numbers)
        {
            _json.WriteNumberValue(number);
        }

        _json.WriteEndArray();
    });

    /// <summary>A number where there is one, else a list.</summary>
    public void NumberOrNumbers(string name, IReadOnlyList<double> values)
    {
        if (values.Count == 1)
        {
            Number(name, values[0]);
        }
        else
        {
            Numbers(name, values);
        }
    }

    /// <summary>An object as an item of a list.</summary>
    internal void ObjectItem(Action write)
    {
        _json.WriteStartObject();
        write();
        _json.WriteEndObject();
    }

    /// <summary>A number, or lists of numbers in lists: an array's values as Keras nests them; null for none.</summary>
    public void Nested(string name, NDArray? values)
    {
        _json.WritePropertyName(name);
        if (values is null)
        {
            _json.WriteNullValue();
        }
        else
        {
            int at = 0;
            Write(values.AsType(Nabla.DType.Float64).ToArray<double>(), values.Dims, ref at);
        }

        void Write(double[] numbers, Dims dims, ref int at)
        {
            if (dims.Rank == 0)
            {
                _json.WriteNumberValue(numbers[at++]);
                return;
            }

            _json.WriteStartArray();
            for (int i = 0; i < dims[0].Size; i++)
            {
                Write(numbers, dims[1..], ref at);
            }

            _json.WriteEndArray();
        }
    }

    /// <summary>A whole number as an item of a list, or null.</summary>
    public void Item(int? value)
    {
        if (value is { } number)
        {
            _json.WriteNumberValue(number);
        }
        else
        {
            _json.WriteNullValue();
        }
    }

    /// <summary>A text as an item of a list.</summary>
    public void Item(string text) => _json.WriteStringValue(text);

    private void OptionalEnvelope(string name, string module, string? className, Action<ConfigWriter>? config)
    {
        if (className is null || config is null)
        {
            _json.WriteNull(name);
        }
        else
        {
            Envelope(name, module, className, config);
        }
    }

    /// <summary>An object with its class, as a property, or as an item where <paramref name="name"/> is null.</summary>
    internal void Envelope(string? name, string module, string className, Action<ConfigWriter> config, Action? more = null)
    {
        if (name is null)
        {
            _json.WriteStartObject();
        }
        else
        {
            _json.WriteStartObject(name);
        }

        _json.WriteString("module", module);
        _json.WriteString("class_name", className);
        _json.WriteStartObject("config");
        config(this);
        _json.WriteEndObject();
        _json.WriteNull("registered_name");
        more?.Invoke();
        _json.WriteEndObject();
    }

    /// <summary>An input of a model: its envelope.</summary>
    internal void InputLayer(string name, TensorType type, Action? more) => Envelope(
        null,
        "keras.layers",
        "InputLayer",
        c =>
        {
            c.BatchShape("batch_shape", type.Dims[1..]);
            c.Text("dtype", type.DType.Name);
            c.Boolean("sparse", false);
            c.Text("name", name);
        },
        more);

    /// <summary>Where a tensor comes from: the layer, the number of its call, the number of the output.</summary>
    internal void Place(string? name, (string Layer, int Call, int Output) place)
    {
        StartArray(name);
        _json.WriteStringValue(place.Layer);
        _json.WriteNumberValue(place.Call);
        _json.WriteNumberValue(place.Output);
        _json.WriteEndArray();
    }

    private void StartArray(string? name)
    {
        if (name is null)
        {
            _json.WriteStartArray();
        }
        else
        {
            _json.WriteStartArray(name);
        }
    }
}
