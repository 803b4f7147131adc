namespace Nabla.Explain.Tests.Text;

/// <summary>Numbers as people read them: on a terminal, in print, and with all digits.</summary>
public sealed class NumeralsTests
{
    [Theory]
    [InlineData(6.000999999999479, "6.001", "6.001", "6.000999999999479")]
    [InlineData(-2.5, "-2.5", "−2.5", "-2.5")]
    [InlineData(0.1, "0.1", "0.1", "0.1")]
    [InlineData(100, "100", "100", "100")]
    [InlineData(0.0001, "0.0001", "0.0001", "0.0001")]
    [InlineData(0.00001, "1e-5", "0.00001", "1e-5")]
    [InlineData(1e-6, "1e-6", "1e−6", "1e-6")]
    [InlineData(12345678901.5, "1.23456789e10", "12345678900", "12345678901.5")]
    [InlineData(9999999999.7, "1e10", "10000000000", "9999999999.7")]
    [InlineData(1e300, "1e300", "1e300", "1e300")]
    [InlineData(-1.5e300, "-1.5e300", "−1.5e300", "-1.5e300")]
    [InlineData(5e-324, "4.940656458e-324", "4.940656458e−324", "5e-324")]
    [InlineData(-0.0, "0", "−0", "-0")]
    [InlineData(double.NaN, "NaN", "NaN", "NaN")]
    [InlineData(double.PositiveInfinity, "inf", "∞", "inf")]
    [InlineData(double.NegativeInfinity, "-inf", "−∞", "-inf")]
    public void A_number_has_one_text_on_a_terminal_in_print_and_exactly(double value, string terminal, string print, string exact)
    {
        Assert.Equal(terminal, Numerals.Of(value));
        Assert.Equal(print, Numerals.Printed(value));
        Assert.Equal(exact, Numerals.Of(value, exact: true));
        Assert.All(Numerals.Of(value), c => Assert.True(c < 128));
    }

    [Theory]
    [InlineData(1234567, "1235000", "1235000")]
    [InlineData(0.0123456, "0.01235", "0.01235")]
    [InlineData(-99999, "-100000", "−100000")]
    [InlineData(3, "3", "3")]
    public void Four_digits_tell_roughly(double value, string terminal, string print)
    {
        Assert.Equal(terminal, Numerals.Brief(value));
        Assert.Equal(print, Numerals.PrintedBrief(value));
    }

    [Theory]
    [InlineData(2, "2")]
    [InlineData(-2, "(-2)")]
    [InlineData(double.NegativeInfinity, "(-inf)")]
    public void A_negative_operand_stands_in_parentheses(double value, string text) => Assert.Equal(text, Numerals.Operand(value));

    // The program that computes and the person who reads must mean the same number.
    [Fact]
    public void All_digits_read_back_to_the_same_bits()
    {
        Random random = new(7);
        for (int i = 0; i < 1000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(value))
            {
                Assert.Equal(value, double.Parse(Numerals.Of(value, exact: true), System.Globalization.CultureInfo.InvariantCulture));
                Assert.Equal(value, double.Parse(Numerals.Exact(value), System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public void Shares_counts_and_places_are_short()
    {
        Assert.Equal("12.5 %", Numerals.Percent(0.125));
        Assert.Equal("1,234,567", Numerals.Count(1234567));
        Assert.Equal("3.1", Numerals.Place(3.14159));
    }
}
