namespace Nabla.Tests.Optimizers;

/// <summary>An optimizer's steps on given weights and gradients.</summary>
internal sealed class OptimizerRun
{
    private readonly Optimizer _optimizer;

    public OptimizerRun(Optimizer optimizer, params NDArray[] weights)
    {
        _optimizer = optimizer;
        Variables = [.. weights.Select((w, i) => new Variable($"w{i}", w, trainable: true))];
    }

    public Variable[] Variables { get; }

    public NDArray[] Values => [.. Variables.Select(v => v.Value)];

    public void Step(params NDArray[] gradients) => _optimizer.Apply([.. gradients.Zip(Variables)]);
}
