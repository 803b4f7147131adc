namespace Nabla;

/// <summary>The lectures count classes 1..N, Keras 0..N-1.</summary>
internal sealed class LabelsFromOne() : AdviceRule("labels-from-one", "L29")
{
    private const string ToDo = "Subtract 1 from each, or say SparseCategoricalCrossentropy(labelBase: 1).";

    /// <summary>What to do about labels that run from 1 to the number of classes; null where they do not.</summary>
    public static string? Suggestion(double least, double most, int classes, int labelBase) => Seen(least, most, classes, labelBase) is { } seen ? $"{seen} {ToDo}" : null;

    private static string? Seen(double least, double most, int classes, int labelBase) =>
        labelBase == 0 && least == 1 && most == classes ? $"The labels run from 1 to {classes}; Keras counts classes from 0." : null;

    public override IEnumerable<Advice> Check(ModelFacts facts)
    {
        foreach ((OutputFacts output, NDArray labels) in facts.Outputs.Zip(facts.Labels))
        {
            if (output is { Loss: { TakesClasses: true } loss, Type: { } type } && labels.Count > 0)
            {
                ReadOnlySpan<double> values = labels.AsType(DType.Float64).AsSpan<double>();
                (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
                foreach (double value in values)
                {
                    (least, most) = (Math.Min(least, value), Math.Max(most, value));
                }

                if (Seen(least, most, type.Dims[-1].Size, loss.LabelBase) is { } seen)
                {
                    return [Finding(seen, ToDo, ("smallest label", LogText.Exact(least)), ("largest label", LogText.Exact(most)), ("outputs", $"{type.Dims[-1].Size}"))];
                }
            }
        }

        return [];
    }
}
