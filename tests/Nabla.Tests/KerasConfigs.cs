using System.Text.Json;

namespace Nabla.Tests;

/// <summary>Makes objects from the arguments that the stored cases hold, through the readers of saved models.</summary>
internal static class KerasConfigs
{
    public static ConfigReader Reader(JsonElement json) => new(json, "goldens", "$");

    public static Loss Loss(JsonElement stored)
    {
        string name = stored.GetProperty("loss").GetString()!;
        using JsonDocument config = JsonDocument.Parse($"{stored.GetProperty("args").GetRawText()[..^1].TrimEnd('}')}{(stored.GetProperty("args").EnumerateObject().Any() ? "," : "")} \"reduction\": \"{stored.GetProperty("reduction").GetString()}\"}}");
        return LossTable.ByClass[name](Reader(config.RootElement.Clone()));
    }

    public static Optimizer Optimizer(JsonElement stored)
    {
        // A schedule stands beside the arguments there; in files it stands in their midst.
        string text = stored.GetProperty("args").GetRawText();
        if (stored.TryGetProperty("schedule", out JsonElement schedule))
        {
            text = $$"""{"learning_rate": {"class_name": "{{schedule.GetProperty("name").GetString()}}", "config": {{schedule.GetProperty("args").GetRawText()}} } }""";
        }

        using JsonDocument config = JsonDocument.Parse(text);
        return OptimizerTable.ByClass[stored.GetProperty("optimizer").GetString()!](Reader(config.RootElement.Clone()));
    }

    /// <summary>An object of the class that a case names, from its arguments.</summary>
    public static T Made<T>(JsonElement stored, string kind, IReadOnlyDictionary<string, Func<ConfigReader, T>> table)
    {
        ConfigReader config = Reader(stored.GetProperty("args"));
        T made = table[stored.GetProperty(kind).GetString()!](config);
        config.Done();
        return made;
    }

    /// <summary>The JSON that a part writes.</summary>
    public static string Written(Action<ConfigWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            write(new ConfigWriter(json));
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A reader of what a part writes.</summary>
    public static ConfigReader WrittenReader(Action<ConfigWriter> write)
    {
        using JsonDocument json = JsonDocument.Parse(Written(write));
        return Reader(json.RootElement.Clone());
    }
}
