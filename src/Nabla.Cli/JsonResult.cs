using System.Text.Json;

namespace Nabla.Cli;

/// <summary>The machine-readable result of a command: one flat JSON object.</summary>
internal sealed class JsonResult
{
    private readonly List<(string Name, Action<Utf8JsonWriter> Write)> _fields = [];

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

    public JsonResult Add(string name, long value) => Add(name, w => w.WriteNumberValue(value));

    public JsonResult Add(string name, string value) => Add(name, w => w.WriteStringValue(value));

    public JsonResult Add(string name, Action<Utf8JsonWriter> write)
    {
        _fields.Add((name, write));
        return this;
    }

    /// <summary>Writes the object to a file; an earlier one is replaced whole.</summary>
    public void Save(FileInfo file) => AtomicFile.Write(file.FullName, stream =>
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
