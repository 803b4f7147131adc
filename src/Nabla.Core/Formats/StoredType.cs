using System.Numerics;

namespace Nabla;

/// <summary>An element type as files have it: those of arrays, and complex64, which is widened on reading.</summary>
/// <param name="DType">The element type in memory.</param>
/// <param name="IsComplex64">Whether the file holds pairs of float32.</param>
internal readonly record struct StoredType(DType DType, bool IsComplex64 = false)
{
    private const int RankLimit = 64;

    /// <summary>Bytes per element in the file.</summary>
    internal int Size => IsComplex64 ? 2 * sizeof(float) : DType.Size;

    /// <summary>The type that NumPy calls <paramref name="descriptor"/>, or null: <c>&lt;f4</c>, <c>&gt;i8</c>, <c>|b1</c>.</summary>
    internal static StoredType? OfNumpy(string descriptor, out bool bigEndian)
    {
        bigEndian = descriptor.StartsWith('>');
        StoredType? found = descriptor.Length == 0 ? null : descriptor[1..] switch
        {
            "b1" => new(DType.Boolean),
            "i1" => new(DType.Int8),
            "i2" => new(DType.Int16),
            "i4" => new(DType.Int32),
            "i8" => new(DType.Int64),
            "u1" => new(DType.UInt8),
            "u2" => new(DType.UInt16),
            "u4" => new(DType.UInt32),
            "u8" => new(DType.UInt64),
            "f2" => new(DType.Float16),
            "f4" => new(DType.Float32),
            "f8" => new(DType.Float64),
            "c8" => new(DType.Complex128, IsComplex64: true),
            "c16" => new(DType.Complex128),
            _ => null,
        };

        // Single bytes have no order; for anything else it must be stated.
        return found is { } type && (descriptor[0] is '<' or '>' || (descriptor[0] == '|' && type.Size == 1)) ? found : null;
    }

    /// <summary>What NumPy calls an element type, in little-endian order; null where it has none.</summary>
    internal static string? NumpyName(DType dtype) => dtype switch
    {
        DType.Boolean => "|b1",
        DType.Int8 => "|i1",
        DType.Int16 => "<i2",
        DType.Int32 => "<i4",
        DType.Int64 => "<i8",
        DType.UInt8 => "|u1",
        DType.UInt16 => "<u2",
        DType.UInt32 => "<u4",
        DType.UInt64 => "<u8",
        DType.Float16 => "<f2",
        DType.Float32 => "<f4",
        DType.Float64 => "<f8",
        DType.Complex128 => "<c16",
        _ => null,
    };

    /// <summary>The type that safetensors calls <paramref name="name"/>, or null.</summary>
    internal static StoredType? OfSafeTensors(string name) => name switch
    {
        "BOOL" => new(DType.Boolean),
        "I8" => new(DType.Int8),
        "I16" => new(DType.Int16),
        "I32" => new(DType.Int32),
        "I64" => new(DType.Int64),
        "U8" => new(DType.UInt8),
        "U16" => new(DType.UInt16),
        "U32" => new(DType.UInt32),
        "U64" => new(DType.UInt64),
        "F16" => new(DType.Float16),
        "BF16" => new(DType.BFloat16),
        "F32" => new(DType.Float32),
        "F64" => new(DType.Float64),
        "C64" => new(DType.Complex128, IsComplex64: true),
        _ => null,
    };

    /// <summary>What safetensors calls an element type; null where it has none.</summary>
    internal static string? SafeTensorsName(DType dtype) => dtype switch
    {
        DType.Boolean => "BOOL",
        DType.Int8 => "I8",
        DType.Int16 => "I16",
        DType.Int32 => "I32",
        DType.Int64 => "I64",
        DType.UInt8 => "U8",
        DType.UInt16 => "U16",
        DType.UInt32 => "U32",
        DType.UInt64 => "U64",
        DType.Float16 => "F16",
        DType.BFloat16 => "BF16",
        DType.Float32 => "F32",
        DType.Float64 => "F64",
        _ => null,
    };

    /// <summary>Sizes from a file as dims, checked without overflow.</summary>
    /// <param name="sizes">Any numbers of 0 or more.</param>
    /// <param name="reason">Why the result is null.</param>
    internal Dims? Dims(ReadOnlySpan<long> sizes, out string? reason)
    {
        if (sizes.Length > RankLimit)
        {
            reason = $"expected at most {RankLimit} axes, received {sizes.Length}.";
            return null;
        }

        long count = 1;
        long limit = IsComplex64 ? Array.MaxLength / 2 : Array.MaxLength;
        var dims = new Dim[sizes.Length];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] > limit / count)
            {
                reason = $"expected at most {limit} elements, received the shape ({string.Join(", ", sizes.ToArray())}).";
                return null;
            }

            count *= Math.Max(1, sizes[axis]);
            dims[axis] = (int)sizes[axis];
        }

        reason = null;
        return Nabla.Dims.Create(dims);
    }

    /// <summary>Reads elements as they lie in the file, in the element type of memory.</summary>
    internal NDArray Read(FileCursor cursor, Dims dims, bool bigEndian)
    {
        if (!IsComplex64)
        {
            return cursor.ReadElements(DType, dims, bigEndian);
        }

        ReadOnlySpan<float> parts = cursor.ReadElements(DType.Float32, dims.Insert(dims.Rank, 2), bigEndian).AsSpan<float>();
        var values = new Complex[dims.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new Complex(parts[2 * i], parts[(2 * i) + 1]);
        }

        return NDArray.Wrap(values, dims);
    }
}
