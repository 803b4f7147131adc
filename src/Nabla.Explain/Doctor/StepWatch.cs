namespace Nabla.Explain;

/// <summary>Looks at twelve successive steps at the start of a training and again at step 16, 64, 256, ...: how long they are and how they turn.</summary>
internal sealed class StepWatch
{
    /// <summary>How many successive steps are looked at.</summary>
    public const int Steps = 12;

    private const int Again = 16;
    private const int Spread = 4;

    // Two copies of the weights are kept, as doubles.
    private const long MostWeights = 4_000_000;

    private double[]? _weights;
    private double[]? _change;

    public void Begin(Course course) => (_weights, _change, course.Steps) = (null, null, 0);

    /// <summary>To be called before each step.</summary>
    public void Step(Course course, Model model)
    {
        IReadOnlyList<Variable> trained = model.TrainableWeights;
        if (!IsWatched(course.Steps) || trained.Sum(w => (long)w.Type.Dims.Count) > MostWeights)
        {
            (_weights, _change) = (null, null);
            return;
        }

        double[] now = [.. trained.SelectMany(w => w.Value.AsType(DType.Float64).AsSpan<double>().ToArray())];
        if (_weights is { } before && before.Length == now.Length)
        {
            double[] change = [.. now.Zip(before, (a, b) => a - b)];
            course.RelativeUpdates.Add(Length(change) / Length(before));
            if (_change is not null)
            {
                course.Turns.Add(Figures.Cosine(change, _change));
            }

            _change = change;
        }

        _weights = now;
    }

    // Steps are counted from 0; one more than the twelve closes the last of them.
    private static bool IsWatched(long step)
    {
        long start = Again;
        while (start * Spread <= step)
        {
            start *= Spread;
        }

        return step <= Steps || (step >= start && step - start <= Steps);
    }

    private static double Length(double[] values) => Math.Sqrt(values.Sum(v => v * v));
}
