using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>
/// Parts of vectors between memory and lanes; and truth values, which are bytes of 0 and 1 in memory and masks as wide as the numbers that
/// they are about in lanes.
/// </summary>
internal static unsafe class LaneMemory<S, V, T>
    where S : struct, ISimd<V, T>
    where V : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostLanes = 16;

    /// <summary>The lanes of the mask, zeros in the others; touches no memory of the others.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V LoadMasked(T* source, V mask)
    {
        if (sizeof(V) == 64 && Avx512F.IsSupported)
        {
            return sizeof(T) == 4
                ? Unsafe.BitCast<Vector512<float>, V>(Avx512F.MaskLoad((float*)source, Unsafe.BitCast<V, Vector512<float>>(mask), Vector512<float>.Zero))
                : Unsafe.BitCast<Vector512<double>, V>(Avx512F.MaskLoad((double*)source, Unsafe.BitCast<V, Vector512<double>>(mask), Vector512<double>.Zero));
        }

        if (sizeof(V) == 32 && Avx.IsSupported)
        {
            return sizeof(T) == 4
                ? Unsafe.BitCast<Vector256<float>, V>(Avx.MaskLoad((float*)source, Unsafe.BitCast<V, Vector256<float>>(mask)))
                : Unsafe.BitCast<Vector256<double>, V>(Avx.MaskLoad((double*)source, Unsafe.BitCast<V, Vector256<double>>(mask)));
        }

        V result = S.Zero;
        for (int i = 0; i < S.Width; i++)
        {
            ((T*)&result)[i] = Element.ToBits(((T*)&mask)[i]) != 0 ? source[i] : T.Zero;
        }

        return result;
    }

    /// <summary>Stores the lanes of the mask; touches no memory of the others.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static void StoreMasked(T* target, V value, V mask)
    {
        if (sizeof(V) == 64 && Avx512F.IsSupported)
        {
            if (sizeof(T) == 4)
            {
                Avx512F.MaskStore((float*)target, Unsafe.BitCast<V, Vector512<float>>(mask), Unsafe.BitCast<V, Vector512<float>>(value));
            }
            else
            {
                Avx512F.MaskStore((double*)target, Unsafe.BitCast<V, Vector512<double>>(mask), Unsafe.BitCast<V, Vector512<double>>(value));
            }

            return;
        }

        if (sizeof(V) == 32 && Avx.IsSupported)
        {
            if (sizeof(T) == 4)
            {
                Avx.MaskStore((float*)target, Unsafe.BitCast<V, Vector256<float>>(mask), Unsafe.BitCast<V, Vector256<float>>(value));
            }
            else
            {
                Avx.MaskStore((double*)target, Unsafe.BitCast<V, Vector256<double>>(mask), Unsafe.BitCast<V, Vector256<double>>(value));
            }

            return;
        }

        for (int i = 0; i < S.Width; i++)
        {
            if (Element.ToBits(((T*)&mask)[i]) != 0)
            {
                target[i] = ((T*)&value)[i];
            }
        }
    }

    /// <summary>As <see cref="LoadMasked"/>, as a call: what runs once a kernel is not worth inlining.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V LoadMaskedOnce(T* source, V mask) => LoadMasked(source, mask);

    /// <summary>As <see cref="StoreMasked"/>, as a call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void StoreMaskedOnce(T* target, V value, V mask) => StoreMasked(target, value, mask);

    /// <summary>The mask of as many bytes as there are lanes.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
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
    [MethodImpl(SmallFunctions.Inlined)]
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

    /// <summary>The numbers of as many bytes as there are lanes.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V LoadUInt8(byte* source)
    {
        if (sizeof(V) == 64 && Avx512F.IsSupported)
        {
            return sizeof(T) == 4
                ? Unsafe.BitCast<Vector512<float>, V>(Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector128.Load(source))))
                : Unsafe.BitCast<Vector512<double>, V>(Avx512F.ConvertToVector512Double(Avx2.ConvertToVector256Int32(source)));
        }

        if (sizeof(V) == 32 && Avx2.IsSupported)
        {
            return sizeof(T) == 4
                ? Unsafe.BitCast<Vector256<float>, V>(Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(source)))
                : Unsafe.BitCast<Vector256<double>, V>(Avx.ConvertToVector256Double(Sse41.ConvertToVector128Int32(source)));
        }

        V result = S.Zero;
        for (int i = 0; i < S.Width; i++)
        {
            ((T*)&result)[i] = Element.From<T>(source[i]);
        }

        return result;
    }

    /// <summary>The numbers of as many int32 as there are lanes.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static V LoadInt32(int* source)
    {
        if (sizeof(V) == 64 && Avx512F.IsSupported)
        {
            return sizeof(T) == 4
                ? Unsafe.BitCast<Vector512<float>, V>(Avx512F.ConvertToVector512Single(Vector512.Load(source)))
                : Unsafe.BitCast<Vector512<double>, V>(Avx512F.ConvertToVector512Double(Vector256.Load(source)));
        }

        if (sizeof(V) == 32 && Avx.IsSupported)
        {
            return sizeof(T) == 4
                ? Unsafe.BitCast<Vector256<float>, V>(Avx.ConvertToVector256Single(Vector256.Load(source)))
                : Unsafe.BitCast<Vector256<double>, V>(Avx.ConvertToVector256Double(Vector128.Load(source)));
        }

        V result = S.Zero;
        for (int i = 0; i < S.Width; i++)
        {
            ((T*)&result)[i] = Element.From<T>(source[i]);
        }

        return result;
    }

    /// <summary>The numbers of the first <paramref name="count"/> bytes; touches no memory behind them.</summary>
    public static V LoadUInt8First(byte* source, int count)
    {
        byte* bytes = stackalloc byte[MostLanes];
        new ReadOnlySpan<byte>(source, count).CopyTo(new Span<byte>(bytes, MostLanes));
        return LoadUInt8(bytes);
    }

    /// <summary>The numbers of the first <paramref name="count"/> int32; touches no memory behind them.</summary>
    public static V LoadInt32First(int* source, int count)
    {
        int* values = stackalloc int[MostLanes];
        new ReadOnlySpan<int>(source, count).CopyTo(new Span<int>(values, MostLanes));
        return LoadInt32(values);
    }
}
