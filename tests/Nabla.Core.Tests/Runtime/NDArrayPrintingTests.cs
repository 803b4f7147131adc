using System.Globalization;
using System.Numerics;

namespace Nabla.Core.Tests.Runtime;

/// <summary>The expected texts are what NumPy prints for the same values.</summary>
public sealed class NDArrayPrintingTests
{
    [Fact]
    public void A_row_of_floats_keeps_its_points_under_each_other() =>
        Assert.Equal("[1.   2.5  3.25]", NDArray.From(new[] { 1, 2.5, 3.25 }).ToString());

    [Fact]
    public void A_matrix_has_aligned_columns() =>
        Assert.Equal("[[  1.    2.5]\n [-10.    0. ]]", NDArray.From(new[,] { { 1, 2.5 }, { -10, 0 } }).ToString());

    [Fact]
    public void Whole_numbers_are_aligned_to_the_right() =>
        Assert.Equal("[[  1 -20]\n [300   4]]", NDArray.From(new[,] { { 1, -20 }, { 300, 4 } }).ToString());

    [Fact]
    public void Booleans_are_aligned() => Assert.Equal("[ True False]", NDArray.From(new[] { true, false }).ToString());

    [Fact]
    public void Three_axes_have_an_empty_line_between_matrices() =>
        Assert.Equal("[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]", NDArray.Arange(8).Reshape(2, 2, 2).ToString());

    [Fact]
    public void Float32_prints_its_own_shortest_digits() =>
        Assert.Equal("[0.1        0.33333334]", NDArray.From(new[] { 0.1f, 1f / 3 }).ToString());

    [Fact]
    public void Float64_is_cut_at_eight_decimals() =>
        Assert.Equal("[0.33333333 0.66666667]", NDArray.From(new[] { 1.0 / 3, 2.0 / 3 }).ToString());

    [Fact]
    public void Numbers_far_apart_are_written_with_exponents() =>
        Assert.Equal("[1.00e-05 1.25e+00]", NDArray.From(new[] { 1e-5, 1.25 }).ToString());

    [Fact]
    public void Exponents_of_three_digits_widen_all() =>
        Assert.Equal("[ 1.e+000 -1.e-300]", NDArray.From(new[] { 1, -1e-300 }).ToString());

    [Fact]
    public void Large_float32_stay_plain_below_a_hundred_million() =>
        Assert.Equal("[16777216. 16777218.]", NDArray.From(new[] { 16777216f, 16777218f }).ToString());

    [Fact]
    public void Not_a_number_and_infinity_take_their_places() =>
        Assert.Equal("[ nan  inf -inf  1.5]", NDArray.From(new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1.5 }).ToString());

    [Fact]
    public void Complex_numbers_show_both_parts() =>
        Assert.Equal("[ 1. +2.j  10.-20.5j]", NDArray.From([new Complex(1, 2), new Complex(10, -20.5)]).ToString());

    [Theory]
    [InlineData(3.0, "3.0")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(123456789.125, "123456789.125")]
    [InlineData(double.NaN, "nan")]
    [InlineData(0.0, "0.0")]
    public void A_scalar_prints_all_its_digits(double value, string text) => Assert.Equal(text, NDArray.From(value).ToString());

    [Fact]
    public void Scalars_of_other_types_print_plainly()
    {
        Assert.Equal("7", NDArray.From(7).ToString());
        Assert.Equal("True", NDArray.From(true).ToString());
        Assert.Equal("0.1", NDArray.From(0.1f).ToString());
        Assert.Equal("0.1", NDArray.From((Half)0.1).ToString());
    }

    [Fact]
    public void More_than_a_thousand_elements_are_elided() =>
        Assert.Equal("[   0    1    2 ... 1998 1999 2000]", NDArray.Arange(2001).ToString());

    [Fact]
    public void Rows_and_columns_are_both_elided()
    {
        string text = NDArray.Arange(10_000).Reshape(100, 100).ToString();
        Assert.Equal(
            """
            [[   0    1    2 ...   97   98   99]
             [ 100  101  102 ...  197  198  199]
             [ 200  201  202 ...  297  298  299]
             ...
             [9700 9701 9702 ... 9797 9798 9799]
             [9800 9801 9802 ... 9897 9898 9899]
             [9900 9901 9902 ... 9997 9998 9999]]
            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void A_thousand_elements_are_all_printed() =>
        Assert.DoesNotContain("...", NDArray.Arange(1000).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_long_row_wraps_at_75_columns() =>
        Assert.Equal(
            "[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23\n 24 25 26 27 28 29]",
            NDArray.Arange(30).ToString());

    [Fact]
    public void Nothing_prints_as_empty_brackets() => Assert.Equal("[]", NDArray.Zeros(DType.Float32, [0, 3]).ToString());

    [Fact]
    public void The_format_d_puts_the_type_first() => Assert.Equal("float32[2]\n[1. 2.]", $"{NDArray.From(new float[] { 1, 2 }):d}");

    [Fact]
    public void Another_format_is_refused() => Assert.Throws<FormatException>(() => NDArray.From(1).ToString("x"));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void Every_culture_prints_the_same(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("[-1.5   0.25]", NDArray.From(new[] { -1.5, 0.25 }).ToString());
            Assert.Equal("[-1 10]", NDArray.From(new[] { -1, 10 }).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
