using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>
/// The loop language's functions over one kind of vector, under the names that <see cref="UnaryFunction"/> and <see cref="BinaryFunction"/>
/// have: what emitted code calls, and what the runtime then compiles into it.
/// </summary>
/// <remarks>Truth values are masks: lanes of all ones or all zeros in bits. In memory they are bytes of 0 and 1.</remarks>
internal static unsafe class Lanes<S, V, T>
    where S : struct, ISimd<V, T>
    where V : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = SmallFunctions.Inlined;

    // The long functions stay calls: a kernel with a dozen of them inlined took the runtime's compiler seconds and hundreds of megabytes.
    // So does what is done once a loop: each function inlined costs some fifty microseconds of compiling.
    // Optimised at once, as the first call of a plan may be its longest.
    private const MethodImplOptions Called = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    [MethodImpl(Inline)]
    public static V Broadcast(T value) => S.Broadcast(value);

    [MethodImpl(Inline)]
    public static V BroadcastTruth(bool value) => value ? S.Not(S.Zero) : S.Zero;

    /// <summary>A mask of the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(Inline)]
    public static V First(int count) => S.LessThan(S.Indices, S.Broadcast(Element.From<T>(count)));

    /// <summary>As <see cref="First"/>, as a call.</summary>
    [MethodImpl(Called)]
    public static V FirstOnce(int count) => First(count);

    [MethodImpl(Inline)]
    public static V Negate(V x) => S.Negate(x);

    [MethodImpl(Called)]
    public static V Exp(V x) => VectorMath.Exp<S, V, T>(x);

    [MethodImpl(Called)]
    public static V Log(V x) => VectorMath.Log<S, V, T>(x);

    [MethodImpl(Called)]
    public static V Log1p(V x) => VectorMath.Log1p<S, V, T>(x);

    [MethodImpl(Called)]
    public static V Expm1(V x) => VectorMath.Expm1<S, V, T>(x);

    [MethodImpl(Inline)]
    public static V Sqrt(V x) => S.Sqrt(x);

    [MethodImpl(Called)]
    public static V Tanh(V x) => VectorMath.Tanh<S, V, T>(x);

    [MethodImpl(Called)]
    public static V Sigmoid(V x) => VectorMath.Sigmoid<S, V, T>(x);

    [MethodImpl(Called)]
    public static V Softplus(V x) => VectorMath.Softplus<S, V, T>(x);

    [MethodImpl(Called)]
    public static V Sin(V x) => VectorMath.Sin<S, V, T>(x);

    [MethodImpl(Called)]
    public static V Cos(V x) => VectorMath.Cos<S, V, T>(x);

    [MethodImpl(Called)]
    public static V Erf(V x) => VectorMath.Erf<S, V, T>(x);

    [MethodImpl(Inline)]
    public static V Abs(V x) => S.Abs(x);

    [MethodImpl(Inline)]
    public static V Sign(V x) => VectorMath.Sign<S, V, T>(x);

    [MethodImpl(Inline)]
    public static V Floor(V x) => S.Floor(x);

    [MethodImpl(Inline)]
    public static V Round(V x) => S.RoundToEven(x);

    [MethodImpl(Inline)]
    public static V Not(V x) => S.Not(x);

    [MethodImpl(Inline)]
    public static V IsFinite(V x) => S.LessThan(S.Abs(x), S.Broadcast(T.PositiveInfinity));

    [MethodImpl(Inline)]
    public static V Add(V a, V b) => S.Add(a, b);

    [MethodImpl(Inline)]
    public static V Subtract(V a, V b) => S.Subtract(a, b);

    [MethodImpl(Inline)]
    public static V Multiply(V a, V b) => S.Multiply(a, b);

    [MethodImpl(Inline)]
    public static V Divide(V a, V b) => S.Divide(a, b);

    [MethodImpl(Called)]
    public static V Power(V a, V b) => VectorMath.Pow<S, V, T>(a, b);

    [MethodImpl(Inline)]
    public static V Maximum(V a, V b) => S.Max(a, b);

    [MethodImpl(Inline)]
    public static V Minimum(V a, V b) => S.Min(a, b);

    [MethodImpl(Inline)]
    public static V Less(V a, V b) => S.LessThan(a, b);

    [MethodImpl(Inline)]
    public static V LessOrEqual(V a, V b) => S.LessThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static V Equal(V a, V b) => S.Equal(a, b);

    /// <summary>Whether two truth values are the same.</summary>
    [MethodImpl(Inline)]
    public static V EqualTruth(V a, V b) => S.Not(S.Xor(a, b));

    [MethodImpl(Inline)]
    public static V And(V a, V b) => S.And(a, b);

    [MethodImpl(Inline)]
    public static V Or(V a, V b) => S.Or(a, b);

    [MethodImpl(Inline)]
    public static V Select(V condition, V whenTrue, V whenFalse) => S.Select(condition, whenTrue, whenFalse);

    /// <summary>Truth values as 0 and 1.</summary>
    [MethodImpl(Inline)]
    public static V ToNumber(V x) => S.And(x, S.Constant(1));

    /// <summary>Numbers as truth values: true where not 0, NaN too.</summary>
    [MethodImpl(Inline)]
    public static V ToTruth(V x) => S.NotEqual(x, S.Zero);

    /// <summary>The lanes as one number, in an order that only depends on the width.</summary>
    [MethodImpl(Called)]
    public static T FoldAdd(V x) => S.ReduceAdd(x);

    [MethodImpl(Called)]
    public static T FoldMaximum(V x) => S.ReduceMax(x);

    [MethodImpl(Called)]
    public static T FoldMinimum(V x) => S.ReduceMin(x);

    [MethodImpl(Called)]
    public static bool FoldAnd(V x) => !S.AnyTrue(S.Not(x));

    [MethodImpl(Called)]
    public static bool FoldOr(V x) => S.AnyTrue(x);

    /// <summary>Uniform numbers in [0, 1) of <paramref name="element"/> and those that follow.</summary>
    [MethodImpl(Called)]
    public static V Uniform(long seed, long stream, long element)
    {
        V lanes = S.Zero;
        FillUniform(seed, stream, element, (T*)&lanes, S.Width);
        return lanes;
    }

    /// <summary>Uniform numbers in [0, 1) of <paramref name="count"/> elements from <paramref name="element"/> on.</summary>
    public static void FillUniform(long seed, long stream, long element, T* target, int count)
    {
        if (Element.IsFloat<T>())
        {
            PhiloxFill.UniformSingle((ulong)seed, (ulong)stream, element, (float*)target, count);
        }
        else
        {
            PhiloxFill.UniformDouble((ulong)seed, (ulong)stream, element, (double*)target, count);
        }
    }
}
