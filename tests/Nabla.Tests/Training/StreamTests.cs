using System.Diagnostics.Metrics;

namespace Nabla.Tests.Training;

/// <summary>Fitting over streams and rows, one batch at a time, beside the caller's thread; and what meters hear of it.</summary>
public sealed class StreamTests
{
    private static readonly NDArray X = Problems.Digits(40).X;
    private static readonly NDArray Y = Problems.Digits(40).Y;

    private static IEnumerable<(NDArray X, NDArray Y)> Tens => Enumerable.Range(0, 4).Select(i => (X[(10 * i)..(10 * i + 10)], Y[(10 * i)..(10 * i + 10)]));

    private static async IAsyncEnumerable<Batch> Awaited()
    {
        foreach ((NDArray x, NDArray y) in Tens)
        {
            await Task.Yield();
            yield return (x, y);
        }
    }

    private static IEnumerable<(NDArray X, NDArray Y)> Endless()
    {
        while (true)
        {
            foreach ((NDArray X, NDArray Y) batch in Tens)
            {
                yield return batch;
            }
        }
    }

    private static Sequential Plain()
    {
        Sequential model = new([new Dense(12, "relu"), new Dense(10)], seed: 3);
        model.Compile(new SGD(0.1), new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"], verbose: 0);
        return model;
    }

    private static History InOrder(Sequential model, int epochs) => model.Fit(X, Y, batchSize: 10, epochs: epochs, verbose: 0, shuffle: false);

    [Fact]
    public void A_stream_gives_what_arrays_in_order_give()
    {
        History expected = InOrder(Plain(), 3);
        FitOptions options = new() { Epochs = 3, Verbose = 0 };
        Close(expected, Plain().Fit(Tens, options));
        Close(expected, Plain().Fit(Tens.Select(b => new Batch(b.X, b.Y)), options));
        Close(expected, Plain().Fit(Awaited(), options));
        Close(expected, Plain().Fit(Endless(), options with { StepsPerEpoch = 4 }));
        Close(expected, Plain().Fit(Tens.Select(b => (b.X, b.Y, NDArray.Full(1f, [10]))), options));
    }

    [Fact]
    public async Task Fitting_beside_the_caller_gives_the_same()
    {
        FitOptions options = new() { Epochs = 2, Verbose = 0, BatchSize = 10, Shuffle = false };
        int caller = Environment.CurrentManagedThreadId;
        int own = caller;
        Close(InOrder(Plain(), 2), await Plain().FitAsync(X, Y, options with { Callbacks = [new LambdaCallback(onTrainBegin: () => own = Environment.CurrentManagedThreadId)] }, TestContext.Current.CancellationToken));
        Assert.NotEqual(caller, own);
        Close(InOrder(Plain(), 2), await Plain().FitAsync(Awaited(), options, TestContext.Current.CancellationToken));
        Close(InOrder(Plain(), 2), await Plain().FitAsync(Tens.Select(b => (Batch)b), options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancelling_beside_the_caller_returns_the_history_so_far()
    {
        using CancellationTokenSource source = new();
        History history = await Plain().FitAsync(X, Y, new FitOptions
        {
            Epochs = 1000,
            Verbose = 0,
            Callbacks = [new LambdaCallback(onEpochEnd: (epoch, _) =>
            {
                if (epoch == 2)
                {
                    source.Cancel();
                }
            })],
        }, source.Token);
        Assert.True(history.Cancelled);
        Assert.Equal(3, history.Epochs.Count);
    }

    [Fact]
    public void Batches_of_any_size_share_one_recording()
    {
        Sequential model = Plain();
        int[] sizes = [7, 3, 10, 7, 13];
        int start = 0;
        List<Batch> batches = [.. sizes.Select(size => (Batch)(X[start..(start + size)], Y[start..(start += size)]))];
        History history = model.Fit(batches, new FitOptions { Epochs = 2, Verbose = 0 });
        Assert.Equal(10, history.Steps);
        Assert.Equal(["train, batch 7", "train, batch 3", "train, batch 10", "train, batch 13"], model.CompiledPlans);
    }

    [Fact]
    public void Steps_of_an_epoch_go_on_through_the_data()
    {
        // 4 batches a pass; 6 steps an epoch: the second epoch begins in the middle of the second pass.
        Sequential six = Plain();
        Sequential four = Plain();
        History history = six.Fit(X, Y, batchSize: 10, epochs: 2, verbose: 0, stepsPerEpoch: 6);
        four.Fit(X, Y, batchSize: 10, epochs: 3, verbose: 0);
        Assert.Equal(12, history.Steps);
        Assert.Equal(four.Weights[0].Value.ToArray<float>(), six.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void Validation_may_be_a_stream_and_take_some_steps()
    {
        FitOptions options = new() { Epochs = 2, Verbose = 0 };
        History all = Plain().Fit(X, Y, options with { ValidationBatches = [.. Tens.Select(b => (Batch)b)] });
        History array = Plain().Fit(X, Y, options with { ValidationData = new ValidationData(X, Y), ValidationBatchSize = 10 });
        Assert.Equal(array["val_loss"], all["val_loss"]);
        History two = Plain().Fit(X, Y, options with { ValidationBatches = Endless().Select(b => (Batch)b), ValidationSteps = 2 });
        History half = Plain().Fit(X, Y, options with { ValidationData = new ValidationData(X, Y), ValidationBatchSize = 10, ValidationSteps = 2 });
        History first = Plain().Fit(X, Y, options with { ValidationData = new ValidationData(X[..20], Y[..20]), ValidationBatchSize = 10 });
        Assert.Equal(first["val_loss"], two["val_loss"]);
        Assert.Equal(first["val_loss"], half["val_loss"]);
    }

    [Fact]
    public void A_stream_is_evaluated_like_arrays()
    {
        Sequential model = Plain();
        InOrder(model, 1);
        Assert.Equal(model.Evaluate(X, Y, batchSize: 10), model.Evaluate(Tens.Select(b => (Batch)b)));
        Assert.Equal(model.Evaluate(X[..20], Y[..20], batchSize: 10), model.Evaluate(Tens.Select(b => (Batch)b), steps: 2));
    }

    private sealed record House(float Area, int Rooms, bool Sold, double Price);

    private static readonly House[] Houses = [.. Enumerable.Range(1, 30).Select(i => new House(i / 30f, i % 5, i % 2 == 0, 0.1 * i))];

    [Fact]
    public void Rows_become_numbers_in_any_of_the_ways_to_say_so()
    {
        NDArray x = NDArray.From(Houses.SelectMany(h => new[] { h.Area, h.Rooms }).ToArray()).Reshape(-1, 2);
        FitOptions options = new() { Epochs = 2, Verbose = 0 };
        History expected = Prices().Fit((Arrays)x, NDArray.From(Houses.Select(h => h.Price).ToArray()), options);
        Same(expected, Prices().Fit(Houses, h => [h.Area, h.Rooms], h => h.Price, options));
        Same(expected, Prices().Fit(Houses, h => new float[] { h.Area, h.Rooms }, h => h.Price, options));
        Same(expected, Prices().Fit(Houses, h => (h.Area, h.Rooms), h => h.Price, options));
        Same(expected, Prices().Fit(Houses, h => [h.Area, h.Rooms], h => [h.Price], options));
        History sold = Prices().Fit((Arrays)x, NDArray.From(Houses.Select(h => h.Sold ? 1.0 : 0).ToArray()), options);
        Same(sold, Prices().Fit(Houses, h => [h.Area, h.Rooms], h => h.Sold, options));

        static Sequential Prices()
        {
            Sequential model = new([new Dense(4, "relu"), new Dense(1)], seed: 2);
            model.Compile(new SGD(0.01), "mse", verbose: 0);
            return model;
        }
    }

    [Fact]
    public void Single_batches_train_like_a_fit()
    {
        Sequential fitted = Plain();
        History history = InOrder(fitted, 1);
        Sequential model = Plain();
        List<double> losses = [];
        foreach ((NDArray x, NDArray y) in Tens)
        {
            losses.Add(model.TrainOnBatch(x, y)["loss"]);
        }

        Assert.Equal(history["loss"][0], losses.Average(), 1e-6);
        Near(fitted.Weights[0].Value, model.Weights[0].Value);
        Assert.Equal(model.Evaluate(X, Y, batchSize: 40), model.TestOnBatch(X, Y));
        Assert.Equal(model.Call(X).ToArray<float>(), model.PredictOnBatch(X).ToArray<float>());
    }

    [Fact]
    public void Gradients_and_Apply_make_a_loop_of_one_s_own()
    {
        Sequential fitted = Plain();
        InOrder(fitted, 2);
        Sequential model = Plain();
        for (int epoch = 0; epoch < 2; epoch++)
        {
            foreach ((NDArray x, NDArray y) in Tens)
            {
                (double loss, IReadOnlyList<(NDArray Gradient, Variable Variable)> gradients) = model.Gradients(x, y);
                Assert.True(double.IsFinite(loss));
                Assert.Equal(model.TrainableWeights, gradients.Select(g => g.Variable));
                model.Optimizer!.Apply(gradients);
            }
        }

        Near(fitted.Weights[0].Value, model.Weights[0].Value);
        Assert.Equal(8, model.Optimizer!.Iterations);
    }

    [Fact]
    public void Gradients_are_slopes()
    {
        Sequential model = new([new Dense(3, "tanh"), new Dense(1)], dtype: DType.Float64, seed: 5);
        model.Compile(new SGD(0.1), "mse", verbose: 0);
        (NDArray x, NDArray y) = Problems.Signs(8);
        (double loss, IReadOnlyList<(NDArray Gradient, Variable Variable)> gradients) = model.Gradients(x, y);
        Variable kernel = gradients[0].Variable;
        double[] values = kernel.Value.ToArray<double>();
        const double Step = 1e-6;
        for (int i = 0; i < values.Length; i++)
        {
            double[] moved = [.. values];
            moved[i] += Step;
            kernel.Assign(NDArray.From(moved).Reshape([.. kernel.Type.Dims.Sizes]));
            Assert.Equal((model.TestOnBatch(x, y).Loss - loss) / Step, gradients[0].Gradient.ToArray<double>()[i], 1e-5);
        }
    }

    [Fact]
    public void Meters_hear_of_steps_and_epochs_while_somebody_listens()
    {
        Dictionary<string, double> heard = [];
        using MeterListener listener = new();
        Sequential model = new([new Dense(10)], name: "heard", seed: 1);
        model.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Nabla")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        void Hear(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags[0] is { Key: "model", Value: "heard" })
            {
                heard[name] = heard.GetValueOrDefault(name) + value;
            }
        }

        listener.SetMeasurementEventCallback<long>((i, v, tags, _) => Hear(i.Name, v, tags));
        listener.SetMeasurementEventCallback<double>((i, v, tags, _) => Hear(i.Name, v, tags));
        listener.Start();
        History history = model.Fit(X, Y, batchSize: 10, epochs: 2, verbose: 0);
        Assert.Equal(8, heard["nabla.training.steps"]);
        Assert.Equal(80, heard["nabla.training.samples"]);
        Assert.Equal(2, heard["nabla.training.epochs"]);
        Assert.Equal(4 * history["loss"].Sum(), heard["nabla.training.loss"], 1e-6);
        Assert.True(heard["nabla.training.step.duration"] > 0);
    }

    private static void Same(History expected, History actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, e => Assert.Equal(e.Value, actual[e.Key]));
    }

    // Another plan may add in another order.
    private static void Close(History expected, History actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, e => Assert.All(e.Value.Zip(actual[e.Key]), v => Assert.Equal(v.First, v.Second, 1e-5)));
    }

    private static void Near(NDArray expected, NDArray actual) =>
        Assert.All(expected.ToArray<float>().Zip(actual.ToArray<float>()), v => Assert.Equal(v.First, v.Second, 1e-5f));
}
