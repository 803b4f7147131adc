namespace Nabla.Explain;

/// <summary>Gathers what the rules look at, and asks them.</summary>
internal sealed class Examiner
{
    private readonly Model _model;
    private readonly Compilation _compilation;
    private readonly TrainingData _data;
    private readonly ProbeSet _probe;
    private readonly ModelRecording _recording;
    private readonly List<Measurement> _measurements = [];
    private Trial? _trial;

    /// <summary>An examiner of a built and compiled model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">What it learns from.</param>
    public Examiner(Model model, TrainingData data)
    {
        _model = model;
        _compilation = model.RequireCompiled("Diagnose");
        _data = data;
        _probe = ProbeSet.Of(data, model.Weights.Sum(w => (long)w.Type.Dims.Count));
        _recording = ModelRecording.Of(model, _compilation, _probe.Data.Types.Batch(_probe.Data.Count));
    }

    /// <summary>Data as their owner gave them, before they were brought to the model's types; null takes those.</summary>
    public (NDArray X, NDArray Y, NDArray? TestX)? Given { get; init; }

    /// <summary>The number that first was not finite; null where all are.</summary>
    public Birth? Birth { get; set; }

    /// <summary>The course of a training; null where none was watched.</summary>
    public Course? Course { get; init; }

    /// <summary>Measures with the weights as they are, unless they are not finite.</summary>
    public void Measure(int epoch)
    {
        if (_model.Weights.All(w => DataScan.AllFinite(w.Value)))
        {
            _measurements.Add(Measurement.Take(_recording, _probe.Data, _model.Progress.Seed, epoch));
        }
    }

    /// <summary>Tries a few steps on values of their own, where all is finite so far.</summary>
    public void Try()
    {
        if (Birth is null && _measurements is [{ } start, ..] && double.IsFinite(start.Loss))
        {
            _trial = Trial.Run(_model, _compilation, _data, start, values => Measurement.Take(_recording, _probe.Data, _model.Progress.Seed, 0, values));
        }
    }

    /// <summary>What all rules have to say.</summary>
    /// <param name="subject">What was examined.</param>
    public Diagnosis Conclude(string subject)
    {
        (NDArray x, NDArray y, NDArray? test) = Given ?? (_data.X[0], _data.Y[0], null);
        Examination seen = new(_model, _compilation)
        {
            Labels = _data.Y,
            Data = new DataFacts(x, y, _compilation.Goals[0].Loss) { TestX = test, Names = _model.Metadata?.Columns ?? [] },
            Probe = _probe,
            Measurements = [.. _measurements.Where(m => double.IsFinite(m.Loss))],
            Course = Course,
            Birth = Birth,
            Trial = _trial,
            Confirm = (gate, suspects) => DeadUnits.Confirm(_recording, _data, _probe.Data.Count, _model.Progress.Seed, gate, suspects),
        };
        return new Diagnosis(subject, DoctorRules.Check(seen));
    }
}
