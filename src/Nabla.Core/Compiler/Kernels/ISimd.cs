namespace Nabla.Compiler.Kernels;

/// <summary>
/// Arithmetic on raw vectors of one width and one element type, as a dictionary of static functions: an algorithm generic over
/// (<c>S</c>, <c>V</c>, <c>T</c>) is written once and compiled for each width and for <see cref="float"/> and <see cref="double"/>.
/// </summary>
/// <remarks>
/// <para>The vectors stay the runtime's own types (no wrapper structs), so the compiler keeps them in registers. The scalar dictionary has the
/// element itself as its vector, of width 1.</para>
/// <para>Every member but the three reductions gives each lane the same bits at every width on one machine: an algorithm made of
/// them may treat a loop's tail with the scalar dictionary, and thread and tile borders never show in a result.</para>
/// <para>A mask is a vector whose lanes are all ones or all zeros in bits.</para>
/// </remarks>
/// <typeparam name="TVector">The vector, <c>V</c> in algorithms.</typeparam>
/// <typeparam name="TElement">The element, <c>T</c> in algorithms.</typeparam>
internal unsafe interface ISimd<TVector, TElement>
    where TVector : unmanaged
    where TElement : unmanaged
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Width { get; }

    // Memory. No alignment is asked for.
    static abstract TVector Load(TElement* source);

    static abstract void Store(TElement* target, TVector value);

    /// <summary>The first <paramref name="count"/> (0 to Width) elements, zeros in the other lanes; touches no memory behind them.</summary>
    static abstract TVector LoadFirst(TElement* source, int count);

    /// <summary>Stores the first <paramref name="count"/> (0 to Width) lanes; touches no memory behind them.</summary>
    static abstract void StoreFirst(TElement* target, TVector value, int count);

    // Constants.
    static abstract TVector Zero { get; }

    /// <summary>0, 1, 2, ... by lane.</summary>
    static abstract TVector Indices { get; }

    static abstract TVector Broadcast(TElement value);

    /// <summary>The element nearest to <paramref name="value"/> in all lanes; folds to a constant when the argument is one.</summary>
    static abstract TVector Constant(double value);

    /// <summary>The element whose bits are <paramref name="bits"/> (their low half for float) in all lanes.</summary>
    static abstract TVector FromBits(ulong bits);

    // Arithmetic: each rounds once, as IEEE 754 says.
    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a*b + c: one rounding where the processor has the instruction, else two (in every dictionary alike).</summary>
    static abstract TVector FusedMultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>c - a*b: one rounding where the processor has the instruction, else two.</summary>
    static abstract TVector FusedNegateMultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Negate(TVector a);

    static abstract TVector Abs(TVector a);

    static abstract TVector Sqrt(TVector a);

    static abstract TVector Floor(TVector a);

    /// <summary>The nearest whole number, ties to the even one.</summary>
    static abstract TVector RoundToEven(TVector a);

    /// <summary>NaN if a or b is NaN, else the smaller; <paramref name="b"/> where they compare equal, so (0, -0) gives -0 and (-0, 0) gives 0.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>NaN if a or b is NaN, else the larger; <paramref name="b"/> where they compare equal, so (0, -0) gives -0 and (-0, 0) gives 0.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>a &lt; b ? a : b, so <paramref name="b"/> where either is NaN: one instruction, to clamp against a constant <paramref name="a"/>.</summary>
    static abstract TVector LessOrSecond(TVector a, TVector b);

    /// <summary>a &gt; b ? a : b, so <paramref name="b"/> where either is NaN: one instruction, to clamp against a constant <paramref name="a"/>.</summary>
    static abstract TVector GreaterOrSecond(TVector a, TVector b);

    // Comparisons: false where either side is NaN, but NotEqual, which is true there.
    static abstract TVector Equal(TVector a, TVector b);

    static abstract TVector NotEqual(TVector a, TVector b);

    static abstract TVector LessThan(TVector a, TVector b);

    static abstract TVector LessThanOrEqual(TVector a, TVector b);

    static abstract TVector GreaterThan(TVector a, TVector b);

    static abstract TVector GreaterThanOrEqual(TVector a, TVector b);

    /// <summary>mask ? a : b, lane by lane.</summary>
    static abstract TVector Select(TVector mask, TVector a, TVector b);

    /// <summary>Whether a lane of the mask is set.</summary>
    static abstract bool AnyTrue(TVector mask);

    // Bits.
    static abstract TVector And(TVector a, TVector b);

    /// <summary>a and not b.</summary>
    static abstract TVector AndNot(TVector a, TVector b);

    static abstract TVector Or(TVector a, TVector b);

    static abstract TVector Xor(TVector a, TVector b);

    static abstract TVector Not(TVector a);

    /// <summary>Adds the lanes' bits as unsigned integers of the element's size.</summary>
    static abstract TVector AddBits(TVector a, TVector b);

    /// <summary>Subtracts the lanes' bits as unsigned integers of the element's size.</summary>
    static abstract TVector SubtractBits(TVector a, TVector b);

    static abstract TVector ShiftLeft(TVector a, int count);

    /// <summary>Shifts zeros in from the left.</summary>
    static abstract TVector ShiftRight(TVector a, int count);

    // Reductions over the lanes, in the fixed order "upper half onto lower half until one is left": the only members whose value depends on the width.
    static abstract TElement ReduceAdd(TVector a);

    static abstract TElement ReduceMin(TVector a);

    static abstract TElement ReduceMax(TVector a);
}
