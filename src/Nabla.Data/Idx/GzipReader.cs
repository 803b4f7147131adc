using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Nabla.Data;

/// <summary>
/// Decompresses a gzip file (RFC 1952) of one or more members with every check the format offers: reserved flags, the header's and the
/// content's checksums, the content's length, and nothing after the last member.
/// </summary>
/// <remarks>
/// The framework's <see cref="GZipStream"/> passes in silence over whatever follows a member, and over a wrong trailer. Its
/// <see cref="DeflateStream"/> does the decompressing here; what it took of the input tells where a member ends (<see cref="GzipFeed"/>).
/// </remarks>
internal static class GzipReader
{
    private const int Magic = 0x8B1F;
    private const int TrailerLength = 8;
    private const int HeaderChecksum = 2, Extra = 4, Name = 8, Comment = 16, Reserved = 0xE0;

    public static void Read(ReadOnlyMemory<byte> bytes, IdxBuffer output, string file)
    {
        int at = 0;
        do
        {
            at = HeaderEnd(bytes.Span, at, file);
            int start = output.Length;
            at = Inflate(bytes, at, output, file);
            ReadOnlySpan<byte> content = output.Written[start..];
            ReadOnlySpan<byte> trailer = Take(bytes.Span, ref at, TrailerLength, file);
            Expect(Crc32.Append(Crc32.Empty, content), BinaryPrimitives.ReadUInt32LittleEndian(trailer), "checksum", at, file);
            Expect((uint)content.Length, BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]), "length", at, file);
        }
        while (at < bytes.Length);
    }

    /// <summary>Decompresses what begins at <paramref name="start"/>; returns where it ends.</summary>
    private static int Inflate(ReadOnlyMemory<byte> bytes, int start, IdxBuffer output, string file)
    {
        // Nearly every file is one member. Then its last compressed byte stands before the trailer, and is asked for.
        int guess = Math.Max(start, bytes.Length - TrailerLength);
        using var feed = new GzipFeed(bytes[start..guess], oneByOne: false);
        var chunk = new byte[1 << 16];
        for (int count; (count = Decompress(feed, chunk)) > 0;)
        {
            output.Append(chunk.AsSpan(0, count));
        }

        if (feed.AllTaken)
        {
            return guess;
        }

        // Something follows the member. Given a byte at a time, the decompressor takes none too many.
        using var careful = new GzipFeed(bytes[start..], oneByOne: true);
        while (Decompress(careful, chunk) > 0)
        {
        }

        return start + careful.Taken;

        int Decompress(GzipFeed from, byte[] to)
        {
            try
            {
                int count = from.Content.Read(to);
                return count > 0 || !from.AskedForMore ? count : throw Error(bytes.Length, "the compressed data is cut short.", file);
            }
            catch (InvalidDataException e)
            {
                throw Error(start + from.Taken, "the compressed data is damaged.", file, e);
            }
        }
    }

    private static int HeaderEnd(ReadOnlySpan<byte> bytes, int start, string file)
    {
        int at = start;
        if (bytes.Length - at < 2 || BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) != Magic)
        {
            throw Error(at, start == 0 ? "expected gzip's magic number." : "something follows the compressed data that is not another gzip member.", file);
        }

        // Magic, method, flags; time (4), speed hint and system are of no use here.
        ReadOnlySpan<byte> header = Take(bytes, ref at, 10, file);
        if (header[2] != 8)
        {
            throw Error(start + 2, string.Create(CultureInfo.InvariantCulture, $"expected compression method 8 (deflate), received {header[2]}."), file);
        }

        int flags = header[3];
        if ((flags & Reserved) != 0)
        {
            throw Error(start + 3, string.Create(CultureInfo.InvariantCulture, $"reserved flags are set ({flags:X2})."), file);
        }

        if ((flags & Extra) != 0)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(Take(bytes, ref at, 2, file));
            Take(bytes, ref at, length, file);
        }

        for (int texts = ((flags & Name) != 0 ? 1 : 0) + ((flags & Comment) != 0 ? 1 : 0); texts > 0; texts--)
        {
            while (Take(bytes, ref at, 1, file)[0] != 0)
            {
            }
        }

        if ((flags & HeaderChecksum) != 0)
        {
            uint computed = Crc32.Append(Crc32.Empty, bytes[start..at]) & 0xFFFF;
            Expect(computed, BinaryPrimitives.ReadUInt16LittleEndian(Take(bytes, ref at, 2, file)), "header checksum", at, file);
        }

        return at;
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, ref int at, int count, string file)
    {
        if (bytes.Length - at < count)
        {
            throw Error(bytes.Length, "the compressed data is cut short.", file);
        }

        at += count;
        return bytes.Slice(at - count, count);
    }

    private static void Expect(uint computed, uint stored, string what, int at, string file)
    {
        if (computed != stored)
        {
            throw Error(at, string.Create(CultureInfo.InvariantCulture, $"the {what} is {computed:X8}, but the file states {stored:X8}: the file is damaged."), file);
        }
    }

    private static MalformedFileException Error(int at, string reason, string file, Exception? cause = null) => new(file, "gzip", at, reason, cause);
}
