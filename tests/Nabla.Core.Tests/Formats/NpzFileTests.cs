using System.Text.Json;

namespace Nabla.Core.Tests.Formats;

public sealed class NpzFileTests
{
    public static TheoryData<string> Good() => StoredFiles.Files("npy", e => e.TryGetProperty("arrays", out _));

    public static TheoryData<string> Refused() =>
        StoredFiles.Files("npy", e => e.TryGetProperty("refuse", out _) && e.GetProperty("file").GetString()!.EndsWith(".npz", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Good))]
    public void A_stored_file_has_its_arrays_in_order(string file)
    {
        JsonElement entry = StoredFiles.Entry("npy", file);
        OrderedDictionary<string, NDArray> arrays = NpzFile.Read(StoredFiles.Path("npy", file));
        Assert.Equal(entry.GetProperty("arrays").EnumerateArray().Select(a => a.GetString()), arrays.Keys);
    }

    [Fact]
    public void The_stored_arrays_have_their_values()
    {
        OrderedDictionary<string, NDArray> arrays = NpzFile.Read(StoredFiles.Path("npy", "stored.npz"));
        Assert.Equal("float64[2,3]", arrays["a"].Type.ToString());
        Assert.True(arrays["b"].ValueEquals(NDArray.Arange(5L)));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_damaged_or_hostile_file_is_refused_with_bounded_memory(string file)
    {
        byte[] bytes = StoredFiles.Bytes("npy", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MalformedFileException>(() => NpzFile.Read(new MemoryStream(bytes), file));

        // The bomb would unpack to 64 MiB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Arrays_are_written_and_read(bool compress)
    {
        string path = Path.Combine(StoredFiles.TemporaryFolder(), "x.npz");
        KeyValuePair<string, NDArray>[] arrays =
        [
            new("weights/ähnlich", NDArray.Zeros(DType.Float32, [100, 100])),
            new("b", new[] { 1.5, double.NaN }),
            new("empty", NDArray.Zeros(DType.Int8, [0])),
        ];
        NpzFile.Write(path, arrays, compress);
        OrderedDictionary<string, NDArray> read = NpzFile.Read(path);
        Assert.Equal(arrays.Select(a => a.Key), read.Keys);
        Assert.All(arrays, a => Assert.True(read[a.Key].ValueEquals(a.Value)));
        Assert.Equal(compress, new FileInfo(path).Length < 10_000);
    }

    [Fact]
    public void A_stream_that_cannot_go_back_is_written_and_read()
    {
        var bytes = new MemoryStream();
        using (var forward = new System.IO.Compression.GZipStream(bytes, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            NpzFile.Write(forward, [new("a", NDArray.Arange(10))]);
        }

        bytes.Position = 0;
        using var back = new System.IO.Compression.GZipStream(bytes, System.IO.Compression.CompressionMode.Decompress);
        Assert.True(NpzFile.Read(back)["a"].ValueEquals(NDArray.Arange(10)));
    }

    [Fact]
    public void The_same_arrays_give_the_same_bytes() => Assert.Equal(Written(), Written());

    [Fact]
    public void Two_arrays_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => NpzFile.Write(new MemoryStream(), [new("a", 1), new("a", 2)]));

    [Fact]
    public void A_name_that_leads_out_is_not_written() =>
        Assert.Throws<ArgumentException>(() => NpzFile.Write(new MemoryStream(), [new("../a", 1)]));

    [Fact]
    public void More_than_the_memory_budget_is_refused_with_both_numbers()
    {
        string message = Assert.Throws<MalformedFileException>(() => NpzFile.Read(StoredFiles.Path("npy", "stored.npz"), memoryBudget: 300)).Message;
        Assert.Contains("344 bytes of content, more than the allowed 300", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_is_no_array_is_refused()
    {
        var file = new MemoryStream();
        var zip = new ZipWriter(file);
        zip.Add("readme.txt", 2, s => s.Write("hi"u8));
        zip.Finish();
        file.Position = 0;
        Assert.Contains("'readme.txt'", Assert.Throws<MalformedFileException>(() => NpzFile.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_an_array_names_file_and_member()
    {
        var file = new MemoryStream();
        var zip = new ZipWriter(file);
        zip.Add("a.npy", 2, s => s.Write("hi"u8));
        zip.Finish();
        file.Position = 0;
        Assert.Contains("'x.npz:a.npy'", Assert.Throws<MalformedFileException>(() => NpzFile.Read(file, "x.npz")).Message, StringComparison.Ordinal);
    }

    private static byte[] Written()
    {
        var file = new MemoryStream();
        NpzFile.Write(file, [new("a", NDArray.Arange(100)), new("b", 1.5)], compress: true);
        return file.ToArray();
    }
}
