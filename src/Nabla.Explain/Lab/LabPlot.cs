using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>A curve of a plot.</summary>
/// <param name="Label">What it is: <c>J = w^2</c>.</param>
/// <param name="Y">Its heights at <see cref="LabPlot.X"/>; not finite where there is none.</param>
internal sealed record LabCurve(LabTerm Label, double[] Y);

/// <summary>Curves over one variable in a frame that shows what is worth seeing of them.</summary>
internal sealed record LabPlot
{
    /// <summary>Enough for any screen, and odd: the middle, where poles like to be, is one of them.</summary>
    public const int Samples = 601;

    // A curve that shoots up at a pole would press the rest of itself flat: the outer parts of the heights count only up to here.
    private const double Outer = 0.05;
    private const double Steep = 6;
    private const double Margin = 0.06;

    private LabPlot()
    {
    }

    /// <summary>The name of the axis to the right.</summary>
    public required string Variable { get; init; }

    /// <summary>The places at which the curves were computed, evenly spread.</summary>
    public required double[] X { get; init; }

    /// <summary>The curves; the second is a tangent.</summary>
    public required ImmutableArray<LabCurve> Curves { get; init; }

    /// <summary>A point on the first curve; null for none.</summary>
    public (double X, double Y)? Point { get; init; }

    /// <summary>The height of the frame's lower edge.</summary>
    public required double Low { get; init; }

    /// <summary>The height of the frame's upper edge.</summary>
    public required double High { get; init; }

    /// <summary>The place of the frame's left edge.</summary>
    public double From => X[0];

    /// <summary>The place of the frame's right edge.</summary>
    public double To => X[^1];

    /// <summary>Even places from one number to another.</summary>
    public static double[] Places(double from, double to) =>
        [.. Enumerable.Range(0, Samples).Select(i => from + ((to - from) * i / (Samples - 1)))];

    /// <summary>A plot framed by its first curve.</summary>
    /// <exception cref="LabException">The curve has no finite value here.</exception>
    public static LabPlot Of(string variable, double[] x, ImmutableArray<LabCurve> curves, (double X, double Y)? point = null)
    {
        double[] heights = [.. curves[0].Y.Where(double.IsFinite).Order()];
        if (heights.Length == 0)
        {
            throw new LabException($"plot: expected a formula that has values between {Numerals.Of(x[0])} and {Numerals.Of(x[^1])}, received one without any there. Choose another range: plot {variable} 1 5");
        }

        (double low, double high) = (heights[0], heights[^1]);
        double inner = heights[(int)((heights.Length - 1) * (1 - Outer))] - heights[(int)((heights.Length - 1) * Outer)];
        if (inner > 0 && high - low > Steep * inner)
        {
            double middle = heights[heights.Length / 2];
            (low, high) = (Math.Max(low, middle - inner), Math.Min(high, middle + inner));
        }

        if (point is { } seen)
        {
            (low, high) = (Math.Min(low, seen.Y), Math.Max(high, seen.Y));
        }

        double space = high > low ? (high - low) * Margin : Math.Max(1, Math.Abs(high)) * 0.5;
        return new LabPlot { Variable = variable, X = x, Curves = curves, Point = point, Low = low - space, High = high + space };
    }
}
