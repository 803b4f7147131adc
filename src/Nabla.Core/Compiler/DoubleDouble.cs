namespace Nabla.Compiler;

/// <summary>The unevaluated sum of two doubles, some 31 digits: what reference values are computed in. Slow and plain.</summary>
/// <param name="High">The sum rounded to double.</param>
/// <param name="Low">What the rounding lost.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>A double, exactly.</summary>
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <summary>Rounds to double.</summary>
    public static explicit operator double(DoubleDouble value) => value.High + value.Low;

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = Sum(a.High, b.High);
        DoubleDouble low = Sum(a.Low, b.Low);
        DoubleDouble first = Renormalize(high.High, high.Low + low.High);
        return Renormalize(first.High, first.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + (-b);

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble product = Product(a.High, b.High);
        return Renormalize(product.High, product.Low + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double first = a.High / b.High;
        DoubleDouble rest = a - (b * first);
        double second = rest.High / b.High;
        rest -= b * second;
        return Renormalize(first, second) + (rest.High / b.High);
    }

    /// <summary>a + b without error (Knuth's TwoSum).</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        double sum = a + b;
        double back = sum - a;
        return new(sum, (a - (sum - back)) + (b - back));
    }

    /// <summary>a * b without error, as long as nothing under- or overflows.</summary>
    public static DoubleDouble Product(double a, double b)
    {
        double product = a * b;
        return new(product, Math.FusedMultiplyAdd(a, b, -product));
    }

    // Dekker's fast sum: |high| is at least |low| here.
    private static DoubleDouble Renormalize(double high, double low)
    {
        double sum = high + low;
        return new(sum, low - (sum - high));
    }
}
