namespace Nabla;

/// <summary>A model trained from logits answers with logits: z, not a.</summary>
internal sealed class LogitsOutput() : AdviceRule("logits-output", "L16")
{
    public override IEnumerable<Advice> Check(ModelFacts facts)
    {
        foreach (OutputFacts output in facts.Outputs)
        {
            if (output is { Loss.TakesLogits: true, Activation: "linear" })
            {
                yield return Note(
                    $"The model's outputs are logits, not probabilities: take Nn.{output.Probabilities}(model.Predict(x)).",
                    "",
                    ("output", output.Name),
                    ("loss", output.Loss.ClassName));
            }
        }
    }
}
