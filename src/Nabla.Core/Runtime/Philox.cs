using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Random numbers as a function of (seed, stream, element): Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3" (2011). There is no state, so no number depends on threads, vector widths or the order of drawing.
/// </summary>
/// <remarks>
/// <para>The contract that the interpreter and compiled plans share. A draw is known by a seed (the key) and a stream (which draw of the program, and of the
/// run, this is; the upper half of the counter); an element of it by its logical row-major index. Word <c>element mod 4</c> of block
/// <c>element / 4</c> is the element's 32 bits; the lower half of its 64 bits comes from a second set of blocks, whose counters have their
/// top bit set.</para>
/// <para>So the upper half of an element's 64 bits are its 32 bits: a float and a double of the same element agree to 2^-24, and a
/// decision that must be the same in every type (a dropout mask) is made on the 32 bits: <see cref="IsBelow"/>.</para>
/// </remarks>
internal static class Philox
{
    internal const uint MultiplierA = 0xD2511F53;
    internal const uint MultiplierB = 0xCD9E8D57;
    internal const uint WeylA = 0x9E3779B9;
    internal const uint WeylB = 0xBB67AE85;
    internal const int Rounds = 10;
    internal const float TwoToMinus24 = 1f / 16777216;
    internal const double TwoToMinus53 = 1.0 / 9007199254740992;

    /// <summary>Set in the second counter word for the blocks that give the lower halves of 64 bits.</summary>
    internal const uint LowerHalves = 0x8000_0000;

    /// <summary>The element's 32 random bits.</summary>
    public static uint Bits32(ulong seed, ulong stream, long element) => Word(seed, stream, element, 0);

    /// <summary>The element's 64 random bits; the upper half are its <see cref="Bits32"/>.</summary>
    public static ulong Bits64(ulong seed, ulong stream, long element)
        => ((ulong)Word(seed, stream, element, 0) << 32) | Word(seed, stream, element, LowerHalves);

    /// <summary>Uniform on [0, 1), a multiple of 2^-24.</summary>
    public static float UniformSingle(ulong seed, ulong stream, long element) => (Bits32(seed, stream, element) >> 8) * TwoToMinus24;

    /// <summary>Uniform on [0, 1), a multiple of 2^-53.</summary>
    public static double UniformDouble(ulong seed, ulong stream, long element) => (Bits64(seed, stream, element) >> 11) * TwoToMinus53;

    /// <summary>Standard normal, from the element's 32 bits; within 6.4 standard deviations.</summary>
    public static float NormalSingle(ulong seed, ulong stream, long element)
        => (float)NormalDistribution.Quantile((Bits32(seed, stream, element) + 0.5) * (1.0 / 4294967296.0));

    /// <summary>Standard normal, from 53 of the element's bits.</summary>
    public static double NormalDouble(ulong seed, ulong stream, long element)
        => NormalDistribution.Quantile(((Bits64(seed, stream, element) >> 11) + 0.5) * TwoToMinus53);

    /// <summary>True with the given probability: the same answer whatever type the program computes in.</summary>
    public static bool IsBelow(ulong seed, ulong stream, long element, double probability)
        => Bits32(seed, stream, element) < probability * 4294967296.0;

    /// <summary>The block function: four words from a counter of four words and a key of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (uint Word0, uint Word1, uint Word2, uint Word3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong a = (ulong)c0 * MultiplierA;
            ulong b = (ulong)c2 * MultiplierB;
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += WeylA;
            k1 += WeylB;
        }

        return (c0, c1, c2, c3);
    }

    private static uint Word(ulong seed, ulong stream, long element, uint flag)
    {
        ulong block = (ulong)element >> 2;
        (uint word0, uint word1, uint word2, uint word3) = Block(
            (uint)block, (uint)(block >> 32) | flag, (uint)stream, (uint)(stream >> 32), (uint)seed, (uint)(seed >> 32));
        return (element & 3) switch
        {
            0 => word0,
            1 => word1,
            2 => word2,
            _ => word3,
        };
    }
}
