using System.Buffers.Binary;
using System.Text.Json;

namespace Nabla;

/// <summary>
/// The <c>.safetensors</c> format: named tensors behind a JSON header. Data only: reading runs no code, trusts no stated size, and takes
/// memory for the bytes that are there.
/// </summary>
/// <remarks>
/// The format is described at https://huggingface.co/docs/safetensors. Read: BOOL, I8 to I64, U8 to U64, F16, BF16, F32, F64, and C64
/// (widened to complex128); other element types (F8_E4M3, F4, ...) are refused by name. Tensors must fill the file without gap or overlap.
/// </remarks>
/// <example><code>
/// using MemoryStream file = new();
/// SafeTensorsFile.Write(file, [new("kernel", x), new("bias", y)]);
/// file.Position = 0;
/// NDArray kernel = SafeTensorsFile.Read(file).Tensors["kernel"];
/// </code></example>
public sealed class SafeTensorsFile
{
    // The limit of the reference reader.
    private const int HeaderLimit = 100_000_000;
    private const int Alignment = 8;
    private const string MetadataKey = "__metadata__";

    private SafeTensorsFile(OrderedDictionary<string, NDArray> tensors, OrderedDictionary<string, string> metadata) =>
        (Tensors, Metadata) = (tensors, metadata);

    /// <summary>The arrays by name, in the header's order.</summary>
    public OrderedDictionary<string, NDArray> Tensors { get; }

    /// <summary>The file's own notes; empty where it has none.</summary>
    public OrderedDictionary<string, string> Metadata { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="MalformedFileException">The file is damaged, of another kind, or has an element type that arrays do not hold.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static SafeTensorsFile Read(string path)
    {
        using FileStream stream = PlainFile.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream, which ends with the last tensor.</summary>
    /// <param name="stream">Where to read; it stays open.</param>
    /// <param name="name">What to call the data in errors.</param>
    /// <exception cref="MalformedFileException">The data are damaged, of another kind, or have an element type that arrays do not hold.</exception>
    public static SafeTensorsFile Read(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var cursor = new FileCursor(stream, name, "safetensors");
        SafeTensorsHeader header = ReadHeader(cursor);
        (StoredType Type, Dims Dims)[] types = [.. header.Tensors.Select(e => Check(cursor, e))];

        // By place, not by header order; an empty tensor may share its place with the one that begins there.
        int[] order = [.. Enumerable.Range(0, types.Length).OrderBy(i => header.Tensors[i].Begin).ThenBy(i => header.Tensors[i].End)];
        long start = cursor.Position;
        CheckPlaces(cursor, header, order);
        var arrays = new NDArray[types.Length];
        foreach (int i in order)
        {
            arrays[i] = types[i].Type.Read(cursor, types[i].Dims, bigEndian: false);
        }

        System.Diagnostics.Debug.Assert(order.Length == 0 || cursor.Position == start + header.Tensors[order[^1]].End, "Places were checked.");
        cursor.ExpectEnd("last tensor");
        var tensors = new OrderedDictionary<string, NDArray>(types.Length, StringComparer.Ordinal);
        for (int i = 0; i < arrays.Length; i++)
        {
            tensors.Add(header.Tensors[i].Name, arrays[i]);
        }

        return new SafeTensorsFile(tensors, header.Metadata);
    }

    /// <summary>Writes arrays to a file, in one step: a crash leaves the old file or the new one. The same arrays give the same bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Names and arrays. Wider element types come first in the file, otherwise in this order.</param>
    /// <param name="metadata">The file's own notes.</param>
    /// <exception cref="ArgumentException">A name twice or reserved, or an array of complex128, which the format does not have.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, NDArray>> tensors, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        List<KeyValuePair<string, NDArray>> ordered = Ordered(tensors);
        byte[] header = Header(ordered, metadata);
        AtomicFile.Write(path, stream => Write(stream, header, ordered));
    }

    /// <summary>Writes arrays to a stream.</summary>
    /// <param name="stream">Where to write; it stays open.</param>
    /// <param name="tensors">Names and arrays. Wider element types come first in the file, otherwise in this order.</param>
    /// <param name="metadata">The file's own notes.</param>
    /// <exception cref="ArgumentException">A name twice or reserved, or an array of complex128, which the format does not have.</exception>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, NDArray>> tensors, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        List<KeyValuePair<string, NDArray>> ordered = Ordered(tensors);
        Write(stream, Header(ordered, metadata), ordered);
    }

    private static SafeTensorsHeader ReadHeader(FileCursor cursor)
    {
        Span<byte> length = stackalloc byte[8];
        cursor.Read(length, "header length");
        byte[] header = cursor.ReadHeader(BinaryPrimitives.ReadUInt64LittleEndian(length), HeaderLimit, "header");
        try
        {
            return SafeTensorsHeader.Parse(header);
        }
        catch (FormatException e)
        {
            throw cursor.Error(e.Message + ".", at: 8, e);
        }
    }

    private static (StoredType Type, Dims Dims) Check(FileCursor cursor, SafeTensorsHeader.Entry entry)
    {
        StoredType type = StoredType.OfSafeTensors(entry.Type)
            ?? throw cursor.Error($"tensor '{entry.Name}': expected an element type of BOOL, I8 to I64, U8 to U64, F16, BF16, F32, F64 or C64, received '{entry.Type}'.", at: 8);
        Dims dims = type.Dims(entry.Sizes, out string? reason)
            ?? throw cursor.Error($"tensor '{entry.Name}': {reason}", at: 8);
        long bytes = (long)dims.Count * type.Size;
        return entry.Begin <= entry.End && entry.End - entry.Begin == bytes
            ? (type, dims)
            : throw cursor.Error($"tensor '{entry.Name}': expected {bytes} bytes for {entry.Type}{dims}, received the places {entry.Begin} to {entry.End}.", at: 8);
    }

    private static void CheckPlaces(FileCursor cursor, SafeTensorsHeader header, int[] order)
    {
        long end = 0;
        foreach (int i in order)
        {
            SafeTensorsHeader.Entry entry = header.Tensors[i];
            if (entry.Begin != end)
            {
                string what = entry.Begin < end ? "overlaps the one before it" : "leaves a hole before it";
                throw cursor.Error($"tensor '{entry.Name}' {what}: expected it to begin at {end} of the data, received {entry.Begin}.", cursor.Position + entry.Begin);
            }

            end = entry.End;
        }

        if (cursor.Remaining is { } remaining && remaining != end)
        {
            throw cursor.Error($"expected {end} bytes of tensors after the header, received {remaining}: the file is cut short, or was added to.");
        }
    }

    // Wide elements first keeps every tensor at a multiple of its element size, as the reference writer does.
    private static List<KeyValuePair<string, NDArray>> Ordered(IEnumerable<KeyValuePair<string, NDArray>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var names = new HashSet<string>(StringComparer.Ordinal) { MetadataKey };
        List<KeyValuePair<string, NDArray>> ordered = [.. tensors];
        foreach ((string name, NDArray array) in ordered)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"SafeTensorsFile.Write: the name '{name}' is {(name == MetadataKey ? "reserved" : "there twice")}. Give each tensor a name of its own.");
            }

            if (StoredType.SafeTensorsName(array.DType) is null)
            {
                throw new ArgumentException($"SafeTensorsFile.Write: the format has no {array.DType.Name} (tensor '{name}', {array.Type}). Write real and imaginary parts as two tensors.");
            }
        }

        return [.. ordered.OrderByDescending(t => t.Value.DType.Size)];
    }

    private static byte[] Header(List<KeyValuePair<string, NDArray>> tensors, IEnumerable<KeyValuePair<string, string>>? metadata)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (metadata is not null)
            {
                WriteMetadata(json, metadata);
            }

            long offset = 0;
            foreach ((string name, NDArray array) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype"u8, StoredType.SafeTensorsName(array.DType));
                WriteNumbers(json, "shape", array.Dims.Select(d => (long)d.Size));
                long end = offset + ((long)array.Count * array.DType.Size);
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        while (stream.Length % Alignment != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartObject(MetadataKey);
        foreach ((string name, string text) in metadata)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"SafeTensorsFile.Write: the metadata name '{name}' is there twice.");
            }

            json.WriteString(name, text);
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void Write(Stream stream, byte[] header, List<KeyValuePair<string, NDArray>> tensors)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach ((_, NDArray array) in tensors)
        {
            ElementBytes.Write(stream, array);
        }
    }
}
