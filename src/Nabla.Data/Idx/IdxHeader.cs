using System.Buffers.Binary;
using System.Globalization;

namespace Nabla.Data;

/// <summary>The start of an IDX file: two zeros, a type code, the number of axes, then each axis' size, four bytes, most significant first.</summary>
/// <param name="DType">The element type.</param>
/// <param name="Dims">The sizes.</param>
/// <param name="Length">The bytes of the header itself.</param>
internal sealed record IdxHeader(DType DType, Dims Dims, int Length)
{
    /// <summary>Far above any real file; more would only serve to waste memory.</summary>
    public const int MaxRank = 8;

    /// <summary>The bytes of the longest header.</summary>
    public const int MaxLength = 4 + 4 * MaxRank;

    /// <summary>The bytes of header and values together.</summary>
    public int TotalLength => Length + Dims.Count * DType.Size;

    /// <summary>Reads the header from the first bytes of a file, which may be fewer than a header needs.</summary>
    /// <exception cref="MalformedFileException">They are no IDX header, or declare more than an array can hold.</exception>
    public static IdxHeader Parse(ReadOnlySpan<byte> start, string file)
    {
        if (start.IsEmpty)
        {
            throw Bad(file, 0, "the file is empty; expected a header of at least 8 bytes.");
        }

        if (start.Length < 4)
        {
            throw Bad(file, start.Length, $"expected a header of at least 8 bytes, received {start.Length} in all.");
        }

        if (start[0] != 0 || start[1] != 0)
        {
            throw Bad(file, 0, $"expected two zero bytes, received {Hex(start[0])} {Hex(start[1])}. Is this an IDX file?");
        }

        DType dtype = start[2] switch
        {
            0x08 => DType.UInt8,
            0x09 => DType.Int8,
            0x0B => DType.Int16,
            0x0C => DType.Int32,
            0x0D => DType.Float32,
            0x0E => DType.Float64,
            byte other => throw Bad(file, 2, $"expected a type code of 08, 09, 0B, 0C, 0D or 0E, received {Hex(other)}."),
        };

        int rank = start[3];
        if (rank is 0 or > MaxRank)
        {
            throw Bad(file, 3, $"expected 1 to {MaxRank} dimensions, received {rank}.");
        }

        int length = 4 + 4 * rank;
        if (start.Length < length)
        {
            throw Bad(file, start.Length, $"the file ends within the header: expected {length} bytes for {rank} dimensions, received {start.Length}.");
        }

        return new IdxHeader(dtype, ParseDims(start[4..length], dtype, length, file), length);
    }

    private static Dims ParseDims(ReadOnlySpan<byte> sizes, DType dtype, int headerLength, string file)
    {
        var dims = new Dim[sizes.Length / 4];
        long bytes = dtype.Size;
        for (int axis = 0; axis < dims.Length; axis++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(4 * axis)..]);

            // A size of 0 does not excuse absurd neighbours; each factor is below 2^32 and the running product below 2^31, so no overflow.
            bytes *= Math.Max(1, size);
            if (bytes > Array.MaxLength - headerLength)
            {
                throw Bad(file, 4 + 4 * axis, $"the dimensions up to axis {axis} (size {size}) declare more than the {Array.MaxLength} bytes that an array can hold.");
            }

            dims[axis] = (int)size;
        }

        return Dims.Create(dims);
    }

    private static string Hex(byte value) => value.ToString("X2", CultureInfo.InvariantCulture);

    private static MalformedFileException Bad(string file, long offset, string reason) => new(file, "IDX", offset, reason);
}
