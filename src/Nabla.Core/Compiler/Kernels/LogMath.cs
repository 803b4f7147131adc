using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Kernels;

/// <summary>Natural logarithms.</summary>
/// <remarks>
/// x = 2^k m with m in [sqrt(1/2), sqrt(2)), read off the bits; with f = m - 1, log x = k ln 2 + log(1 + f), and k ln 2 is added in two
/// parts, the first exact. Float: log(1+f) = f - f^2/2 + f^3 Q(f), Q of degree 8 (weighted error 2^-30). Double, in the form that
/// fdlibm uses: with s = f/(2+f), log(1+f) = f - (f^2/2 - s (f^2/2 + s^2 R(s^2))), R of degree 7 (2^-65). Q and R are minimax polynomials
/// (Remez exchange in 50 digits).
/// </remarks>
internal static class LogMath
{
    /// <summary>log x: -infinity at 0 and -0, NaN below.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Log<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A subnormal is scaled into the normal range, where its bits mean exponent and fraction.
        V subnormal = S.LessThan(x, S.Constant(typeof(T) == typeof(float) ? 1.1754943508222875e-38 : 2.2250738585072014e-308));
        V scaled = S.Select(subnormal, S.Multiply(x, S.Constant(typeof(T) == typeof(float) ? 16777216.0 : 18014398509481984.0)), x);
        V adjust = S.And(subnormal, S.Constant(typeof(T) == typeof(float) ? -24 : -54));
        V f = Split<S, V, T>(scaled, out V k);
        V result = LogOfParts<S, V, T>(f, S.Add(k, adjust), S.Zero);
        return FixSpecial<S, V, T>(x, result);
    }

    /// <summary>log(1+x): with u = 1+x rounded and c its rounding error, log(u + c) = log u + c/u to the last digit.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V Log1p<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = S.Constant(1);
        V u = S.Add(one, x);

        // The exact error of a sum, whichever term is larger (Knuth's TwoSum).
        V back = S.Subtract(u, one);
        V c = S.Add(S.Subtract(one, S.Subtract(u, back)), S.Subtract(x, back));
        V f = Split<S, V, T>(u, out V k);
        V result = FixSpecial<S, V, T>(u, LogOfParts<S, V, T>(f, k, S.Divide(c, u)));

        V tiny = S.LessThan(S.Abs(x), S.Constant(typeof(T) == typeof(float) ? 9.313225746154785e-10 : 8.673617379884035e-19));
        return S.Select(tiny, x, result);
    }

    /// <summary>f and k of a positive normal x; anything for another x.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    private static V Split<S, V, T>(V x, out V k)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Adding the bits of 1 less those of sqrt(1/2) moves the border between exponents there and leaves k + bias in the exponent field;
        // a small whole number becomes a floating one by OR-ing it under the exponent of 2^(fraction bits).
        if (typeof(T) == typeof(float))
        {
            V bits = S.AddBits(x, S.FromBits(0x3F80_0000 - 0x3F35_04F3));
            k = S.Subtract(S.Or(S.ShiftRight(bits, 23), S.Constant(8388608.0)), S.Constant(8388608.0 + 127));
            V m = S.AddBits(S.And(bits, S.FromBits(0x007F_FFFF)), S.FromBits(0x3F35_04F3));
            return S.Subtract(m, S.Constant(1));
        }
        else
        {
            V bits = S.AddBits(x, S.FromBits(0x3FF0_0000_0000_0000 - 0x3FE6_A09E_667F_3BCD));
            k = S.Subtract(S.Or(S.ShiftRight(bits, 52), S.Constant(4503599627370496.0)), S.Constant(4503599627370496.0 + 1023));
            V m = S.AddBits(S.And(bits, S.FromBits(0x000F_FFFF_FFFF_FFFF)), S.FromBits(0x3FE6_A09E_667F_3BCD));
            return S.Subtract(m, S.Constant(1));
        }
    }

    /// <summary>k ln 2 + log(1+f) + c, for a c that is small beside the rest.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    private static V LogOfParts<S, V, T>(V f, V k, V c)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V square = S.Multiply(f, f);
        if (typeof(T) == typeof(float))
        {
            V q = S.Constant(0.06747729331254959);
            q = S.FusedMultiplyAdd(q, f, S.Constant(-0.11677514016628265));
            q = S.FusedMultiplyAdd(q, f, S.Constant(0.11888696253299713));
            q = S.FusedMultiplyAdd(q, f, S.Constant(-0.12405340373516083));
            q = S.FusedMultiplyAdd(q, f, S.Constant(0.14219452440738678));
            q = S.FusedMultiplyAdd(q, f, S.Constant(-0.16668005287647247));
            q = S.FusedMultiplyAdd(q, f, S.Constant(0.20002123713493347));
            q = S.FusedMultiplyAdd(q, f, S.Constant(-0.25000008940696716));
            q = S.FusedMultiplyAdd(q, f, S.Constant(0.3333331346511841));
            V rest = S.FusedMultiplyAdd(k, S.Constant(-2.12194440054690583e-4), c);
            rest = S.FusedMultiplyAdd(S.Multiply(square, f), q, rest);
            rest = S.FusedNegateMultiplyAdd(square, S.Constant(0.5), rest);
            return S.FusedMultiplyAdd(k, S.Constant(0.693359375), S.Add(f, rest));
        }

        V s = S.Divide(f, S.Add(f, S.Constant(2)));
        V z = S.Multiply(s, s);
        V r = S.Constant(0.1325180203566403);
        r = S.FusedMultiplyAdd(r, z, S.Constant(0.13250066263963448));
        r = S.FusedMultiplyAdd(r, z, S.Constant(0.15387093052602102));
        r = S.FusedMultiplyAdd(r, z, S.Constant(0.18181775613115214));
        r = S.FusedMultiplyAdd(r, z, S.Constant(0.2222222264745074));
        r = S.FusedMultiplyAdd(r, z, S.Constant(0.2857142856908154));
        r = S.FusedMultiplyAdd(r, z, S.Constant(0.4000000000000626));
        r = S.FusedMultiplyAdd(r, z, S.Constant(0.6666666666666666));
        V halfSquare = S.Multiply(square, S.Constant(0.5));
        V low = S.FusedMultiplyAdd(k, S.Constant(7.440617110012397e-11), c);
        low = S.FusedMultiplyAdd(s, S.FusedMultiplyAdd(z, r, halfSquare), low);
        V high = S.Multiply(k, S.Constant(0.6931471804855391));
        return S.Subtract(high, S.Subtract(S.Subtract(halfSquare, low), f));
    }

    /// <summary>The result where x is positive and finite; -infinity at zero, NaN below, x itself where it is infinity or NaN.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    private static V FixSpecial<S, V, T>(V x, V result)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V ordinary = S.And(S.GreaterThan(x, S.Zero), S.LessThan(x, S.Constant(double.PositiveInfinity)));
        V special = S.Select(S.LessThan(x, S.Zero), S.Constant(double.NaN), x);
        special = S.Select(S.Equal(x, S.Zero), S.Constant(double.NegativeInfinity), special);
        return S.Select(ordinary, result, special);
    }
}
