namespace Nabla.Tests.Optimizers;

/// <summary>An optimizer's steps on given weights and gradients, as the training step records them.</summary>
internal sealed class OptimizerRun
{
    private readonly Optimizer _optimizer;
    private NDArray[] _slots;
    private int _steps;

    public OptimizerRun(Optimizer optimizer, params NDArray[] weights)
    {
        _optimizer = optimizer;
        Values = weights;
        _slots = [.. weights.SelectMany(w => optimizer.Slots.Select(_ => NDArray.Zeros(w.DType, w.Dims)))];
    }

    public NDArray[] Values { get; private set; }

    public void Step(params NDArray[] gradients)
    {
        int n = Values.Length;
        int each = _optimizer.Slots.Count;
        NDArray[] results = OnValues.Run(
            t =>
            {
                Tensor[][] slots = [.. Enumerable.Range(0, n).Select(i => t[(2 + 2 * n + i * each)..(2 + 2 * n + (i + 1) * each)])];
                var updated = _optimizer.Apply(new OptimizerStep(t[0], t[1]), t[2..(2 + n)], t[(2 + n)..(2 + 2 * n)], slots);
                return [.. updated.Select(u => u.Value), .. updated.SelectMany(u => u.Slots)];
            },
            [_optimizer.LearningRate, (double)++_steps, .. Values, .. gradients, .. _slots]);
        Values = results[..n];
        _slots = results[n..];
    }
}
