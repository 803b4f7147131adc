using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Kernels;

/// <summary>The error function.</summary>
/// <remarks>
/// Near 0, erf x = x + x P(x^2). Further out erf|x| = 1 - e^-L(|x|) with L a polynomial near -log erfc, so one exponential serves all lanes
/// (the idea is N. Juffa's); from 3.95 (float) or 5.95 (double) on the result rounds to 1. P and L are minimax polynomials (Remez exchange in
/// 50 digits), L weighted for the relative error of erf: errors 2^-31 and 2^-34 (float), 2^-62 and 2^-66 (double).
/// </remarks>
internal static class ErfMath
{
    /// <summary>erf x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static V Erf<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V sign = S.And(x, S.Constant(-0.0));
        V magnitude = S.Abs(x);
        V z = S.Multiply(x, x);
        V bounded = S.LessOrSecond(S.Constant(typeof(T) == typeof(float) ? 3.95 : 5.95), magnitude);
        V p, l, near;
        if (typeof(T) == typeof(float))
        {
            p = S.Constant(8.345229434780777e-05);
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.0008137438562698662));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.005200634244829416));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.02685927040874958));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.11283694207668304));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.37612634897232056));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.12837916612625122));

            l = S.Constant(2.109496017510537e-05);
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-0.00043446163181215525));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(0.004171058535575867));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-0.025119416415691376));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(0.10828007012605667));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(0.6333469152450562));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(1.1295149326324463));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-0.00017468316946178675));
            near = S.LessThan(magnitude, S.Constant(0.925));
        }
        else
        {
            p = S.Constant(5.960688208552334e-11);
            p = S.FusedMultiplyAdd(p, z, S.Constant(-1.1374956732946107e-09));
            p = S.FusedMultiplyAdd(p, z, S.Constant(1.4660328772062062e-08));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-1.635039619458434e-07));
            p = S.FusedMultiplyAdd(p, z, S.Constant(1.6461008471293004e-06));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-1.4925595771502634e-05));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.00012055331132914794));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.0008548326981424025));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.005223977624828397));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.02686617064507787));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.11283791670954885));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.3761263890318375));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.1283791670955126));

            l = S.Constant(-2.257770130029406e-14);
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(1.249657968364409e-12));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-3.2748208954930654e-11));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(5.405019994529769e-10));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-6.302227844232813e-09));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(5.515706681085528e-08));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-3.753502937126646e-07));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(2.025820684481364e-06));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-8.732511177140859e-06));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(2.980500440830178e-05));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-7.751014925782005e-05));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(0.00013476917153680692));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-5.8736285382689805e-05));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-0.0005068299380098895));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(0.0016297114815060879));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-0.00016679306747087065));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-0.019149533610259773));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(0.10278048114670237));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(0.6366176936889562));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(1.1283795122821396));
            l = S.FusedMultiplyAdd(l, bounded, S.Constant(-2.7114653568782297e-08));
            near = S.LessThan(magnitude, S.Constant(1));
        }

        V tail = S.Subtract(S.Constant(1), ExpMath.Exp<S, V, T>(S.Negate(l)));
        return S.Or(S.Select(near, S.FusedMultiplyAdd(magnitude, p, magnitude), tail), sign);
    }
}
