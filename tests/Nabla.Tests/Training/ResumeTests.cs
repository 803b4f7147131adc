using Nabla.Tests.Callbacks;

namespace Nabla.Tests.Training;

/// <summary>A training that was interrupted goes on with the next step, and nobody can tell by the bits.</summary>
public sealed class ResumeTests
{
    private static readonly NDArray X = Problems.Digits(70).X;
    private static readonly NDArray Y = Problems.Digits(70).Y;

    // 5 steps an epoch, 3 epochs: every place where it can be cut.
    public static TheoryData<int> Steps => [.. Enumerable.Range(1, 15)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_file_written_after_any_step_goes_on_with_the_next(int cut)
    {
        Sequential undisturbed = Classifiers.Small();
        History expected = Fit(undisturbed);
        using TemporaryFile file = new();
        int made = 0;
        Sequential cutOff = Classifiers.Small();
        Assert.Throws<TimeoutException>(() => Fit(cutOff, callbacks:
        [
            new ModelCheckpoint(file.Path, saveFrequency: cut),
            new Cut(() => ++made == cut),
        ]));
        Sequential loaded = Sequential.Load(file.Path);
        History history = Fit(loaded);
        Assert.Equal(Classifiers.Bits(undisturbed, expected), Classifiers.Bits(loaded, history));
        Assert.Equal(15, history.Steps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(13)]
    public void A_cancelled_fit_goes_on_where_it_was(int cut)
    {
        Sequential undisturbed = Classifiers.Small();
        History expected = Fit(undisturbed);
        Sequential model = Classifiers.Small();
        using CancellationTokenSource source = new();
        int made = 0;
        History first = Fit(model, callbacks: [new LambdaCallback(onTrainBatchEnd: (_, _) => Cancel(++made == cut, source))], cancellation: source.Token);
        Assert.True(first.Cancelled);

        // And through a file.
        using TemporaryFile file = new();
        model.Save(file.Path);
        Sequential loaded = Sequential.Load(file.Path);
        Assert.Equal(Classifiers.Bits(undisturbed, expected), Classifiers.Bits(model, Fit(model)));
        Assert.Equal(Classifiers.Bits(undisturbed, expected), Classifiers.Bits(loaded, Fit(loaded)));
    }

    [Fact]
    public void A_file_written_between_epochs_starts_anew_unless_it_is_told_to_go_on()
    {
        Sequential undisturbed = Classifiers.Small();
        History expected = Fit(undisturbed);
        using TemporaryFile file = new();
        Fit(Classifiers.Small(), epochs: 2, callbacks: [new ModelCheckpoint(file.Path)]);
        Sequential goesOn = Sequential.Load(file.Path);
        Assert.Equal(Classifiers.Bits(undisturbed, expected), Classifiers.Bits(goesOn, Fit(goesOn, resume: true)));
        Assert.Equal([0, 1, 2], Fit(Sequential.Load(file.Path)).Epochs);
        Assert.Equal([2], Sequential.Load(file.Path).Fit(X, Y, batchSize: 16, epochs: 3, initialEpoch: 2, verbose: 0).Epochs);
    }

    [Fact]
    public void Other_data_start_anew()
    {
        using TemporaryFile file = new();
        int made = 0;
        Assert.Throws<TimeoutException>(() => Fit(Classifiers.Small(), callbacks: [new ModelCheckpoint(file.Path, saveFrequency: 7), new Cut(() => ++made == 7)]));
        Assert.Equal([0, 1], Sequential.Load(file.Path).Fit(X[..40], Y[..40], epochs: 2, verbose: 0).Epochs);
        Assert.Equal([0], Sequential.Load(file.Path).Fit(X, Y, batchSize: 16, epochs: 1, verbose: 0).Epochs);
        Assert.Equal([0, 1, 2], Fit(Sequential.Load(file.Path), resume: false).Epochs);
        Assert.Equal([0, 1, 2], Fit(Sequential.Load(file.Path)).Epochs);
        Assert.Equal(5 + 3, Sequential.Load(file.Path).Fit((Arrays)X, Y, new FitOptions { BatchSize = 16, Epochs = 2, Verbose = 0 }).Steps - 2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(6)]
    public void A_stream_goes_on_with_the_next_batch(int? stepsPerEpoch)
    {
        (NDArray, NDArray)[] batches = [.. Enumerable.Range(0, 7).Select(i => (X[(10 * i)..(10 * i + 10)], Y[(10 * i)..(10 * i + 10)]))];
        IEnumerable<(NDArray X, NDArray Y)> Stream() => stepsPerEpoch is null ? batches : Enumerable.Range(0, 100).SelectMany(_ => batches);
        FitOptions options = new() { Epochs = 3, Verbose = 0, StepsPerEpoch = stepsPerEpoch };
        Sequential undisturbed = Classifiers.Small();
        History expected = undisturbed.Fit(Stream(), options);
        foreach (int cut in new[] { 3, 10, 17 })
        {
            using TemporaryFile file = new();
            int made = 0;
            Assert.Throws<TimeoutException>(() => Classifiers.Small().Fit(Stream(), options with { Callbacks = [new ModelCheckpoint(file.Path, saveFrequency: cut), new Cut(() => ++made == cut)] }));
            Sequential loaded = Sequential.Load(file.Path);
            Assert.Equal(Classifiers.Bits(undisturbed, expected), Classifiers.Bits(loaded, loaded.Fit(Stream(), options)));
        }
    }

    [Fact]
    public void A_backup_goes_when_the_training_is_finished_and_stays_when_it_is_cancelled()
    {
        using TemporaryFile file = new();
        string folder = Path.Combine(Path.GetDirectoryName(file.Path)!, "backup");
        Sequential model = Classifiers.Small();
        Fit(model, callbacks: [new BackupAndRestore(folder)]);
        Assert.False(Directory.Exists(folder));
        using CancellationTokenSource source = new();
        int made = 0;
        Sequential cut = Classifiers.Small();
        Fit(cut, callbacks: [new BackupAndRestore(folder), new LambdaCallback(onTrainBatchEnd: (_, _) => Cancel(++made == 8, source))], cancellation: source.Token);
        Assert.True(File.Exists(Path.Combine(folder, "latest.safetensors")));
        Sequential again = Classifiers.Small(seed: 99);
        History history = Fit(again, callbacks: [new BackupAndRestore(folder, deleteCheckpoint: false)]);
        Sequential undisturbed = Classifiers.Small();
        Assert.Equal(Classifiers.Bits(undisturbed, Fit(undisturbed)), Classifiers.Bits(again, history));
        Assert.True(File.Exists(Path.Combine(folder, "latest.safetensors")));
    }

    [Fact]
    public void Hooks_of_what_is_done_are_not_called_again()
    {
        using TemporaryFile file = new();
        string folder = Path.Combine(Path.GetDirectoryName(file.Path)!, "backup");
        int made = 0;
        Assert.Throws<TimeoutException>(() => Fit(Classifiers.Small(), callbacks: [new BackupAndRestore(folder, saveFrequency: 1), new Cut(() => ++made == 13)]));
        Recorder recorder = new();
        Fit(Classifiers.Small(), callbacks: [recorder, new BackupAndRestore(folder)]);
        Assert.Equal(
            ["train begin 3x5", "batch 3", "batch end 3 (accuracy,loss)", "batch 4", "batch end 4 (accuracy,loss)", "epoch end 2 (accuracy,loss)", "train end (accuracy,loss)"],
            recorder.Calls);
    }

    private static History Fit(Model model, int epochs = 3, IReadOnlyList<Callback>? callbacks = null, bool? resume = null, CancellationToken cancellation = default) =>
        model.Fit((Arrays)X, Y, new FitOptions { BatchSize = 16, Epochs = epochs, Verbose = 0, Callbacks = callbacks ?? [], Resume = resume }, cancellation);

    private static void Cancel(bool now, CancellationTokenSource source)
    {
        if (now)
        {
            source.Cancel();
        }
    }

    /// <summary>Throws the training away after everything that a step calls for.</summary>
    private sealed class Cut(Func<bool> now) : Callback
    {
        internal override void KeepBatch(int epoch, int batch, IReadOnlyDictionary<string, double> logs)
        {
            if (now())
            {
                throw new TimeoutException("The power is gone.");
            }
        }
    }
}
