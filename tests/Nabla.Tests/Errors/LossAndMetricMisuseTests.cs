namespace Nabla.Tests.Errors;

/// <summary>Mistakes with losses and metrics.</summary>
public sealed class LossAndMetricMisuseTests
{
    private static readonly NDArray Rows = new double[,] { { .2, .3, .5 }, { .1, .8, .1 } };

    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["a mistyped loss"] = Misuse.Of<ArgumentException>(() => _ = (Loss)"hubber", "Loss: expected one of", "received 'hubber'", "Did you mean 'huber'?", "Loss.From or Loss.Register"),
        ["a mistyped metric"] = Misuse.Of<ArgumentException>(() => _ = (Metric)"f1_scor", "Metric: expected one of", "received 'f1_scor'", "Did you mean 'f1_score'?", "Metric.From or Metric.Register"),
        ["a metric whose name is not enough"] = Misuse.Of<ArgumentException>(() => _ = (Metric)"MeanIoU", "'MeanIoU' cannot be made from its name alone", "new MeanIoU(...)"),
        ["a Huber without width"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Huber(0), "Huber: expected a delta above 0", "0"),
        ["a negative gamma"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new BinaryFocalCrossentropy(gamma: -1), "BinaryFocalCrossentropy: expected a gamma of 0 or more", "-1"),
        ["a q of 1"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new CategoricalGeneralizedCrossEntropy(1), "CategoricalGeneralizedCrossEntropy: expected a q between 0 and 1", "such as 0.5"),
        ["alphas of other classes"] = Misuse.Of<ShapeException>(() => new CategoricalFocalCrossentropy([.5, .5]).Call(Rows, Rows), "CategoricalFocalCrossentropy: expected an alpha a class, 3 for an output of float64[2,3], received 2"),
        ["a built-in loss' name"] = Misuse.Of<ArgumentException>(() => Loss.Register("mse", (t, p) => t - p), "Loss.Register", "a name of your own", "received 'mse'", "built-in loss"),
        ["a built-in metric's name"] = Misuse.Of<ArgumentException>(() => Metric.Register("auc", (t, p) => t - p), "Metric.Register", "received 'auc'", "built-in metric"),
        ["saving an unregistered loss"] = Misuse.Of<NotSupportedException>(() => Save(Loss.From("mine_alone", (t, p) => (t - p).Abs())), "Loss 'mine_alone'", "only a registered name can be loaded", "Loss.Register(\"mine_alone\", ...)"),
        ["saving an unregistered metric"] = Misuse.Of<NotSupportedException>(() => Save("mse", Metric.From("my_share", (t, p) => (t - p).Abs())), "Metric 'my_share'", "only a registered name can be loaded", "Metric.Register(\"my_share\", ...)"),
        ["saving a class without a configuration"] = Misuse.Of<NotSupportedException>(() => Save(new Silent()), "Loss 'silent'", "Override WriteConfig", "Loss.Register(\"Silent\""),
        ["a metric of truth values"] = Misuse.Of<ShapeException>(() => Metric.From("hit", (t, p) => t.EqualTo(p)).UpdateState(Rows, Rows), "Metric 'hit'", "floating numbers, one a sample", "received bool[2,3]", ".Cast(yPred.DType)"),
        ["a metric that takes the mean itself"] = Misuse.Of<ShapeException>(() => Metric.From("mine", (t, p) => (t - p).Abs().Mean()).UpdateState(Rows, Rows), "Metric 'mine'", "received float64[]", ".Mean(-1), not .Mean()"),
        ["class numbers for one-hot accuracy"] = Misuse.Of<ShapeException>(() => new CategoricalAccuracy().UpdateState(new[] { 1, 2 }, Rows), "CategoricalAccuracy: expected labels of dims [2,3]", "received float64[2]", "one-hot"),
        ["one-hot labels for sparse accuracy"] = Misuse.Of<ShapeException>(() => new SparseCategoricalAccuracy().UpdateState(Rows, Rows), "SparseCategoricalAccuracy: expected labels of dims [2]", "received int32[2,3]", "not of the sparse kind"),
        ["other outputs than before"] = Misuse.Of<ShapeException>(OtherOutputs, "F1Score 'f1_score'", "expected outputs like those before", "float64[2,2]", "ResetState()"),
        ["one value of several"] = Misuse.Of<InvalidOperationException>(SeveralValues, "F1Score 'f1_score'", "gives float64[3]", "ResultArray()", "average: \"macro\""),
        ["a threshold for logits"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Precision([-1]), "Precision: expected thresholds from 0 to 1", "-1", "For logits give 0"),
        ["the 0 largest"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new TopKCategoricalAccuracy(0), "TopKCategoricalAccuracy: expected a k of 1 or more"),
        ["a class that is not there"] = Misuse.Of<ShapeException>(() => new Recall(classId: 3).UpdateState(Rows, Rows), "Recall 'recall'", "above classId 3", "float64[2,3]"),
        ["a mistyped average"] = Misuse.Of<ArgumentException>(() => _ = new F1Score("macros"), "F1Score average", "received 'macros'", "Did you mean 'macro'?"),
        ["a mistyped curve"] = Misuse.Of<ArgumentException>(() => _ = new AUC(curve: "RCO"), "AUC curve", "'ROC', 'PR'", "received 'RCO'"),
        ["one threshold for an area"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new AUC(numThresholds: 1), "AUC: expected 2 or more for numThresholds"),
        ["labels counted where there is one set"] = Misuse.Of<ArgumentException>(() => _ = new AUC(numLabels: 3), "AUC: expected numLabels only with multiLabel: true"),
        ["weights of other labels"] = Misuse.Of<ShapeException>(() => new AUC(multiLabel: true, labelWeights: [1, 2]).UpdateState(Rows, Rows), "AUC 'auc'", "3 for an output of float64[2,3], received 2"),
        ["recall in per cent"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new PrecisionAtRecall(90), "PrecisionAtRecall: expected a recall from 0 to 1", "90"),
        ["a matrix of one class"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new ConfusionMatrix(1), "ConfusionMatrix: expected 2 or more classes"),
        ["names of other classes"] = Misuse.Of<ArgumentException>(() => _ = new ConfusionMatrix(3, ["a", "b"]), "ConfusionMatrix: expected 3 classNames, received 2"),
        ["probabilities for an IoU of classes"] = Misuse.Of<ShapeException>(() => new MeanIoU(3).UpdateState(new[] { 0, 1 }, Rows), "MeanIoU 'mean_io_u'", "received int32[2] and float64[2,3]", "class numbers"),
        ["a target outside"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new IoU(2, [2]), "IoU: expected targetClassIds from 0 to 1, received [2]"),
        ["R2 of flat numbers"] = Misuse.Of<ShapeException>(() => new R2Score().UpdateState(new double[] { 1, 2 }, new double[] { 1, 2 }), "R2Score: expected outputs of dims [samples, outputs]", "float64[2]", "[samples, 1]"),
        ["weights for other samples, in a loss"] = Misuse.Of<ShapeException>(() => new MeanSquaredError().Call(Rows, Rows, new double[] { 1, 2, 3 }), "sampleWeight", "dims [2]", "received float64[3]"),
        ["weights for other samples, in a metric"] = Misuse.Of<ShapeException>(() => new Recall().UpdateState(Rows, Rows, new double[] { 1, 2, 3 }), "sampleWeight", "dims [2,3]", "received float64[3]"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_with_losses_and_metrics_is_explained(string mistake) => All[mistake].Check();

    private static void OtherOutputs()
    {
        F1Score f1 = new();
        f1.UpdateState(Rows, Rows);
        f1.UpdateState(Rows[.., ..2], Rows[.., ..2]);
    }

    private static void SeveralValues()
    {
        F1Score f1 = new();
        f1.UpdateState(Rows, Rows);
        f1.Result();
    }

    private static void Save(Loss loss, params Metric[] metrics)
    {
        Sequential model = new([new InputLayer(1), new Dense(1)]);
        model.Compile("sgd", loss, metrics);
        using TemporaryFile file = new();
        model.Save(file.Path);
    }

    private sealed class Silent() : Loss("silent")
    {
        public override Tensor Values(Tensor yTrue, Tensor yPred) => (yTrue - yPred).Abs().Mean(-1);
    }
}
