using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Kernels;

/// <summary>
/// Elementary functions of vectors, generic over dictionary, vector and element type. One table of names; the algorithms live beside it
/// (<see cref="ExpMath"/>, <see cref="LogMath"/>, <see cref="TrigonometricMath"/>, <see cref="ErfMath"/>).
/// </summary>
/// <remarks>
/// <para>Each function gives a lane the same bits at every width, and is right at 0, -0, NaN, infinities and subnormals. The largest errors
/// met, in units in the last place, float (one in some fifty of all bit patterns tried) and double (points in the hard regions):
/// Exp 1.1 and 1.0, Expm1 1.6 and 1.8, Log 0.8 and 0.7, Log1p 0.8 and 0.8, Tanh 2.6 and 1.6, Sigmoid 2.4 and 1.5, Softplus 1.7 and 1.2,
/// Sin 1.6 and 1.4, Cos 1.6 and 1.2, Erf 1.1 and 0.8. Pow is the runtime's. The tests hold them to 2 (Tanh and Sigmoid to 3), with and without
/// fused multiply-add.</para>
/// </remarks>
internal static class VectorMath
{
    /// <summary>e^x.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Exp<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ExpMath.Exp<S, V, T>(x);

    /// <summary>e^x - 1, without cancellation near 0.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Expm1<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ExpMath.Expm1<S, V, T>(x);

    /// <summary>The natural logarithm.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Log<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => LogMath.Log<S, V, T>(x);

    /// <summary>log(1 + x), without cancellation near 0.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Log1p<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => LogMath.Log1p<S, V, T>(x);

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Tanh<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ExpMath.Tanh<S, V, T>(x);

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Sigmoid<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ExpMath.Sigmoid<S, V, T>(x);

    /// <summary>log(1 + e^x), as max(x, 0) + log1p(e^-|x|), which neither overflows nor cancels.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Softplus<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Add(S.Max(x, S.Zero), LogMath.Log1p<S, V, T>(ExpMath.Exp<S, V, T>(S.Negate(S.Abs(x)))));

    /// <summary>The sine of x radians.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Sin<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => TrigonometricMath.Sin<S, V, T>(x);

    /// <summary>The cosine of x radians.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Cos<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => TrigonometricMath.Cos<S, V, T>(x);

    /// <summary>The error function, 2/sqrt(pi) times the integral of e^-t^2 from 0 to x.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Erf<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ErfMath.Erf<S, V, T>(x);

    /// <summary>x to the power y with the special cases of IEEE 754 (pow(x, 0) and pow(1, y) are 1 even for NaN), lane by lane: not fast.</summary>
    public static V Pow<S, V, T>(V x, V y)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => LaneMath.Pow<S, V, T>(x, y);

    /// <summary>-1, 0 or 1; 0 for -0, NaN for NaN.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Sign<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V positive = S.And(S.GreaterThan(x, S.Zero), S.Constant(1));
        V negative = S.And(S.LessThan(x, S.Zero), S.Constant(-1));
        V nan = S.And(S.NotEqual(x, x), x);
        return S.Or(S.Or(positive, negative), nan);
    }

    /// <summary>The largest whole number that is not above x.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Floor<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Floor(x);

    /// <summary>The nearest whole number, ties to the even one, as NumPy and Keras round.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Round<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.RoundToEven(x);
}
