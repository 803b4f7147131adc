using System.Collections.Immutable;

namespace Nabla;

/// <summary>What an op sees when the interpreter evaluates it.</summary>
internal sealed class EvaluationContext<T>(Node node, ImmutableArray<Value<T>> inputs, NumberSystem<T> math)
{
    public Node Node => node;

    public ImmutableArray<Value<T>> Inputs => inputs;

    /// <summary>Arithmetic over the number type that carries floating values.</summary>
    public NumberSystem<T> Math => math;

    /// <summary>The type of the result.</summary>
    public TensorType Type => node.TensorType;

    /// <summary>A result made element by element (row-major place), by the maker that suits the result's element type.</summary>
    public Value<T> Fill(Func<int, T> floats, Func<int, long> integers, Func<int, bool> booleans)
    {
        int count = Type.Dims.Count;
        return Type.DType switch
        {
            DType.Float32 or DType.Float64 => Value<T>.OfFloats(Type, Make(count, floats)),
            DType.Boolean => Value<T>.OfBooleans(Type, Make(count, booleans)),
            _ => Value<T>.OfIntegers(Type, Make(count, i => Wrap(integers(i)))),
        };
    }

    /// <summary>A boolean result made element by element.</summary>
    public Value<T> FillBooleans(Func<int, bool> booleans) => Value<T>.OfBooleans(Type, Make(Type.Dims.Count, booleans));

    private static TElement[] Make<TElement>(int count, Func<int, TElement> element)
    {
        var result = new TElement[count];
        for (int i = 0; i < count; i++)
        {
            result[i] = element(i);
        }

        return result;
    }

    /// <summary>The sum of two whole numbers in the result's element type.</summary>
    public long AddIntegers(long a, long b) => Wrap(unchecked(a + b));

    // Whole numbers wrap as the machine's do.
    private long Wrap(long value) => Type.DType switch
    {
        DType.Int32 => unchecked((int)value),
        DType.UInt8 => unchecked((byte)value),
        _ => value,
    };
}
