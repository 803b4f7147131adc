using Nabla.Tests.Training;

namespace Nabla.Tests.Errors;

/// <summary>Trainings that cannot be meant so: callbacks, streams, rows, and going on.</summary>
public sealed class TrainingLifeMisuseTests
{
    private static readonly NDArray X = Problems.Digits(20).X;
    private static readonly NDArray Y = Problems.Digits(20).Y;

    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["a monitor without validation"] = Misuse.Of<ArgumentException>(
            () => Fit(new EarlyStopping()), "EarlyStopping: monitor", "'val_loss'", "'loss', 'accuracy'", "validationData or a validationSplit"),
        ["a misspelt monitor"] = Misuse.Of<ArgumentException>(
            () => Fit(new ReduceLROnPlateau("accuraci")), "ReduceLROnPlateau: monitor", "'accuraci'", "Did you mean 'accuracy'?"),
        ["a monitor that no callback adds"] = Misuse.Of<ArgumentException>(
            () => Fit(new LambdaCallback(onEpochEnd: (_, logs) => logs["mine"] = 1), new EarlyStopping("mines")), "EarlyStopping: monitor", "Did you mean 'mine'?"),
        ["a mode that does not exist"] = Misuse.Of<ArgumentException>(() => new EarlyStopping(mode: "maximum"), "EarlyStopping: mode", "'maximum'", "'auto', 'min', 'max'"),
        ["a direction that nobody knows"] = Misuse.Of<ArgumentException>(
            () => Fit(new LearningRateScheduler(_ => 0.1), new EarlyStopping("learning_rate")), "EarlyStopping", "mode \"min\" or \"max\"", "'learning_rate'", "\"auto\""),
        ["a negative patience"] = Misuse.Of<ArgumentOutOfRangeException>(() => new EarlyStopping(patience: -1), "EarlyStopping", "patience of 0 or more"),
        ["a factor that raises the rate"] = Misuse.Of<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(factor: 1.5), "ReduceLROnPlateau", "below 1", "must fall"),
        ["a checkpoint of another ending"] = Misuse.Of<ArgumentException>(() => new ModelCheckpoint("model.h5"), "ModelCheckpoint", ".nabla", "'model.h5'", "saveWeightsOnly: true"),
        ["weights alone in a model file"] = Misuse.Of<ArgumentException>(() => new ModelCheckpoint("model.nabla", saveWeightsOnly: true), ".safetensors", "'model.nabla'"),
        ["a key in a path that does not exist"] = Misuse.Of<ArgumentException>(() => Fit(new ModelCheckpoint("{los:.2f}.nabla")), "ModelCheckpoint", "'los'", "Did you mean 'loss'?"),
        ["a format in a path that does not exist"] = Misuse.Of<ArgumentException>(() => Fit(new ModelCheckpoint("{loss:%}.nabla")), "ModelCheckpoint", "02d", "'%'"),
        ["a saving every 0 steps"] = Misuse.Of<ArgumentOutOfRangeException>(() => new BackupAndRestore("backup", saveFrequency: 0), "BackupAndRestore", "1 or more steps"),
        ["a scheduler beside a schedule"] = Misuse.Of<InvalidOperationException>(
            () => Fit(Model(new SGD(new ExponentialDecay(0.1, 10, 0.5))), new LearningRateScheduler(_ => 0.1)), "LearningRateScheduler", "schedule 'ExponentialDecay' in charge", "Use one of the two"),
        ["a schedule that gives NaN"] = Misuse.Of<InvalidOperationException>(() => Fit(new LearningRateScheduler(_ => double.NaN)), "LearningRateScheduler", "0 or more for epoch 0", "NaN"),
        ["one callback twice"] = Misuse.Of<ArgumentException>(
            () =>
            {
                TerminateOnNaN twice = new();
                Fit(twice, twice);
            },
            "Sequential", "every callback once", "Make two objects"),
        ["a callback without a model"] = Misuse.Of<InvalidOperationException>(() => _ = new TerminateOnNaN().Model, "TerminateOnNaN", "given to Fit, Evaluate or Predict first"),
        ["callbacks on a model without an optimizer"] = Misuse.Of<InvalidOperationException>(
            () => new Sequential([new Dense(10)]).Fit(X, Y, verbose: 0, callbacks: [new EarlyStopping()]), "Fit expected a compiled model", "Call Compile"),
        ["an endless stream"] = Misuse.Of<TrainingDataException>(
            () => Model().Fit(Endless(), new FitOptions { Verbose = 0, EndlessAfter = 20 }), "Fit expected a stream that ends, received 20 batches", "Say StepsPerEpoch"),
        ["a stream that ends too early"] = Misuse.Of<TrainingDataException>(
            () => Model().Fit(Endless().Take(5), new FitOptions { Verbose = 0, Epochs = 2, StepsPerEpoch = 3 }), "expected 3 batches an epoch", "ends after 2 of them (5 in all)", "leave out StepsPerEpoch"),
        ["a stream without batches"] = Misuse.Of<TrainingDataException>(
            () => Model().Fit(Endless().Take(0), new FitOptions { Verbose = 0 }), "Fit expected at least one batch", "ends at once"),
        ["a batch of other dims"] = Misuse.Of<TrainingDataException>(
            () => Model().Fit([.. Endless().Take(2), (X[.., ..7], Y)], new FitOptions { Verbose = 0 }), "expected 16 features a sample", "received 7 features", "(batch 3 of the stream)"),
        ["weights in one batch alone"] = Misuse.Of<TrainingDataException>(
            () => Model().Fit([new Batch(X, Y), new Batch(X, Y, NDArray.Full(1f, [20]))], new FitOptions { Verbose = 0 }), "expected batches like the first", "as batch 2", "in all or in none"),
        ["a validation split of a stream"] = Misuse.Of<ArgumentException>(
            () => Model().Fit(Endless(), new FitOptions { ValidationSplit = 0.2 }), "validationData or validationBatches beside a stream", "0.2000", "no last samples"),
        ["validation steps without validation"] = Misuse.Of<ArgumentOutOfRangeException>(() => Model().Fit(X, Y, validationSteps: 2), "expected data to validate on for validationSteps"),
        ["a validation stream that ends too early"] = Misuse.Of<TrainingDataException>(
            () => Model().Fit((Arrays)X, Y, new FitOptions { Verbose = 0, ValidationBatches = [(X, Y)], ValidationSteps = 2 }), "expected 2 batches of validation", "ends after 1"),
        ["rows of different lengths"] = Misuse.Of<TrainingDataException>(
            () => Model().Fit([1, 2, 3], r => new double[r == 2 ? 3 : 16], r => 0.0), "the features of row 1", "expected 16 numbers", "received 3", "same columns"),
        ["no rows"] = Misuse.Of<TrainingDataException>(() => Model().Fit(Array.Empty<int>(), r => [r], r => 0.0), "expected at least one row", "received none"),
        ["a text among a row's numbers"] = Misuse.Of<ArgumentException>(() => Model().Fit([1], r => (r, "north"), r => 0.0), "expected numbers in the tuple of features", "a String as item 2"),
        ["going on from nothing"] = Misuse.Of<InvalidOperationException>(
            () => Model().Fit((Arrays)X, Y, new FitOptions { Resume = true, Verbose = 0 }), "expected a training to go on with (Resume = true)", "Leave Resume out"),
        ["going on with other data"] = Misuse.Of<InvalidOperationException>(
            () =>
            {
                Sequential model = Model();
                using CancellationTokenSource source = new();
                model.Fit((Arrays)X, Y, new FitOptions { BatchSize = 5, Verbose = 0, Callbacks = [new LambdaCallback(onTrainBatchEnd: (_, _) => source.Cancel())] }, source.Token);
                model.Fit((Arrays)X, Y, new FitOptions { BatchSize = 4, Verbose = 0, Resume = true });
            },
            "the data of the training that goes on (20 samples in batches of 5", "received 20 samples in batches of 4", "say Resume = false"),
        ["a stream that can be read only once"] = Misuse.Of<TrainingDataException>(
            () =>
            {
                Queue<Batch> once = new([(X, Y), (X, Y)]);
                Model().Fit(Drained(once), new FitOptions { Epochs = 2, Verbose = 0 });
            },
            "a stream that can be gone through again each epoch", "gives no batch the second time", "ToList()", "StepsPerEpoch"),
        ["weights of classes for several outputs"] = Misuse.Of<TrainingDataException>(
            () =>
            {
                Input input = new(16);
                Model model = new(input, [new Dense(10, name: "digit").Call(input), new Dense(1, name: "size").Call(input)]);
                model.Compile("sgd", [new SparseCategoricalCrossentropy(fromLogits: true), "mse"], verbose: 0);
                model.Fit((Arrays)X, (Arrays)new[] { Y, X[.., ..1] }, new FitOptions { Verbose = 0, ClassWeight = new Dictionary<int, double> { [1] = 2 } });
            },
            "classWeight: expected a model of one output", "2 (digit, size)", "sampleWeight"),
        ["a backup of another model"] = Misuse.Of<MalformedFileException>(
            () =>
            {
                using TemporaryFile file = new();
                string folder = Path.GetDirectoryName(file.Path)!;
                Fit(new BackupAndRestore(folder, deleteCheckpoint: false));
                Sequential other = new([new Dense(5), new Dense(10)], seed: 1);
                other.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
                Fit(other, new BackupAndRestore(folder));
            },
            "latest.safetensors", "expected a backup of this training", "Delete it to start anew"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_told_what_to_do(string name) => All[name].Check();

    private static Sequential Model(Optimizer? optimizer = null)
    {
        Sequential model = new([new Dense(10)], seed: 1);
        model.Compile(optimizer ?? new SGD(0.1), new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"], verbose: 0);
        return model;
    }

    private static void Fit(params Callback[] callbacks) => Fit(Model(), callbacks);

    private static void Fit(Model model, params Callback[] callbacks) => model.Fit(X, Y, epochs: 2, verbose: 0, callbacks: callbacks);

    private static IEnumerable<Batch> Drained(Queue<Batch> batches)
    {
        while (batches.TryDequeue(out Batch? batch))
        {
            yield return batch;
        }
    }

    private static IEnumerable<Batch> Endless()
    {
        while (true)
        {
            yield return (X, Y);
        }
    }
}
