using System.Numerics;
using Nabla.Compiler.Kernels;

namespace Nabla.Core.Tests.Kernels;

public sealed class SimdWidthTests
{
    public static TheoryData<string> Names => [.. LaneFunctions.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_width_gives_each_float_lane_the_same_bits(string name) => EveryWidthAgrees<float>(name, bits => BitConverter.UInt32BitsToSingle((uint)bits));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_width_gives_each_double_lane_the_same_bits(string name) => EveryWidthAgrees<double>(name, BitConverter.UInt64BitsToDouble);

    private static void EveryWidthAgrees<T>(string name, Func<ulong, T> fromBits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(7);
        T[] special = [T.Zero, -T.Zero, T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, -T.Epsilon, T.One, -T.One, T.CreateSaturating(88.7), T.CreateSaturating(709.5)];
        T[] Operand(int count) => [.. Enumerable.Range(0, count).Select(i => (i % 3) switch
        {
            0 => fromBits((ulong)random.NextInt64(long.MinValue, long.MaxValue)),
            1 => T.CreateSaturating((random.NextDouble() - 0.5) * 20),
            _ => special[random.Next(special.Length)],
        })];

        // 997 is prime: every width has a tail.
        T[] a = Operand(997), b = Operand(997), c = Operand(997);
        T[] expected = LaneFunctions.Apply(name, SimdWidth.Scalar, a, b, c);
        foreach (SimdWidth width in new[] { SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512 })
        {
            T[] actual = LaneFunctions.Apply(name, width, a, b, c);
            for (int i = 0; i < a.Length; i++)
            {
                // Which NaN a NaN is is left open.
                bool same = Element.ToBits(expected[i]) == Element.ToBits(actual[i]) || (T.IsNaN(expected[i]) && T.IsNaN(actual[i]));
                Assert.True(same, $"{name}({a[i]:R}, {b[i]:R}, {c[i]:R}) at {width}: {actual[i]:R}, scalar {expected[i]:R}");
            }
        }
    }
}
