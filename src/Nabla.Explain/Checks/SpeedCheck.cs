using System.Diagnostics;
using Nabla.Compiler.Kernels;

namespace Nabla.Explain;

/// <summary>The work of training on one sample, counted from the graph; and what this machine makes of it.</summary>
/// <param name="Forward">Multiply-adds of the matrix products forward, one sample.</param>
/// <param name="Backward">Multiply-adds of the matrix products of the gradients, one sample.</param>
/// <param name="Ceiling">Multiply-adds a second that one core can do at most, measured.</param>
/// <param name="SecondsPerSample">What one sample of training took here, on one thread, measured.</param>
internal sealed record SpeedCheck(long Forward, long Backward, double Ceiling, double SecondsPerSample)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private const int Samples = 2_000;

    /// <summary>The batch of the question that this answers.</summary>
    public const int Batch = 100;

    /// <summary>Multiply-adds of one sample of training.</summary>
    public long Work => Forward + Backward;

    /// <summary>Counts and measures; the model is trained a little by it.</summary>
    /// <param name="model">A compiled model that knows its input.</param>
    public static SpeedCheck Of(Model model)
    {
        (NDArray x, NDArray y) = MadeUp(model, Samples);
        (long forward, long backward) = Count(model.Explain(x, y, rows: [0], options: new TraceOptions { CheckedElements = 0, Epsilons = [] }));
        model.Fit(x, y, batchSize: Batch, epochs: 1, verbose: 0, threads: 1); // compiles
        double best = double.PositiveInfinity;
        Stopwatch all = Stopwatch.StartNew();
        do
        {
            Stopwatch time = Stopwatch.StartNew();
            model.Fit(x, y, batchSize: Batch, epochs: 1, verbose: 0, threads: 1);
            best = Math.Min(best, time.Elapsed.TotalSeconds / Samples);
        }
        while (all.Elapsed < Longest);

        return new SpeedCheck(forward, backward, FmaCeiling.Measure(SimdChoice.Best) * 1e9 / 2, best);
    }

    /// <summary>The multiply-adds of a step's matrix products: forward as recorded, backward one for each factor that a parameter stands behind.</summary>
    public static (long Forward, long Backward) Count(Trace trace)
    {
        HashSet<string> learned = [.. trace.Nodes.Where(n => n.Role == TraceRole.Parameter).Select(n => n.Name)];
        HashSet<Node> moved = [];
        long forward = 0, backward = 0;
        foreach (Node node in GraphParser.Parse(trace.Program).Nodes)
        {
            if (node.Op is Leaf leaf ? learned.Contains(leaf.Label) : node.Inputs.Any(moved.Contains))
            {
                moved.Add(node);
            }

            if (node.Op is MatMul product)
            {
                Dims left = node.Inputs[0].TensorType.Dims;
                long work = (long)node.TensorType.Dims.Count * left[left.Rank - (product.TransposeLeft ? 2 : 1)].Size;
                forward += work;
                backward += work * node.Inputs.Count(moved.Contains);
            }
        }

        return (forward, backward);
    }

    // Any numbers will do: the time does not depend on them.
    private static (NDArray X, NDArray Y) MadeUp(Model model, int samples)
    {
        Random random = new(0);
        Dims input = model.InputType!.Dims[1..];
        float[] x = [.. Enumerable.Range(0, samples * input.Count).Select(_ => random.NextSingle())];
        NDArray features = NDArray.Create<float>(x, [samples, .. input.Sizes]);
        Dims output = model.Predict(features[..1]).Dims[1..];
        return model.Loss is SparseCategoricalCrossentropy
            ? (features, NDArray.Create<int>([.. Enumerable.Range(0, samples).Select(_ => random.Next(output[^1].Size))], [samples]))
            : (features, NDArray.Create<float>([.. Enumerable.Range(0, samples * output.Count).Select(_ => (float)random.Next(2))], [samples, .. output.Sizes]));
    }
}
