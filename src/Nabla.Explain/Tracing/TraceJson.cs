using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nabla.Explain;

/// <summary>Traces and trainings as JSON: property names in camelCase, numbers to the last bit, NaN and infinities as strings.</summary>
internal static class TraceJson
{
    public static string Write(Trace trace) => JsonSerializer.Serialize(trace, TraceJsonContext.Default.Trace);

    public static void Save(Trace trace, string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, trace, TraceJsonContext.Default.Trace));

    public static string Write(Iterations iterations) => JsonSerializer.Serialize(iterations, TraceJsonContext.Default.Iterations);

    public static void Save(Iterations iterations, string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, iterations, TraceJsonContext.Default.Iterations));

    public static Trace Load(string path) => Read(File.ReadAllText(path), path);

    /// <summary>Reads a trace; <paramref name="source"/> is named in messages.</summary>
    public static Trace Read(string text, string source)
    {
        Trace? trace;
        try
        {
            trace = JsonSerializer.Deserialize(text, TraceJsonContext.Default.Trace);
        }
        catch (JsonException e)
        {
            throw new MalformedFileException($"{source}: expected a trace that Nabla wrote, received other text ({e.Message}).", e);
        }

        if (trace is not { Nodes.Count: > 0 } || trace.Version != Trace.CurrentVersion)
        {
            throw new MalformedFileException($"{source}: expected a trace of version {Trace.CurrentVersion}, received {(trace is null ? "null" : $"version {trace.Version}")}. Make it again with this version of Nabla.");
        }

        bool outside = trace.Nodes.Where((n, i) => n.Id != i || n.Values.Count != n.Dims.Aggregate(1, (a, b) => a * b)).Any()
            || trace.Edges.Any(e => e.From < 0 || e.To < 0 || e.From >= trace.Nodes.Count || e.To >= trace.Nodes.Count);
        return outside
            ? throw new MalformedFileException($"{source}: expected nodes and edges that fit together, received a trace whose numbers do not. Was the file edited?")
            : trace;
    }
}

/// <summary>The serializer of traces, made at compile time: works without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Trace))]
[JsonSerializable(typeof(Iterations))]
internal sealed partial class TraceJsonContext : JsonSerializerContext;
