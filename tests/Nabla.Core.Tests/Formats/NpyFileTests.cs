using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Nabla.Core.Tests.Formats;

public sealed class NpyFileTests
{
    public static TheoryData<string> Good() =>
        StoredFiles.Files("npy", e => e.TryGetProperty("values", out _) && !e.TryGetProperty("refuse", out _));

    public static TheoryData<string> Refused() =>
        StoredFiles.Files("npy", e => e.TryGetProperty("refuse", out _) && e.GetProperty("file").GetString()!.EndsWith(".npy", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Good))]
    public void A_stored_file_reads_by_value(string file)
    {
        JsonElement entry = StoredFiles.Entry("npy", file);
        NDArray array = NpyFile.Read(StoredFiles.Path("npy", file));
        Assert.Equal(StoredFiles.Shape(entry), array.Dims.Sizes);
        NDArray flat = array.Reshape(array.Count);
        int i = 0;
        foreach (JsonElement value in entry.GetProperty("values").EnumerateArray())
        {
            StoredFiles.AssertElement(value.GetString()!, flat[i++]);
        }
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_stored_file_written_and_read_again_has_the_same_values(string file)
    {
        NDArray array = NpyFile.Read(StoredFiles.Path("npy", file));
        var stream = new MemoryStream();
        NpyFile.Write(stream, array);
        Assert.Equal(NpyFile.Length(array), stream.Length);
        stream.Position = 0;
        Assert.True(NpyFile.Read(stream).ValueEquals(array));
    }

    [Theory]
    [InlineData("d_le_f4.npy")]
    [InlineData("d_le_f8.npy")]
    [InlineData("d_b1.npy")]
    [InlineData("d_le_i8.npy")]
    [InlineData("rank6.npy")]
    [InlineData("scalar.npy")]
    [InlineData("one.npy")]
    public void What_is_written_is_byte_for_byte_what_numpy_writes(string file)
    {
        var stream = new MemoryStream();
        NpyFile.Write(stream, NpyFile.Read(StoredFiles.Path("npy", file)));
        Assert.Equal(StoredFiles.Bytes("npy", file), stream.ToArray());
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_damaged_or_hostile_file_is_refused_by_a_clear_error(string file)
    {
        string path = StoredFiles.Path("npy", file);
        var error = Assert.Throws<MalformedFileException>(() => NpyFile.Read(path));
        Assert.Equal(path, error.File);
        Assert.Equal("npy", error.Format);
        Assert.NotNull(error.Offset);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "pickle")]
    [InlineData("{'descr': '<U3', 'fortran_order': False, 'shape': (1,), }", "text")]
    [InlineData("{'descr': '<M8[D]', 'fortran_order': False, 'shape': (1,), }", "dates")]
    [InlineData("{'descr': '|V8', 'fortran_order': False, 'shape': (1,), }", "records")]
    [InlineData("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }", "records")]
    [InlineData("{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }", "precision")]
    [InlineData("{'descr': 'f4', 'fortran_order': False, 'shape': (1,), }", "received 'f4'")]
    [InlineData("{'descr': '|f4', 'fortran_order': False, 'shape': (1,), }", "received '|f4'")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (1,), }", "received ''")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}", "'more'")]
    [InlineData("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", "'descr'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "missed shape")]
    [InlineData("{'descr': '<f4', 'shape': (1,)}", "missed fortran_order")]
    [InlineData("{}", "missed descr")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", "True or False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1), }", "tuple")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1+1,), }", "received '1+1'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': ((1,),), }", "received ''")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0x1,), }", "received '0x1'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "whole numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 2), }", "at most")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 9223372036854775807), }", "at most")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } os.system('x')", "nothing after")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)", "'}'")]
    [InlineData("{'descr': '<\\x664', 'fortran_order': False, 'shape': (1,)}", "plain characters")]
    [InlineData("[1]", "'{'")]
    [InlineData("", "'{'")]
    public void A_strange_header_is_refused_with_its_reason(string header, string reason)
    {
        var error = Assert.Throws<MalformedFileException>(() => NpyFile.Read(new MemoryStream(WithHeader(header, new byte[4]))));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"shape\":(2L,),\"fortran_order\":False,\"descr\":\"<f4\"}")]
    [InlineData("  { 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2 , ) , }  \n")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)}\n")]
    public void Other_ways_to_write_the_same_header_are_read(string header) =>
        Assert.Equal([1f, 2f], NpyFile.Read(new MemoryStream(WithHeader(header, [0, 0, 128, 63, 0, 0, 0, 64]))).ToArray<float>());

    [Fact]
    public void A_header_of_more_than_ten_thousand_bytes_is_refused()
    {
        string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }" + new string(' ', 10_000);
        var error = Assert.Throws<MalformedFileException>(() => NpyFile.Read(new MemoryStream(WithHeader(header, new byte[4]))));
        Assert.Contains("at most 10000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bool_that_is_neither_0_nor_1_is_refused() =>
        Assert.Throws<MalformedFileException>(() => NpyFile.Read(new MemoryStream(WithHeader("{'descr': '|b1', 'fortran_order': False, 'shape': (1,)}", [2]))));

    [Fact]
    public void More_than_64_axes_are_refused()
    {
        string shape = string.Concat(Enumerable.Repeat("1, ", 65));
        var error = Assert.Throws<MalformedFileException>(
            () => NpyFile.Read(new MemoryStream(WithHeader($"{{'descr': '|b1', 'fortran_order': False, 'shape': ({shape})}}", [1]))));
        Assert.Contains("64 axes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_promise_of_gigabytes_allocates_next_to_nothing(bool seekable)
    {
        byte[] file = WithHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000,), }", new byte[8]);
        Stream stream = seekable ? new MemoryStream(file) : new ForwardStream(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MalformedFileException>(() => NpyFile.Read(stream));

        // One first megabyte for a stream that does not tell its length, and small change.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_in_growing_pieces()
    {
        NDArray array = NDArray.Arange(1_000_000).Reshape(1000, 1000);
        var file = new MemoryStream();
        NpyFile.Write(file, array);
        Assert.True(NpyFile.Read(new ForwardStream(file.ToArray())).ValueEquals(array));
    }

    [Fact]
    public void Bytes_after_the_array_are_refused_in_a_stream_that_cannot_seek()
    {
        byte[] file = [.. StoredFiles.Bytes("npy", "one.npy"), 0];
        Assert.Contains("more bytes follow", Assert.Throws<MalformedFileException>(() => NpyFile.Read(new ForwardStream(file))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Complex128_is_written_and_read()
    {
        NDArray array = NDArray.From([new Complex(1, -2), new Complex(double.NaN, double.PositiveInfinity)]);
        var file = new MemoryStream();
        NpyFile.Write(file, array);
        file.Position = 0;
        Assert.True(NpyFile.Read(file).ValueEquals(array));
    }

    [Fact]
    public void Fortran_order_of_every_element_size_is_turned()
    {
        foreach ((string type, DType dtype) in new[] { ("|u1", DType.UInt8), ("<i2", DType.Int16), ("<f4", DType.Float32), (">f8", DType.Float64), ("<c16", DType.Complex128) })
        {
            // Values 0..5 of a [2,3] array, columns first: 0 3 1 4 2 5.
            NDArray columns = NDArray.From(new byte[] { 0, 3, 1, 4, 2, 5 }).AsType(dtype);
            byte[] bytes = columns.Bytes.ToArray();
            if (type[0] == '>')
            {
                ElementBytes.Swap(bytes, dtype);
            }

            NDArray array = NpyFile.Read(new MemoryStream(WithHeader($"{{'descr': '{type}', 'fortran_order': True, 'shape': (2, 3)}}", bytes)));
            Assert.True(array.ValueEquals(NDArray.Arange<byte>(6).AsType(dtype).Reshape(2, 3)));
        }
    }

    [Fact]
    public void Bfloat16_is_refused_before_anything_is_written()
    {
        string path = Path.Combine(StoredFiles.TemporaryFolder(), "x.npy");
        Assert.Throws<ArgumentException>(() => NpyFile.Write(path, NDArray.Zeros(DType.BFloat16, [2])));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_file_is_written_and_read()
    {
        string path = Path.Combine(StoredFiles.TemporaryFolder(), "x.npy");
        NDArray array = new float[,] { { 1, 2 }, { 3, 4 } };
        NpyFile.Write(path, array);
        Assert.True(NpyFile.Read(path).ValueEquals(array));
    }

    private static byte[] WithHeader(string header, byte[] data)
    {
        byte[] text = Encoding.Latin1.GetBytes(header);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. text, .. data];
    }
}
