namespace Nabla.Tests.Errors;

/// <summary>Mistakes in data and in the order of calls: found before training starts, with their rows.</summary>
public sealed class DataMisuseTests
{
    private static readonly float[,] Four = { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } };

    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["a class above the last"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(Four, new[] { 0, 2, 3, 1 }, verbose: 0), "Sequential 'net': Fit", "y: expected classes from 0 to 2 for 3 outputs", "received 3 at row 2", "1 of 4 labels", "Give the last layer as many units as there are classes (4)"),
        ["classes from 1"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(Four, new[] { 1, 2, 3, 1 }, verbose: 0), "received 3 at row 2", "run from 1 to 3", "counts classes from 0", "Subtract 1", "labelBase: 1"),
        ["a negative class"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(Four, new[] { 0, -1, 2, 1 }, verbose: 0), "expected classes from 0 to 2", "received -1 at row 1"),
        ["half a class"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(Four, new[] { 0, 1.5f, 2, 1 }, verbose: 0), "expected class numbers", "received 1.5 at row 1", "MeanSquaredError"),
        ["a class that is NaN"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(Four, new[] { 0, float.NaN, 2, 1 }, verbose: 0), "expected class numbers", "received NaN at row 1"),
        ["NaN in a sample"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(new[,] { { 1, 2 }, { 3, float.NaN } }, new[] { 0, 1 }, verbose: 0), "x: expected finite numbers", "received NaN at row 1, column 1", "1 of 4 values", "Remove those rows"),
        ["infinity in a sample"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(new[,] { { 1, float.NegativeInfinity }, { 3, 4 } }, new[] { 0, 1 }, verbose: 0), "x: expected finite numbers", "received -infinity at row 0, column 1"),
        ["a double too large for float"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(new[,] { { 1, 1e300 }, { 3, 4 } }, new[] { 0, 1 }, verbose: 0), "x: expected finite numbers", "received infinity at row 0, column 1"),
        ["NaN in a label"] = Misuse.Of<TrainingDataException>(() => Regression().Fit(Four, new[] { 1, 2, float.NaN, 4 }, verbose: 0), "y: expected finite numbers", "received NaN at row 2"),
        ["no samples"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(NDArray.Zeros(DType.Float32, [0, 2]), NDArray.Zeros(DType.Int32, [0]), verbose: 0), "x: expected at least one sample", "received none (float32[0,2])", "Was the file read"),
        ["lengths that differ"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(Four, new[] { 0, 1, 2 }, verbose: 0), "y: expected one label for each of the 4 samples in x", "received 3", "float32[4,2]", "int32[3]", "Were rows dropped"),
        ["features that differ from the built ones"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(new float[,] { { 1, 2, 3 } }, new[] { 0 }, verbose: 0), "x: expected 2 features a sample", "received 3 features", "float32[1,3]", "Were columns added or dropped"),
        ["images for a flat model"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(NDArray.Zeros(DType.Float32, [5, 1, 2]), NDArray.Zeros(DType.Int32, [5]), verbose: 0), "x: expected 2 features a sample", "received samples of dims [1,2]", "x.Reshape(-1, 2)"),
        ["one sample without a batch"] = Misuse.Of<TrainingDataException>(() => Built().Predict(new float[] { 1, 2 }), "x: expected 2 features", "x is float32[2,1]"),
        ["three outputs, one label"] = Misuse.Of<TrainingDataException>(() => Three().Fit(Four, new float[] { 1, 2, 3, 4 }, verbose: 0), "y: expected labels of dims [batch,3]", "MeanSquaredError", "received [batch]", "float32[4]", "SparseCategoricalCrossentropy"),
        ["two labels, three outputs"] = Misuse.Of<TrainingDataException>(() => Three().Fit(Four, Four, verbose: 0), "expected labels of dims [batch,3]", "received [batch,2]", "Give the last layer 2 units"),
        ["one-hot labels for class numbers"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(Four, NDArray.Zeros(DType.Float32, [4, 3]), verbose: 0), "expected labels of dims [batch]", "SparseCategoricalCrossentropy", "received [batch,3]", "look one-hot", "CategoricalCrossentropy"),
        ["class numbers for one-hot labels"] = Misuse.Of<TrainingDataException>(FitClassesOneHot, "expected labels of dims [batch,3]", "CategoricalCrossentropy", "received [batch]", "look like class numbers"),
        ["binary labels of -1 and 1"] = Misuse.Of<TrainingDataException>(FitMinusOne, "expected labels from 0 to 1 for BinaryCrossentropy", "received -1 at row 1", "(y + 1) / 2"),
        ["two mistakes at once"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(new[,] { { float.NaN, 2 } }, new[] { 7 }, verbose: 0), "Fit: 2 things do not fit", "- x: expected finite numbers", "- y: expected classes from 0 to 2"),
        ["validation data that do not fit"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(Four, new[] { 0, 1, 2, 0 }, verbose: 0, validationData: (Four, new[] { 0, 1, 2, 9 })), "validationData.Y: expected classes from 0 to 2", "received 9 at row 3"),
        ["a scalar for samples"] = Misuse.Of<TrainingDataException>(() => Built().Predict(3.0f), "x: expected samples along a first axis", "received a scalar", "x.Reshape(1, -1)"),
        ["complex samples"] = Misuse.Of<TrainingDataException>(() => Built().Predict(NDArray.Zeros(DType.Complex128, [1, 2])), "x: expected real numbers", "received complex128[1,2]", "real part"),
        ["a batch of 0"] = Misuse.Of<ArgumentOutOfRangeException>(() => Classifier().Fit(Four, new[] { 0, 1, 2, 0 }, batchSize: 0), "Sequential 'net': Fit", "expected a batchSize of 1 or more", "such as 32"),
        ["predicting in batches of -1"] = Misuse.Of<ArgumentOutOfRangeException>(() => Built().Predict(Four, batchSize: -1), "Predict", "expected a batchSize of 1 or more", "-1"),
        ["negative epochs"] = Misuse.Of<ArgumentOutOfRangeException>(() => Classifier().Fit(Four, new[] { 0, 1, 2, 0 }, epochs: -1), "Fit", "expected 0 or more epochs", "-1"),
        ["an epoch before the first"] = Misuse.Of<ArgumentOutOfRangeException>(() => Classifier().Fit(Four, new[] { 0, 1, 2, 0 }, initialEpoch: -2), "expected an initialEpoch of 0 or more", "-2"),
        ["a verbosity of 7"] = Misuse.Of<ArgumentOutOfRangeException>(() => Classifier().Fit(Four, new[] { 0, 1, 2, 0 }, verbose: 7), "expected verbose to be 0", "7"),
        ["all samples for validation"] = Misuse.Of<ArgumentOutOfRangeException>(() => Classifier().Fit(Four, new[] { 0, 1, 2, 0 }, validationSplit: 1), "expected a validationSplit from 0 to below 1", "such as 0.2"),
        ["a split that leaves nothing to validate"] = Misuse.Of<TrainingDataException>(() => Classifier().Fit(new float[,] { { 1, 2 } }, new[] { 0 }, verbose: 0, validationSplit: 0.2), "samples on both sides of the validationSplit", "received 1 samples", "of which 0 would train"),
        ["fitting before compiling"] = Misuse.Of<InvalidOperationException>(() => Built().Fit(Four, new[] { 0, 1, 2, 0 }), "Sequential 'net'", "Fit expected a compiled model", "Call Compile(optimizer"),
        ["fitting without a loss"] = Misuse.Of<InvalidOperationException>(FitWithoutLoss, "Fit expected a loss", "Compile was given none", "loss: \"mse\""),
        ["fitting a loss that is not reduced"] = Misuse.Of<InvalidOperationException>(FitUnreduced, "one number for a batch", "'mean_squared_error' with the reduction none", "SumOverBatchSize"),
        ["evaluating before compiling"] = Misuse.Of<InvalidOperationException>(() => Built().Evaluate(Four, new[] { 0, 1, 2, 0 }), "Evaluate expected a compiled model", "Call Compile"),
        ["predicting before there are weights"] = Misuse.Of<InvalidOperationException>(() => new Sequential([new Dense(3)], name: "net").Predict(Four), "Sequential 'net'", "Predict expected a built model", "without weights", "Fit it first", "model.Build([784])"),
        ["counting before there are weights"] = Misuse.Of<InvalidOperationException>(() => new Sequential([new Dense(3)], name: "net").CountParams(), "CountParams expected a built model", "received one without weights"),
        ["a history's other key"] = Misuse.Of<ArgumentException>(() => _ = Classifier().Fit(Four, new[] { 0, 1, 2, 0 }, verbose: 0)["acc"], "History", "expected one of 'accuracy', 'loss'", "received 'acc'", "Did you mean"),
        ["an evaluation's other key"] = Misuse.Of<ArgumentException>(() => _ = Compiled().Evaluate(Four, new[] { 0, 1, 2, 0 })["lost"], "Evaluation", "'loss'", "received 'lost'", "Did you mean 'loss'?"),
        ["a loss that explodes"] = Misuse.Of<TrainingDivergedException>(() => Explode(), "Sequential 'net'", "Fit expected a finite loss", "in epoch 1 at step 2 of 2", "smaller learning rate"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_in_data_or_order_is_explained(string mistake) => All[mistake].Check();

    private static Sequential Built() => new([new InputLayer(2), new Dense(3, name: "d")], name: "net", seed: 1);

    private static Sequential Compiled()
    {
        Sequential model = Built();
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
        return model;
    }

    private static Sequential Classifier() => Compiled();

    private static Sequential Three()
    {
        Sequential model = Built();
        model.Compile("sgd", "mse");
        return model;
    }

    private static Sequential Regression()
    {
        Sequential model = new([new InputLayer(2), new Dense(1)]);
        model.Compile("sgd", "mse");
        return model;
    }

    private static void FitClassesOneHot()
    {
        Sequential model = Built();
        model.Compile("adam", new CategoricalCrossentropy(fromLogits: true));
        model.Fit(Four, new[] { 0, 1, 2, 0 }, verbose: 0);
    }

    private static void FitMinusOne()
    {
        Sequential model = new([new InputLayer(2), new Dense(1)]);
        model.Compile("adam", new BinaryCrossentropy(fromLogits: true));
        model.Fit(Four, new float[] { 1, -1, 1, -1 }, verbose: 0);
    }

    private static void FitWithoutLoss()
    {
        Sequential model = Built();
        model.Compile("adam");
        model.Fit(Four, new[] { 0, 1, 2, 0 });
    }

    private static void FitUnreduced()
    {
        Sequential model = Built();
        model.Compile("adam", new MeanSquaredError(Reduction.None));
        model.Fit(Four, new[] { 0, 1, 2, 0 });
    }

    private static Sequential Explode()
    {
        Sequential model = new([new InputLayer(2), new Dense(1)], name: "net", seed: 1);
        model.Compile(new SGD(1e30), "mse");
        model.Fit(Four, new float[] { 1, 2, 3, 4 }, batchSize: 2, verbose: 0);
        return model;
    }
}
