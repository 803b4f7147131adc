namespace Nabla.Explain;

/// <summary>Steps so short that nothing happens, although the gradient keeps saying where to go.</summary>
internal sealed class LearningRateTooLow() : DoctorRule("learning-rate-too-low", "L43")
{
    private const double LeastChange = 1e-4;
    private const double SameWay = 0.9;
    private const double LeastPull = 0.01;
    private const double ShortStep = 1e-3;

    // In a few steps a sensible rate may well go less far than in epochs.
    private const double TrialStep = 1e-5;

    /// <inheritdoc/>
    public override string About => $"A loss that changes by less than {Numerals.Of(LeastChange)} of itself while the gradient stays and points the same way, with steps below {Numerals.Of(ShortStep)} of the weights; in a trial below {Numerals.Of(TrialStep)}.";

    protected override IEnumerable<Advice> Check(Examination seen)
    {
        if (seen.Trial is { End: { } end } trial)
        {
            foreach (Advice advice in Tried(seen, trial, end))
            {
                yield return advice;
            }
        }

        if (seen.Course is not { Losses.Count: > 0, Diverged: false } course || seen.Measurements.Count < 2)
        {
            yield break;
        }

        Measurement first = seen.Measurements[0];
        Measurement last = seen.Measurements[^1];
        double change = (first.Loss - last.Loss) / Math.Abs(first.Loss) / course.Losses.Count;
        double angle = Figures.Cosine(first.Gradient, last.Gradient);

        // How much the loss would change, by its gradient, if the weights changed by their own size: next to 0 there is nothing left to learn.
        double pull = last.GradientNorm * Math.Max(1, last.WeightNorm) / Math.Abs(last.Loss);
        double length = course.StepLength;
        if (!(Math.Abs(change) < LeastChange && angle > SameWay && pull > LeastPull && length < ShortStep))
        {
            yield break;
        }

        string rate = Numerals.Of(course.LearningRate);
        yield return Finding(
            $"The learning rate of {rate} is too low: the loss went from {Figures.Text(first.Loss)} to {Figures.Text(last.Loss)} in {course.Losses.Count} epoch{(course.Losses.Count == 1 ? "" : "s")}, while the gradient stays large and points the same way.",
            $"Take ten or a hundred times as much ({Numerals.Of(course.LearningRate * 10, 3)}, {Numerals.Of(course.LearningRate * 100, 3)}).",
            ("change of the loss an epoch", $"{Numerals.Brief(change)} of itself (threshold: below {Numerals.Brief(LeastChange)})"),
            ("cosine of first and last gradient", $"{Numerals.Brief(angle)} (threshold: above {Numerals.Of(SameWay)})"),
            ("gradient times weights beside the loss", $"{Numerals.Brief(pull)} (threshold: above {Numerals.Of(LeastPull)})"),
            ("length of a step beside the weights", $"{Numerals.Brief(length)} (threshold: below {Numerals.Of(ShortStep)})"));
    }

    // A rate that a schedule or a plateau has brought down at the end of a training is meant so: of a trained model it is a hint.
    private IEnumerable<Advice> Tried(Examination seen, Trial trial, Measurement end)
    {
        Course course = trial.Course;
        double change = (trial.Start.Loss - end.Loss) / Math.Abs(trial.Start.Loss);
        double angle = Figures.Cosine(trial.Start.Gradient, end.Gradient);
        double pull = end.GradientNorm * Math.Max(1, end.WeightNorm) / Math.Abs(end.Loss);
        if (!(Math.Abs(change) < LeastChange && angle > SameWay && pull > LeastPull && course.StepLength < TrialStep))
        {
            yield break;
        }

        yield return Make(
            seen.Model.Optimizer is { Iterations: > 0 } ? AdviceLevel.Hint : AdviceLevel.Finding,
            $"The learning rate of {Numerals.Of(course.LearningRate)} is too low: in {course.Steps} steps tried on a copy the loss went from {Figures.Text(trial.Start.Loss)} to {Figures.Text(end.Loss)}, while the gradient stays large and points the same way.",
            $"Take ten or a hundred times as much ({Numerals.Of(course.LearningRate * 10, 3)}, {Numerals.Of(course.LearningRate * 100, 3)}).",
            ("change of the loss in the trial", $"{Numerals.Brief(change)} of itself (threshold: below {Numerals.Brief(LeastChange)})"),
            ("cosine of first and last gradient", $"{Numerals.Brief(angle)} (threshold: above {Numerals.Of(SameWay)})"),
            ("gradient times weights beside the loss", $"{Numerals.Brief(pull)} (threshold: above {Numerals.Of(LeastPull)})"),
            ("length of a step beside the weights", $"{Numerals.Brief(course.StepLength)} (threshold: below {Numerals.Of(TrialStep)}; a hint where the model was trained already)"));
    }
}
