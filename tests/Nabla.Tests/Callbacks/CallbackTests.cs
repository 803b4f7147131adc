using Nabla.Tests.Training;

namespace Nabla.Tests.Callbacks;

/// <summary>The hooks, and the library's own callbacks by Keras' rules.</summary>
public sealed class CallbackTests
{
    [Fact]
    public void Every_hook_is_called_in_Keras_order()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        Recorder recorder = new();
        Classifiers.Small().Fit(x, y, batchSize: 10, epochs: 2, verbose: 0, validationSplit: 0.5, callbacks: [recorder]);
        Assert.Equal(
            [
                "train begin 2x1",
                "epoch 0", "batch 0", "batch end 0 (accuracy,loss)", "test", "test batch 0", "test batch end 0", "test end (loss,accuracy)",
                "epoch end 0 (accuracy,loss,val_accuracy,val_loss)",
                "epoch 1", "batch 0", "batch end 0 (accuracy,loss)", "test", "test batch 0", "test batch end 0", "test end (loss,accuracy)",
                "epoch end 1 (accuracy,loss,val_accuracy,val_loss)",
                "train end (accuracy,loss,val_accuracy,val_loss)",
            ],
            recorder.Calls);
    }

    [Fact]
    public void Evaluation_and_prediction_have_hooks_and_the_same_results()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        Sequential model = Classifiers.Small();
        model.Build([16]);
        Recorder recorder = new();
        EvaluationResult watched = model.Evaluate(x, y, [recorder], batchSize: 15);
        Assert.Equal(model.Evaluate(x, y, batchSize: 15), watched);
        NDArray predicted = model.Predict(x, [recorder], batchSize: 15)[0];
        Assert.Equal(model.Predict(x, batchSize: 15).ToArray<float>(), predicted.ToArray<float>());
        Assert.Equal(
            [
                "test", "test batch 0", "test batch end 0", "test batch 1", "test batch end 1", "test end (loss,accuracy)",
                "predict", "predict batch 0", "predict batch end 0 float32[15,10]", "predict batch 1", "predict batch end 1 float32[5,10]", "predict end",
            ],
            recorder.Calls);
    }

    [Fact]
    public void Batch_logs_are_those_of_the_epoch_so_far()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        List<double> losses = [];
        History history = Classifiers.Small().Fit(
            x, y, batchSize: 5, verbose: 0, callbacks: [new LambdaCallback(onTrainBatchEnd: (_, logs) => losses.Add(logs["loss"]))]);
        Assert.Equal(4, losses.Distinct().Count());
        Assert.Equal(history["loss"][0], losses[^1]);
    }

    [Fact]
    public void Stopping_ends_after_the_step_and_the_epoch_counts()
    {
        (NDArray x, NDArray y) = Problems.Digits(40);
        Sequential model = Classifiers.Small();
        History history = model.Fit(x, y, batchSize: 10, epochs: 5, verbose: 0, validationSplit: 0.25, callbacks:
        [
            new LambdaCallback(onTrainBatchEnd: (batch, _) => model.StopTraining = batch == 1),
        ]);
        Assert.Equal(2, history.Steps);
        Assert.Equal([0], history.Epochs);
        Assert.Single(history["val_loss"]);
        Assert.False(history.Cancelled);
    }

    // Losses of each epoch are put in by a callback before, as user callbacks of Keras may.
    [Theory]
    [InlineData(0, 0.0, 0, new[] { 3.0, 4, 5 }, 2)]
    [InlineData(1, 0.0, 0, new[] { 3.0, 4, 5 }, 2)]
    [InlineData(2, 0.0, 0, new[] { 3.0, 4, 5, 6 }, 3)]
    [InlineData(2, 0.0, 0, new[] { 3.0, 4, 2, 5, 6, 7 }, 5)]
    [InlineData(1, 0.5, 0, new[] { 3.0, 2.6, 2.4, 2.0 }, 2)]
    [InlineData(0, 0.0, 2, new[] { 1.0, 2, 9, 8, 9, 9 }, 5)]
    [InlineData(3, 0.0, 0, new[] { 3.0, 2, 1, 0 }, 4)]
    public void Early_stopping_ends_when_Keras_does(int patience, double minDelta, int startFrom, double[] losses, int epochs)
    {
        EarlyStopping stopping = new("watched", minDelta, patience, mode: "min", startFromEpoch: startFrom);
        History history = Scripted(losses, stopping);
        Assert.Equal(epochs, history.Epochs.Count);
    }

    [Fact]
    public void Early_stopping_never_ends_at_epoch_0() =>
        Assert.Equal(2, Scripted([double.NaN, 5, 6], new EarlyStopping("watched", mode: "min")).Epochs.Count);

    [Fact]
    public void A_baseline_that_is_not_beaten_ends_it() =>
        Assert.Equal((2, 3), (Scripted([5, 5, 5, 5], new EarlyStopping("watched", mode: "min", patience: 2, baseline: 1)).Epochs.Count, Scripted([5, 5, 5, 5], new EarlyStopping("watched", mode: "min", patience: 2)).Epochs.Count));

    [Fact]
    public void More_of_an_accuracy_is_better_by_itself()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        EarlyStopping stopping = new("accuracy", patience: 100);
        History history = Classifiers.Small().Fit(x, y, epochs: 15, verbose: 0, callbacks: [stopping]);
        Assert.Equal(history["accuracy"].Index().MaxBy(a => a.Item).Index, stopping.BestEpoch);
    }

    [Fact]
    public void Best_weights_are_put_back_however_the_training_ended()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        Sequential model = Classifiers.Small();
        List<float[]> weights = [];
        Script script = new([3, 1, 2, 2.5]);
        EarlyStopping stopping = new("watched", mode: "min", patience: 10, restoreBestWeights: true);
        model.Fit(x, y, epochs: 4, verbose: 0, callbacks: [script, stopping, new LambdaCallback(onEpochEnd: (_, _) => weights.Add(model.Weights[0].Value.ToArray<float>()))]);
        Assert.Equal(1, stopping.BestEpoch);
        Assert.Equal(0, stopping.StoppedEpoch);
        Assert.Equal(weights[1], model.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void A_plateau_lowers_the_learning_rate_down_to_the_least()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        Sequential model = Classifiers.Small();
        model.Optimizer!.LearningRate = 1;
        History history = model.Fit(x, y, epochs: 7, verbose: 0, callbacks:
        [
            new Script([5, 5, 5, 5, 5, 5, 5]), new ReduceLROnPlateau("watched", factor: 0.1, patience: 1, mode: "min", cooldown: 2, minLr: 0.005),
        ]);

        // Changed after epochs 1, 3 and 5; the logs show the rate before the change. 0.1 * 0.1 is not quite 0.01.
        Assert.Equal([1, 1, 0.1, 0.1, 0.1 * 0.1, 0.1 * 0.1, 0.005], history["learning_rate"]);
        Assert.Equal("learning_rate", history.Keys.Last());
    }

    [Fact]
    public void A_scheduler_sets_the_rate_before_each_epoch()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        Sequential model = Classifiers.Small();
        model.Optimizer!.LearningRate = 0.8;
        Assert.Equal([0.8, 0.4, 0.2], model.Fit(x, y, epochs: 3, verbose: 0, callbacks: [new LearningRateScheduler((epoch, rate) => epoch == 0 ? rate : rate / 2)])["learning_rate"]);
        Assert.Equal([0.0, 0.5], model.Fit(x, y, epochs: 2, verbose: 0, callbacks: [new LearningRateScheduler(epoch => epoch * 0.5)])["learning_rate"]);
    }

    [Fact]
    public void A_rate_of_zero_set_during_an_epoch_stops_all_change()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        Sequential model = Classifiers.Small();
        float[]? first = null;
        model.Fit(x, y, batchSize: 5, verbose: 0, callbacks:
        [
            new LambdaCallback(onTrainBatchEnd: (batch, _) =>
            {
                first ??= model.Weights[0].Value.ToArray<float>();
                model.Optimizer!.LearningRate = 0;
            }),
        ]);
        Assert.Equal(first, model.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void NaN_ends_the_training_and_leaves_the_last_good_weights()
    {
        Sequential model = new([new Dense(1)], seed: 1);
        model.Compile(new SGD(1e3), "mse", verbose: 0);
        NDArray x = new float[,] { { 1e10f }, { 2e10f } };
        History history = model.Fit(x, x, batchSize: 1, epochs: 50, verbose: 0, callbacks: [new TerminateOnNaN()]);
        Assert.False(double.IsFinite(history["loss"][^1]));
        Assert.True(history.Epochs.Count < 50);
        Assert.All(model.GetWeights(), w => Assert.All(w.ToArray<float>(), v => Assert.True(float.IsFinite(v))));
    }

    [Fact]
    public void A_CSV_file_has_a_line_an_epoch_and_goes_on_where_asked()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        using TemporaryFile file = new();
        Sequential model = Classifiers.Small();
        History first = model.Fit(x, y, epochs: 2, verbose: 0, callbacks: [new CSVLogger(file.Path)]);
        History second = model.Fit(x, y, epochs: 3, verbose: 0, initialEpoch: 2, callbacks: [new CSVLogger(file.Path, append: true)]);
        string Line(History h, int row, int epoch) => $"{epoch},{Text(h["accuracy"][row])},{Text(h["loss"][row])},NA,NA";
        Assert.Equal(
            ["epoch,accuracy,loss,val_accuracy,val_loss", Line(first, 0, 0), Line(first, 1, 1), Line(second, 0, 2), ""],
            File.ReadAllText(file.Path).Split("\r\n"));
        model.Fit(x, y, verbose: 0, validationSplit: 0.5, callbacks: [new CSVLogger(file.Path, separator: ";")]);
        Assert.StartsWith("epoch;accuracy;loss;val_accuracy;val_loss\r\n0;", File.ReadAllText(file.Path), StringComparison.Ordinal);

        static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture).ToLowerInvariant();
    }

    [Fact]
    public void Checkpoints_have_names_with_numbers_and_keep_the_best()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        using TemporaryFile file = new();
        string folder = Path.GetDirectoryName(file.Path)!;
        Sequential model = Classifiers.Small();
        model.Fit(x, y, epochs: 3, verbose: 0, callbacks:
        [
            new Script([3, 5, 1]),
            new ModelCheckpoint(Path.Combine(folder, "e{epoch:03d}-{watched:.2f}.nabla"), "watched", saveBestOnly: true, mode: "min"),
            new ModelCheckpoint(Path.Combine(folder, "s{epoch}-{batch:02d}.nabla"), saveFrequency: 2),
            new ModelCheckpoint(Path.Combine(folder, "w.safetensors"), saveWeightsOnly: true),
        ]);
        Assert.Equal(["e001-3.00.nabla", "e003-1.00.nabla", "s2-01.nabla", "w.safetensors"], Directory.GetFiles(folder).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal));
        Assert.Equal(model.Predict(x).ToArray<float>(), Sequential.Load(Path.Combine(folder, "e003-1.00.nabla")).Predict(x).ToArray<float>());
    }

    [Fact]
    public void A_threshold_must_be_beaten_first()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        using TemporaryFile file = new();
        Classifiers.Small().Fit(x, y, epochs: 2, verbose: 0, callbacks: [new Script([3, 2]), new ModelCheckpoint(file.Path, "watched", saveBestOnly: true, mode: "min", initialValueThreshold: 1)]);
        Assert.False(File.Exists(file.Path));
    }

    private static History Scripted(double[] losses, Callback callback)
    {
        (NDArray x, NDArray y) = Problems.Digits(10);
        return Classifiers.Small().Fit(x, y, epochs: losses.Length, verbose: 0, callbacks: [new Script(losses), callback]);
    }

    /// <summary>Puts given values into the logs.</summary>
    private sealed class Script(double[] values) : Callback
    {
        public override void OnEpochEnd(int epoch, IDictionary<string, double> logs) => logs["watched"] = values[epoch];
    }
}
