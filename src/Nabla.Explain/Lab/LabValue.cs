namespace Nabla.Explain;

/// <summary>A number of the lab: the exact fraction where the arithmetic allows, and always the double.</summary>
/// <param name="Exact">The fraction; null where a root, an exponential or pi made it a rounded number.</param>
/// <param name="Number">The number.</param>
internal readonly record struct LabValue(Rational? Exact, double Number)
{
    // Longer fractions say less than ten digits.
    private const int LongestText = 24;

    /// <summary>An exact number.</summary>
    public LabValue(Rational exact)
        : this(exact, exact.ToDouble())
    {
    }

    /// <summary>A rounded number.</summary>
    public LabValue(double number)
        : this(null, number)
    {
    }

    /// <summary>The number as a graph takes it.</summary>
    public Rational Rational => Exact ?? Rational.FromDouble(Number);

    /// <summary><c>-1/4</c>, <c>9.006001</c>, <c>1.414213562</c>.</summary>
    public string Text => Exact is { IsFinite: true } exact && RationalText.Write(exact) is { Length: <= LongestText } text ? text : Numerals.Of(Number);

    /// <summary>The number with a point, never as a fraction: <c>-0.25</c>.</summary>
    public string Decimal => Numerals.Of(Number);
}
