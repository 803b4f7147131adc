using System.Numerics;
using Nabla.Compiler;
using Nabla.Compiler.Kernels;

namespace Nabla.Core.Tests.Kernels;

public sealed class GemmTests
{
    private static readonly int[] Sizes = [0, 1, 2, 3, 5, 6, 7, 9, 15, 16, 17, 31, 32, 33, 64, 65, 127, 129];

    // Every size in every position, beside sizes that have nothing to do with it; and the shapes that need blocks of rows and of k.
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int> shapes = [];
            HashSet<(int, int, int)> seen = [];
            for (int i = 0; i < Sizes.Length; i++)
            {
                (int x, int y, int z) = (Sizes[i], Sizes[((5 * i) + 3) % Sizes.Length], Sizes[((7 * i) + 11) % Sizes.Length]);
                foreach ((int m, int n, int k) in new[] { (x, y, z), (y, z, x), (z, x, y), (x, z, y) })
                {
                    if (seen.Add((m, n, k)))
                    {
                        shapes.Add(m, n, k);
                    }
                }
            }

            shapes.Add(500, 20, 10);
            shapes.Add(5, 70, 900);
            shapes.Add(245, 9, 400);
            shapes.Add(1, 300, 50);
            shapes.Add(20, 300, 20);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Float_products_are_the_sums_over_k_in_order_bit_for_bit_at_every_width(int m, int n, int k) => EveryWidthMatches<float>(m, n, k);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Double_products_are_the_sums_over_k_in_order_bit_for_bit_at_every_width(int m, int n, int k) => EveryWidthMatches<double>(m, n, k);

    [Fact]
    public void Small_sizes_all_work_together()
    {
        Random random = new(3);
        int[] small = [0, 1, 2, 3, 4, 5, 7, 8, 13];
        foreach (int m in small)
        {
            foreach (int n in small)
            {
                foreach (int k in new[] { 0, 1, 3 })
                {
                    GemmCase<float> product = new(m, n, k, (m & 1) == 0, (n & 1) == 0, () => random.Next(-9, 10));
                    Assert.Equal(product.Expected(), product.Run(SimdChoice.Current));
                    Assert.Equal(product.Expected(true), product.Run(SimdChoice.Current, true));
                }
            }
        }
    }

    // |C - exact| / (eps (|A||B| + |C0|)), the gauge of the BLAS test programs, which allow 16.
    [Theory]
    [InlineData(33, 65, 129)]
    [InlineData(7, 31, 300)]
    [InlineData(64, 10, 784)]
    public void The_error_of_a_product_is_within_the_BLAS_gauge(int m, int n, int k)
    {
        Assert.InRange(WorstRatio<float>(m, n, k, Math.ScaleB(1, -24)), 0, 16);
        Assert.InRange(WorstRatio<double>(m, n, k, Math.ScaleB(1, -53)), 0, 16);
    }

    [Theory]
    [InlineData(65, 70, 40)]
    [InlineData(300, 33, 600)]
    [InlineData(3, 500, 100)]
    [InlineData(700, 17, 9)]
    [InlineData(250, 300, 30)]
    public void No_split_of_the_tiles_changes_a_bit(int m, int n, int k)
    {
        Random random = new(11);
        foreach (bool transposed in new[] { false, true })
        {
            GemmCase<float> product = new(m, n, k, transposed, transposed, () => random.NextSingle() - 0.5f);
            float[] whole = product.Run(SimdChoice.Current);
            Assert.Equal(whole, product.Run(SimdChoice.Current, split: count => Enumerable.Range(0, count).Reverse().Select(tile => (tile, tile + 1))));
            foreach (int workers in new[] { 2, 3, 7 })
            {
                Assert.Equal(whole, product.Run(SimdChoice.Current, split: count =>
                    Enumerable.Range(0, workers).Select(worker => ((int)((long)count * worker / workers), (int)((long)count * (worker + 1) / workers)))));
            }
        }
    }

    [Fact]
    public void NaN_and_infinity_reach_every_element_that_they_touch_even_beside_zeros()
    {
        GemmCase<float> product = new(8, 40, 5, false, false, () => 0);
        product.A[(2 * product.Shape.ARowStride) + 1] = float.NaN;
        product.B[(3 * product.Shape.BRowStride) + 4] = float.PositiveInfinity;
        float[] c = product.Run(SimdChoice.Current);
        for (int row = 0; row < 8; row++)
        {
            for (int column = 0; column < 40; column++)
            {
                // 0 times infinity is NaN, too.
                Assert.Equal(row == 2 || column == 4, float.IsNaN(c[(row * 40) + column]));
            }
        }
    }

    [Fact]
    public void Two_threads_compute_what_one_computes()
    {
        Random random = new(5);
        GemmCase<double> product = new(130, 70, 90, true, false, random.NextDouble);
        ThreadTeam team = new(2);
        double[] expected = product.Run(SimdChoice.Current);
        double[][] halves = new double[2][];

        // Each worker computes its half of the tiles into a C of its own; an element that is not NaN was computed.
        team.Run(shard => halves[shard] = product.Run(SimdChoice.Current, split: count => [(count * shard / 2, count * (shard + 1) / 2)]), 2);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(double.IsNaN(halves[0][i]) != double.IsNaN(halves[1][i]), "Each element belongs to exactly one tile.");
            Assert.Equal(expected[i], double.IsNaN(halves[0][i]) ? halves[1][i] : halves[0][i]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(64)]
    [InlineData(784)]
    public void Rows_fall_into_adjacent_tiles_of_at_least_four_where_that_is_possible(int m)
    {
        GemmRows rows = new(m);
        int next = 0;
        for (int tile = 0; tile < rows.Count; tile++)
        {
            Assert.Equal(next, rows.Start(tile));
            Assert.InRange(rows.Rows(tile), m is < 4 or 7 ? 1 : 4, 6);
            next += rows.Rows(tile);
        }

        Assert.Equal(m, next);
        Assert.Equal(m, rows.Start(rows.Count));
    }

    [Fact]
    public void An_element_type_without_products_is_named()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => GemmPlan.Create(GemmShape.Dense(1, 1, 1), DType.Int32, SimdChoice.Current));
        Assert.Contains("int32", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ceiling_probe_measures_a_positive_rate()
        => Assert.InRange(FmaCeiling.Measure(SimdChoice.Current, DType.Float32, TimeSpan.FromMilliseconds(5)), 1e-3, 1e6);

    private static void EveryWidthMatches<T>(int m, int n, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new((m * 1000) + (n * 10) + k);
        for (int transposes = 0; transposes < 4; transposes++)
        {
            GemmCase<T> product = new(m, n, k, (transposes & 1) != 0, (transposes & 2) != 0, () => T.CreateChecked(random.NextDouble() - 0.5));

            // Half of the transposes are written over what C holds, half added to it; the second pair the other way round in every other shape.
            bool accumulate = ((transposes ^ (transposes >> 1) ^ k) & 1) != 0;
            T[] expected = product.Expected(accumulate);
            foreach (SimdWidth width in SimdChoice.Available)
            {
                Assert.Equal(expected, product.Run(width, accumulate));
            }
        }
    }

    private static double WorstRatio<T>(int m, int n, int k, double eps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(1);
        GemmCase<T> product = new(m, n, k, false, true, () => T.CreateChecked(random.NextDouble() - 0.5));
        T[] c = product.Run(SimdChoice.Current);
        double worst = 0;
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < n; column++)
            {
                DoubleDouble exact = 0;
                double size = 0;
                for (int i = 0; i < k; i++)
                {
                    double a = double.CreateChecked(product.ElementA(row, i)), b = double.CreateChecked(product.ElementB(i, column));
                    exact += DoubleDouble.Product(a, b);
                    size += Math.Abs(a * b);
                }

                double error = Math.Abs((double)(exact - double.CreateChecked(c[(row * n) + column])));
                worst = Math.Max(worst, error / (eps * size));
            }
        }

        return worst;
    }
}
