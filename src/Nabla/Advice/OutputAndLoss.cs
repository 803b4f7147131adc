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
            string? message = output.Loss?.TakesLogits switch
            {
                true when probabilities =>
                    $"{output.Loss.ClassName}(fromLogits: true) expects logits, but the last layer's activation is '{activation}': it would be applied twice. Make the last layer linear.",
                false when probabilities =>
                    $"{output.Loss.ClassName} gets probabilities from a {activation} output. More accurate: make the last layer activation: \"linear\", say {output.Loss.ClassName}(fromLogits: true), and take Nn.{(activation == "softmax" ? "Softmax" : "Sigmoid")} of the predictions.",
                false when activation is "linear" =>
                    $"{output.Loss.ClassName} expects probabilities, but the last layer is linear. Say {output.Loss.ClassName}(fromLogits: true).",
                _ => null,
            };
            if (message is not null)
            {
                yield return Note(message, ("output", output.Name), ("activation", activation!), ("loss", output.Loss!.ClassName), ("from logits", output.Loss.TakesLogits == true ? "yes" : "no"));
            }
        }
    }
}
