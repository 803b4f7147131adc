using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Kernels;

/// <summary>Sine and cosine.</summary>
/// <remarks>
/// |x| = n pi/2 + r with |r| at most pi/4. pi/2 is taken away in parts of 11 bits (float, five parts) or 33 bits (double, four), so that
/// n times every part but the last is exact (Cody and Waite): good for |x| up to 8192 (float) and 10^6 (double); larger arguments go lane by
/// lane to the runtime's scalar functions. sin r = r + r^3 P(r^2) and cos r = 1 - r^2/2 + r^4 Q(r^2), P and Q minimax polynomials
/// (Remez exchange in 50 digits): relative errors 2^-37 and 2^-33 (float), 2^-68 and 2^-75 (double).
/// </remarks>
internal static class TrigonometricMath
{
    /// <summary>sin x; NaN at infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static V Sin<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V sign = S.And(x, S.Constant(-0.0));
        V magnitude = S.Abs(x);
        V result = S.Xor(Quadrant<S, V, T>(magnitude, S.Zero), sign);
        V huge = S.Not(S.LessThanOrEqual(magnitude, Limit<S, V, T>()));
        return S.AnyTrue(huge) ? S.Select(huge, LaneMath.Sin<S, V, T>(x), result) : result;
    }

    /// <summary>cos x = sin(x + pi/2); NaN at infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static V Cos<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V magnitude = S.Abs(x);
        V result = Quadrant<S, V, T>(magnitude, S.Constant(1));
        V huge = S.Not(S.LessThanOrEqual(magnitude, Limit<S, V, T>()));
        return S.AnyTrue(huge) ? S.Select(huge, LaneMath.Cos<S, V, T>(x), result) : result;
    }

    [MethodImpl(SmallFunctions.Inlined)]
    private static V Limit<S, V, T>()
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Constant(typeof(T) == typeof(float) ? 8192 : 1e6);

    /// <summary>sin(x + shift pi/2) for x from 0 to the limit and a shift of 0 or 1.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    private static V Quadrant<S, V, T>(V x, V shift)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V n = S.RoundToEven(S.Multiply(x, S.Constant(0.6366197723675814)));
        V r = Reduce<S, V, T>(x, n);
        V z = S.Multiply(r, r);
        V sine, cosine;
        if (typeof(T) == typeof(float))
        {
            V p = S.Constant(2.7175644845556235e-06);
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.00019839256128761917));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.008333329111337662));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.1666666716337204));
            sine = S.FusedMultiplyAdd(S.Multiply(r, z), p, r);

            V q = S.Constant(2.4431205019936897e-05);
            q = S.FusedMultiplyAdd(q, z, S.Constant(-0.0013887305976822972));
            q = S.FusedMultiplyAdd(q, z, S.Constant(0.04166664555668831));
            cosine = S.FusedMultiplyAdd(S.Multiply(z, z), q, S.FusedNegateMultiplyAdd(z, S.Constant(0.5), S.Constant(1)));
        }
        else
        {
            V p = S.Constant(-7.577392789141124e-13);
            p = S.FusedMultiplyAdd(p, z, S.Constant(1.6058340525481433e-10));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-2.5052104708671963e-08));
            p = S.FusedMultiplyAdd(p, z, S.Constant(2.7557319213419843e-06));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.000198412698412536));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.008333333333333321));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.16666666666666666));
            sine = S.FusedMultiplyAdd(S.Multiply(r, z), p, r);

            V q = S.Constant(4.7373031541299006e-14);
            q = S.FusedMultiplyAdd(q, z, S.Constant(-1.1470275451336608e-11));
            q = S.FusedMultiplyAdd(q, z, S.Constant(2.087675420970097e-09));
            q = S.FusedMultiplyAdd(q, z, S.Constant(-2.755731921468395e-07));
            q = S.FusedMultiplyAdd(q, z, S.Constant(2.4801587301569893e-05));
            q = S.FusedMultiplyAdd(q, z, S.Constant(-0.0013888888888888872));
            q = S.FusedMultiplyAdd(q, z, S.Constant(0.041666666666666664));
            cosine = S.FusedMultiplyAdd(S.Multiply(z, z), q, S.FusedNegateMultiplyAdd(z, S.Constant(0.5), S.Constant(1)));
        }

        // Adding 1.5 * 2^(fraction bits) puts the quadrant into the lowest bits: bit 0 swaps sine and cosine, bit 1 changes the sign.
        // OR-ing bit 0 under the bits of 1 makes it comparable as a number (a lone bit would be a subnormal).
        V quadrant = S.Add(S.Add(n, shift), S.Constant(typeof(T) == typeof(float) ? 12582912.0 : 6755399441055744.0));
        V one = S.Constant(1);
        V odd = S.NotEqual(S.Or(S.And(quadrant, S.FromBits(1)), one), one);
        V sign = S.And(S.ShiftLeft(quadrant, typeof(T) == typeof(float) ? 30 : 62), S.Constant(-0.0));
        return S.Xor(S.Select(odd, cosine, sine), sign);
    }

    // r = x - n (p1 + p2 + ... ): the first differences are exact; the error of the one that rounds (e) is found again and added with the small
    // parts, so that r as a whole is rounded once.
    [MethodImpl(SmallFunctions.Inlined)]
    private static V Reduce<S, V, T>(V x, V n)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V exact = S.FusedNegateMultiplyAdd(n, S.Constant(1.5703125), x);
            exact = S.FusedNegateMultiplyAdd(n, S.Constant(0.0004837512969970703), exact);
            V high = S.FusedNegateMultiplyAdd(n, S.Constant(7.549533620476723e-08), exact);
            V e = S.FusedNegateMultiplyAdd(n, S.Constant(7.549533620476723e-08), S.Subtract(exact, high));
            V low = S.FusedNegateMultiplyAdd(n, S.Constant(2.5632829192545614e-12), e);
            return S.Add(high, S.FusedNegateMultiplyAdd(n, S.Constant(6.123234262925839e-17), low));
        }
        else
        {
            V exact = S.FusedNegateMultiplyAdd(n, S.Constant(1.5707963267341256), x);
            V high = S.FusedNegateMultiplyAdd(n, S.Constant(6.077100506303966e-11), exact);
            V e = S.FusedNegateMultiplyAdd(n, S.Constant(6.077100506303966e-11), S.Subtract(exact, high));
            V low = S.FusedNegateMultiplyAdd(n, S.Constant(2.0222662487111665e-21), e);
            return S.Add(high, S.FusedNegateMultiplyAdd(n, S.Constant(8.4784276603689e-32), low));
        }
    }
}
