using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Data;

/// <summary>Reads IDX files, the format of MNIST and its kin, plain or compressed with gzip (told by content, not by name).</summary>
/// <example><code>
/// if (File.Exists("train-images-idx3-ubyte.gz"))
/// {
///     NDArray images = IdxFile.Read("train-images-idx3-ubyte.gz");   // uint8[60000,28,28]
/// }
/// </code></example>
public static class IdxFile
{
    private const byte GzipFirst = 0x1F;

    /// <summary>The array in a file, in the file's dims: uint8, int8, int16, int32, float32 or float64.</summary>
    /// <param name="path">An IDX file; <c>.gz</c> or not.</param>
    /// <exception cref="MalformedFileException">The file is damaged, hostile or no IDX file.</exception>
    /// <exception cref="IOException">It is no plain file: a pipe, a socket, a terminal.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static NDArray Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new MalformedFileException(path, "IDX", null, "expected a file, received a folder. IdxFolder.Load reads the four files of one.");
        }

        using FileStream stream = PlainFile.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>The array in a stream, read to its end.</summary>
    /// <param name="stream">An IDX file's bytes, plain or compressed with gzip; need not seek.</param>
    /// <param name="name">Named in errors.</param>
    /// <exception cref="MalformedFileException">The content is damaged, hostile or no IDX file.</exception>
    public static NDArray Read(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new IdxBuffer(name);
        var chunk = new byte[1 << 16];
        int count = stream.Read(chunk);
        if (count > 0 && chunk[0] == GzipFirst)
        {
            using var compressed = new MemoryStream();
            compressed.Write(chunk.AsSpan(0, count));
            stream.CopyTo(compressed);
            GzipReader.Read(compressed.GetBuffer().AsMemory(0, (int)compressed.Length), buffer, name);
        }
        else
        {
            for (; count > 0; count = stream.Read(chunk))
            {
                buffer.Append(chunk.AsSpan(0, count));
            }
        }

        (IdxHeader header, ReadOnlyMemory<byte> values) = buffer.Finish();
        return header.DType switch
        {
            DType.UInt8 => NDArray.Wrap(values.ToArray(), header.Dims),
            DType.Int8 => NDArray.Wrap(MemoryMarshal.Cast<byte, sbyte>(values.Span).ToArray(), header.Dims),
            DType.Int16 => NDArray.Wrap(Turned<short>(values.Span), header.Dims),
            DType.Int32 => NDArray.Wrap(Turned<int>(values.Span), header.Dims),
            DType.Float32 => NDArray.Wrap(Turned<float>(values.Span), header.Dims),
            _ => NDArray.Wrap(Turned<double>(values.Span), header.Dims),
        };
    }

    // IDX has the most significant byte first.
    private static T[] Turned<T>(ReadOnlySpan<byte> values)
        where T : unmanaged
    {
        var result = new T[values.Length / Unsafe.SizeOf<T>()];
        values.CopyTo(MemoryMarshal.AsBytes(result.AsSpan()));
        if (BitConverter.IsLittleEndian)
        {
            Turn(result.AsSpan());
        }

        return result;
    }

    private static void Turn<T>(Span<T> values)
        where T : unmanaged
    {
        switch (Unsafe.SizeOf<T>())
        {
            case 2:
                Span<short> two = MemoryMarshal.Cast<T, short>(values);
                BinaryPrimitives.ReverseEndianness(two, two);
                break;
            case 4:
                Span<int> four = MemoryMarshal.Cast<T, int>(values);
                BinaryPrimitives.ReverseEndianness(four, four);
                break;
            default:
                Span<long> eight = MemoryMarshal.Cast<T, long>(values);
                BinaryPrimitives.ReverseEndianness(eight, eight);
                break;
        }
    }
}
