using System.Globalization;

namespace Nabla;

/// <summary>
/// Steps over a stream of batches. Without a number of steps an epoch is the stream from its start to its end; with one the stream goes on from
/// epoch to epoch.
/// </summary>
internal sealed class StreamSteps : StepSource
{
    private readonly Model _model;
    private readonly Compilation _compilation;
    private readonly BatchReader _reader;
    private readonly FitOptions _options;
    private readonly int _threads;
    private readonly BatchPlans _plans;
    private Batch? _ahead;
    private int? _counted;
    private int _seed;
    private TrainingData? _batch;
    private long _consumed;

    public StreamSteps(Model model, Compilation compilation, BatchReader reader, FitOptions options, int threads)
    {
        (_model, _compilation, _reader, _options, _threads) = (model, compilation, reader, options, threads);

        // The first batch says what all are like; it is learned from when the training begins.
        reader.Begin();
        _ahead = reader.Next() ?? throw new TrainingDataException($"{Who} expected at least one batch, received a stream that ends at once.");
        TrainingData first = Check(_ahead, 1);
        _plans = compilation.BatchPlans(first, threads);
    }

    public override int? Steps => _options.StepsPerEpoch ?? _counted;

    public override TrainingData Data => _batch!;

    public override int[] Rows => [.. Enumerable.Range(0, Samples)];

    public override Accumulators Sums => _plans.Sums;

    public override string Layout => _options.StepsPerEpoch is { } steps ? string.Create(CultureInfo.InvariantCulture, $"a stream, {steps} steps an epoch") : "a stream, taken anew each epoch";

    public override long Consumed => _consumed;

    public override double GradientNorm => _plans.GradientNorm;

    public override int Samples => _batch?.Count ?? 0;

    private string Who => $"{_model.ClassName} '{_model.Name}': Fit";

    public override void Begin(int seed, long epoch, int step, long? consumed)
    {
        _seed = seed;
        if (consumed is null && _options.StepsPerEpoch is not null)
        {
            return;
        }

        if (consumed is null)
        {
            _ahead = null;
            _reader.Begin();
        }

        // What was learned from before the training was interrupted is read again and dropped.
        _consumed = 0;
        long skip = _options.StepsPerEpoch is null ? step : consumed ?? 0;
        for (long i = 0; i < skip; i++)
        {
            if (Read() is null)
            {
                throw new TrainingDataException($"{Who} expected the stream of the training that goes on, with {skip} batches before the next step, received one that ends after {i}.");
            }
        }
    }

    public override bool Next(int step)
    {
        if (step == _options.StepsPerEpoch)
        {
            return false;
        }

        if (Read() is not { } batch)
        {
            if (_options.StepsPerEpoch is { } expected)
            {
                throw new TrainingDataException($"{Who} expected {expected} batches an epoch, received a stream that ends after {step} of them ({_consumed} in all). Let it go on for as long as it is asked, or leave out StepsPerEpoch: then each epoch takes it from its start to its end.");
            }

            if (step == 0)
            {
                throw new TrainingDataException($"{Who} expected a stream that can be gone through again each epoch, received one that gives no batch the second time. Give a list or a method with yield, keep the batches by ToList(), or say StepsPerEpoch: then one stream goes on from epoch to epoch.");
            }

            _counted = step;
            return false;
        }

        if (_options.StepsPerEpoch is null && step >= _options.EndlessAfter)
        {
            throw new TrainingDataException($"{Who} expected a stream that ends, received {step} batches and no end. Say StepsPerEpoch: how many batches make an epoch.");
        }

        _batch = Check(batch, step + 1);
        return true;
    }

    public override double Run(double learningRate) => _plans.Run(_batch!, learningRate, _seed);

    private Batch? Read()
    {
        Batch? batch = _ahead ?? _reader.Next();
        _ahead = null;
        _consumed += batch is null ? 0 : 1;
        return batch;
    }

    private TrainingData Check(Batch batch, int number)
    {
        TrainingData data;
        try
        {
            data = DataCheck.Run(_model, nameof(Model.Fit), batch.X, batch.Y, batch.SampleWeight, _options.ClassWeight);
        }
        catch (TrainingDataException e)
        {
            throw new TrainingDataException($"{e.Message} (batch {number} of the stream)", e);
        }

        return _plans is null || _plans.Fits(data, _threads)
            ? data
            : throw new TrainingDataException($"{Who} expected batches like the first ({_plans}), received another kind as batch {number} ({string.Join(", ", data.All.Select(a => a.Type))}). Give all batches the same element types and dims, with sample weights in all or in none.");
    }
}
