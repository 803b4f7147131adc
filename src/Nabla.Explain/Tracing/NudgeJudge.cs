namespace Nabla.Explain;

/// <summary>
/// Judges one gradient by nudges to both sides. A large nudge bends, a small one drowns in rounding, and either may cross a kink: where the usual size does not settle it, a
/// ladder of sizes is tried, and the one that disturbs least judges.
/// </summary>
/// <param name="at">The result with the value changed by so much.</param>
/// <param name="value">The value.</param>
/// <param name="before">The result as it is.</param>
/// <param name="rounding">What rounding one result may be wrong by, as a sum of what its terms weigh.</param>
internal sealed class NudgeJudge(Func<double, double> at, double value, double before, double rounding)
{
    private const double Usual = 1e-5;
    private const double AgreesTo = 1e-7;
    private const double CloseTo = 1e-4;

    // A slope that is known no better than this judges nothing.
    private const double Resolution = 1e-2;

    // To agree is to be known well: what is known less well and does not contradict is close.
    private const double KnownTo = 1e-6;

    // A unit in the last place.
    private const double Ulp = 2.220446049250313e-16;

    public NudgeCheck Judge(int element, double gradient)
    {
        double size = Math.Max(1, Math.Abs(value));
        Slope usual = Measure(size * Usual);
        Slope finer = Measure(size * Usual / 10);
        NudgeCheck first = Verdict(element, gradient, [usual, finer], isLast: false);
        if (first.Verdict is NudgeVerdict.Agrees || !double.IsFinite(gradient) || !double.IsFinite(before))
        {
            return first;
        }

        IEnumerable<double> sizes = Enumerable.Range(0, 11).Select(k => size * Math.Pow(10, -k));
        if (value != 0 && Math.Abs(value) < 1)
        {
            sizes = sizes.Concat(Enumerable.Range(1, 6).Select(k => Math.Abs(value) * Math.Pow(10, -k)));
        }

        // Steps of less than a half of a power of ten would tell nothing of how a slope changes.
        List<double> ladder = [];
        foreach (double epsilon in sizes.OrderDescending().Where(e => ladder.Count == 0 || e < ladder[^1] / 3))
        {
            ladder.Add(epsilon);
        }

        return Verdict(element, gradient, [.. ladder.Select(Measure)], isLast: true);
    }

    private sealed record Slope(double Epsilon, double Central, double Below, double Above, double Noise)
    {
        public double Gap => Math.Abs(Above - Below);

        public bool IsFinite => double.IsFinite(Below) && double.IsFinite(Above);
    }

    // From the larger to the smaller: how much a slope still changes by the next is how far it may be off.
    private NudgeCheck Verdict(int element, double gradient, Slope[] slopes, bool isLast)
    {
        (Slope Slope, double Error)[] known = [.. slopes.Zip(slopes.Skip(1))
            .Where(p => p.First.IsFinite && p.Second.IsFinite)
            .Select(p => (p.First, Error: Math.Abs(p.First.Central - p.Second.Central) + p.Second.Noise))];
        if (known.Length == 0 || !double.IsFinite(gradient) || !double.IsFinite(before))
        {
            return Of(slopes[0], NudgeVerdict.Unknown);
        }

        if (Kink(slopes) is { } kink)
        {
            return Of(kink, NudgeVerdict.Kink);
        }

        (Slope best, double error) = known.MinBy(k => k.Error);
        double difference = Math.Abs(best.Central - gradient);
        double size = Math.Max(Math.Abs(best.Central), Math.Abs(gradient));
        return Of(best,
            difference == 0 && size == 0 ? NudgeVerdict.Agrees
            : gradient != 0 && error > Resolution * size ? NudgeVerdict.Unclear
            : difference <= (AgreesTo * size) + (2 * error) && (error <= KnownTo * size || (gradient == 0 && isLast)) ? NudgeVerdict.Agrees
            : difference <= (CloseTo * size) + (2 * error) ? NudgeVerdict.Close
            : NudgeVerdict.Disagrees);

        NudgeCheck Of(Slope slope, NudgeVerdict verdict) => new(element, slope.Epsilon, slope.Central, slope.Below, slope.Above, verdict);
    }

    // A smooth function's two slopes come together as ε shrinks; a kink's do not, however small it gets.
    private static Slope? Kink(Slope[] slopes)
    {
        Slope[] finite = [.. slopes.Where(s => s.IsFinite)];
        double widest = finite.Length == 0 ? 0 : finite.Max(s => s.Gap);
        return finite.Where(s => 20 * s.Noise < widest).ToArray() is [.., var before, var last]
            && last.Gap > CloseTo * Math.Max(Math.Abs(last.Above), Math.Abs(last.Below)) && last.Gap > 20 * last.Noise && last.Gap > 0.5 * before.Gap ? last : null;
    }

    private Slope Measure(double epsilon)
    {
        // By what was really added: 1 + 1e-10 is not 1.0000000001.
        double up = value + epsilon - value;
        double down = value - (value - epsilon);
        double above = at(epsilon);
        double below = at(-epsilon);
        double noise = (Ulp * Math.Max(rounding, Math.Max(Math.Abs(before), Math.Max(Math.Abs(above), Math.Abs(below))))) + double.Epsilon;
        return new Slope(epsilon, (above - below) / (up + down), (before - below) / down, (above - before) / up, noise / Math.Min(up, down));
    }
}
