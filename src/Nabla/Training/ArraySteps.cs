using System.Globalization;

namespace Nabla;

/// <summary>Steps over arrays: each pass takes every sample once, in its own order.</summary>
internal sealed class ArraySteps : StepSource
{
    private readonly TrainingData _data;
    private readonly TrainingPlans _plans;
    private readonly TrainingStep _step;
    private readonly BatchOrder _order;
    private readonly FitOptions _options;
    private readonly int _stepsPerPass;
    private readonly int _stepsPerEpoch;
    private long _first;
    private long _pass = -1;
    private int _seed;
    private int _start;
    private int _samples;

    public ArraySteps(Compilation compilation, TrainingData data, FitOptions options, int threads)
    {
        (_data, _options) = (data, options);
        _plans = compilation.TrainingPlans(data, options.BatchSize, threads);
        _step = new TrainingStep(_plans, data);
        _order = new BatchOrder(data.Count);
        _stepsPerPass = (data.Count + options.BatchSize - 1) / options.BatchSize;
        _stepsPerEpoch = options.StepsPerEpoch ?? _stepsPerPass;
    }

    public override int? Steps => _stepsPerEpoch;

    public override int? Count => _data.Count;

    public override TrainingData Data => _data;

    public override int[] Rows => _order.Rows(_start, _samples).ToArray();

    public override Accumulators Sums => _plans.Sums;

    public override string Layout => string.Create(
        CultureInfo.InvariantCulture, $"{_data.Count} samples in batches of {_options.BatchSize}, {(_options.Shuffle ? "shuffled" : "in order")}, {_stepsPerEpoch} steps an epoch");

    public override double GradientNorm => _step.GradientNorm;

    public override int Samples => _samples;

    public override void Begin(int seed, long epoch, int step, long? consumed) => (_seed, _first, _pass) = (seed, epoch * _stepsPerEpoch, -1);

    public override bool Next(int step)
    {
        if (step >= _stepsPerEpoch)
        {
            return false;
        }

        // Steps are counted over the model's life, so that with fewer or more steps an epoch than the data have, every sample still comes once a pass.
        (long pass, long place) = Math.DivRem(_first + step, _stepsPerPass);
        if (pass != _pass)
        {
            _order.Begin(_seed, pass, _options.Shuffle);
            _pass = pass;
        }

        _start = (int)place * _options.BatchSize;
        _samples = Math.Min(_options.BatchSize, _data.Count - _start);
        return true;
    }

    public override double Run(double learningRate)
    {
        _step.Begin(learningRate, _seed);
        return _step.Run(_order.Rows(_start, _samples));
    }
}
