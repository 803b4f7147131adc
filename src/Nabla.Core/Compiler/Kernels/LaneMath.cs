using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Kernels;

/// <summary>
/// What is computed one lane after the other with the runtime's scalar functions in double: a float result is then rounded correctly in all
/// but a few cases, and every width agrees by construction. Slow (tens of nanoseconds a lane), so only for the rare and the difficult.
/// </summary>
internal static unsafe class LaneMath
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Pow<S, V, T>(V x, V y)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* bases = (T*)&x;
        T* exponents = (T*)&y;
        for (int i = 0; i < S.Width; i++)
        {
            bases[i] = Element.From<T>(Math.Pow(Element.ToDouble(bases[i]), Element.ToDouble(exponents[i])));
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Sin<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* lanes = (T*)&x;
        for (int i = 0; i < S.Width; i++)
        {
            lanes[i] = Element.From<T>(Math.Sin(Element.ToDouble(lanes[i])));
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Cos<S, V, T>(V x)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* lanes = (T*)&x;
        for (int i = 0; i < S.Width; i++)
        {
            lanes[i] = Element.From<T>(Math.Cos(Element.ToDouble(lanes[i])));
        }

        return x;
    }
}
