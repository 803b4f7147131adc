using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>
/// A callback that watches a training and says at its end what is wrong with it; where a number stops being finite, at once, with the op, the layer, the
/// sample and the line of your code that it came from.
/// </summary>
/// <remarks>
/// Measures before the training, after epochs 1, 2, 4, 8, ... and at the end, by the interpreter on up to 128 samples; looks closely at 12 steps now and
/// then; and keeps the weights of the last two steps where they are not too many, so that a step that broke can be run again.
/// </remarks>
/// <example><code>
/// Doctor doctor = new(verbose: 0);
/// model.Fit(x, y, epochs: 3, verbose: 0, callbacks: [doctor]);
/// Console.WriteLine(doctor.Diagnosis);
/// </code></example>
/// <param name="verbose">1: what is found is printed; 0: it is kept in <see cref="Diagnosis"/>.</param>
public sealed class Doctor(int verbose = 1) : Callback
{
    // Weights and the optimizer's memory of them, of two steps: at most this many values each.
    private const long MostKept = 2_000_000;

    private readonly StepWatch _watch = new();
    private Course _course = new();
    private Examiner? _examiner;
    private Kept? _before;
    private Kept? _now;
    private int _epoch;
    private Diagnosis? _diagnosis;

    /// <summary>What was found.</summary>
    /// <exception cref="InvalidOperationException">No training has ended yet.</exception>
    public Diagnosis Diagnosis => _diagnosis ?? throw new InvalidOperationException("Doctor: expected to be given to Fit first: there is no diagnosis yet. Say model.Fit(..., callbacks: [doctor]).");

    private FitLoop Running => Model.Compilation!.Running!;

    /// <inheritdoc/>
    public override void OnTrainBegin() => (_course, _examiner, _before, _now, _diagnosis, _epoch) = (new Course(), null, null, null, null, 0);

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch)
    {
        if (_examiner is null)
        {
            // A stream's first batch is known only now.
            _examiner = new Examiner(Model, Running.Source.Data) { Course = _course, Given = (Running.Source.Data.X[0], Running.Source.Data.Y[0], Running.Held?.X[0]) };
            _examiner.Measure(0);
            _watch.Begin(_course);
        }

        _watch.Step(_course, Model);
        _course.LearningRate = Model.Optimizer!.LearningRate;
        _before = _now;
        _now = Keep();
        _course.Steps++;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (_diagnosis is not null || _examiner is null)
        {
            return;
        }

        _course.Losses.Add(logs.TryGetValue("loss", out double loss) ? loss : double.NaN);
        if (logs.TryGetValue("val_loss", out double held))
        {
            _course.ValidationLosses.Add(held);
        }

        _epoch++;
        if ((_epoch & (_epoch - 1)) == 0)
        {
            _examiner.Measure(_epoch);
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(IReadOnlyDictionary<string, double> logs)
    {
        if (_diagnosis is null && _examiner is not null)
        {
            _examiner.Measure(_epoch);
            Conclude();
        }

        // A model of millions of weights would stay in memory twice.
        (_examiner, _before, _now) = (null, null, null);
    }

    internal override bool Catches(int batch)
    {
        bool isBroken = Model.Weights.Any(w => !DataScan.AllFinite(w.Value));
        Broke(batch, isBroken && _before is not null ? _before : _now);
        return false;
    }

    internal override void WeightsBroke(int batch) => Broke(batch, _now);

    private void Broke(int batch, Kept? step)
    {
        if (_examiner is null || _diagnosis is not null)
        {
            return;
        }

        _course.Diverged = true;
        FitLoop fit = Running;
        int[] rows = step?.Rows ?? fit.Source.Rows;
        Birth? birth = BirthFinder.Find(
            Model,
            step?.Batch ?? ProbeSet.Of(fit.Source.Data, rows).Data,
            rows,
            Model.Progress.Seed,
            step?.Rate ?? Model.Optimizer!.GivenRate,
            v => step?.Values.GetValueOrDefault(v) ?? v.Value);
        _examiner.Birth = birth is null ? null : birth with { Epoch = _epoch + 1, Step = step?.Step ?? _course.Steps };
        Conclude();
    }

    private void Conclude()
    {
        _diagnosis = _examiner!.Conclude($"{Model.ClassName} '{Model.Name}', {_course.Steps} steps");
        if (verbose > 0)
        {
            Console.Write(_diagnosis.ToString());
        }
    }

    private Kept? Keep()
    {
        ImmutableArray<Variable> all = [.. Model.Weights, .. Model.Compilation!.EnsureState().All];
        if (all.Sum(v => (long)v.Type.Dims.Count) > MostKept)
        {
            return null;
        }

        StepSource source = Running.Source;
        Dictionary<Variable, NDArray> values = new(ReferenceEqualityComparer.Instance);
        foreach (Variable variable in all)
        {
            values[variable] = variable.Value;
        }

        return new Kept(_course.Steps + 1, source.Data, source.Rows, Model.Optimizer!.GivenRate, values);
    }

    /// <summary>What is needed to run a step again.</summary>
    private sealed record Kept(long Step, TrainingData Data, int[] Rows, double Rate, IReadOnlyDictionary<Variable, NDArray> Values)
    {
        public TrainingData Batch => ProbeSet.Of(Data, Rows).Data;
    }
}
