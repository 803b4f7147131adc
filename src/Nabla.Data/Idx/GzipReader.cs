using System.Globalization;

namespace Nabla.Data;

/// <summary>
/// Decompresses a gzip file (RFC 1952) of one or more members with every check the format offers: reserved flags, the header's and the
/// content's checksums, the content's length, and nothing after the last member.
/// </summary>
internal static class GzipReader
{
    private const uint Magic = 0x8B1F;
    private const int HeaderChecksum = 2, Extra = 4, Name = 8, Comment = 16, Reserved = 0xE0;

    public static void Read(Stream stream, IdxBuffer output, string file)
    {
        var bits = new BitReader(stream, file);
        var inflater = new Inflater(bits, output);
        bool first = true;
        do
        {
            Header(bits, first);
            first = false;
            int start = output.Length;
            inflater.Inflate();
            bits.AlignToByte();
            ReadOnlySpan<byte> content = output.Written[start..];
            Expect(bits, Crc32.Append(0, content), bits.Read(32), "checksum");
            Expect(bits, (uint)content.Length, bits.Read(32), "length");
        }
        while (!bits.AtEnd);
    }

    private static void Header(BitReader bits, bool first)
    {
        uint crc = 0;
        uint Next()
        {
            byte value = (byte)bits.Read(8);
            crc = Crc32.Append(crc, [value]);
            return value;
        }

        if ((Next() | Next() << 8) != Magic)
        {
            throw bits.Error(first ? "expected gzip's magic number." : "something follows the compressed data that is not another gzip member.");
        }

        uint method = Next();
        if (method != 8)
        {
            throw bits.Error(string.Create(CultureInfo.InvariantCulture, $"expected compression method 8 (deflate), received {method}."));
        }

        uint flags = Next();
        if ((flags & Reserved) != 0)
        {
            throw bits.Error(string.Create(CultureInfo.InvariantCulture, $"reserved flags are set ({flags:X2})."));
        }

        // Time (4), speed hint and system: of no use here.
        for (int i = 0; i < 6; i++)
        {
            Next();
        }

        if ((flags & Extra) != 0)
        {
            for (uint length = Next() | Next() << 8; length > 0; length--)
            {
                Next();
            }
        }

        for (int texts = ((flags & Name) != 0 ? 1 : 0) + ((flags & Comment) != 0 ? 1 : 0); texts > 0; texts--)
        {
            while (Next() != 0)
            {
            }
        }

        if ((flags & HeaderChecksum) != 0)
        {
            Expect(bits, crc & 0xFFFF, bits.Read(16), "header checksum");
        }
    }

    private static void Expect(BitReader bits, uint computed, uint stored, string what)
    {
        if (computed != stored)
        {
            throw bits.Error(string.Create(CultureInfo.InvariantCulture, $"the {what} is {computed:X8}, but the file states {stored:X8}: the file is damaged."));
        }
    }
}
