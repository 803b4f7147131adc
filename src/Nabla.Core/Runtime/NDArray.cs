using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Values: an element type, dims and row-major memory. Immutable, so arrays may be shared between threads and leading slices share memory.
/// Nobody disposes one.
/// </summary>
/// <remarks>
/// A <see cref="Tensor"/> is a promise of values in a graph; an <see cref="NDArray"/> holds them. Operators and functions on arrays
/// (<c>x * w + b</c>, <c>Exp</c>, <c>Dot</c>) run the same ops at once.
/// </remarks>
public sealed class NDArray
{
    // A T[] of the element type's .NET type; this array's elements are [_offset, _offset + Count).
    private readonly Array _storage;
    private readonly int _offset;

    private NDArray(Array storage, int offset, DType dtype, Dims dims)
    {
        _storage = storage;
        _offset = offset;
        DType = dtype;
        Dims = dims;
    }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>The dimensions, outermost first.</summary>
    public Dims Dims { get; }

    /// <summary>The number of elements.</summary>
    public int Count => Dims.Count;

    /// <summary>The number of axes.</summary>
    public int Rank => Dims.Rank;

    /// <summary>Element type and dims.</summary>
    public TensorType Type => new(DType, Dims);

    /// <summary>An array of the given dims with a copy of the values, in row-major order.</summary>
    /// <exception cref="ShapeException">The number of values is not the product of the dims.</exception>
    public static NDArray Create<T>(ReadOnlySpan<T> values, Dims dims)
        where T : unmanaged
    {
        DType dtype = DTypeFacts.Of<T>();
        if (values.Length != dims.Count)
        {
            throw new ShapeException($"NDArray: expected {dims.Count} values for dims {dims}, received {values.Length}.");
        }

        return new NDArray(values.ToArray(), 0, dtype, dims);
    }

    /// <summary>An array that takes over <paramref name="storage"/> without copying: the caller keeps no reference to it.</summary>
    internal static NDArray Wrap<T>(T[] storage, Dims dims)
        where T : unmanaged
    {
        System.Diagnostics.Debug.Assert(storage.Length == dims.Count, "The storage has the dims' number of elements.");
        return new NDArray(storage, 0, DTypeFacts.Of<T>(), dims);
    }

    /// <summary>An array of zeros (false for booleans).</summary>
    public static NDArray Zeros(DType dtype, Dims dims) => new(NewStorage(dtype, dims.Count), 0, dtype, dims);

    /// <summary>The values in row-major order, without copying.</summary>
    /// <exception cref="ShapeException"><typeparamref name="T"/> is not the .NET type of <see cref="DType"/>.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        if (_storage is not T[] values)
        {
            throw new ShapeException($"NDArray: expected values of {DType.Name} to be read as {ElementType(DType).Name}, received a request for {typeof(T).Name}. Use AsType({nameof(DType)}.{DTypeFacts.Of<T>()}) to convert first.");
        }

        return values.AsSpan(_offset, Count);
    }

    /// <summary>The same memory under other dims with as many elements.</summary>
    internal NDArray WithDims(Dims dims) => new(_storage, _offset, DType, dims);

    /// <summary>A run of elements as an array of the given dims, sharing memory.</summary>
    internal NDArray View(int offset, Dims dims) => new(_storage, _offset + offset, DType, dims);

    /// <summary>The values as raw bytes of this machine's order, without copying.</summary>
    internal Span<byte> Bytes =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_storage), (nint)_offset * DType.Size), Count * DType.Size);

    /// <summary>The array under this one and where it begins there: for pinning while a plan reads it.</summary>
    internal (Array Storage, int Offset) Memory => (_storage, _offset);

    /// <summary>The .NET type of one element.</summary>
    internal static Type ElementType(DType dtype) => NewStorage(dtype, 0).GetType().GetElementType()!;

    private static Array NewStorage(DType dtype, int count) => dtype switch
    {
        DType.Boolean => new bool[count],
        DType.Int8 => new sbyte[count],
        DType.Int16 => new short[count],
        DType.Int32 => new int[count],
        DType.Int64 => new long[count],
        DType.UInt8 => new byte[count],
        DType.UInt16 => new ushort[count],
        DType.UInt32 => new uint[count],
        DType.UInt64 => new ulong[count],
        DType.Float16 => new Half[count],
        DType.BFloat16 => new BFloat16[count],
        DType.Float32 => new float[count],
        DType.Float64 => new double[count],
        DType.Complex128 => new System.Numerics.Complex[count],
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not an element type."),
    };
}
