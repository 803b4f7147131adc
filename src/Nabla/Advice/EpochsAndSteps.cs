using System.Globalization;

namespace Nabla;

/// <summary>An epoch is not a step: it is one pass over all samples, with a step a batch.</summary>
internal sealed class EpochsAndSteps() : AdviceRule("epochs-and-steps", "L9")
{
    public override IEnumerable<Advice> Check(ModelFacts facts)
    {
        if (facts.Fit is { } fit)
        {
            long steps = ((long)fit.Samples + fit.BatchSize - 1) / fit.BatchSize;
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"{fit.Epochs:N0} epoch{(fit.Epochs == 1 ? "" : "s")} of {steps:N0} step{(steps == 1 ? "" : "s")} ({fit.Samples:N0} samples, {fit.BatchSize:N0} a step): the weights move {fit.Epochs * steps:N0} times.");
            yield return Hint(text, "", ("epochs", $"{fit.Epochs}"), ("steps an epoch", $"{steps}"));
        }
    }
}
