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

    public static Optimizer Optimizer(JsonElement stored) =>
        OptimizerTable.ByClass[stored.GetProperty("optimizer").GetString()!](Reader(stored.GetProperty("args")));
}
