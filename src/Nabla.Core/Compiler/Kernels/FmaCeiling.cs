using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Compiler.Kernels;

/// <summary>The most multiply-adds that one core does: the physical bound against which kernels report themselves.</summary>
internal static class FmaCeiling
{
    private const int Repetitions = 20_000;
    private const int Chains = 12;

    /// <summary>
    /// Billions of floating-point operations a second (a multiply-add counts two) of a loop that touches registers only, the best of many short runs within
    /// <paramref name="duration"/>. On the calling thread: for both cores at once, call it on two.
    /// </summary>
    /// <param name="width">The vector width.</param>
    /// <param name="dtype">Float32 or float64.</param>
    /// <param name="duration">How long to try; default 200 ms, enough for a clock to rise.</param>
    public static double Measure(SimdWidth width, DType dtype = DType.Float32, TimeSpan? duration = null)
    {
        TimeSpan time = duration ?? TimeSpan.FromMilliseconds(200);
        return dtype switch
        {
            DType.Float32 => Measure<float>(width, time),
            DType.Float64 => Measure<double>(width, time),
            _ => throw new ArgumentException($"FmaCeiling: expected float32 or float64, received {dtype.Name}.", nameof(dtype)),
        };
    }

    private static double Measure<T>(SimdWidth width, TimeSpan duration)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => width switch
        {
            SimdWidth.Scalar => Measure<SimdScalar<T>, T, T>(duration),
            SimdWidth.Bits128 => Measure<Simd128<T>, Vector128<T>, T>(duration),
            SimdWidth.Bits256 => Measure<Simd256<T>, Vector256<T>, T>(duration),
            _ => Measure<Simd512<T>, Vector512<T>, T>(duration),
        };

    private static double Measure<S, V, T>(TimeSpan duration)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double best = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            long before = Stopwatch.GetTimestamp();
            T result = Loop<S, V, T>(Repetitions);
            double seconds = Stopwatch.GetElapsedTime(before).TotalSeconds;
            best = Math.Max(best, 2.0 * Chains * S.Width * Repetitions / seconds / 1e9);
            GC.KeepAlive(T.IsNaN(result) ? null : string.Empty);
        }
        while (Stopwatch.GetElapsedTime(start) < duration);

        return best;
    }

    // Twelve chains, as in a tile; each converges to c / (1 - m), so no infinity and no subnormal slows it down.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Loop<S, V, T>(int repetitions)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V m = S.Constant(0.75), c = S.Constant(0.25);
        V a0 = S.Indices, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0, a8 = a0, a9 = a0, a10 = a0, a11 = a0;
        for (; repetitions > 0; repetitions--)
        {
            a0 = S.FusedMultiplyAdd(a0, m, c);
            a1 = S.FusedMultiplyAdd(a1, m, c);
            a2 = S.FusedMultiplyAdd(a2, m, c);
            a3 = S.FusedMultiplyAdd(a3, m, c);
            a4 = S.FusedMultiplyAdd(a4, m, c);
            a5 = S.FusedMultiplyAdd(a5, m, c);
            a6 = S.FusedMultiplyAdd(a6, m, c);
            a7 = S.FusedMultiplyAdd(a7, m, c);
            a8 = S.FusedMultiplyAdd(a8, m, c);
            a9 = S.FusedMultiplyAdd(a9, m, c);
            a10 = S.FusedMultiplyAdd(a10, m, c);
            a11 = S.FusedMultiplyAdd(a11, m, c);
        }

        V sum = S.Add(S.Add(S.Add(a0, a1), S.Add(a2, a3)), S.Add(S.Add(a4, a5), S.Add(a6, a7)));
        return S.ReduceAdd(S.Add(sum, S.Add(S.Add(a8, a9), S.Add(a10, a11))));
    }
}
