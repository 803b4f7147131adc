using System.Numerics;
using System.Runtime.Intrinsics;
using Nabla.Compiler.Kernels;

namespace Nabla.Core.Tests.Kernels;

public sealed unsafe class SimdDictionaryTests
{
    [Fact]
    public void A_partial_load_zeroes_the_other_lanes_and_a_partial_store_leaves_the_memory_behind_alone()
    {
        PartialAccess<SimdScalar<float>, float, float>();
        PartialAccess<Simd128<float>, Vector128<float>, float>();
        PartialAccess<Simd256<float>, Vector256<float>, float>();
        PartialAccess<Simd512<float>, Vector512<float>, float>();
        PartialAccess<SimdScalar<double>, double, double>();
        PartialAccess<Simd128<double>, Vector128<double>, double>();
        PartialAccess<Simd256<double>, Vector256<double>, double>();
        PartialAccess<Simd512<double>, Vector512<double>, double>();
    }

    [Fact]
    public void Sums_over_lanes_add_the_upper_half_onto_the_lower_half()
    {
        // The order shows in the rounding: (1e30 + -1e30) + ... against 1e30 + (1 + -1e30).
        float[] lanes = [1e30f, 1, 2, 3, -1e30f, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0];
        fixed (float* p = lanes)
        {
            Assert.Equal((1e30f + 2) + (1f + 3), Simd128<float>.ReduceAdd(Simd128<float>.Load(p)));
            Assert.Equal(((1e30f + -1e30f) + (2f + 6)) + ((1f + 5) + (3f + 7)), Simd256<float>.ReduceAdd(Simd256<float>.Load(p)));
            Assert.Equal(((1e30f + -1e30f) + (2f + 6)) + ((1f + 5) + (3f + 7)), Simd512<float>.ReduceAdd(Simd512<float>.Load(p)));
        }

        double[] wide = [1, 2, 4, 8, 16, 32, 64, 128];
        fixed (double* p = wide)
        {
            Assert.Equal(3, Simd128<double>.ReduceAdd(Simd128<double>.Load(p)));
            Assert.Equal(15, Simd256<double>.ReduceAdd(Simd256<double>.Load(p)));
            Assert.Equal(255, Simd512<double>.ReduceAdd(Simd512<double>.Load(p)));
        }
    }

    [Fact]
    public void Extremes_over_lanes_find_a_number_in_any_lane_and_a_NaN_in_any_lane()
    {
        for (int lane = 0; lane < 16; lane++)
        {
            float[] lanes = new float[16];
            lanes[lane] = 5;
            fixed (float* p = lanes)
            {
                Assert.Equal(5, Simd512<float>.ReduceMax(Simd512<float>.Load(p)));
                lanes[lane] = -5;
                Assert.Equal(-5, Simd512<float>.ReduceMin(Simd512<float>.Load(p)));
                lanes[lane] = float.NaN;
                Assert.True(float.IsNaN(Simd512<float>.ReduceMax(Simd512<float>.Load(p))));
                Assert.True(float.IsNaN(Simd512<float>.ReduceMin(Simd512<float>.Load(p))));
            }
        }
    }

    [Fact]
    public void Min_and_max_propagate_NaN_from_either_side_and_prefer_the_second_of_two_zeros()
    {
        Assert.True(float.IsNaN(SimdScalar<float>.Max(float.NaN, 1)));
        Assert.True(float.IsNaN(SimdScalar<float>.Max(1, float.NaN)));
        Assert.True(float.IsNaN(SimdScalar<float>.Min(float.NaN, 1)));
        Assert.True(float.IsNaN(SimdScalar<float>.Min(1, float.NaN)));
        Assert.False(float.IsNegative(SimdScalar<float>.Max(-0f, 0f)));
        Assert.True(float.IsNegative(SimdScalar<float>.Max(0f, -0f)));
        Assert.True(float.IsNegative(SimdScalar<float>.Min(0f, -0f)));
    }

    [Fact]
    public void The_width_chosen_is_one_that_the_machine_has()
    {
        Assert.Contains(SimdChoice.Current, SimdChoice.Available);
        Assert.Equal(SimdWidth.Scalar, SimdChoice.Available.First());
        Assert.Equal(SimdChoice.Best, SimdChoice.Available.Last());
    }

    private static void PartialAccess<S, V, T>()
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T canary = T.CreateChecked(-77);
        for (int count = 0; count <= S.Width; count++)
        {
            // The source ends where the elements end, at a page's end if the allocator is unkind; lanes behind it must come back as zeros.
            T[] source = new T[count + 1], loaded = new T[S.Width], stored = new T[S.Width + 1];
            stored.AsSpan().Fill(canary);
            for (int i = 0; i < count; i++)
            {
                source[i] = T.CreateChecked(i + 1);
            }

            source[count] = canary;
            fixed (T* from = source, all = loaded, first = stored)
            {
                V value = S.LoadFirst(from, count);
                S.Store(all, value);
                S.StoreFirst(first, S.Add(S.Indices, S.Broadcast(T.One)), count);
            }

            for (int i = 0; i < S.Width; i++)
            {
                Assert.Equal(i < count ? T.CreateChecked(i + 1) : T.Zero, loaded[i]);
                Assert.Equal(i < count ? T.CreateChecked(i + 1) : canary, stored[i]);
            }

            Assert.Equal(canary, stored[S.Width]);
        }
    }
}
