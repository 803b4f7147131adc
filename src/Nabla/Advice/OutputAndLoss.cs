namespace Nabla;

/// <summary>A last activation and a loss that go together badly, or less well than they could: probabilities are rounded before their logarithm is taken.</summary>
internal sealed class OutputAndLoss() : AdviceRule("output-and-loss", "L15")
{
    public override IEnumerable<Advice> Check(ModelFacts facts)
    {
        foreach (OutputFacts output in facts.Outputs)
        {
            string? activation = output.Activation;
            bool probabilities = activation is "softmax" or "sigmoid";
            bool several = output.Type is { Dims.Rank: > 0 } type && type.Dims[-1].Size > 1;
            (AdviceLevel Level, string Seen, string ToDo)? found = output.Loss?.TakesLogits switch
            {
                true when probabilities => (
                    AdviceLevel.Finding,
                    $"{output.Loss.ClassName}(fromLogits: true) expects logits, but the last layer's activation is '{activation}': it would be applied twice.",
                    "Make the last layer linear."),
                not null when activation == "softmax" && output.Type is { Dims.Rank: > 0 } && !several => (
                    AdviceLevel.Finding,
                    "A softmax over a single output is always 1: it has nothing to share with.",
                    "Take a sigmoid for a yes or no, or as many units as there are classes."),
                not null when activation == "softmax" && output.Loss is BinaryCrossentropy => (
                    AdviceLevel.Finding,
                    "BinaryCrossentropy takes each output as a yes or no of its own, but a softmax makes them share: one can only rise where the others fall.",
                    "For one class a sample take CategoricalCrossentropy or SparseCategoricalCrossentropy; for several at once a sigmoid."),
                not null when activation == "sigmoid" && several && output.Loss is CategoricalCrossentropy or SparseCategoricalCrossentropy => (
                    AdviceLevel.Finding,
                    $"{output.Loss.ClassName} takes the outputs as shares of one whole, but sigmoids answer each for itself and need not sum to 1.",
                    $"Make the last layer linear and say {output.Loss.ClassName}(fromLogits: true); for several labels at once take BinaryCrossentropy."),
                false when activation is "relu" or "tanh" => (
                    AdviceLevel.Finding,
                    $"{output.Loss.ClassName} expects probabilities from 0 to 1, but the last layer's {activation} gives other numbers.",
                    $"Make the last layer linear and say {output.Loss.ClassName}(fromLogits: true)."),
                false when probabilities => (
                    AdviceLevel.Note,
                    $"{output.Loss.ClassName} gets probabilities from a {activation} output.",
                    $"More accurate: make the last layer activation: \"linear\", say {output.Loss.ClassName}(fromLogits: true), and take Nn.{(activation == "softmax" ? "Softmax" : "Sigmoid")} of the predictions."),
                false when activation is "linear" => (
                    AdviceLevel.Finding,
                    $"{output.Loss.ClassName} expects probabilities, but the last layer is linear.",
                    $"Say {output.Loss.ClassName}(fromLogits: true)."),
                _ => null,
            };
            if (found is { } said)
            {
                yield return Make(said.Level, said.Seen, said.ToDo, ("output", output.Name), ("activation", activation!), ("loss", output.Loss!.ClassName), ("from logits", output.Loss.TakesLogits == true ? "yes" : "no"));
            }
        }
    }
}
