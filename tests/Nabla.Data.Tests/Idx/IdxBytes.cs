using System.Buffers.Binary;
using System.IO.Compression;

namespace Nabla.Data.Tests.Idx;

/// <summary>Writes small IDX files, good and bad.</summary>
internal static class IdxBytes
{
    public static byte[] File(byte typeCode, int[] sizes, params byte[] values)
    {
        var bytes = new byte[4 + 4 * sizes.Length + values.Length];
        bytes[2] = typeCode;
        bytes[3] = (byte)sizes.Length;
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * i), sizes[i]);
        }

        values.CopyTo(bytes, 4 + 4 * sizes.Length);
        return bytes;
    }

    /// <summary>Bytes 0, 1, 2, ... in the dims given.</summary>
    public static byte[] Counting(params int[] sizes) =>
        File(0x08, sizes, [.. Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Select(i => (byte)i)]);

    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, level))
        {
            gzip.Write(content);
        }

        return target.ToArray();
    }

    public static NDArray Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return IdxFile.Read(stream, "test");
    }

    public static MalformedFileException Refused(byte[] bytes) => Assert.Throws<MalformedFileException>(() => Read(bytes));
}
