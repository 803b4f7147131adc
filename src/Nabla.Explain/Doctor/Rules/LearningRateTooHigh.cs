namespace Nabla.Explain;

/// <summary>Steps so long that they leap over the valley: the loss rises, and the next step goes back again.</summary>
internal sealed class LearningRateTooHigh() : DoctorRule("learning-rate-too-high", "L43")
{
    private const int Windows = 5;
    private const int MostRises = 3;
    private const double Opposite = -0.5;
    private const double LongStep = 0.05;
    private const double LeastGain = 0.1;
    private const double TrialRise = 2;

    /// <inheritdoc/>
    public override string About => $"Steps that turn back on the one before (cosine below {Numerals.Of(Opposite)}) or are longer than {Numerals.Percent(LongStep)} of the weights, while the loss rises; in a trial, while it more than doubles.";

    protected override IEnumerable<Advice> Check(Examination seen)
    {
        if (seen.Trial is { } trial)
        {
            foreach (Advice advice in Tried(trial))
            {
                yield return advice;
            }
        }

        if (seen.Course is not { Steps: > 1 } course || seen.Measurements.Count == 0)
        {
            yield break;
        }

        double before = seen.Measurements[0].Loss;
        double[] windows = Means(course.Losses);
        int rises = windows.Prepend(before).Zip(windows).Count(p => !(p.Second <= p.First));
        double turn = course.Turns.Count == 0 ? double.NaN : course.Turns.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        double length = course.StepLength;
        double after = windows.Length == 0 ? double.NaN : windows[^1];
        bool isBackAndForth = turn < Opposite;
        bool isLong = length > LongStep;
        bool rose = windows.Length > 0 && rises > Math.Min(MostRises, windows.Length - 1) && !(after <= before);
        bool gainedNothing = windows.Length > 0 && !(after <= (1 - LeastGain) * before);
        if (!((rose && (isBackAndForth || isLong)) || (gainedNothing && isLong) || (course.Diverged && (isLong || isBackAndForth))))
        {
            yield break;
        }

        string rate = Numerals.Of(course.LearningRate);
        string how = isBackAndForth ? "each step turns back on the one before" : "each step changes the weights by a large part of their size";
        yield return Finding(
            $"The learning rate of {rate} is too high: the loss {(course.Diverged ? "left the finite numbers" : $"went from {Numerals.Brief(before)} to {Numerals.Brief(after)}")}, and {how}.",
            $"Take a tenth of it ({Numerals.Of(course.LearningRate / 10, 3)}), and scale the features.",
            ("loss before, and in windows of the training", string.Join(", ", windows.Prepend(before).Select(Numerals.Brief))),
            ("windows in which it rose", $"{rises} of {windows.Length} (threshold: above {MostRises} of {Windows}, or less than {Numerals.Percent(LeastGain)} gained in all)"),
            ("cosine of successive steps", $"{Numerals.Brief(turn)} (threshold: below {Numerals.Brief(Opposite)})"),
            ("length of a step beside the weights", $"{Numerals.Brief(length)} (threshold: above {Numerals.Brief(LongStep)})"));
    }

    // A model that has learned gains nothing more, and its loss goes up and down: only a clear rise counts.
    private IEnumerable<Advice> Tried(Trial trial)
    {
        Course course = trial.Course;
        double before = trial.Start.Loss;
        double after = course.Losses[^1];
        double turn = course.Turns.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        bool isBackAndForth = turn < Opposite;
        if (!(course.Diverged || after > TrialRise * before) || !(isBackAndForth || course.StepLength > LongStep || course.Diverged))
        {
            yield break;
        }

        yield return Finding(
            $"The learning rate of {Numerals.Of(course.LearningRate)} is too high: in {course.Steps} steps tried on a copy the loss {(course.Diverged ? "left the finite numbers" : $"went from {Numerals.Brief(before)} to {Numerals.Brief(after)}")}, and {(isBackAndForth ? "each step turns back on the one before" : "each step changes the weights by a large part of their size")}.",
            $"Take a tenth of it ({Numerals.Of(course.LearningRate / 10, 3)}), and scale the features.",
            ("loss before, and in windows of the trial", string.Join(", ", course.Losses.Prepend(before).Select(Numerals.Brief))),
            ("last window to before", $"{Numerals.Brief(after / before)} (threshold: above {Numerals.Brief(TrialRise)})"),
            ("cosine of successive steps", $"{Numerals.Brief(turn)} (threshold: below {Numerals.Brief(Opposite)})"),
            ("length of a step beside the weights", $"{Numerals.Brief(course.StepLength)} (threshold: above {Numerals.Brief(LongStep)})"));
    }

    private static double[] Means(IReadOnlyList<double> losses)
    {
        int count = Math.Min(Windows, losses.Count);
        return [.. Enumerable.Range(0, count).Select(w => losses.Skip(w * losses.Count / count).Take(((w + 1) * losses.Count / count) - (w * losses.Count / count)).Average())];
    }
}
