using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>NumPy's <c>.npy</c> files: one array each, versions 1 to 3. Reading runs no code and takes no header's word for a size.</summary>
/// <remarks>
/// Read: bool, whole numbers of 1 to 8 bytes, float16, float32, float64, complex64 (widened to complex128) and complex128, in either byte
/// order and either memory order. Refused by name: Python objects (pickles), text, dates, records, longer floats.
/// The format is described at https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
/// </remarks>
/// <example><code>
/// using MemoryStream file = new();
/// NpyFile.Write(file, x);
/// file.Position = 0;
/// NDArray same = NpyFile.Read(file);
/// </code></example>
public static class NpyFile
{
    // NumPy refuses longer headers, too: only records need them.
    private const int HeaderLimit = 10_000;
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the array in a file.</summary>
    /// <exception cref="MalformedFileException">The file is damaged, of another kind, or of an element type that arrays do not hold.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static NDArray Read(string path)
    {
        using FileStream stream = PlainFile.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads the array in a stream, which ends with it.</summary>
    /// <param name="stream">Where to read; it stays open.</param>
    /// <param name="name">What to call the data in errors.</param>
    /// <exception cref="MalformedFileException">The data are damaged, of another kind, or of an element type that arrays do not hold.</exception>
    public static NDArray Read(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var cursor = new FileCursor(stream, name, "npy");
        NpyHeader header = ReadHeader(cursor);
        long headerAt = cursor.Position;
        StoredType stored = StoredType.OfNumpy(header.Descriptor, out bool bigEndian)
            ?? throw cursor.Error($"expected an element type of bool, int, uint, float or complex numbers, received '{header.Descriptor}'{Advice(header.Descriptor)}", headerAt);
        Dims dims = stored.Dims(header.Sizes, out string? reason) ?? throw cursor.Error(reason!, headerAt);
        NDArray array = header.FortranOrder
            ? FortranOrder.ToRowMajor(stored.Read(cursor, FortranOrder.Reversed(dims), bigEndian))
            : stored.Read(cursor, dims, bigEndian);
        cursor.ExpectEnd("array");
        return array;
    }

    /// <summary>Writes an array to a file, in one step: a crash leaves the old file or the new one.</summary>
    /// <exception cref="ArgumentException">The element type is bfloat16, which NumPy does not have.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Write(string path, NDArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        _ = Header(array);
        AtomicFile.Write(path, stream => Write(stream, array));
    }

    /// <summary>Writes an array to a stream, as NumPy would: version 1, little-endian, row-major.</summary>
    /// <exception cref="ArgumentException">The element type is bfloat16, which NumPy does not have.</exception>
    public static void Write(Stream stream, NDArray array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        stream.Write(Header(array));
        ElementBytes.Write(stream, array);
    }

    /// <summary>The bytes that <see cref="Write(Stream, NDArray)"/> will write.</summary>
    internal static long Length(NDArray array) => Header(array).Length + ((long)array.Count * array.DType.Size);

    private static NpyHeader ReadHeader(FileCursor cursor)
    {
        Span<byte> start = stackalloc byte[8];
        cursor.Read(start, "magic and version");
        if (!start.StartsWith(Magic))
        {
            throw cursor.Error("expected a NumPy file, which starts with \\x93NUMPY.", at: 0);
        }

        if (start[6] is < 1 or > 3 || start[7] != 0)
        {
            throw cursor.Error($"expected version 1.0, 2.0 or 3.0, received {start[6]}.{start[7]}.", at: 6);
        }

        Span<byte> length = stackalloc byte[4];
        length.Clear();
        cursor.Read(start[6] == 1 ? length[..2] : length, "header length");
        long at = cursor.Position;
        byte[] header = cursor.ReadHeader(BinaryPrimitives.ReadUInt32LittleEndian(length), HeaderLimit, "header");
        try
        {
            return NpyHeader.Parse(header);
        }
        catch (FormatException e)
        {
            throw cursor.Error(e.Message + ".", at, e);
        }
    }

    private static string Advice(string descriptor) => descriptor.TrimStart('<', '>', '|', '=') switch
    {
        ['O', ..] => ": Python objects, which only running a pickle could restore. Convert with astype(float) before saving.",
        ['U' or 'S' or 'a', ..] => ": text. Convert to numbers before saving.",
        ['M' or 'm', ..] => ": dates or durations. Convert with astype('int64') before saving.",
        ['V', ..] => ": raw bytes or records. Save each field as an array of its own.",
        ['f' or 'g' or 'c', ..] => ": a precision that .NET does not have. Convert with astype('float64') before saving.",
        _ => ". Convert with astype before saving.",
    };

    private static byte[] Header(NDArray array)
    {
        string descriptor = StoredType.NumpyName(array.DType)
            ?? throw new ArgumentException($"NpyFile.Write: NumPy has no {array.DType.Name} (array {array.Type}). Convert with AsType(DType.Float32) first.");
        int[] sizes = array.Dims.Sizes;
        string shape = sizes.Length == 1
            ? string.Create(CultureInfo.InvariantCulture, $"({sizes[0]},)")
            : $"({string.Join(", ", sizes.Select(s => s.ToString(CultureInfo.InvariantCulture)))})";
        string text = $"{{'descr': '{descriptor}', 'fortran_order': False, 'shape': {shape}, }}";

        // Spaces, then a newline, so that the values begin at a multiple of 64 bytes and can be mapped.
        int start = Magic.Length + 4;
        int total = (start + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var header = new byte[total];
        Magic.CopyTo(header);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)(total - start)));
        Encoding.ASCII.GetBytes(text.PadRight(total - start - 1) + "\n").CopyTo(header.AsSpan(start));
        return header;
    }
}
