namespace Nabla.Data;

/// <summary>
/// Logarithm, sine and cosine whose last bit is the same everywhere. <see cref="Math"/>'s own come from each system's C library and
/// differ there; these use additions, multiplications and divisions only, which IEEE 754 fixes and .NET never fuses by itself.
/// </summary>
internal static class PortableMath
{
    private const double Ln2 = 0.6931471805599453;

    /// <summary>The natural logarithm of a normal positive number, to about one unit in the last place.</summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        // log m = 2 artanh((m-1)/(m+1)); the argument is at most 0.172, so the term z^21/21 ends below 1e-17.
        double z = (mantissa - 1) / (mantissa + 1);
        double z2 = z * z;
        double sum = 0;
        for (int k = 21; k >= 1; k -= 2)
        {
            sum = sum * z2 + 1.0 / k;
        }

        return exponent * Ln2 + 2 * z * sum;
    }

    /// <summary>sin(2 pi t), to about 1e-16.</summary>
    public static double SinTurns(double t) => Turn(t, 0);

    /// <summary>cos(2 pi t), to about 1e-16.</summary>
    public static double CosTurns(double t) => Turn(t, 1);

    // The sine of t and some quarters of a turn. Taking off the nearest quarter is exact; the rest is at most pi/4.
    private static double Turn(double t, int quartersMore)
    {
        double quarters = Math.Round(t * 4);
        double angle = (t - quarters * 0.25) * Math.Tau;
        return (((long)quarters + quartersMore) & 3) switch
        {
            0 => Sin(angle),
            1 => Cos(angle),
            2 => -Sin(angle),
            _ => -Cos(angle),
        };
    }

    // Taylor's sums; at pi/4 the first term left out is below 1e-17.
    private static double Sin(double a) => a * Series(a * a, 17);

    private static double Cos(double a) => Series(a * a, 18);

    // 1 - s/((n)(n-1)) (1 - ...), from the highest power down to the lowest of the same parity.
    private static double Series(double square, int highest)
    {
        double sum = 1;
        for (int n = highest; n >= 2; n -= 2)
        {
            sum = 1 - square / (n * (n - 1)) * sum;
        }

        return sum;
    }
}
