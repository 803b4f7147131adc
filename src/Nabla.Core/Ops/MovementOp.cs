namespace Nabla.Ops;

/// <summary>Rearranges elements: each element of the result is one of the input's or, beside those, a fixed value. The author states where from, twice.</summary>
/// <remarks>
/// The interpreter's map (<see cref="Locate"/>) is over numbers, the plan's (<see cref="Op.Lower"/>) over loop expressions. They are written
/// apart on purpose: the tests compare the two.
/// </remarks>
/// <example><code>
/// bool moves = input.T.Node.Op is Nabla.Ops.MovementOp;   // true
/// </code></example>
public abstract record MovementOp : Op
{
    private protected MovementOp()
    {
    }

    /// <summary>The value of the elements that are none of the input's.</summary>
    private protected virtual Rational Beside => 0;

    /// <summary>Writes the index in the input of the element <paramref name="to"/> of the result; false where it is <see cref="Beside"/>.</summary>
    private protected abstract bool Locate(int[] to, int[] from, Dims input);

    /// <inheritdoc/>
    public sealed override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    internal sealed override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        Dims dims = context.Type.Dims;
        int[] strides = dims.Strides();
        int[] inputStrides = x.Dims.Strides();
        var to = new int[dims.Rank];
        var from = new int[x.Dims.Rank];
        int Place(int place)
        {
            Places.Unravel(place, dims, strides, to);
            return Locate(to, from, x.Dims) ? Places.Ravel(from, inputStrides) : -1;
        }

        T beside = context.Math.Constant(Beside);
        return context.Fill(
            i => Place(i) is >= 0 and var p ? x.Floats[p] : beside,
            i => Place(i) is >= 0 and var p ? x.Integers[p] : (long)Beside.Numerator,
            i => Place(i) is >= 0 and var p ? x.Booleans[p] : !Beside.Numerator.IsZero);
    }
}

/// <summary>Between places in row-major order and indices with one number an axis.</summary>
internal static class Places
{
    /// <summary>Writes the index of a place.</summary>
    public static void Unravel(int place, Dims dims, int[] strides, int[] index)
    {
        for (int i = 0; i < index.Length; i++)
        {
            index[i] = place / strides[i] % dims[i].Size;
        }
    }

    /// <summary>The place of an index.</summary>
    public static int Ravel(int[] index, int[] strides)
    {
        int place = 0;
        for (int i = 0; i < index.Length; i++)
        {
            place += index[i] * strides[i];
        }

        return place;
    }
}
