using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>Elements <c>first</c>, <c>first + 1</c>, ... of a draw at once: the numbers of <see cref="Philox"/>, four blocks at a time.</summary>
internal static unsafe class PhiloxFill
{
    private const int ElementsPerStep = 16;

    /// <summary><see cref="Philox.Bits32"/> of <paramref name="count"/> elements.</summary>
    public static void Bits32(ulong seed, ulong stream, long first, uint* target, long count) => Words(seed, stream, first, target, count, 0);

    /// <summary><see cref="Philox.UniformSingle"/> of <paramref name="count"/> elements.</summary>
    public static void UniformSingle(ulong seed, ulong stream, long first, float* target, long count)
    {
        // The bits are written where the floats will be, and turned into them in place.
        uint* bits = (uint*)target;
        Bits32(seed, stream, first, bits, count);
        long i = 0;
        for (; i + Vector256<uint>.Count <= count; i += Vector256<uint>.Count)
        {
            (Vector256.ConvertToSingle((Vector256.Load(bits + i) >> 8).AsInt32()) * Philox.TwoToMinus24).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] = (bits[i] >> 8) * Philox.TwoToMinus24;
        }
    }

    /// <summary><see cref="Philox.UniformDouble"/> of <paramref name="count"/> elements.</summary>
    public static void UniformDouble(ulong seed, ulong stream, long first, double* target, long count)
    {
        const int Chunk = 256;
        uint* upper = stackalloc uint[2 * Chunk];
        uint* lower = upper + Chunk;
        for (long start = 0; start < count; start += Chunk)
        {
            long length = Math.Min(Chunk, count - start);
            Words(seed, stream, first + start, upper, length, 0);
            Words(seed, stream, first + start, lower, length, Philox.LowerHalves);
            for (long i = 0; i < length; i++)
            {
                target[start + i] = ((((ulong)upper[i] << 32) | lower[i]) >> 11) * Philox.TwoToMinus53;
            }
        }
    }

    private static void Words(ulong seed, ulong stream, long first, uint* target, long count, uint flag)
    {
        long i = 0;

        // Single elements up to a block's border, then four blocks at a time, then single elements again.
        for (; i < count && ((first + i) & 3) != 0; i++)
        {
            target[i] = Word(seed, stream, first + i, flag);
        }

        for (; i + ElementsPerStep <= count; i += ElementsPerStep)
        {
            FourBlocks(seed, stream, (ulong)(first + i) >> 2, flag, target + i);
        }

        for (; i < count; i++)
        {
            target[i] = Word(seed, stream, first + i, flag);
        }
    }

    private static uint Word(ulong seed, ulong stream, long element, uint flag)
        => flag == 0 ? Philox.Bits32(seed, stream, element) : (uint)Philox.Bits64(seed, stream, element);

    /// <summary>
    /// Each vector holds one counter word of four blocks, in the lower halves of its 64-bit lanes; the upper halves are rubbish now and then, which the
    /// multiplication does not read.
    /// </summary>
    private static void FourBlocks(ulong seed, ulong stream, ulong block, uint flag, uint* target)
    {
        Vector256<ulong> index = Vector256.Create(block) + Vector256<ulong>.Indices;
        Vector256<ulong> c0 = index;
        Vector256<ulong> c1 = (index >> 32) | Vector256.Create((ulong)flag);
        Vector256<ulong> c2 = Vector256.Create(stream);
        Vector256<ulong> c3 = Vector256.Create(stream >> 32);
        Vector256<ulong> multiplierA = Vector256.Create((ulong)Philox.MultiplierA);
        Vector256<ulong> multiplierB = Vector256.Create((ulong)Philox.MultiplierB);
        uint k0 = (uint)seed;
        uint k1 = (uint)(seed >> 32);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Vector256<ulong> a = MultiplyLower(c0, multiplierA);
            Vector256<ulong> b = MultiplyLower(c2, multiplierB);
            c0 = (b >> 32) ^ c1 ^ Vector256.Create((ulong)k0);
            c1 = b;
            c2 = (a >> 32) ^ c3 ^ Vector256.Create((ulong)k1);
            c3 = a;
            k0 += Philox.WeylA;
            k1 += Philox.WeylB;
        }

        // Two words to a lane, then a block's two lanes side by side.
        Vector256<ulong> lower = Vector256.Create(0xFFFF_FFFFul);
        Vector256<ulong> words01 = (c0 & lower) | (c1 << 32);
        Vector256<ulong> words23 = (c2 & lower) | (c3 << 32);
        ulong* blocks = (ulong*)target;
        for (int i = 0; i < 4; i++)
        {
            blocks[2 * i] = words01.GetElement(i);
            blocks[(2 * i) + 1] = words23.GetElement(i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyLower(Vector256<ulong> a, Vector256<ulong> b)
        => Avx2.IsSupported ? Avx2.Multiply(a.AsUInt32(), b.AsUInt32()) : (a & Vector256.Create(0xFFFF_FFFFul)) * b;
}
