using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Kernels;

/// <summary>e^x and what is made of it.</summary>
/// <remarks>
/// x = n ln 2 + r with |r| at most ln(2)/2, so e^x = 2^n e^r. The product n ln 2 is subtracted in two parts, the first short enough to
/// be exact (Cody and Waite). e^r - 1 = r + r^2 P(r), where P is a minimax polynomial (Remez exchange in 50 digits, weighted for the
/// relative error of e^r - 1): of degree 4 for float (error 2^-26.1 of e^r - 1, 2^-28 of e^r), degree 10 for double (2^-61).
/// </remarks>
internal static class ExpMath
{
    private const double Log2E = 1.4426950408889634;

    /// <summary>e^x. Overflows to infinity, underflows gradually to 0.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Exp<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Beyond these bounds the result is infinity or 0 anyway; NaN passes through (it is the second operand).
        x = S.LessOrSecond(S.Constant(typeof(T) == typeof(float) ? 89 : 710), x);
        x = S.GreaterOrSecond(S.Constant(typeof(T) == typeof(float) ? -104 : -746), x);
        V power = S.Add(ReducedExpm1<S, V, T>(x, out V n), S.Constant(1));

        // 2^n in two factors: n itself may lie outside the normal exponents where the result is huge or subnormal. Only the last product rounds.
        V half = S.Floor(S.Multiply(n, S.Constant(0.5)));
        power = S.Multiply(power, PowerOfTwo<S, V, T>(half));
        return S.Multiply(power, PowerOfTwo<S, V, T>(S.Subtract(n, half)));
    }

    /// <summary>e^x - 1 = 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2)); halved so that 2^n fits where the result does.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Expm1<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V bounded = S.LessOrSecond(S.Constant(typeof(T) == typeof(float) ? 89 : 710), x);
        bounded = S.GreaterOrSecond(S.Constant(typeof(T) == typeof(float) ? -18 : -38), bounded);
        V q = ReducedExpm1<S, V, T>(bounded, out V n);
        V half = PowerOfTwo<S, V, T>(S.Subtract(n, S.Constant(1)));
        V result = S.FusedMultiplyAdd(half, q, S.Subtract(half, S.Constant(0.5)));
        result = S.Add(result, result);

        // So near 0 the result is x; the halving above would lose a subnormal's last bit, and the sign of -0.
        V tiny = S.LessThan(S.Abs(x), S.Constant(typeof(T) == typeof(float) ? 9.313225746154785e-10 : 8.673617379884035e-19));
        return S.Select(tiny, x, result);
    }

    /// <summary>1/(1+e) for x at least 0 and e/(1+e) below, with e = e^-|x|: no overflow, and small values keep their digits.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Sigmoid<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = S.Constant(1);
        V e = Exp<S, V, T>(S.Negate(S.Abs(x)));
        return S.Divide(S.Select(S.LessThan(x, S.Zero), e, one), S.Add(one, e));
    }

    /// <summary>With t = e^2|x| - 1: tanh|x| = t / (t + 2).</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Tanh<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From 10 (float) or 20 (double) on the result rounds to 1; the bound keeps t finite.
        V magnitude = S.LessOrSecond(S.Constant(typeof(T) == typeof(float) ? 10 : 20), S.Abs(x));
        V t = Expm1<S, V, T>(S.Add(magnitude, magnitude));
        V sign = S.And(x, S.Constant(-0.0));
        return S.Or(S.Divide(t, S.Add(t, S.Constant(2))), sign);
    }

    /// <summary>e^r - 1 with x = n ln 2 + r, for x within the bounds of <see cref="Exp"/>.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    private static V ReducedExpm1<S, V, T>(V x, out V n)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        n = S.RoundToEven(S.Multiply(x, S.Constant(Log2E)));
        V r, p;
        if (typeof(T) == typeof(float))
        {
            r = S.FusedNegateMultiplyAdd(n, S.Constant(0.693359375), x);
            r = S.FusedNegateMultiplyAdd(n, S.Constant(-2.12194440054690583e-4), r);
            p = S.Constant(0.001388239674270153);
            p = S.FusedMultiplyAdd(p, r, S.Constant(0.008367180824279785));
            p = S.FusedMultiplyAdd(p, r, S.Constant(0.04166722297668457));
            p = S.FusedMultiplyAdd(p, r, S.Constant(0.16666539013385773));
            p = S.FusedMultiplyAdd(p, r, S.Constant(0.4999999701976776));
        }
        else
        {
            r = S.FusedNegateMultiplyAdd(n, S.Constant(0.6931471804855391), x);
            r = S.FusedNegateMultiplyAdd(n, S.Constant(7.440617110012397e-11), r);
            p = S.Constant(2.087532882518637e-09);
            p = S.FusedMultiplyAdd(p, r, S.Constant(2.5110110780397706e-08));
            p = S.FusedMultiplyAdd(p, r, S.Constant(2.7557405897374905e-07));
            p = S.FusedMultiplyAdd(p, r, S.Constant(2.755724136633372e-06));
            p = S.FusedMultiplyAdd(p, r, S.Constant(2.480158716481379e-05));
            p = S.FusedMultiplyAdd(p, r, S.Constant(0.00019841269888686315));
            p = S.FusedMultiplyAdd(p, r, S.Constant(0.0013888888888968314));
            p = S.FusedMultiplyAdd(p, r, S.Constant(0.008333333333320737));
            p = S.FusedMultiplyAdd(p, r, S.Constant(0.04166666666666649));
            p = S.FusedMultiplyAdd(p, r, S.Constant(0.16666666666666677));
            p = S.FusedMultiplyAdd(p, r, S.Constant(0.5));
        }

        return S.FusedMultiplyAdd(S.Multiply(r, r), p, r);
    }

    /// <summary>2^n for whole n within the normal exponents, by bits: adding 1.5 * 2^(fraction bits) leaves n, biased, in the lowest bits.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    private static V PowerOfTwo<S, V, T>(V n)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? S.ShiftLeft(S.Add(n, S.Constant(12582912.0 + 127)), 23)
            : S.ShiftLeft(S.Add(n, S.Constant(6755399441055744.0 + 1023)), 52);
}
