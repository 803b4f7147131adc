using System.Collections.Immutable;

namespace Nabla;

/// <summary>A value in the interpreter: floating numbers carried in <typeparamref name="T"/>, whole numbers and truth values exactly; or a tuple.</summary>
internal sealed class Value<T>
{
    private readonly T[]? _floats;
    private readonly long[]? _integers;
    private readonly bool[]? _booleans;

    private Value(IrType type, T[]? floats, long[]? integers, bool[]? booleans, ImmutableArray<Value<T>> items)
    {
        Type = type;
        _floats = floats;
        _integers = integers;
        _booleans = booleans;
        Items = items;
    }

    public IrType Type { get; }

    public TensorType TensorType => (TensorType)Type;

    public Dims Dims => TensorType.Dims;

    /// <summary>The parts of a tuple; empty for a tensor.</summary>
    public ImmutableArray<Value<T>> Items { get; }

    /// <summary>The elements of a floating tensor, row-major.</summary>
    public T[] Floats => _floats ?? throw new InvalidOperationException($"Interpreter: {Type} is not floating.");

    /// <summary>The elements of a whole-number tensor (int32, int64, uint8), row-major.</summary>
    public long[] Integers => _integers ?? throw new InvalidOperationException($"Interpreter: {Type} is not of whole numbers.");

    /// <summary>The elements of a boolean tensor, row-major.</summary>
    public bool[] Booleans => _booleans ?? throw new InvalidOperationException($"Interpreter: {Type} is not boolean.");

    public static Value<T> OfFloats(TensorType type, T[] values) => new(type, values, null, null, []);

    public static Value<T> OfIntegers(TensorType type, long[] values) => new(type, null, values, null, []);

    public static Value<T> OfBooleans(TensorType type, bool[] values) => new(type, null, null, values, []);

    public static Value<T> Tuple(ImmutableArray<Value<T>> items) => new(new TupleType([.. items.Select(i => i.Type)]), null, null, null, items);

    /// <summary>The elements of <paramref name="source"/> at the given places as a tensor of another type: every movement op is this.</summary>
    public static Value<T> Take(TensorType type, Value<T> source, Func<int, int> place) => source switch
    {
        { _floats: { } f } => OfFloats(type, Pick(f, type.Dims.Count, place)),
        { _integers: { } i } => OfIntegers(type, Pick(i, type.Dims.Count, place)),
        { _booleans: { } b } => OfBooleans(type, Pick(b, type.Dims.Count, place)),
        _ => throw new InvalidOperationException("Interpreter: a tuple has no elements."),
    };

    private static TElement[] Pick<TElement>(TElement[] source, int count, Func<int, int> place)
    {
        var result = new TElement[count];
        for (int i = 0; i < count; i++)
        {
            result[i] = source[place(i)];
        }

        return result;
    }

    /// <summary>An array's values, floating ones taken in by <paramref name="math"/>.</summary>
    public static Value<T> From(NDArray array, NumberSystem<T> math)
    {
        switch (array.DType)
        {
            case DType.Float32:
                return OfFloats(array.Type, Array.ConvertAll(array.AsSpan<float>().ToArray(), x => math.FromDouble(x)));
            case DType.Float64:
                return OfFloats(array.Type, Array.ConvertAll(array.AsSpan<double>().ToArray(), math.FromDouble));
            case DType.Int32:
                return OfIntegers(array.Type, Array.ConvertAll(array.AsSpan<int>().ToArray(), x => (long)x));
            case DType.Int64:
                return OfIntegers(array.Type, array.AsSpan<long>().ToArray());
            case DType.UInt8:
                return OfIntegers(array.Type, Array.ConvertAll(array.AsSpan<byte>().ToArray(), x => (long)x));
            case DType.Boolean:
                return OfBooleans(array.Type, array.AsSpan<bool>().ToArray());
            default:
                throw new ShapeException($"Interpreter: graphs do not compute in {array.DType.Name}. Convert the array first.");
        }
    }

    /// <summary>The value as an array, floating ones rounded to the element type.</summary>
    public NDArray ToArray(NumberSystem<T> math)
    {
        TensorType type = TensorType;
        return type.DType switch
        {
            DType.Float32 => NDArray.Wrap(Array.ConvertAll(Floats, x => (float)math.ToDouble(x)), type.Dims),
            DType.Float64 => NDArray.Wrap(Array.ConvertAll(Floats, math.ToDouble), type.Dims),
            DType.Int32 => NDArray.Wrap(Array.ConvertAll(Integers, x => (int)x), type.Dims),
            DType.Int64 => NDArray.Wrap((long[])Integers.Clone(), type.Dims),
            DType.UInt8 => NDArray.Wrap(Array.ConvertAll(Integers, x => (byte)x), type.Dims),
            DType.Boolean => NDArray.Wrap((bool[])Booleans.Clone(), type.Dims),
            _ => throw new InvalidOperationException($"Interpreter: no array of {type}."),
        };
    }
}
