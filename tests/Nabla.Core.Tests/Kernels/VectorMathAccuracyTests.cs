namespace Nabla.Core.Tests.Kernels;

public sealed class VectorMathAccuracyTests
{
    private const int PointsPerRange = 150;

    public static TheoryData<string> Names => [.. MathCase.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_double_kernel_is_within_its_bound_of_the_exact_value(string name)
    {
        MathCase row = MathCase.Named(name);
        double worst = 0, worstAt = 0;
        foreach (double x in Points(row))
        {
            BigReal exact = row.Exact(x);
            double error = (exact - row.Double(x)).Abs().ToDouble() / Ulp(exact, -1074, 52);
            (worst, worstAt) = error > worst ? (error, x) : (worst, worstAt);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {worst:F3} ulp at {worstAt:R}");
        Assert.True(worst <= row.DoubleUlps, $"{name}: {worst:F3} units in the last place at {worstAt:R}, allowed {row.DoubleUlps}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_float_kernel_is_within_its_bound_of_the_exact_value(string name)
    {
        MathCase row = MathCase.Named(name);
        double worst = 0, worstAt = 0;
        foreach (double point in Points(row))
        {
            float x = (float)point;

            // Rounded to float a point may leave the range or the function's domain; the special values have tests of their own.
            if (!float.IsFinite(x) || !float.IsFinite(row.Single(x)))
            {
                continue;
            }

            BigReal exact = row.Exact(x);

            double error = (exact - row.Single(x)).Abs().ToDouble() / Ulp(exact, -149, 23);
            (worst, worstAt) = error > worst ? (error, x) : (worst, worstAt);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {worst:F3} ulp at {worstAt:R}");
        Assert.True(worst <= row.SingleUlps, $"{name}: {worst:F3} units in the last place at {worstAt:R}, allowed {row.SingleUlps}");
    }

    // The reference for the references: values printed in Abramowitz and Stegun and in the OEIS.
    [Theory]
    [InlineData("e", "2.71828182845904523536028747135266249775724709369995")]
    [InlineData("pi", "3.14159265358979323846264338327950288419716939937510")]
    [InlineData("log 10", "2.30258509299404568401799145468436420760110148862877")]
    [InlineData("erf 1", "0.84270079294971486934122063508260925929606699796630")]
    [InlineData("sin 1", "0.84147098480789650665250232163029899962256306079837")]
    [InlineData("tanh 1", "0.76159415595576488811945828260479359041276859725793")]
    public void The_many_digit_arithmetic_gives_the_published_digits(string name, string digits)
    {
        BigReal value = name switch
        {
            "e" => BigReal.Exp(1),
            "pi" => BigReal.Pi,
            "log 10" => BigReal.Log(10),
            "erf 1" => BigReal.Erf(1),
            "sin 1" => BigReal.Sin(1),
            _ => BigReal.Tanh(1),
        };

        string fraction = digits[(digits.IndexOf('.', StringComparison.Ordinal) + 1)..];
        System.Numerics.BigInteger scale = System.Numerics.BigInteger.Pow(10, fraction.Length);
        BigReal published = new BigReal(System.Numerics.BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture), 0)
            / new BigReal(scale, 0);
        Assert.True((value - published).Abs().ToDouble() < 1e-49);
    }

    private static double Ulp(BigReal exact, int smallest, int fractionBits)
        => exact.IsZero ? double.Epsilon : Math.ScaleB(1, Math.Max(exact.Log2Floor - fractionBits, smallest));

    // Random points of each range and its ends; tiny ones where the range spans zero.
    private static IEnumerable<double> Points(MathCase row)
    {
        Random random = new(20260);
        foreach ((double from, double to) in row.Ranges)
        {
            yield return from;
            yield return to;
            for (int i = 0; i < PointsPerRange; i++)
            {
                yield return from + (random.NextDouble() * (to - from));
            }

            for (int i = 0; from < 0 && to > 0 && i < 20; i++)
            {
                yield return to * Math.Pow(10, -12 * random.NextDouble());
            }
        }
    }
}
