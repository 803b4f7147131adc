using System.Diagnostics;
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
/// <example><code>
/// NDArray a = new[,] { { 1.0, 2 }, { 3, 4 } };
/// NDArray b = a.T * 2 + 1;
/// double corner = (double)b[1, 0];   // 5
/// Console.WriteLine($"{b.Type}: {b}");
/// </code></example>
[DebuggerDisplay("{ToString(\"d\"),nq}")]
public sealed class NDArray : IFormattable
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
        Debug.Assert(storage.Length == dims.Count, "The storage has the dims' number of elements.");
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

    /// <summary>
    /// An element, a sub-array or a slice: <c>x[1, 2]</c>, <c>x[^1]</c>, <c>x[1..3]</c>, <c>x[.., 3]</c>, <c>x[new Slice(.., step: 2)]</c>.
    /// An index drops its axis (a full set of them gives a scalar array), a range keeps it; axes not mentioned are taken whole.
    /// </summary>
    /// <param name="slices">One per axis, from the first; fewer than the rank is fine.</param>
    /// <remarks>Where the elements lie together, as in every slice of the first axis with step 1, memory is shared; else they are copied.</remarks>
    /// <exception cref="ShapeException">More slices than axes, or one that reaches outside its axis.</exception>
    public NDArray this[params ReadOnlySpan<Slice> slices] => NDArraySlicing.Take(this, slices);

    /// <summary>The values with aligned columns; over 1,000 elements, only three at each edge.</summary>
    public override string ToString() => NDArrayPrinting.Print(this);

    /// <summary>The values with aligned columns; format <c>d</c> puts the type before them: <c>float32[2,3]</c>.</summary>
    /// <param name="format">Nothing, or <c>d</c>.</param>
    /// <exception cref="FormatException">Another format.</exception>
    public string ToString(string? format) => format switch
    {
        null or "" => NDArrayPrinting.Print(this),
        "d" => $"{Type}\n{NDArrayPrinting.Print(this)}",
        _ => throw new FormatException($"NDArray: expected the format '' or 'd', received '{format}'."),
    };

    // Numbers print the same in every culture.
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString(format);

    /// <summary>A scalar of float32.</summary>
    public static implicit operator NDArray(float value) => NDArray.From(value);

    /// <summary>A scalar of float64.</summary>
    public static implicit operator NDArray(double value) => NDArray.From(value);

    /// <summary>A scalar of int32.</summary>
    public static implicit operator NDArray(int value) => NDArray.From(value);

    /// <summary>A scalar of int64.</summary>
    public static implicit operator NDArray(long value) => NDArray.From(value);

    /// <summary>A scalar of bool.</summary>
    public static implicit operator NDArray(bool value) => NDArray.From(value);

    /// <summary>A copy as float32[n].</summary>
    public static implicit operator NDArray(float[] values) => NDArray.From(values);

    /// <summary>A copy as float32[rows,columns].</summary>
    public static implicit operator NDArray(float[,] values) => NDArray.From(values);

    /// <summary>A copy as float32 of three axes.</summary>
    public static implicit operator NDArray(float[,,] values) => NDArray.From(values);

    /// <summary>A copy of rows of one length as float32[rows,columns].</summary>
    public static implicit operator NDArray(float[][] values) => NDArray.From(values);

    /// <summary>A copy as float64[n].</summary>
    public static implicit operator NDArray(double[] values) => NDArray.From(values);

    /// <summary>A copy as float64[rows,columns].</summary>
    public static implicit operator NDArray(double[,] values) => NDArray.From(values);

    /// <summary>A copy as float64 of three axes.</summary>
    public static implicit operator NDArray(double[,,] values) => NDArray.From(values);

    /// <summary>A copy of rows of one length as float64[rows,columns].</summary>
    public static implicit operator NDArray(double[][] values) => NDArray.From(values);

    /// <summary>A copy as int32[n].</summary>
    public static implicit operator NDArray(int[] values) => NDArray.From(values);

    /// <summary>A copy as int32[rows,columns].</summary>
    public static implicit operator NDArray(int[,] values) => NDArray.From(values);

    /// <summary>A copy as int64[n].</summary>
    public static implicit operator NDArray(long[] values) => NDArray.From(values);

    /// <summary>A copy as bool[n].</summary>
    public static implicit operator NDArray(bool[] values) => NDArray.From(values);

    /// <summary>The only element as <c>float</c>, converted as <c>AsType</c> does.</summary>
    public static explicit operator float(NDArray array) => array.Item<float>();

    /// <summary>The only element as <c>double</c>, converted as <c>AsType</c> does.</summary>
    public static explicit operator double(NDArray array) => array.Item<double>();

    /// <summary>The only element as <c>int</c>, converted as <c>AsType</c> does.</summary>
    public static explicit operator int(NDArray array) => array.Item<int>();

    /// <summary>The only element as <c>long</c>, converted as <c>AsType</c> does.</summary>
    public static explicit operator long(NDArray array) => array.Item<long>();

    /// <summary>The only element as <c>bool</c>, converted as <c>AsType</c> does.</summary>
    public static explicit operator bool(NDArray array) => array.Item<bool>();

    /// <summary>The same memory under other dims with as many elements.</summary>
    internal NDArray WithDims(Dims dims) => new(_storage, _offset, DType, dims);

    /// <summary>A run of elements as an array of the given dims, sharing memory.</summary>
    internal NDArray View(int offset, Dims dims) => new(_storage, _offset + offset, DType, dims);

    /// <summary>The values as raw bytes of this machine's order, without copying.</summary>
    /// <exception cref="OverflowException">More than 2 GiB, which no span holds: go by <see cref="ByteRun"/>.</exception>
    internal Span<byte> Bytes => ByteRun(0, checked(Count * DType.Size));

    /// <summary>A run of the raw bytes, for arrays that may be longer than a span of bytes can be.</summary>
    internal Span<byte> ByteRun(long start, int length)
    {
        Debug.Assert(start >= 0 && length >= 0 && start + length <= (long)Count * DType.Size, "The run lies within the values.");
        nint offset = (nint)(((long)_offset * DType.Size) + start);
        return MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_storage), offset), length);
    }

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
