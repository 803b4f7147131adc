using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nabla.Explain;

/// <summary>Records as files: JSON, property names in camelCase, numbers of arrays as base64, compressed by gzip.</summary>
internal static class GlassBoxFile
{
    // A record is as large as its budget, and a third more as text; what unpacks to more than this is no record that a page could show.
    private const long LargestText = 512L << 20;

    public static void Save(GlassBoxRecord record, string path) => AtomicFile.Write(path, stream =>
    {
        using GZipStream packed = new(stream, CompressionLevel.Fastest, leaveOpen: true);
        JsonSerializer.Serialize(packed, record, GlassBoxJson.Default.GlassBoxRecord);
    });

    /// <summary>The record as JSON text, for the page.</summary>
    public static string Text(GlassBoxRecord record) => JsonSerializer.Serialize(record, GlassBoxJson.Default.GlassBoxRecord);

    public static GlassBoxRecord Load(string path)
    {
        GlassBoxRecord? record;
        try
        {
            using FileStream file = File.OpenRead(path);
            using GZipStream packed = new(file, CompressionMode.Decompress);
            using MemoryStream text = new();
            byte[] part = new byte[81920];
            for (int read = packed.Read(part); read > 0; read = packed.Read(part))
            {
                if (text.Length + read > LargestText)
                {
                    throw Malformed(path, $"it unpacks to more than {LargestText >> 20} MiB");
                }

                text.Write(part, 0, read);
            }

            record = JsonSerializer.Deserialize(text.GetBuffer().AsSpan(0, (int)text.Length), GlassBoxJson.Default.GlassBoxRecord);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or FormatException)
        {
            throw Malformed(path, e.Message, e);
        }

        if (record is null || record.Version != GlassBoxRecord.CurrentVersion)
        {
            throw Malformed(path, $"its version is {record?.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "missing"}, and this Nabla reads {GlassBoxRecord.CurrentVersion}");
        }

        return Problem(record) is { } problem ? throw Malformed(path, problem) : record;
    }

    // Everything that a reader relies on: lists that go with each other, and bytes that are as many numbers as the dims say.
    private static string? Problem(GlassBoxRecord record)
    {
        if (record is not { Parameters: not null, Snapshots.Count: > 0, Rows: not null, Epochs: not null, Title: not null, Convention: not null, Optimizer: not null }
            || record.Parameters.Any(p => p is not { Dims: not null, Name: not null, Path: not null } || (p.DType != DType.Float32.Name && p.DType != DType.Float64.Name) || p.Dims.Any(d => d < 0)))
        {
            return "parts of it are missing";
        }

        long[] counts = [.. record.Parameters.Select(p => p.Dims.Aggregate(1L, (a, b) => Math.Min(int.MaxValue, a * b)))];
        foreach (GlassBoxSnapshot snapshot in record.Snapshots)
        {
            bool fits = snapshot is { Weights: not null, Gradients: not null, Rates: not null }
                && snapshot.Weights.Count == counts.Length && snapshot.Gradients.Count == counts.Length && snapshot.Rates.Count == counts.Length
                && counts.Select((c, i) => snapshot.Weights[i].Length == c * (record.Parameters[i].DType == DType.Float64.Name ? 8 : 4)
                    && snapshot.Gradients[i].Length == c * 4 && snapshot.Rates[i].Length == c * 4).All(ok => ok)
                && (record.Boundary is null || snapshot.Boundary.Length == (long)record.Boundary.Size * record.Boundary.Size * 4);
            if (!fits)
            {
                return $"the numbers of iteration {snapshot?.Iteration} do not go with its parameters";
            }
        }

        return record.Snapshots.Zip(record.Snapshots.Skip(1)).Any(p => p.First.Iteration >= p.Second.Iteration) ? "its snapshots are out of order" : null;
    }

    private static MalformedFileException Malformed(string path, string reason, Exception? inner = null)
    {
        string message = $"{path}: expected a record that GlassBox wrote, received a file that it did not write: {reason}. Record the training again.";
        return inner is null ? new(message) : new(message, inner);
    }
}

/// <summary>The serializer of records, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GlassBoxRecord))]
internal sealed partial class GlassBoxJson : JsonSerializerContext;
