using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Nabla;

/// <summary>
/// TensorBoard's event files: records of length, masked CRC-32C of the length, data, masked CRC-32C of the data; the data are Event protobufs, of
/// which only the few fields of a scalar are written.
/// </summary>
/// <remarks>Record and mask: tensorflow.org, api_guides/python/python_io. Fields: event.proto (wall_time 1, step 2, file_version 3, summary 5), summary.proto (value 1: tag 1, simple_value 2).</remarks>
internal static class EventFile
{
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>The first record of a file.</summary>
    public static byte[] Version(double wallTime) => Record([.. WallTime(wallTime), .. Field(3, "brain.Event:2"u8)]);

    /// <summary>A record of one scalar.</summary>
    public static byte[] Scalar(double wallTime, long step, string tag, double value)
    {
        byte[] number = new byte[5];
        number[0] = (2 << 3) | 5;
        BinaryPrimitives.WriteSingleLittleEndian(number.AsSpan(1), (float)value);
        byte[] content = [.. Field(1, Encoding.UTF8.GetBytes(tag)), .. number];
        byte[] steps = step == 0 ? [] : [2 << 3, .. Varint((ulong)step)];
        return Record([.. WallTime(wallTime), .. steps, .. Field(5, Field(1, content))]);
    }

    /// <summary>A record around data.</summary>
    public static byte[] Record(ReadOnlySpan<byte> data)
    {
        byte[] record = new byte[8 + 4 + data.Length + 4];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Masked(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), Masked(data));
        return record;
    }

    /// <summary>The CRC with the Castagnoli polynomial, as in RFC 3720.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }

    private static uint Masked(ReadOnlySpan<byte> data) => unchecked(BitOperations.RotateRight(Crc32C(data), 15) + MaskDelta);

    private static byte[] WallTime(double seconds)
    {
        byte[] field = new byte[9];
        field[0] = (1 << 3) | 1;
        BinaryPrimitives.WriteDoubleLittleEndian(field.AsSpan(1), seconds);
        return field;
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> content) => [(byte)((number << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
