using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Nabla.Core.Tests.Formats;

public sealed class SafeTensorsFileTests
{
    public static TheoryData<string> Refused() => StoredFiles.Files("safetensors", e => e.TryGetProperty("refuse", out _));

    public static TheoryData<string> TensorNames()
    {
        var rows = new TheoryData<string>();
        foreach (JsonProperty tensor in StoredFiles.Entry("safetensors", "all.safetensors").GetProperty("tensors").EnumerateObject())
        {
            rows.Add(tensor.Name);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(TensorNames))]
    public void A_stored_tensor_reads_by_value(string name)
    {
        JsonElement expected = StoredFiles.Entry("safetensors", "all.safetensors").GetProperty("tensors").GetProperty(name);
        NDArray array = SafeTensorsFile.Read(StoredFiles.Path("safetensors", "all.safetensors")).Tensors[name];
        Assert.Equal(expected.GetProperty("dtype").GetString(), "torch." + array.DType.Name);
        Assert.Equal(StoredFiles.Shape(expected), array.Dims.Sizes);
        NDArray flat = array.Reshape(array.Count);
        int i = 0;
        foreach (JsonElement value in expected.GetProperty("values").EnumerateArray())
        {
            StoredFiles.AssertElement(value.GetString()!, flat[i++]);
        }

        Assert.Equal(array.Count, i);
    }

    [Fact]
    public void The_stored_metadata_are_read()
    {
        SafeTensorsFile file = SafeTensorsFile.Read(StoredFiles.Path("safetensors", "all.safetensors"));
        Assert.Equal(["format", "note"], file.Metadata.Keys);
        Assert.Equal("grüße", file.Metadata["note"]);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_damaged_or_hostile_file_is_refused_by_a_clear_error_and_bounded_memory(string file)
    {
        string path = StoredFiles.Path("safetensors", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<MalformedFileException>(() => SafeTensorsFile.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(path, error.File);
        Assert.Equal("safetensors", error.Format);
        Assert.NotNull(error.Offset);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[4194305,4194305,211106198978564],"data_offsets":[0,8]}}""", "at most")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,9223372036854775807],"data_offsets":[0,8]}}""", "at most")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-0],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", "a list for the shape of 'a'")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", "'F8_E4M3'")]
    [InlineData("""{"a":{"dtype":"F8_E5M2","shape":[8],"data_offsets":[0,8]}}""", "'F8_E5M2'")]
    [InlineData("""{"a":{"dtype":"F4","shape":[16],"data_offsets":[0,8]}}""", "'F4'")]
    [InlineData("""{"a":{"dtype":4,"shape":[2],"data_offsets":[0,8]}}""", "text for the dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}""", "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775807]}}""", "expected 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "missed one")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", "'more'")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", "'dtype'")]
    [InlineData("""{"a":1}""", "an object for 'a'")]
    [InlineData("""{"__metadata__":{"a":"x","a":"y"}}""", "received 'a' again")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "'__metadata__' again")]
    [InlineData("""{"__metadata__":{"a":null}}""", "text for 'a'")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "Unicode")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}""", "header in JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}""", "header in JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {}""", "header in JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,8]}}""", "header in JSON")]
    [InlineData("\uFEFF{}", "starts with '{'")]
    [InlineData("", "starts with '{'")]
    public void A_strange_header_is_refused_with_its_reason(string header, string reason)
    {
        var error = Assert.Throws<MalformedFileException>(() => Read(header, new byte[8]));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spaces_around_the_header_are_read_over() =>
        Assert.Single(Read("\n {\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} \n ", new byte[8]).Tensors);

    [Fact]
    public void Tensors_in_another_order_than_their_places_are_read()
    {
        SafeTensorsFile file = Read("""{"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", [1, 2, 3, 4]);
        Assert.Equal(["b", "a"], file.Tensors.Keys);
        Assert.Equal([3, 4], file.Tensors["b"].ToArray<byte>());
    }

    [Fact]
    public void An_empty_tensor_may_share_a_place()
    {
        SafeTensorsFile file = Read("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"e":{"dtype":"F64","shape":[3,0],"data_offsets":[0,0]},"z":{"dtype":"F64","shape":[0],"data_offsets":[2,2]}}""", [1, 2]);
        Assert.Equal("float64[3,0]", file.Tensors["e"].Type.ToString());
    }

    [Fact]
    public void An_empty_tensor_within_another_is_refused() =>
        Assert.Throws<MalformedFileException>(() => Read("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"e":{"dtype":"F64","shape":[0],"data_offsets":[1,1]}}""", [1, 2]));

    [Fact]
    public void Names_are_data_and_never_paths() =>
        Assert.Equal(["../../etc/passwd", "a\0b"], Read("""{"../../etc/passwd":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"a\u0000b":{"dtype":"U8","shape":[],"data_offsets":[1,2]}}""", [1, 2]).Tensors.Keys);

    [Fact]
    public void Many_tensors_on_the_same_bytes_are_refused()
    {
        var header = new StringBuilder("{");
        for (int i = 0; i < 100_000; i++)
        {
            header.Append(i == 0 ? "" : ",").Append(System.Globalization.CultureInfo.InvariantCulture, $"\"{i}\":{{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}");
        }

        Assert.Contains("overlaps", Assert.Throws<MalformedFileException>(() => Read(header.Append('}').ToString(), new byte[8])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Complex64_is_widened()
    {
        var data = new byte[8];
        BinaryPrimitives.WriteSingleLittleEndian(data, 1.5f);
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4), -2);
        Assert.Equal(new Complex(1.5, -2), Read("""{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}""", data).Tensors["a"].Item<Complex>());
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(100_000_001UL)]
    [InlineData(99_999_999UL)]
    public void A_header_length_beyond_limit_or_file_is_refused_without_memory(ulong length)
    {
        var file = new byte[100];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MalformedFileException>(() => SafeTensorsFile.Read(new MemoryStream(file)));
        Assert.Throws<MalformedFileException>(() => SafeTensorsFile.Read(new ForwardStream(file)));

        // A stream that does not tell its length costs one piece of a megabyte.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void A_promise_of_gigabytes_in_a_stream_without_length_costs_a_megabyte()
    {
        byte[] file = Bytes("""{"a":{"dtype":"F64","shape":[1000000000],"data_offsets":[0,8000000000]}}""", new byte[8]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MalformedFileException>(() => SafeTensorsFile.Read(new ForwardStream(file)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Bytes_after_the_last_tensor_are_refused_in_a_stream_without_length() =>
        Assert.Throws<MalformedFileException>(() => SafeTensorsFile.Read(new ForwardStream(Bytes("{}", [0]))));

    [Fact]
    public void What_is_written_is_read_back()
    {
        SafeTensorsFile stored = SafeTensorsFile.Read(StoredFiles.Path("safetensors", "all.safetensors"));
        string path = Path.Combine(StoredFiles.TemporaryFolder(), "x.safetensors");
        SafeTensorsFile.Write(path, stored.Tensors, stored.Metadata);
        SafeTensorsFile read = SafeTensorsFile.Read(path);
        Assert.Equal(stored.Tensors.Count, read.Tensors.Count);
        Assert.All(stored.Tensors, t => Assert.True(read.Tensors[t.Key].ValueEquals(t.Value)));
        Assert.Equal(stored.Metadata, read.Metadata);
    }

    [Fact]
    public void Wide_elements_come_first_and_data_begin_at_a_multiple_of_eight()
    {
        var file = new MemoryStream();
        SafeTensorsFile.Write(file, [new("flag", true), new("w", 1f), new("v", 2f), new("x", 3d)]);
        byte[] bytes = file.ToArray();
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8);
        Assert.Equal(["x", "w", "v", "flag"], SafeTensorsFile.Read(new MemoryStream(bytes)).Tensors.Keys);
    }

    [Theory]
    [InlineData("__metadata__", "reserved")]
    [InlineData("a", "twice")]
    public void A_name_that_cannot_be_is_not_written(string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => SafeTensorsFile.Write(new MemoryStream(), [new("a", 1), new(name, 2)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Complex128_is_refused_by_name() =>
        Assert.Contains("complex128", Assert.Throws<ArgumentException>(() => SafeTensorsFile.Write(new MemoryStream(), [new("a", NDArray.Zeros(DType.Complex128, [1]))])).Message, StringComparison.Ordinal);

    private static SafeTensorsFile Read(string header, byte[] data) => SafeTensorsFile.Read(new MemoryStream(Bytes(header, data)));

    private static byte[] Bytes(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }
}
