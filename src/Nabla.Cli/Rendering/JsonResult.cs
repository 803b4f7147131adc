using System.Text.Json;

namespace Nabla.Cli.Rendering;

/// <summary>The machine-readable result of a command: one flat JSON object.</summary>
internal sealed class JsonResult
{
    private readonly List<(string Name, Action<Utf8JsonWriter> Write)> _fields = [];

    /// <summary>A number; null where it is not finite, which JSON cannot say.</summary>
    public JsonResult Add(string name, double value) => Add(name, w =>
    {
        if (double.IsFinite(value))
        {
            w.WriteNumberValue(value);
        }
        else
        {
            w.WriteNullValue();
        }
    });

    /// <summary>A whole number.</summary>
    public JsonResult Add(string name, long value) => Add(name, w => w.WriteNumberValue(value));

    /// <summary>A text.</summary>
    public JsonResult Add(string name, string value) => Add(name, w => w.WriteStringValue(value));

    /// <summary>Anything else.</summary>
    public JsonResult Add(string name, Action<Utf8JsonWriter> write)
    {
        _fields.Add((name, write));
        return this;
    }

    /// <summary>Writes the object to a file; an earlier one is replaced whole.</summary>
    public void Save(string path) => AtomicFile.Write(path, stream =>
    {
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        foreach ((string name, Action<Utf8JsonWriter> write) in _fields)
        {
            writer.WritePropertyName(name);
            write(writer);
        }

        writer.WriteEndObject();
    });
}
