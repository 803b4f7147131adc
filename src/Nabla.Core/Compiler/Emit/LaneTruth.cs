using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>Truth values between memory, where they are bytes of 0 and 1, and masks as wide as the numbers that they are about.</summary>
internal static unsafe class LaneTruth<S, V, T>
    where S : struct, ISimd<V, T>
    where V : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostLanes = 16;

    /// <summary>The mask of as many bytes as there are lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadTruth(byte* source)
    {
        if (sizeof(V) == 64 && Avx512F.IsSupported)
        {
            return sizeof(T) == 4
                ? Unsafe.BitCast<Vector512<int>, V>(-Avx512F.ConvertToVector512Int32(Vector128.Load(source)))
                : Unsafe.BitCast<Vector512<long>, V>(-Avx512F.ConvertToVector512Int64(Vector128.CreateScalar(*(ulong*)source).AsByte()));
        }

        if (sizeof(V) == 32 && Avx2.IsSupported)
        {
            return sizeof(T) == 4
                ? Unsafe.BitCast<Vector256<int>, V>(-Avx2.ConvertToVector256Int32(source))
                : Unsafe.BitCast<Vector256<long>, V>(-Avx2.ConvertToVector256Int64(source));
        }

        if (sizeof(V) == 16 && Sse41.IsSupported)
        {
            return sizeof(T) == 4
                ? Unsafe.BitCast<Vector128<int>, V>(-Sse41.ConvertToVector128Int32(source))
                : Unsafe.BitCast<Vector128<long>, V>(-Sse41.ConvertToVector128Int64(source));
        }

        V mask = S.Zero;
        for (int i = 0; i < S.Width; i++)
        {
            ((T*)&mask)[i] = Element.FromBits<T>(source[i] != 0 ? ulong.MaxValue : 0);
        }

        return mask;
    }

    /// <summary>Stores as many bytes as there are lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTruth(byte* target, V mask)
    {
        if (sizeof(V) == 64 && Avx512F.IsSupported)
        {
            V ones = S.And(mask, S.FromBits(1));
            if (sizeof(T) == 4)
            {
                Avx512F.ConvertToVector128Byte(Unsafe.BitCast<V, Vector512<uint>>(ones)).Store(target);
            }
            else
            {
                *(ulong*)target = Avx512F.ConvertToVector128Byte(Unsafe.BitCast<V, Vector512<ulong>>(ones)).AsUInt64().ToScalar();
            }

            return;
        }

        for (int i = 0; i < S.Width; i++)
        {
            target[i] = (byte)(Element.ToBits(((T*)&mask)[i]) & 1);
        }
    }

    /// <summary>The mask of the first <paramref name="count"/> bytes; touches no memory behind them.</summary>
    public static V LoadTruthFirst(byte* source, int count)
    {
        byte* bytes = stackalloc byte[MostLanes];
        new Span<byte>(bytes, MostLanes).Clear();
        new ReadOnlySpan<byte>(source, count).CopyTo(new Span<byte>(bytes, MostLanes));
        return LoadTruth(bytes);
    }

    /// <summary>Stores the first <paramref name="count"/> bytes; touches no memory behind them.</summary>
    public static void StoreTruthFirst(byte* target, V mask, int count)
    {
        byte* bytes = stackalloc byte[MostLanes];
        StoreTruth(bytes, mask);
        new ReadOnlySpan<byte>(bytes, count).CopyTo(new Span<byte>(target, count));
    }
}
