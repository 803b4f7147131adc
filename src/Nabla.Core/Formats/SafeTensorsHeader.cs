using System.Text.Json;
using System.Text.Unicode;

namespace Nabla;

/// <summary>The JSON header of a safetensors file: what the tensors are and where, and the file's own notes.</summary>
/// <param name="Tensors">The tensors in the header's order.</param>
/// <param name="Metadata">Text by name, in the header's order.</param>
internal sealed record SafeTensorsHeader(List<SafeTensorsHeader.Entry> Tensors, OrderedDictionary<string, string> Metadata)
{
    private const string MetadataKey = "__metadata__";

    /// <summary>One tensor's statement: nothing here has been compared with the file yet.</summary>
    /// <param name="Name">Any text; data only, never a path.</param>
    /// <param name="Type">The format's name of the element type.</param>
    /// <param name="Sizes">Sizes of 0 or more.</param>
    /// <param name="Begin">The first byte, counted from the end of the header.</param>
    /// <param name="End">The byte after the last.</param>
    internal sealed record Entry(string Name, string Type, long[] Sizes, long Begin, long End);

    /// <summary>Reads the header.</summary>
    /// <exception cref="FormatException">It is not what the format says; the message tells.</exception>
    internal static SafeTensorsHeader Parse(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new FormatException("expected a header in UTF-8");
        }

        if (!json.TrimStart(" \t\r\n"u8).StartsWith((byte)'{'))
        {
            throw new FormatException("expected a header that is a JSON object, which starts with '{'");
        }

        // Two levels below the header's own: a tensor's object, and its lists.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 3 });
        try
        {
            reader.Read();
            SafeTensorsHeader header = ReadHeader(ref reader);
            return reader.Read() ? throw new FormatException("expected nothing after the header's object") : header;
        }
        catch (JsonException e)
        {
            throw new FormatException($"expected a header in JSON, but at its byte {reader.BytesConsumed}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, written as an escape.
            throw new FormatException($"expected text in Unicode near byte {reader.BytesConsumed} of the header", e);
        }
    }

    private static SafeTensorsHeader ReadHeader(ref Utf8JsonReader reader)
    {
        var header = new SafeTensorsHeader([], new OrderedDictionary<string, string>(StringComparer.Ordinal));
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey(ref reader) is { } name)
        {
            if (!names.Add(name))
            {
                throw new FormatException($"expected each name once, received '{name}' again");
            }

            Expect(ref reader, JsonTokenType.StartObject, $"an object for '{name}'");
            if (name == MetadataKey)
            {
                ReadMetadata(ref reader, header.Metadata);
            }
            else
            {
                header.Tensors.Add(ReadEntry(ref reader, name));
            }
        }

        return header;
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, OrderedDictionary<string, string> metadata)
    {
        while (NextKey(ref reader) is { } name)
        {
            Expect(ref reader, JsonTokenType.String, $"text for '{name}' in {MetadataKey}");
            if (!metadata.TryAdd(name, reader.GetString()!))
            {
                throw new FormatException($"expected each name once in {MetadataKey}, received '{name}' again");
            }
        }
    }

    private static Entry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? sizes = null;
        long[]? offsets = null;
        while (NextKey(ref reader) is { } key)
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String, $"text for the dtype of '{name}'");
                    type = reader.GetString();
                    break;
                case "shape" when sizes is null:
                    sizes = ReadNumbers(ref reader, $"the shape of '{name}'");
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, $"the data_offsets of '{name}'");
                    break;
                default:
                    throw new FormatException($"expected dtype, shape and data_offsets once each for '{name}', received '{key}'");
            }
        }

        return type is not null && sizes is not null && offsets is { Length: 2 }
            ? new Entry(name, type, sizes, offsets[0], offsets[1])
            : throw new FormatException($"expected dtype, shape and two data_offsets for '{name}', missed one");
    }

    private static long[] ReadNumbers(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.StartArray, $"a list for {what}");
        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Only digits: "1.0", "1e3" and "-0" are numbers of JSON, too.
            if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !reader.TryGetInt64(out long number))
            {
                throw new FormatException($"expected whole numbers of 0 or more in {what}");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    // Null at the end of the object.
    private static string? NextKey(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token, string what)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new FormatException($"expected {what}");
        }
    }
}
