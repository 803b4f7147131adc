using System.IO.Compression;

namespace Nabla.Data.Tests.Idx;

/// <summary>Compressed IDX files: items 78 and 79 of the project's list of hostile inputs.</summary>
public sealed class GzipTests
{
    private static readonly byte[] Content = IdxBytes.Counting(6, 40);

    private static void LoadsAs(byte[] expected, byte[] compressed) =>
        Assert.True(IdxBytes.Read(expected).AsSpan<byte>().SequenceEqual(IdxBytes.Read(compressed).AsSpan<byte>()));

    public static TheoryData<CompressionLevel, string> Compressions
    {
        get
        {
            var rows = new TheoryData<CompressionLevel, string>();
            foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
            {
                foreach (string kind in new[] { "zeros", "noise", "text", "steps", "ramp", "rare" })
                {
                    rows.Add(level, kind);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void What_another_compressor_wrote_is_read_exactly(CompressionLevel level, string kind)
    {
        // Kinds that lead compressors to stored, fixed and dynamic blocks, long and short codes, near and far repeats.
        var random = new Random(7);
        var values = new byte[300_000];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = kind switch
            {
                "zeros" => 0,
                "noise" => (byte)random.Next(256),
                "text" => (byte)"the quick brown fox jumps over the lazy dog"[random.Next(43)],
                "steps" => (byte)(i / 1000),
                "ramp" => (byte)(i * i >> 5),
                _ => (byte)Math.Min(255, -20 * Math.Log(1 - random.NextDouble())),
            };
        }

        byte[] file = IdxBytes.File(0x08, [3, 100_000], values);
        LoadsAs(file, IdxBytes.Gzip(file, level));
    }

    [Fact]
    public void Small_files_of_every_length_are_read_exactly()
    {
        for (int length = 0; length <= 300; length++)
        {
            byte[] file = IdxBytes.Counting(length);
            LoadsAs(file, IdxBytes.Gzip(file));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(40)]
    public void Concatenated_members_are_one_file(int cut)
    {
        LoadsAs(Content, [.. IdxBytes.Gzip(Content[..cut]), .. IdxBytes.Gzip(Content[cut..])]);
    }

    [Fact]
    public void A_member_for_every_byte_is_one_file()
    {
        LoadsAs(Content, [.. Content.SelectMany(b => IdxBytes.Gzip([b]))]);
    }

    [Fact]
    public void Garbage_between_two_members_is_refused()
    {
        byte[] file = [.. IdxBytes.Gzip(Content[..40]), 0, .. IdxBytes.Gzip(Content[40..])];
        Assert.Contains("not another gzip member", IdxBytes.Refused(file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_member_at_the_end_is_no_garbage()
    {
        // 03 00 is the deflate form of nothing; its checksum and length are 0.
        LoadsAs(Content, [.. IdxBytes.Gzip(Content), 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = IdxBytes.Gzip(Content);
        for (int length = 0; length < whole.Length; length++)
        {
            IdxBytes.Refused(whole[..length]);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(5)]
    public void A_wrong_checksum_is_refused(int fromEnd)
    {
        byte[] bytes = IdxBytes.Gzip(Content);
        bytes[^fromEnd] ^= 1;
        Assert.Contains("the checksum is", IdxBytes.Refused(bytes).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void A_wrong_length_is_refused(int fromEnd)
    {
        byte[] bytes = IdxBytes.Gzip(Content);
        bytes[^fromEnd] ^= 1;
        Assert.Contains("the length is", IdxBytes.Refused(bytes).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x20)]
    [InlineData(0x40)]
    [InlineData(0x80)]
    public void Reserved_flags_are_refused(byte flags)
    {
        byte[] bytes = IdxBytes.Gzip(Content);
        bytes[3] = flags;
        Assert.Contains("reserved flags are set", IdxBytes.Refused(bytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_compression_method_is_refused()
    {
        byte[] bytes = IdxBytes.Gzip(Content);
        bytes[2] = 7;
        Assert.Contains("expected compression method 8 (deflate), received 7", IdxBytes.Refused(bytes).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x1F })]
    [InlineData(new byte[] { 0x1F, 0x8B })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })]
    public void Garbage_after_the_member_is_refused(byte[] garbage)
    {
        IdxBytes.Refused([.. IdxBytes.Gzip(Content), .. garbage]);
    }

    [Fact]
    public void A_copy_of_the_trailer_after_the_member_is_refused()
    {
        byte[] whole = IdxBytes.Gzip(Content);
        Assert.Contains("not another gzip member", IdxBytes.Refused([.. whole, .. whole[^8..]]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Optional_header_fields_are_passed_over()
    {
        byte[] plain = IdxBytes.Gzip(Content);
        byte[] header = [.. plain[..3], 4 | 8 | 16, .. plain[4..10], 3, 0, 9, 9, 9, (byte)'n', 0, (byte)'c', (byte)'!', 0];
        LoadsAs(Content, [.. header, .. plain[10..]]);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void The_headers_own_checksum_is_checked(int error, bool accepted)
    {
        byte[] plain = IdxBytes.Gzip(Content);
        byte[] header = [.. plain[..3], 2, .. plain[4..10]];
        uint crc = Crc32.Append(0, header) + (uint)error;
        byte[] file = [.. header, (byte)crc, (byte)(crc >> 8), .. plain[10..]];
        if (accepted)
        {
            LoadsAs(Content, file);
        }
        else
        {
            Assert.Contains("the header checksum is", IdxBytes.Refused(file).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_flipped_bit_never_gives_other_values()
    {
        byte[] good = IdxBytes.Gzip(Content);
        int refused = 0;
        for (int bit = 0; bit < 8 * good.Length; bit++)
        {
            var bytes = (byte[])good.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.True(IdxBytes.Read(bytes).AsSpan<byte>().SequenceEqual(IdxBytes.Read(Content).AsSpan<byte>()));
            }
            catch (MalformedFileException)
            {
                refused++;
            }
        }

        // Unprotected by the format: time, speed hint and system (48 bits), the text flag, and up to 7 bits of padding after the last block.
        Assert.InRange(refused, 8 * good.Length - 48 - 1 - 7, 8 * good.Length);
    }

    [Fact]
    public void Random_bytes_as_compressed_data_are_refused_without_another_exception()
    {
        var random = new Random(11);
        for (int i = 0; i < 5_000; i++)
        {
            var noise = new byte[random.Next(1, 200)];
            random.NextBytes(noise);
            IdxBytes.Refused([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, .. noise]);
        }
    }

    [Fact]
    public void The_checksum_of_the_standards_example_is_the_known_one()
    {
        // The check value of CRC-32: "123456789" gives CBF43926; in one go and in two.
        Assert.Equal(0xCBF4_3926u, Crc32.Append(0, "123456789"u8));
        Assert.Equal(0xCBF4_3926u, Crc32.Append(Crc32.Append(0, "1234"u8), "56789"u8));
    }
}
