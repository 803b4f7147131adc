namespace Nabla;

/// <summary>What to say about a last layer and a loss that go together badly, or less well than they could.</summary>
internal static class OutputAdvice
{
    public static IEnumerable<string> For(Activation? output, Loss? loss, IEnumerable<Metric> metrics, TensorType? outputType)
    {
        string? activation = output?.Name;
        bool probabilities = activation is "softmax" or "sigmoid";
        switch (loss?.TakesLogits)
        {
            case true when probabilities:
                yield return $"{loss.ClassName}(fromLogits: true) expects logits, but the last layer's activation is '{activation}': it would be applied twice. Make the last layer linear.";
                break;
            case false when probabilities:
                yield return $"{loss.ClassName} gets probabilities from a {activation} output. More accurate: make the last layer activation: \"linear\", say {loss.ClassName}(fromLogits: true), and take Nn.{(activation == "softmax" ? "Softmax" : "Sigmoid")} of the predictions.";
                break;
            case false when activation is "linear":
                yield return $"{loss.ClassName} expects probabilities, but the last layer is linear. Say {loss.ClassName}(fromLogits: true).";
                break;
        }

        int? outputs = outputType?.Dims[-1].Size;
        foreach (Metric metric in metrics)
        {
            bool byName = metric is AccuracyByName;
            bool halves = (byName && outputs == 1) || metric is BinaryAccuracy { Threshold: 0.5 };
            if (halves && loss?.TakesLogits == true)
            {
                yield return $"'{metric.Name}' counts outputs above 0.5, but the outputs are logits. Say new BinaryAccuracy(\"{metric.Name}\", threshold: 0).";
            }
            else if (byName && loss is BinaryCrossentropy && outputs > 1)
            {
                yield return $"'{metric.Name}' compares the largest output with the largest label where there are several outputs. If each output is a yes or no of its own, say \"binary_accuracy\".";
            }
        }
    }
}
