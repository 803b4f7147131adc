using System.Text.Json;

namespace Nabla.Tests.Saving;

/// <summary>
/// Every class that a file can name, with arguments that are not the defaults: what is written is read, and writes the same again. Layers are in
/// LayerLifeTests, optimizers in OptimizerConfigTests.
/// </summary>
public sealed class TableRoundTripTests
{
    private static readonly Dictionary<string, Func<Loss>> Losses = new()
    {
        ["MeanSquaredError"] = () => new MeanSquaredError("sum", "mine"),
        ["MeanAbsoluteError"] = () => new MeanAbsoluteError("sum", "mine"),
        ["MeanAbsolutePercentageError"] = () => new MeanAbsolutePercentageError("sum", "mine"),
        ["MeanSquaredLogarithmicError"] = () => new MeanSquaredLogarithmicError("sum", "mine"),
        ["Huber"] = () => new Huber(2.5, "sum", "mine"),
        ["LogCosh"] = () => new LogCosh("sum", "mine"),
        ["CosineSimilarity"] = () => new CosineSimilarity(1, "sum", "mine"),
        ["BinaryCrossentropy"] = () => new BinaryCrossentropy(true, 0.1, 1, "sum", "mine"),
        ["BinaryFocalCrossentropy"] = () => new BinaryFocalCrossentropy(true, 0.3, 3, true, 0.1, 1, "sum", "mine"),
        ["CategoricalCrossentropy"] = () => new CategoricalCrossentropy(true, 0.1, 1, "sum", "mine"),
        ["CategoricalFocalCrossentropy"] = () => new CategoricalFocalCrossentropy([0.1, 0.3], 3, true, 0.1, 1, "sum", "mine"),
        ["CategoricalGeneralizedCrossEntropy"] = () => new CategoricalGeneralizedCrossEntropy(0.7, "sum", "mine"),
        ["SparseCategoricalCrossentropy"] = () => new SparseCategoricalCrossentropy(true, 4, "sum", 1, "mine", 1),
        ["KLDivergence"] = () => new KLDivergence("sum", "mine"),
        ["Poisson"] = () => new Poisson("sum", "mine"),
        ["Hinge"] = () => new Hinge("sum", "mine"),
        ["SquaredHinge"] = () => new SquaredHinge("sum", "mine"),
        ["CategoricalHinge"] = () => new CategoricalHinge("sum", "mine"),
        ["Dice"] = () => new Dice("sum", "mine", [1, 2]),
        ["Tversky"] = () => new Tversky(0.3, 0.7, "sum", "mine", [1, 2]),
    };

    private static readonly Dictionary<string, Func<Metric>> Metrics = new()
    {
        ["Accuracy"] = () => new Accuracy("mine"),
        ["BinaryAccuracy"] = () => new BinaryAccuracy("mine", 0.7),
        ["CategoricalAccuracy"] = () => new CategoricalAccuracy("mine"),
        ["SparseCategoricalAccuracy"] = () => new SparseCategoricalAccuracy("mine"),
        ["TopKCategoricalAccuracy"] = () => new TopKCategoricalAccuracy(3, "mine"),
        ["SparseTopKCategoricalAccuracy"] = () => new SparseTopKCategoricalAccuracy(3, "mine", true),
        ["TruePositives"] = () => new TruePositives([0.2, 0.8], "mine"),
        ["TrueNegatives"] = () => new TrueNegatives([0.2, 0.8], "mine"),
        ["FalsePositives"] = () => new FalsePositives([0.2, 0.8], "mine"),
        ["FalseNegatives"] = () => new FalseNegatives([0.2], "mine"),
        ["Precision"] = () => new Precision([0.2, 0.8], null, 1, "mine"),
        ["Recall"] = () => new Recall(null, 2, 1, "mine"),
        ["AUC"] = () => new AUC(50, "PR", "majoring", "mine"),
        ["SensitivityAtSpecificity"] = () => new SensitivityAtSpecificity(0.6, 50, 1, "mine"),
        ["SpecificityAtSensitivity"] = () => new SpecificityAtSensitivity(0.6, 50, 1, "mine"),
        ["PrecisionAtRecall"] = () => new PrecisionAtRecall(0.6, 50, 1, "mine"),
        ["RecallAtPrecision"] = () => new RecallAtPrecision(0.6, 50, 1, "mine"),
        ["F1Score"] = () => new F1Score("macro", 0.4, "mine"),
        ["FBetaScore"] = () => new FBetaScore("micro", 2, 0.4, "mine"),
        ["RootMeanSquaredError"] = () => new RootMeanSquaredError("mine"),
        ["R2Score"] = () => new R2Score("variance_weighted_average", 2, "mine"),
        ["PearsonCorrelation"] = () => new PearsonCorrelation("mine", 1),
        ["ConcordanceCorrelation"] = () => new ConcordanceCorrelation("mine", 1),
        ["IoU"] = () => new IoU(3, [0, 2], "mine", 1, false, false, 1),
        ["BinaryIoU"] = () => new BinaryIoU([1], 0.4, "mine"),
        ["MeanIoU"] = () => new MeanIoU(3, "mine", 1, false, false, 1),
        ["OneHotIoU"] = () => new OneHotIoU(3, [0, 2], "mine", 1, true, 1),
        ["OneHotMeanIoU"] = () => new OneHotMeanIoU(3, "mine", 1, true, 1),
        ["ConfusionMatrix"] = () => new ConfusionMatrix(2, ["no", "yes"], 0.4, "mine"),
        ["Mean"] = () => new Mean("mine"),
        ["Sum"] = () => new Sum("mine"),
    };

    private static readonly Dictionary<string, Func<Initializer>> Initializers = new()
    {
        ["Zeros"] = () => new Zeros(),
        ["Ones"] = () => new Ones(),
        ["Constant"] = () => new ConstantInitializer(0.3),
        ["RandomNormal"] = () => new RandomNormal(1, 2, 3),
        ["RandomUniform"] = () => new RandomUniform(1, 2, 3),
        ["TruncatedNormal"] = () => new TruncatedNormal(1, 2, 3),
        ["VarianceScaling"] = () => new VarianceScaling(2, "fan_avg", "uniform", 3),
        ["GlorotUniform"] = () => new GlorotUniform(3),
        ["GlorotNormal"] = () => new GlorotNormal(3),
        ["HeUniform"] = () => new HeUniform(3),
        ["HeNormal"] = () => new HeNormal(3),
        ["LecunUniform"] = () => new LecunUniform(3),
        ["LecunNormal"] = () => new LecunNormal(3),
        ["Orthogonal"] = () => new Orthogonal(2, 3),
        ["Identity"] = () => new IdentityInitializer(2),
        ["STFT"] = () => new StftInitializer("imag", "hamming", "spectrum", true),
    };

    // A second name of the same class, which files may hold.
    private static readonly string[] SecondNames = ["OrthogonalInitializer", "IdentityInitializer", "STFTInitializer"];

    private static readonly Dictionary<string, Func<Regularizer>> Regularizers = new()
    {
        ["L1"] = () => new L1(0.3),
        ["L2"] = () => new L2(0.3),
        ["L1L2"] = () => new L1L2(0.3, 0.4),
        ["OrthogonalRegularizer"] = () => new OrthogonalRegularizer(0.3, "columns"),
    };

    private static readonly Dictionary<string, Func<Constraint>> Constraints = new()
    {
        ["NonNeg"] = () => new NonNeg(),
        ["MaxNorm"] = () => new MaxNorm(3, 1),
        ["UnitNorm"] = () => new UnitNorm([0, 1]),
        ["MinMaxNorm"] = () => new MinMaxNorm(0.5, 3, 0.7, 1),
    };

    private static readonly Dictionary<string, Func<LearningRateSchedule>> Schedules = new()
    {
        ["ExponentialDecay"] = () => new ExponentialDecay(0.3, 20, 0.9, true, "mine"),
        ["InverseTimeDecay"] = () => new InverseTimeDecay(0.3, 20, 0.9, true, "mine"),
        ["PolynomialDecay"] = () => new PolynomialDecay(0.3, 20, 0.001, 2, true, "mine"),
        ["PiecewiseConstantDecay"] = () => new PiecewiseConstantDecay([10, 20], [0.3, 0.2, 0.1], "mine"),
        ["CosineDecay"] = () => new CosineDecay(0.3, 20, 0.1, "mine", 0.5, 4),
        ["CosineDecayRestarts"] = () => new CosineDecayRestarts(0.3, 20, 3, 0.9, 0.1, "mine"),
    };

    public static TheoryData<string> LossNames => [.. Losses.Keys];

    public static TheoryData<string> MetricNames => [.. Metrics.Keys];

    public static TheoryData<string> InitializerNames => [.. Initializers.Keys];

    public static TheoryData<string> RegularizerNames => [.. Regularizers.Keys];

    public static TheoryData<string> ConstraintNames => [.. Constraints.Keys];

    public static TheoryData<string> ScheduleNames => [.. Schedules.Keys];

    [Fact]
    public void Every_class_of_the_tables_is_tried_here()
    {
        Assert.Equal(LossTable.BuiltIn.Keys.Order(), Losses.Keys.Order());
        string[] watched = [.. LossTable.BuiltIn.Keys.Select(n => n == "LogCosh" ? "LogCoshError" : n)];
        Assert.Equal(MetricTable.BuiltIn.Keys.Except(watched).Order(), Metrics.Keys.Except(watched).Order());
        Assert.Equal(InitializerTable.ByClass.Keys.Except(SecondNames).Order(), Initializers.Keys.Order());
        Assert.Equal(RegularizerTable.ByClass.Keys.Order(), Regularizers.Keys.Order());
        Assert.Equal(ConstraintTable.ByClass.Keys.Order(), Constraints.Keys.Order());
        Assert.Equal(ScheduleTable.ByClass.Keys.Order(), Schedules.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void A_loss_comes_back(string name)
    {
        ComesBack(name, Losses[name](), LossTable.ByClass, l => l.ClassName, (l, c) =>
        {
            c.Text("name", l.Name);
            c.Text("reduction", l.Reduction.ToString());
            l.WriteConfig(c);
        });
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void A_model_that_watches_a_loss_comes_back(string name)
    {
        Sequential model = new([new Input(3), new Dense(2, "softmax")]);
        model.Compile("sgd", "mse", [Losses[name]()], verbose: 0);
        Assert.Equal(model.ToJson(), Model.FromJson(model.ToJson()).ToJson());
    }

    [Theory]
    [MemberData(nameof(MetricNames))]
    public void A_metric_comes_back(string name)
    {
        ComesBack(name, Metrics[name](), MetricTable.ByClass, m => m.ClassName, (m, c) =>
        {
            c.Text("name", m.Name);
            m.WriteConfig(c);
        });
    }

    [Theory]
    [MemberData(nameof(InitializerNames))]
    public void An_initializer_comes_back(string name) => ComesBack(name, Initializers[name](), InitializerTable.ByClass, i => i.ClassName, (i, c) => i.WriteConfig(c));

    [Theory]
    [MemberData(nameof(RegularizerNames))]
    public void A_regularizer_comes_back(string name) => ComesBack(name, Regularizers[name](), RegularizerTable.ByClass, r => r.ClassName, (r, c) => r.WriteConfig(c));

    [Theory]
    [MemberData(nameof(ConstraintNames))]
    public void A_constraint_comes_back(string name) => ComesBack(name, Constraints[name](), ConstraintTable.ByClass, k => k.ClassName, (k, c) => k.WriteConfig(c));

    [Theory]
    [MemberData(nameof(ScheduleNames))]
    public void A_schedule_comes_back(string name) => ComesBack(name, Schedules[name](), ScheduleTable.ByClass, s => s.ClassName, (s, c) => s.WriteConfig(c));

    private static void ComesBack<T>(string name, T made, IReadOnlyDictionary<string, Func<ConfigReader, T>> table, Func<T, string> className, Action<T, ConfigWriter> write)
    {
        string written = KerasConfigs.Written(c => write(made, c));
        using JsonDocument json = JsonDocument.Parse(written);
        ConfigReader reader = KerasConfigs.Reader(json.RootElement);
        T read = table[className(made)](reader);
        reader.Done();
        Assert.Equal(made!.GetType(), read!.GetType());
        Assert.Equal(made.GetType(), table[name](KerasConfigs.Reader(json.RootElement))!.GetType());
        Assert.Equal(written, KerasConfigs.Written(c => write(read, c)));
    }
}
