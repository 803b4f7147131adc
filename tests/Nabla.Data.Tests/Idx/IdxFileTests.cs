using System.Diagnostics;

namespace Nabla.Data.Tests.Idx;

/// <summary>Hostile and damaged IDX files: items 77, 80 and 82 of the project's list of hostile inputs.</summary>
public sealed class IdxFileTests
{
    [Fact]
    public void Unsigned_bytes_are_read_in_the_files_dims()
    {
        NDArray array = IdxBytes.Read(IdxBytes.Counting(2, 3, 4));
        Assert.Equal(new TensorType(DType.UInt8, [2, 3, 4]), array.Type);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (byte)i), array.AsSpan<byte>().ToArray());
    }

    [Fact]
    public void Signed_bytes_are_read()
    {
        Assert.Equal(new sbyte[] { -1, 2 }, IdxBytes.Read(IdxBytes.File(0x09, [2], 0xFF, 2)).AsSpan<sbyte>().ToArray());
    }

    [Fact]
    public void Shorts_come_most_significant_byte_first()
    {
        Assert.Equal(new short[] { 0x0102, -2 }, IdxBytes.Read(IdxBytes.File(0x0B, [2], 1, 2, 0xFF, 0xFE)).AsSpan<short>().ToArray());
    }

    [Fact]
    public void Ints_come_most_significant_byte_first()
    {
        Assert.Equal([0x01020304, -2], IdxBytes.Read(IdxBytes.File(0x0C, [2], 1, 2, 3, 4, 0xFF, 0xFF, 0xFF, 0xFE)).AsSpan<int>());
    }

    [Fact]
    public void Floats_come_most_significant_byte_first()
    {
        Assert.Equal([1f, -2f], IdxBytes.Read(IdxBytes.File(0x0D, [2], 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0)).AsSpan<float>());
    }

    [Fact]
    public void Doubles_come_most_significant_byte_first()
    {
        Assert.Equal([1.5], IdxBytes.Read(IdxBytes.File(0x0E, [1], 0x3F, 0xF8, 0, 0, 0, 0, 0, 0)).AsSpan<double>());
    }

    [Fact]
    public void An_array_without_elements_is_read()
    {
        Assert.Equal(Dims.Of(0, 28, 28), IdxBytes.Read(IdxBytes.File(0x08, [0, 28, 28])).Dims);
    }

    [Fact]
    public void A_stream_that_gives_a_byte_at_a_time_reads_the_same()
    {
        using var stream = new TricklingStream(IdxBytes.Gzip(IdxBytes.Counting(5, 50)));
        Assert.Equal(IdxBytes.Read(IdxBytes.Counting(5, 50)).AsSpan<byte>(), IdxFile.Read(stream).AsSpan<byte>());
    }

    public static TheoryData<string, byte[], long, string> BadHeaders => new()
    {
        { "empty", [], 0, "the file is empty" },
        { "three bytes", [0, 0, 8], 3, "expected a header of at least 8 bytes, received 3" },
        { "four bytes", [0, 0, 8, 1], 4, "the file ends within the header: expected 8 bytes for 1 dimensions, received 4" },
        { "wrong magic", [0x50, 0x4B, 8, 1, 0, 0, 0, 0], 0, "expected two zero bytes, received 50 4B" },
        { "type code 07", [0, 0, 7, 1, 0, 0, 0, 0], 2, "expected a type code of 08, 09, 0B, 0C, 0D or 0E, received 07" },
        { "no dimensions", [0, 0, 8, 0, 5], 3, "expected 1 to 8 dimensions, received 0" },
        { "255 dimensions", [0, 0, 8, 255, .. new byte[2000]], 3, "expected 1 to 8 dimensions, received 255" },
        { "a dimension of 2^32-1", [0, 0, 8, 1, 255, 255, 255, 255], 4, "declare more than" },
        { "a product that wraps to 0", IdxBytes.File(0x08, [65536, 65536, 65536, 65536]), 8, "up to axis 1 (size 65536) declare more than" },
        { "more bytes than an array", IdxBytes.File(0x0E, [1 << 28]), 4, "declare more than" },
        { "absurd sizes beside a 0", IdxBytes.File(0x08, [0, int.MaxValue, int.MaxValue]), 8, "declare more than" },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_bad_header_is_refused_at_its_place(string what, byte[] bytes, long offset, string reason)
    {
        MalformedFileException error = IdxBytes.Refused(bytes);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.True(offset == error.Offset, $"{what}: {error.Message}");
        Assert.Equal("test", error.File);
        Assert.Equal("IDX", error.Format);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = IdxBytes.Counting(3, 20);
        for (int length = 0; length < whole.Length; length++)
        {
            IdxBytes.Refused(whole[..length]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Trailing_bytes_are_refused(int extra)
    {
        Assert.Contains("expected 72 bytes for uint8[3,20], received more", IdxBytes.Refused([.. IdxBytes.Counting(3, 20), .. new byte[extra]]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_bigger_than_the_data_is_refused_without_its_memory()
    {
        byte[] bytes = IdxBytes.File(0x08, [2_000_000_000], 1, 2, 3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        MalformedFileException error = IdxBytes.Refused(bytes);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        // Two buffers of 64 KiB and the exception; the header declares 2 GB.
        Assert.InRange(taken, 0, 1 << 20);
        Assert.Contains("the file is cut short", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_refused_at_the_size_that_the_header_declares()
    {
        // 100 MB of zeros in about 100 kB; the header declares 1,000 bytes.
        byte[] bomb = IdxBytes.Gzip([.. IdxBytes.File(0x08, [1000]), .. new byte[100_000_000]]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        MalformedFileException error = IdxBytes.Refused(bomb);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains("expected 1008 bytes for uint8[1000], received more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_bit_anywhere_gives_an_array_or_a_clear_error()
    {
        byte[] good = IdxBytes.Counting(4, 5);
        for (int bit = 0; bit < 8 * good.Length; bit++)
        {
            var bytes = (byte[])good.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                // Only a value, or a type as wide as this one, can change without notice.
                Assert.Equal(20, IdxBytes.Read(bytes).Count);
            }
            catch (MalformedFileException error)
            {
                Assert.InRange(error.Offset!.Value, 0, good.Length);
            }
        }
    }

    [Fact]
    public void A_folder_is_refused_with_the_way_to_read_one()
    {
        var error = Assert.Throws<MalformedFileException>(() => IdxFile.Read(AppContext.BaseDirectory));
        Assert.Contains("IdxFolder.Load", error.Message, StringComparison.Ordinal);
    }

    [Fact(SkipUnless = nameof(HasPipes), Skip = "Windows has no pipes in folders.")]
    public void A_pipe_is_refused_instead_of_waiting()
    {
        string path = Path.Combine(Path.GetTempPath(), $"nabla-{Guid.NewGuid():N}");
        Process.Start("mkfifo", path).WaitForExit();
        try
        {
            Assert.Contains("received a pipe", Assert.Throws<IOException>(() => IdxFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static bool HasPipes => !OperatingSystem.IsWindows();

    [Fact]
    public void A_missing_file_is_told_as_such()
    {
        Assert.Throws<FileNotFoundException>(() => IdxFile.Read(Path.Combine(AppContext.BaseDirectory, "no-such-file")));
    }

    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
