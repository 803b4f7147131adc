namespace Nabla;

/// <summary>
/// Which element type everyday arithmetic on arrays computes in. Types that only store are widened; a floating type wins over a whole one,
/// the larger of two wins; a plain number takes the array's type where that can hold it.
/// </summary>
internal static class Promotion
{
    /// <summary>A type that graphs compute numbers in and that holds all values of <paramref name="dtype"/>.</summary>
    public static DType Number(DType dtype) => dtype switch
    {
        DType.Boolean or DType.Int8 or DType.UInt8 or DType.Int16 or DType.UInt16 => DType.Int32,
        DType.UInt32 or DType.UInt64 => DType.Int64,
        DType.Float16 or DType.BFloat16 => DType.Float32,
        DType.Complex128 => throw new ShapeException("NDArray: expected real numbers to compute with, received complex128. Convert with AsType first."),
        _ => dtype,
    };

    /// <summary>The type that sums are made in: int64 for whole numbers and truth values, as in NumPy, because many small numbers exceed their own type.</summary>
    public static DType Sum(DType dtype) => Number(dtype) is { IsFloat: true } number ? number : DType.Int64;

    /// <summary>A floating type for functions that have no whole values: float64 for whole numbers, as in NumPy.</summary>
    public static DType Float(DType dtype) => Number(dtype) is { IsFloat: true } number ? number : DType.Float64;

    /// <summary>The type in which two arrays meet.</summary>
    public static DType Common(DType a, DType b)
    {
        (DType x, DType y) = (Number(a), Number(b));
        // The order of the enumeration is int32, int64, float32, float64.
        return x > y ? x : y;
    }

    /// <summary>Both arrays in their common type.</summary>
    public static (NDArray A, NDArray B) Meet(NDArray a, NDArray b)
    {
        DType dtype = Common(a.DType, b.DType);
        return (a.AsType(dtype), b.AsType(dtype));
    }

    /// <summary>A plain number beside an array: of the array's type, or float64 where a whole type does not hold it.</summary>
    public static NDArray Like(double number, NDArray array)
    {
        DType dtype = Number(array.DType);
        bool isHeld = dtype.IsFloat || (double.IsInteger(number) && Math.Abs(number) <= (dtype == DType.Int32 ? int.MaxValue : 1L << 53));
        return NDArray.From(number).AsType(isHeld ? dtype : DType.Float64);
    }
}
