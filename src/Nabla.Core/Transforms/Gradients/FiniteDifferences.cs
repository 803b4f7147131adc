namespace Nabla;

/// <summary>A derivative by differences, with how it was found.</summary>
/// <param name="Value">The estimate; NaN where no two steps agreed.</param>
/// <param name="Step">The finer of the two steps that agreed.</param>
/// <param name="Noise">What rounding may have moved the estimate by.</param>
internal readonly record struct NumericDerivative(double Value, double Step, double Noise);

/// <summary>Five-point differences along a line, with two steps that must agree, and the slopes of both sides where they do not.</summary>
/// <param name="at">The function at an offset from the point: where it was really evaluated (x + t rounds), and its value there.</param>
/// <param name="terms">The sum of absolute terms of the function's value, for the noise.</param>
/// <param name="scale">A power of two near the size of the point: steps are fractions of it.</param>
internal sealed class FiniteDifferences(Func<double, (double Offset, double Value)> at, double terms, double scale)
{
    // Steps are exact powers of two from coarse to fine, each a quarter of the one before: the error of five points falls by 4^4 at each.
    private const int Coarsest = -7;
    private const int Finest = -21;

    /// <summary>The derivative: the finer estimate of the first two neighbouring steps that agree within a quarter of what is allowed.</summary>
    public NumericDerivative Estimate(double relative, double absolute)
    {
        double before = double.NaN;
        for (int exponent = Coarsest; exponent >= Finest; exponent -= 2)
        {
            double step = Math.ScaleB(scale, exponent);
            double estimate = FivePoints(step);
            double noise = Noise(step);
            if (Math.Abs(estimate - before) <= ((absolute + (relative * Math.Abs(estimate))) / 4) + noise)
            {
                return new(estimate, step, noise);
            }

            before = estimate;
        }

        return new(double.NaN, Math.ScaleB(scale, Finest), 0);
    }

    /// <summary>The slopes of the left and the right side where they stay apart as the step shrinks: a kink, or a step where one is huge. Null where they meet.</summary>
    public (double Left, double Right)? Kink()
    {
        (double left, double right) = Sides(Math.ScaleB(scale, -12));
        (double leftFine, double rightFine) = Sides(Math.ScaleB(scale, -17));
        double jump = Math.Abs(right - left);
        double fineJump = Math.Abs(rightFine - leftFine);

        // Where both sides join smoothly the jump falls by 2^10 between the two steps.
        bool stays = fineJump >= jump / 4 && fineJump > 1e-6 * (1 + Math.Abs(leftFine) + Math.Abs(rightFine));
        return stays ? (leftFine, rightFine) : null;
    }

    // Differences are divided by the distance that was really gone, so that rounding of the point itself costs nothing.
    private double FivePoints(double step)
    {
        double near = Slope(-step, step);
        double far = Slope(-2 * step, 2 * step);
        return ((4 * near) - far) / 3;
    }

    private (double Left, double Right) Sides(double step) => (
        (2 * Slope(-step, 0)) - Slope(-2 * step, 0),
        (2 * Slope(0, step)) - Slope(0, 2 * step));

    private double Slope(double from, double to)
    {
        (double start, double low) = at(from);
        (double end, double high) = at(to);
        return (high - low) / (end - start);
    }

    // Each value is off by a few units in the last place of its terms; 5/3 of that over one step, with room for the few.
    private double Noise(double step) => Math.ScaleB(terms, -50) / step;
}
