namespace Nabla;

/// <summary>Accuracies that count another thing than their user thinks: a threshold of 0.5 on logits, or the largest of several labels.</summary>
internal sealed class OutputMetrics() : AdviceRule("output-metrics", "L37")
{
    public override IEnumerable<Advice> Check(ModelFacts facts)
    {
        foreach (OutputFacts output in facts.Outputs)
        {
            int? outputs = output.Type?.Dims[-1].Size;
            foreach (Metric metric in output.Metrics)
            {
                bool byName = metric is AccuracyByName;
                bool halves = (byName && outputs == 1) || metric is BinaryAccuracy { Threshold: 0.5 };
                if (halves && output.Loss?.TakesLogits == true)
                {
                    yield return Note($"'{metric.Name}' counts outputs above 0.5, but the outputs are logits.", $"Say new BinaryAccuracy(\"{metric.Name}\", threshold: 0).", ("metric", metric.Name));
                }
                else if (byName && output.Loss is BinaryCrossentropy && outputs > 1)
                {
                    yield return Note($"'{metric.Name}' compares the largest output with the largest label where there are several outputs.", "If each output is a yes or no of its own, say \"binary_accuracy\".", ("metric", metric.Name));
                }
            }
        }
    }
}
