namespace Nabla;

/// <summary>What there is to say where a training leaves the finite numbers.</summary>
internal static class Divergence
{
    /// <summary>A step's loss, or its gradients' length, is not finite.</summary>
    public static TrainingDivergedException At(Model model, double loss, double norm, int epoch, int step, int? steps, History? history = null)
    {
        string[] broken = NotFinite(model);
        string state = broken.Length == 0
            ? "The step was not applied: the weights are those of the step before."
            : $"The step before made weights that are not finite: {string.Join(", ", broken)}. Load a saved model, or build and compile a new one.";
        string expected = double.IsFinite(loss) ? $"gradients of a finite global norm, received {Named(norm)}" : $"a finite loss, received {Named(loss)}";
        return Error(model, $"{expected} in epoch {epoch} at step {step}{Of(steps)}. {state}", epoch, step, history);
    }

    /// <summary>The error of weights that an epoch's last step has broken: the next loss would show it, but there is none. Null where all are finite.</summary>
    public static TrainingDivergedException? OfWeights(Model model, int epoch, int step, int? steps, History? history)
    {
        if (NotFinite(model) is { Length: > 0 } broken)
        {
            return Error(model, $"finite weights, received NaN or infinity in {string.Join(", ", broken)} after step {step}{Of(steps)} in epoch {epoch}. Load a saved model, or build and compile a new one.", epoch, step, history);
        }

        return null;
    }

    private static TrainingDivergedException Error(Model model, string received, int epoch, int step, History? history) =>
        new($"{model.ClassName} '{model.Name}': Fit expected {received} Try a smaller learning rate, inputs scaled to about -1..1, or a loss from logits.")
        {
            Epoch = epoch,
            Step = step,
            History = history,
        };

    private static string[] NotFinite(Model model) => [.. model.Weights.Where(w => !DataScan.AllFinite(w.Value)).Select(w => w.Name)];

    private static string Of(int? steps) => steps is { } count ? $" of {count}" : "";

    private static string Named(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "infinity" : "-infinity";
}
