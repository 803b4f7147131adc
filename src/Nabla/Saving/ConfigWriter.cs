using System.Text.Json;

namespace Nabla;

/// <summary>Writes configurations as Keras shapes them: <c>{"module", "class_name", "config", "registered_name"}</c> around each object.</summary>
/// <param name="json">Where to write.</param>
internal sealed class ConfigWriter(Utf8JsonWriter json)
{
    public void Number(string name, double value) => json.WriteNumber(name, value);

    public void Number(string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public void Integer(string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public void Long(string name, long value) => json.WriteNumber(name, value);

    public void Boolean(string name, bool value) => json.WriteBoolean(name, value);

    public void Text(string name, string? value) => json.WriteString(name, value);

    public void Null(string name) => json.WriteNull(name);

    /// <summary>An activation by its name.</summary>
    public void Activation(string name, Activation value, Layer owner) => json.WriteString(name, value.Name
        ?? throw new NotSupportedException($"{owner.ClassName} '{owner.Name}': its activation is a function of your own, which has no name and cannot be saved. Use a named activation, or keep the weights by GetWeights."));

    public void Initializer(string name, Initializer value) => Envelope(name, "keras.initializers", value.ClassName, value.WriteConfig);

    /// <summary>The dtype as Keras has written it since 3.4.</summary>
    public void DType(DType dtype) => Envelope("dtype", "keras", "DTypePolicy", c => c.Text("name", dtype.Name));

    /// <summary>The dims of a batch: null for the batch axis, then one sample's sizes.</summary>
    public void BatchShape(string name, Dims sample)
    {
        json.WriteStartArray(name);
        json.WriteNullValue();
        foreach (Dim dim in sample)
        {
            json.WriteNumberValue(dim.Size);
        }

        json.WriteEndArray();
    }

    /// <summary>An object inside an object.</summary>
    public void Object(string name, Action write)
    {
        json.WriteStartObject(name);
        write();
        json.WriteEndObject();
    }

    /// <summary>A list; <paramref name="write"/> writes one item.</summary>
    public void List<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    /// <summary>A list of texts.</summary>
    public void Texts(string name, IEnumerable<string> items) => List(name, items, json.WriteStringValue);

    /// <summary>A list of numbers.</summary>
    public void Numbers(string name, IEnumerable<double> items) => List(name, items, json.WriteNumberValue);

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

    /// <summary>A text as an item of a list.</summary>
    public void Item(string text) => json.WriteStringValue(text);

    /// <summary>An object with its class, as a property, or as an item where <paramref name="name"/> is null.</summary>
    public void Envelope(string? name, string module, string className, Action<ConfigWriter> config, Action? more = null)
    {
        if (name is null)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartObject(name);
        }

        json.WriteString("module", module);
        json.WriteString("class_name", className);
        json.WriteStartObject("config");
        config(this);
        json.WriteEndObject();
        json.WriteNull("registered_name");
        more?.Invoke();
        json.WriteEndObject();
    }
}
