using System.Globalization;

namespace Nabla.Explain;

/// <summary>The cost of a compiled model in one line, with what people stumble over: means, factors, penalties.</summary>
internal static class LossWords
{
    public static string Of(Model model, Compilation compilation, int samples)
    {
        IReadOnlyList<Goal> goals = compilation.Goals;
        string[] terms = [.. goals.Where(g => g.Loss is not null).Select(g => Term(g, goals.Count > 1, samples))];
        string penalties = model.TrainableWeights.Any(w => w.Regularizer is not null) ? " + penalties on weights" : "";
        string hint = goals.Any(g => g.Loss is MeanSquaredError) ? ", where mse is (a - y)^2 without 1/2, its mean over a sample's outputs" : "";
        return $"J = {string.Join(" + ", terms)}{penalties}{hint}";
    }

    private static string Term(Goal goal, bool many, int samples)
    {
        Loss loss = goal.Loss!;
        string how = loss.Reduction == Reduction.Sum ? "sum" : "mean";
        string name = many ? $"L_{goal.Name}" : "L";
        string weight = goal.Weight == 1 ? "" : goal.Weight.ToString("R", CultureInfo.InvariantCulture) + "*";
        string over = samples == 1 ? $"{weight}{name}" : string.Create(CultureInfo.InvariantCulture, $"{weight}{how}({name}) over {samples} samples");
        string logits = loss.TakesLogits == true ? " of logits" : "";
        return $"{over}, {name} = {loss.Name}{logits}";
    }
}
