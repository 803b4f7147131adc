namespace Nabla.Explain;

/// <summary>What the curves say: learned by heart, or not learned at all. Both are hints, for both may be meant.</summary>
internal sealed class Generalisation() : DoctorRule("over-or-underfit", "L118")
{
    private const double Rise = 1.2;
    private const double LeastGain = 0.1;

    /// <inheritdoc/>
    public override string About => $"Hints only: a loss on held-out samples above {Numerals.Of(Rise)} times its best, or less than {Numerals.Percent(LeastGain)} gained in the training.";

    protected override IEnumerable<Advice> Check(Examination seen)
    {
        if (seen.Course is not { Diverged: false, Losses.Count: > 0 } course || seen.Measurements.Count == 0)
        {
            yield break;
        }

        IReadOnlyList<double> held = course.ValidationLosses;
        double best = held.Count > 0 ? held.Min() : double.NaN;
        if (held.Count > 1 && held[^1] > Rise * best && course.Losses[^1] < course.Losses[0])
        {
            yield return Hint(
                $"The model begins to learn by heart: the loss on samples held out was best ({Numerals.Brief(best)}) after epoch {held.ToList().IndexOf(best) + 1} and is {Numerals.Brief(held[^1])} now, while the training's still falls.",
                "Stop there (new EarlyStopping(restoreBestWeights: true)), add Dropout or kernelRegularizer: \"l2\", or collect more samples.",
                ("validation loss, last to best", $"{Numerals.Brief(held[^1] / best)} (threshold: above {Numerals.Brief(Rise)})"));
        }

        // On the same samples, before and after.
        double before = seen.Measurements[0].Loss;
        double after = seen.Measurements[^1].Loss;
        double gain = 1 - (after / before);
        if (gain < LeastGain)
        {
            yield return Hint(
                $"Little was learned: the loss was {Numerals.Brief(before)} before training and is {Numerals.Brief(after)} after it, on the same samples.",
                "See whether the model can learn ten samples by heart; if it cannot, look at labels, learning rate and size, in that order.",
                ("gain", $"{Numerals.Percent(gain)} (threshold: below {Numerals.Percent(LeastGain)})"));
        }
    }
}
