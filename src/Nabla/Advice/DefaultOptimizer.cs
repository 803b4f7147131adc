namespace Nabla;

/// <summary>The lectures compile without naming an optimizer; what is taken then is not gradient descent.</summary>
internal sealed class DefaultOptimizer() : AdviceRule("default-optimizer", "L9")
{
    public override IEnumerable<Advice> Check(ModelFacts facts)
    {
        if (facts.Compilation is { IsOptimizerGiven: false } compilation)
        {
            yield return Note(
                "No optimizer was given: RMSprop with a learning rate of 0.001, as in Keras (gradient descent is \"sgd\").",
                "",
                ("optimizer", compilation.Optimizer.ClassName));
        }
    }
}
