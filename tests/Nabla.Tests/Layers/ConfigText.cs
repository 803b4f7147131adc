using System.Text;
using System.Text.Json;

namespace Nabla.Tests.Layers;

/// <summary>A layer's configuration as text, and back.</summary>
internal static class ConfigText
{
    public static string Of(Layer layer)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("class_name", layer.ClassName);
            json.WriteStartObject("config");
            ConfigWriter writer = new(json);
            writer.Text("name", layer.Name);
            writer.Boolean("trainable", layer.Trainable);
            writer.DType(layer.DType);
            layer.WriteConfig(writer);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static Layer Read(JsonElement json) => ConfigReader.FromEnvelope(KerasConfigs.Reader(json), "layer", LayerTable.ByClass);

    public static Layer Read(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        return Read(json.RootElement);
    }
}
