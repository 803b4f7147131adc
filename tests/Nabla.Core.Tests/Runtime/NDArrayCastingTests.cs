using System.Numerics;

namespace Nabla.Core.Tests.Runtime;

public sealed class NDArrayCastingTests
{
    private static readonly DType[] All = Enum.GetValues<DType>();

    public static TheoryData<DType, DType> Pairs()
    {
        var pairs = new TheoryData<DType, DType>();
        foreach (DType from in All)
        {
            foreach (DType to in All)
            {
                pairs.Add(from, to);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Zero_and_one_survive_every_conversion(DType from, DType to)
    {
        NDArray source = NDArray.From(new byte[] { 0, 1 }).AsType(from);
        NDArray result = source.AsType(to);
        Assert.Equal(to, result.DType);
        Assert.Equal([0.0, 1.0], result.AsType(DType.Float64).ToArray<double>());
    }

    [Fact]
    public void The_same_type_is_the_same_array()
    {
        NDArray array = new float[] { 1 };
        Assert.Same(array, array.AsType(DType.Float32));
    }

    [Fact]
    public void Fractions_are_dropped_toward_zero() =>
        Assert.Equal([-2, 0, 2], NDArray.From(new[] { -2.9, -0.5, 2.9 }).AsType(DType.Int32).ToArray<int>());

    [Theory]
    [InlineData(double.NaN, DType.Int32, "NaN")]
    [InlineData(double.PositiveInfinity, DType.Int64, "Infinity")]
    [InlineData(2147483648.0, DType.Int32, "2147483648")]
    [InlineData(-1.0, DType.UInt8, "-1")]
    [InlineData(256.0, DType.UInt8, "256")]
    [InlineData(9.3e18, DType.Int64, "9.3E+18")]
    public void A_value_that_does_not_fit_is_named_with_its_place(double value, DType to, string text)
    {
        NDArray array = new double[,] { { 0, 1 }, { value, 0 } };
        string message = Assert.Throws<OverflowException>(() => array.AsType(to)).Message;
        Assert.Contains($"received {text} at [1,0] of float64[2,2]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_of_64_bits_convert_without_a_detour_over_double()
    {
        Assert.Equal([9007199254740993UL], NDArray.From(new[] { 9007199254740993L }).AsType(DType.UInt64).ToArray<ulong>());
        Assert.Throws<OverflowException>(() => NDArray.From(new[] { ulong.MaxValue }).AsType(DType.Int64));
    }

    [Fact]
    public void A_double_too_large_for_float_becomes_infinity() =>
        Assert.Equal([float.PositiveInfinity], NDArray.From(new[] { 1e300 }).AsType(DType.Float32).ToArray<float>());

    [Fact]
    public void Everything_but_zero_is_true() =>
        Assert.Equal([false, false, true, true], NDArray.From(new[] { 0, -0.0, 0.1, double.NaN }).AsType(DType.Boolean).ToArray<bool>());

    [Fact]
    public void A_double_just_above_a_tie_rounds_up_to_bfloat16()
    {
        // 1 + 2^-8 is halfway between two bfloat16; with 2^-40 more it is above, which rounding to float first would lose.
        double value = 1 + Math.Pow(2, -8) + Math.Pow(2, -40);
        Assert.Equal([1.0078125], NDArray.From(new[] { value }).AsType(DType.BFloat16).AsType(DType.Float64).ToArray<double>());
        Assert.Equal([-1.0078125], NDArray.From(new[] { -value }).AsType(DType.BFloat16).AsType(DType.Float64).ToArray<double>());
    }

    [Fact]
    public void Complex_with_an_imaginary_part_is_not_real()
    {
        Assert.Throws<OverflowException>(() => NDArray.From([new Complex(1, 1)]).AsType(DType.Float64));
        Assert.Equal([1f], NDArray.From([new Complex(1, 0)]).AsType(DType.Float32).ToArray<float>());
    }
}
