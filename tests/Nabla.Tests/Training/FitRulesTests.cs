using System.Runtime.CompilerServices;

namespace Nabla.Tests.Training;

/// <summary>Rules of fitting that only show where two things meet: weights of classes and a split, a cancelled fit and a new rate, a stream and its end.</summary>
public sealed class FitRulesTests
{
    private static readonly NDArray X = Problems.Digits(40).X;
    private static readonly NDArray Y = Problems.Digits(40).Y;
    private static readonly FitOptions Quiet = new() { Epochs = 3, BatchSize = 10, Verbose = 0 };

    [Fact]
    public void Weights_of_classes_do_not_count_in_what_is_held_out()
    {
        Sequential model = Model(new SGD(0));
        History history = model.Fit(X, Y, Quiet with { Epochs = 1, ValidationSplit = 0.25, ClassWeight = Enumerable.Range(0, 10).ToDictionary(c => c, c => 5.0) });
        double plain = model.Evaluate(X[30..], Y[30..], batchSize: 10).Loss;
        Assert.Equal(plain, history["val_loss"][0], 1e-12);
        Assert.NotEqual(plain, model.Evaluate(X[30..], Y[30..], batchSize: 10, sampleWeight: NDArray.Full(5f, [10])).Loss, 0.1);
    }

    // As Keras' metrics do: where samples have weights, masked steps count nothing.
    [Fact]
    public void Weighted_metrics_leave_masked_steps_out()
    {
        int[,] words = { { 1, 2, 0, 0 }, { 2, 1, 1, 0 }, { 1, 1, 2, 2 } };
        int[,] labels = { { 0, 1, 1, 0 }, { 0, 0, 1, 1 }, { 1, 0, 1, 1 } };
        float[] weights = [1, 2, 0.5f];
        Sequential model = new([new Input([4], dtype: DType.Int32), new Embedding(3, 3, maskZero: true), new Dense(2)], seed: 2);
        model.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true), weightedMetrics: [new SparseCategoricalAccuracy("accuracy")], verbose: 0);
        float[] output = model.Predict(words).ToArray<float>();
        (double right, double all) = (0, 0);
        for (int i = 0; i < 12; i++)
        {
            if (words[i / 4, i % 4] != 0)
            {
                all += weights[i / 4];
                right += weights[i / 4] * ((output[(2 * i) + 1] > output[2 * i] ? 1 : 0) == labels[i / 4, i % 4] ? 1 : 0);
            }
        }

        Assert.Equal(right / all, model.Evaluate(words, labels, sampleWeight: weights)["accuracy"], 1e-6);
    }

    [Fact]
    public void A_learning_rate_that_was_set_after_cancelling_is_kept()
    {
        Sequential model = Model(new SGD(0.1));
        using CancellationTokenSource source = new();
        model.Fit(X, Y, Quiet with { Callbacks = [new LambdaCallback(onTrainBatchEnd: (batch, _) => CancelAfter(batch == 1, source))] }, source.Token);
        model.Optimizer!.LearningRate = 0.01;
        Assert.Equal(12, model.Fit(X, Y, Quiet).Steps);
        Assert.Equal(0.01, model.Optimizer.LearningRate);
    }

    [Fact]
    public void Weights_that_do_not_learn_are_not_penalised()
    {
        Dense frozen = new(4, kernelRegularizer: new L2(0.5), trainable: false);
        Dense learning = new(10, kernelRegularizer: new L2(0.25));
        Sequential model = new([frozen, learning], seed: 1, dtype: DType.Float64);
        model.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true), ["sparse_categorical_crossentropy"], verbose: 0);
        model.BuildFor([X.Type]);
        double data = new SparseCategoricalCrossentropy(fromLogits: true).Call(Y, model.Predict(X)).Item<double>();
        double penalty = 0.25 * learning.GetWeights()[0].ToArray<double>().Sum(w => w * w);
        Assert.Equal(data + penalty, model.Evaluate(X, Y, batchSize: 40).Loss, 1e-10);
    }

    [Fact]
    public async Task A_stream_that_hears_of_cancelling_first_ends_the_training_as_any_other()
    {
        using CancellationTokenSource source = new();
        Sequential model = Model(new SGD(0.1));
        History history = await model.FitAsync(Heard(5, source), Quiet with { StepsPerEpoch = 4 }, source.Token);
        Assert.True(history.Cancelled);
        Assert.Equal([0], history.Epochs);
        Assert.Equal(5, history.Steps);

        // Also before the first batch; and the model can be fitted again.
        using CancellationTokenSource early = new();
        Assert.True((await model.FitAsync(Heard(0, early), Quiet with { StepsPerEpoch = 4 }, early.Token)).Cancelled);
        Assert.False(model.Fit(X, Y, Quiet).Cancelled);
    }

    private static async IAsyncEnumerable<Batch> Heard(int after, CancellationTokenSource source, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (int i = 0; ; i++)
        {
            CancelAfter(i == after, source);
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            yield return (X[..10], Y[..10]);
        }
    }

    private static void CancelAfter(bool now, CancellationTokenSource source)
    {
        if (now)
        {
            source.Cancel();
        }
    }

    private static Sequential Model(Optimizer optimizer)
    {
        Sequential model = new([new Dense(10)], seed: 1);
        model.Compile(optimizer, new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        return model;
    }
}
