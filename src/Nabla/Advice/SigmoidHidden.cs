namespace Nabla;

/// <summary>Sigmoid in hidden layers learns slowly: its slope is at most a quarter.</summary>
internal sealed class SigmoidHidden() : AdviceRule("sigmoid-hidden", "L24")
{
    public override IEnumerable<Advice> Check(ModelFacts facts)
    {
        Layer? last = facts.Model.OutputLayer;
        foreach (Dense dense in facts.Model.Layers.OfType<Dense>())
        {
            if (!ReferenceEquals(dense, last) && dense.Activation.Name == "sigmoid")
            {
                yield return Hint($"Dense '{dense.Name}' is a hidden layer with a sigmoid, whose slope is at most 1/4.", "\"relu\" usually learns faster.", ("layer", dense.Name));
            }
        }
    }
}
