using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nabla.Core.Tests.Formats;

/// <summary>The hostile zips are made here, byte by byte, from a good one.</summary>
public sealed class SafeZipTests
{
    // Members a.txt ("aaaa...", deflated) and b.txt ("bbbb", stored), made by the framework's writer.
    private static readonly byte[] Good = Make(z =>
    {
        Put(z, "a.txt", new string('a', 1000), CompressionLevel.Optimal);
        Put(z, "b.txt", "bbbb", CompressionLevel.NoCompression);
    });

    [Fact]
    public void Members_of_the_frameworks_writer_are_read()
    {
        using SafeZip zip = Open(Good);
        Assert.Equal(["a.txt", "b.txt"], zip.Members.Select(m => m.Name));
        Assert.Equal(new string('a', 1000), Text(zip, "a.txt"));
        Assert.Equal("bbbb", Text(zip, "b.txt"));
    }

    [Fact]
    public void A_zip_written_to_a_pipe_has_its_sizes_after_the_data()
    {
        var pipe = new Pipe();
        using (var writer = new ZipArchive(pipe, ZipArchiveMode.Create))
        {
            Put(writer, "a.txt", new string('a', 1000), CompressionLevel.Optimal);
            Put(writer, "b.txt", "bbbb", CompressionLevel.Optimal);
        }

        using SafeZip zip = Open(pipe.Written.ToArray());
        Assert.All(zip.Members, m => Assert.NotEqual(0, m.Flags & ZipMember.SizesAfterData));
        Assert.Equal("bbbb", Text(zip, "b.txt"));
    }

    [Fact]
    public void What_we_write_the_framework_reads()
    {
        using var archive = new ZipArchive(new MemoryStream(Written()));
        Assert.Equal(["stored", "packed/ü"], archive.Entries.Select(e => e.FullName));
        using var reader = new StreamReader(archive.Entries[1].Open());
        Assert.Equal(new string('x', 5000), reader.ReadToEnd());
        Assert.Equal(1980, archive.Entries[0].LastWriteTime.Year);
    }

    [Fact]
    public void What_we_write_we_read()
    {
        using SafeZip zip = Open(Written());
        Assert.Equal(new string('x', 5000), Text(zip, "packed/ü"));
        Assert.Equal("hello", Text(zip, "stored"));
    }

    [Fact]
    public void Nothing_in_it_is_a_zip_too() => Assert.Empty(Open(Make(_ => { })).Members);

    [Fact]
    public void Seventy_thousand_members_are_more_than_allowed()
    {
        var file = new MemoryStream();
        var zip = new ZipWriter(file);
        for (int i = 0; i < 70_000; i++)
        {
            zip.Add($"m{i}", 0, _ => { });
        }

        zip.Finish();
        Refused(file.ToArray(), "at most 65535 members");
    }

    [Fact]
    public void The_end_record_of_64_bits_is_read()
    {
        // 65,535 members are the first count that needs it, and the most that is allowed.
        var file = new MemoryStream();
        var zip = new ZipWriter(file);
        for (int i = 0; i < 65_535; i++)
        {
            zip.Add($"m{i}", 0, _ => { });
        }

        zip.Finish();
        Assert.Equal(65_535, Open(file.ToArray()).Members.Count);
    }

    [Theory]
    [InlineData("../x", "leads out")]
    [InlineData("a/../../x", "leads out")]
    [InlineData("/etc/x", "leads out")]
    [InlineData("a//x", "leads out")]
    [InlineData("./x", "leads out")]
    [InlineData("C:/x", "Windows")]
    [InlineData("a\\x", "Windows")]
    [InlineData("a\0x", "U+0000")]
    [InlineData("a\nx", "U+000A")]
    [InlineData("a\u202Ex", "U+202E")]
    [InlineData("a\u200Bx", "U+200B")]
    public void A_strange_name_is_refused(string name, string reason) =>
        Refused(Make(z => Put(z, name, "x", CompressionLevel.NoCompression)), reason);

    [Fact]
    public void Two_members_of_one_name_are_refused() =>
        Refused(Make(z => { Put(z, "config.json", "1", CompressionLevel.NoCompression); Put(z, "config.json", "2", CompressionLevel.NoCompression); }), "twice");

    [Fact]
    public void Names_that_only_unicode_tells_apart_are_refused() =>
        Refused(Make(z => { Put(z, "config", "1", CompressionLevel.NoCompression); Put(z, "ｃonfig", "2", CompressionLevel.NoCompression); }), "twice");

    [Fact]
    public void A_link_is_refused() => Refused(Changed(Good, Central(Good, 0) + 38, 0xA1FF0000u, atCentral: 3), "link");

    [Fact]
    public void A_name_that_differs_in_the_local_header_is_refused() => Refused(Replaced(Good, 30, (byte)'x'), "another name");

    [Fact]
    public void Sizes_that_differ_in_the_local_header_are_refused() => Refused(Added(Good, 22, 1), "other sizes");

    [Fact]
    public void A_checksum_that_differs_in_the_local_header_is_refused() => Refused(Added(Good, 14, 1), "another checksum");

    [Fact]
    public void A_method_that_differs_in_the_local_header_is_refused() => Refused(Added(Good, 8, 1), "another method");

    [Fact]
    public void A_content_that_does_not_match_its_checksum_is_refused()
    {
        byte[] bytes = [.. Good];
        int b = bytes.AsSpan().IndexOf("bbbb"u8);
        bytes[b] = (byte)'c';
        RefusedOnReading(bytes, "b.txt", "checksum");
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1001)]
    public void A_stated_size_other_than_the_real_one_is_refused(int size)
    {
        byte[] bytes = [.. Good];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), size);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Central(Good, 0) + 24), size);
        RefusedOnReading(bytes, "a.txt", $"expected {size} bytes of content");
    }

    [Fact]
    public void A_stored_member_shorter_than_its_content_is_refused() => Refused(Added(Good, Central(Good, 1) + 24, 1), "it is stored, but in 4 bytes");

    [Fact]
    public void A_stated_size_that_no_packing_reaches_is_refused_at_once()
    {
        byte[] bytes = [.. Good];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), 0x7fffffff);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Central(Good, 0) + 24), 0x7fffffff);
        Refused(bytes, "cannot unpack");
    }

    [Fact]
    public void More_content_than_the_budget_is_refused() =>
        Assert.Contains("1004 bytes", Assert.Throws<MalformedFileException>(() => SafeZip.Open(new MemoryStream(Good), "x", 1003)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_left_after_packed_data_are_refused()
    {
        // One more byte inside the member: all places behind it move, all sizes grow.
        byte[] packed = Pack(new string('a', 1000));
        var file = new MemoryStream();
        var zip = new ZipWriter(file);
        zip.Add("a", 1000, s => s.Write(Encoding.ASCII.GetBytes(new string('a', 1000))), compress: true);
        zip.Finish();
        byte[] bytes = file.ToArray();
        int dataEnd = 31 + packed.Length;
        Assert.Equal("PK"u8.ToArray(), bytes[dataEnd..(dataEnd + 2)]);
        byte[] longer = [.. bytes[..dataEnd], 0, .. bytes[dataEnd..]];
        BinaryPrimitives.WriteInt32LittleEndian(longer.AsSpan(18), packed.Length + 1);
        BinaryPrimitives.WriteInt32LittleEndian(longer.AsSpan(dataEnd + 1 + 20), packed.Length + 1);
        BinaryPrimitives.WriteInt32LittleEndian(longer.AsSpan(longer.Length - 6), dataEnd + 1);
        RefusedOnReading(longer, "a", "bytes are left after its packed data");
    }

    [Theory]
    [InlineData(1, "shrunk")]
    [InlineData(9, "deflate64")]
    [InlineData(12, "bzip2")]
    [InlineData(14, "LZMA")]
    [InlineData(93, "Zstandard")]
    [InlineData(99, "AES")]
    [InlineData(77, "an unknown one (77)")]
    public void An_unknown_method_is_refused_by_name(int method, string name) => Refused(Replaced(Good, Central(Good, 0) + 10, (byte)method), name);

    [Theory]
    [InlineData(0x01, "encrypted")]
    [InlineData(0x40, "encrypted")]
    [InlineData(0x20, "flags")]
    public void Encrypted_and_patched_members_are_refused(int flags, string reason) =>
        Refused(Replaced(Good, Central(Good, 0) + 8, (byte)flags), reason);

    [Fact]
    public void Members_on_one_another_are_refused() => Refused(Added(Good, Central(Good, 1) + 42, -Local(Good, 1)), "overlaps");

    [Fact]
    public void A_member_that_reaches_into_the_next_is_refused()
    {
        byte[] bytes = [.. Good];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), 500);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Central(Good, 0) + 20), 500);
        Refused(bytes, "overlaps");
    }

    [Fact]
    public void Bytes_before_the_first_member_are_refused() => Refused([.. "MZ"u8, .. Good], "directory");

    [Fact]
    public void Bytes_after_the_end_are_refused() => Refused([.. Good, 0], "end record");

    [Fact]
    public void A_second_end_record_in_the_comment_is_refused()
    {
        byte[] end = Good[^22..];
        byte[] bytes = [.. Good, .. end];
        bytes[Good.Length - 2] = 22;
        Refused(bytes, "directory");
    }

    [Fact]
    public void A_comment_is_read_over()
    {
        byte[] bytes = [.. Good, .. "hello"u8];
        bytes[Good.Length - 2] = 5;
        Assert.Equal(2, Open(bytes).Members.Count);
    }

    [Fact]
    public void Bytes_between_the_members_and_the_directory_are_refused()
    {
        int directory = Central(Good, 0);
        byte[] bytes = [.. Good[..directory], 0, 0, .. Good[directory..]];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - 6), directory + 2);
        Refused(bytes, "2 bytes lie between");
    }

    [Theory]
    [InlineData(long.MaxValue, "cannot unpack")]
    [InlineData(-1, "beyond any file")]
    public void Sizes_near_the_end_of_64_bits_are_refused(long size, string reason)
    {
        int central = Central(Good, 0);
        byte[] name = Good[(central + 46)..(central + 51)];
        byte[] extra = [1, 0, 8, 0, .. BitConverter.GetBytes(size)];
        byte[] bytes = [.. Good[..(central + 46)], .. name, .. extra, .. Good[(central + 51)..]];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(central + 24), uint.MaxValue);
        bytes[central + 30] = 12;
        bytes[^10] += 12;
        Refused(bytes, reason);
    }

    [Fact]
    public void Every_cut_is_refused()
    {
        for (int length = 0; length < Good.Length; length++)
        {
            Assert.Throws<MalformedFileException>(() => SafeZip.Open(new MemoryStream(Good[..length]), "x"));
        }
    }

    [Fact]
    public void A_missing_member_is_named_with_those_that_are_there()
    {
        string message = Assert.Throws<MalformedFileException>(() => Open(Good).OpenMember("config.json")).Message;
        Assert.Contains("expected a member 'config.json', found 'a.txt', 'b.txt'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_longer_than_its_reader_takes_is_refused() =>
        Assert.Contains("at most 999", Assert.Throws<MalformedFileException>(() => Open(Good).ReadMember("a.txt", 999)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_checksum_is_the_published_one()
    {
        Assert.Equal(0xCBF43926u, Crc32.Append(Crc32.Empty, "123456789"u8));
        Assert.Equal(0xCBF43926u, Crc32.Append(Crc32.Append(Crc32.Empty, "1234"u8), "56789"u8));
    }

    private static SafeZip Open(byte[] bytes) => SafeZip.Open(new MemoryStream(bytes), "x.zip");

    private static string Text(SafeZip zip, string name) => Encoding.UTF8.GetString(zip.ReadMember(name, 1 << 20));

    private static void Refused(byte[] bytes, string reason) =>
        Assert.Contains(reason, Assert.Throws<MalformedFileException>(() => Open(bytes)).Message, StringComparison.Ordinal);

    private static void RefusedOnReading(byte[] bytes, string member, string reason)
    {
        using SafeZip zip = Open(bytes);
        Assert.Contains(reason, Assert.Throws<MalformedFileException>(() => zip.ReadMember(member, 1 << 20)).Message, StringComparison.Ordinal);
    }

    // Where the directory's entry of a member begins.
    private static int Central(byte[] zip, int member)
    {
        int at = zip.AsSpan().IndexOf("PK\x01\x02"u8);
        return member == 0 ? at : at + 4 + zip.AsSpan(at + 4).IndexOf("PK\x01\x02"u8);
    }

    private static int Local(byte[] zip, int member) => BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(Central(zip, member) + 42));

    private static byte[] Replaced(byte[] zip, int at, byte value)
    {
        byte[] copy = [.. zip];
        copy[at] = value;
        return copy;
    }

    private static byte[] Added(byte[] zip, int at, int value)
    {
        byte[] copy = [.. zip];
        BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(at), BinaryPrimitives.ReadInt32LittleEndian(copy.AsSpan(at)) + value);
        return copy;
    }

    private static byte[] Changed(byte[] zip, int at, uint value, byte atCentral)
    {
        byte[] copy = [.. zip];
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(at), value);
        copy[Central(zip, 0) + 5] = atCentral;
        return copy;
    }

    private static byte[] Written()
    {
        var file = new MemoryStream();
        var zip = new ZipWriter(file);
        zip.Add("stored", 5, s => s.Write("hello"u8));
        zip.Add("packed/ü", 5000, s => s.Write(Encoding.ASCII.GetBytes(new string('x', 5000))), compress: true);
        zip.Finish();
        return file.ToArray();
    }

    private static byte[] Pack(string text)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(Encoding.ASCII.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static byte[] Make(Action<ZipArchive> fill)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(archive);
        }

        return file.ToArray();
    }

    private static void Put(ZipArchive archive, string name, string text, CompressionLevel level)
    {
        using Stream stream = archive.CreateEntry(name, level).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
