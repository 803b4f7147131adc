namespace Nabla.Explain;

/// <summary>
/// A few training steps of which the model learns nothing: the graph of the step is run on values of its own, to see whether the learning rate fits. A model
/// that is too large to do it in a second or two is not tried.
/// </summary>
/// <param name="Course">Five windows of steps, as if each were an epoch.</param>
/// <param name="Start">What was measured before.</param>
/// <param name="End">What was measured after the last step; null where the numbers were not finite any more.</param>
internal sealed record Trial(Course Course, Measurement Start, Measurement? End)
{
    /// <summary>How many windows the steps are divided into.</summary>
    public const int Windows = 5;

    // Products of weights and samples, forward and back, that a compiled step does in about a second.
    private const long Budget = 1_000_000_000;
    private const int Each = 12;
    private const int FewestEach = 3;
    private const int LargestBatch = 32;
    private const int Passes = 3;

    /// <summary>Tries some steps; null where they would take too long.</summary>
    /// <param name="model">The model; nothing of it is changed.</param>
    /// <param name="compilation">How it learns.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="start">What was measured with the weights as they are.</param>
    /// <param name="measure">Measures with other values of the variables.</param>
    public static Trial? Run(Model model, Compilation compilation, TrainingData data, Measurement start, Func<Func<Variable, NDArray>, Measurement> measure)
    {
        int size = Math.Min(LargestBatch, data.Count);
        long weights = Math.Max(1, model.Weights.Sum(w => (long)w.Type.Dims.Count));
        int each = (int)Math.Min(Each, Budget / (weights * size * Passes) / Windows);
        if (each < FewestEach || compilation.EnsureState().Weights.Count == 0)
        {
            return null;
        }

        Accumulators sums = new(compilation.Goals, data.Types.Y, model.OutputTypes);
        StepGraph step = StepGraphs.Train(model, compilation, sums, data.Types.Batch(size), null);
        Executable plan = Executable.Compile(step.Graph);
        HashSet<Variable> summed = new(sums.All, ReferenceEqualityComparer.Instance);
        Dictionary<Variable, NDArray> values = new(ReferenceEqualityComparer.Instance);
        foreach (Variable variable in step.Reads)
        {
            values[variable] = summed.Contains(variable) ? NDArray.Zeros(variable.Type.DType, variable.Type.Dims) : variable.Value;
        }

        Course course = new() { LearningRate = compilation.Optimizer.LearningRate };
        int[] order = [.. Enumerable.Range(0, data.Count)];
        new Random(model.Progress.Seed).Shuffle(order);
        int loss = step.Graph.Outputs.ToList().FindIndex(o => o.Name == "batch_loss");
        double[] before = Weights(model, values);
        double[]? change = null;
        for (int window = 0; window < Windows && !course.Diverged; window++)
        {
            double total = 0;
            for (int i = 0; i < each; i++)
            {
                int first = (int)(course.Steps * size % data.Count);
                TrainingData batch = ProbeSet.Of(data, [.. Enumerable.Range(first, size).Select(r => order[r % data.Count])]).Data;
                NDArray[] found = [.. plan.Run([.. batch.All, NDArray.Full(compilation.Optimizer.GivenRate, Dims.Scalar), NDArray.Full((long)model.Progress.Seed, Dims.Scalar), .. step.Reads.Select(v => values[v])])];
                for (int w = 0; w < step.Writes.Count; w++)
                {
                    if (!summed.Contains(step.Writes[w]))
                    {
                        values[step.Writes[w]] = found[w];
                    }
                }

                total += found[loss].ToArray<double>()[0];
                double[] after = Weights(model, values);
                double[] moved = [.. after.Zip(before, (a, b) => a - b)];
                course.RelativeUpdates.Add(Length(moved) / Length(before));
                if (change is not null)
                {
                    course.Turns.Add(Figures.Cosine(moved, change));
                }

                (before, change) = (after, moved);
                course.Steps++;
            }

            course.Losses.Add(total / each);
            course.Diverged = !double.IsFinite(total) || !before.All(double.IsFinite);
        }

        return new Trial(course, start, course.Diverged ? null : measure(v => values.GetValueOrDefault(v) ?? v.Value));
    }

    private static double[] Weights(Model model, Dictionary<Variable, NDArray> values) =>
        [.. model.TrainableWeights.SelectMany(w => (values.GetValueOrDefault(w) ?? w.Value).AsType(DType.Float64).ToArray<double>())];

    private static double Length(double[] values) => Math.Sqrt(values.Sum(v => v * v));
}
