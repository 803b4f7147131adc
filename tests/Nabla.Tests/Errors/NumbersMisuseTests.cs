namespace Nabla.Tests.Errors;

/// <summary>Mistakes with penalties, constraints, schedules and initializers.</summary>
public sealed class NumbersMisuseTests
{
    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["a mistyped regularizer"] = Misuse.Of<ArgumentException>(() => Take((Regularizer)"l3"), "Regularizer: expected one of", "'l2'", "received 'l3'", "A Regularizer object is taken as well"),
        ["a mistyped constraint"] = Misuse.Of<ArgumentException>(() => Take((Constraint)"maxnorn"), "Constraint: expected one of", "received 'maxnorn'", "Did you mean 'max_norm'?"),
        ["a negative penalty"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new L2(-1)), "L2: expected l2 of 0 or more", "such as 0.01", "received -1"),
        ["a penalty that is no number"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new L1(double.NaN)), "L1: expected l1 of 0 or more", "received NaN"),
        ["rows and columns mistyped"] = Misuse.Of<ArgumentException>(() => Take(new OrthogonalRegularizer(mode: "row")), "OrthogonalRegularizer mode", "'rows', 'columns'", "received 'row'", "Did you mean 'rows'?"),
        ["angles of a vector"] = Misuse.Of<ShapeException>(() => new OrthogonalRegularizer().Call(new[] { 1.0, 2 }), "OrthogonalRegularizer: expected a matrix of 2 or more rows", "received float64[2]", "kernels"),
        ["the ends of a range exchanged"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new MinMaxNorm(2, 1)), "MinMaxNorm: expected maxValue of at least minValue (2)", "received 1", "exchanged?"),
        ["a rate above 1"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new MinMaxNorm(rate: 1.5)), "MinMaxNorm: expected rate from 0 to 1", "received 1.5"),
        ["an axis that is not there"] = Misuse.Of<ShapeException>(() => new UnitNorm(axis: 2).Call(new[] { 1.0, 2 }), "expected an axis from -1 to 0", "received 2"),
        ["decay over no steps"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new ExponentialDecay(0.1, 0, 0.5)), "ExponentialDecay: expected decaySteps above 0, such as 1000, received 0"),
        ["a negative first rate"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new CosineDecay(-0.1, 10)), "CosineDecay: expected initialLearningRate of 0 or more", "received -0.1"),
        ["a share of the rate above 1"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new CosineDecay(0.1, 10, alpha: 2)), "CosineDecay: expected alpha from 0 to 1", "received 2"),
        ["cycles that shrink"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new CosineDecayRestarts(0.1, 10, tMul: 0.5)), "CosineDecayRestarts: expected tMul of 1 or more", "received 0.5", "end at no step"),
        ["as many values as boundaries"] = Misuse.Of<ArgumentException>(() => Take(new PiecewiseConstantDecay([10, 20], [1, 0.5])), "PiecewiseConstantDecay: expected one value more than boundaries", "received 2 boundaries and 2 values"),
        ["boundaries out of order"] = Misuse.Of<ArgumentException>(() => Take(new PiecewiseConstantDecay([20, 10], [1, 0.5, 0.1])), "PiecewiseConstantDecay: expected rising boundaries, received 20, 10", "Sort them"),
        ["a rate for each of two weights"] = Misuse.Of<ShapeException>(() => new TwoRates().Call(1), "TwoRates 'TwoRates': expected a scalar as the learning rate", "received float64[2]"),
        ["a step before the first"] = Misuse.Of<ArgumentOutOfRangeException>(() => new CosineDecay(0.1, 10).Call(-1), "CosineDecay: expected step of 0 or more", "received -1"),
        ["a regularizer that is not known in a file"] = Misuse.Of<MalformedFileException>(() => KerasConfigs.WrittenReader(c => c.Envelope("r", "keras.regularizers", "L7", _ => { })).Regularizer("r"), "$.r", "expected one of the regularizers L1, L2", "received 'L7'"),
        ["a constraint without sense in a file"] = Misuse.Of<MalformedFileException>(() => KerasConfigs.WrittenReader(c => c.Envelope("c", "keras.constraints", "MaxNorm", w => w.Number("max_value", -1))).Constraint("c"), "$.c", "expected maxValue of 0 or more", "received -1"),
        ["a schedule without its rate in a file"] = Misuse.Of<MalformedFileException>(() => KerasConfigs.WrittenReader(c => c.Envelope("s", "keras.optimizers.schedules", "CosineDecay", w => w.Number("decay_steps", 5))).Schedule("s"), "$.s", "'initial_learning_rate'", "missing"),
        ["saving a penalty of one's own"] = Misuse.Of<NotSupportedException>(() => KerasConfigs.Written(new OwnPenalty().WriteConfig), "OwnPenalty", "cannot be saved"),
        ["a mistyped fan"] = Misuse.Of<ArgumentException>(() => Take(new VarianceScaling(mode: "fan_inn")), "VarianceScaling mode", "'fan_in', 'fan_out', 'fan_avg'", "received 'fan_inn'", "Did you mean 'fan_in'?"),
        ["a mistyped distribution"] = Misuse.Of<ArgumentException>(() => Take(new VarianceScaling(distribution: "unifrom")), "VarianceScaling distribution", "Did you mean 'uniform'?"),
        ["a scale of 0"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new VarianceScaling(0)), "VarianceScaling: expected scale above 0", "received 0"),
        ["bounds exchanged"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new RandomUniform(1, -1)), "RandomUniform: expected maxValue of at least minValue (1)", "received -1", "exchanged?"),
        ["a negative deviation"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new RandomNormal(stdDev: -0.1)), "RandomNormal: expected stdDev of 0 or more", "received -0.1"),
        ["an orthogonal vector"] = Misuse.Of<ShapeException>(() => new Orthogonal().Call([3]), "Orthogonal: expected dims of two or more axes", "received [3]", "RandomNormal"),
        ["an identity of three axes"] = Misuse.Of<ShapeException>(() => new IdentityInitializer().Call([2, 2, 2]), "Identity: expected the dims of a matrix", "received [2,2,2]"),
        ["a mistyped window"] = Misuse.Of<ArgumentException>(() => Take(new StftInitializer(window: "hamm")), "STFT window", "'hann'", "received 'hamm'", "Did you mean 'hamming'?"),
        ["a Fourier kernel of two axes"] = Misuse.Of<ShapeException>(() => new StftInitializer().Call([16, 9]), "STFT: expected dims [frame length, 1, frequencies]", "received [16,9]"),
        ["an axis that the weight lacks"] = Misuse.Of<ShapeException>(() => new HeNormal(inputAxes: 3).Call([2, 2]), "HeNormal: expected an axis from -2 to 1", "received 3"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_with_numbers_is_explained(string mistake) => All[mistake].Check();

    private static void Take(object made) => Assert.NotNull(made);

    private sealed class TwoRates : LearningRateSchedule
    {
        public override Tensor Rate(Tensor step) => step.BroadcastTo([2]);
    }

    private sealed class OwnPenalty : Regularizer
    {
        public override Tensor Apply(Tensor weight) => weight.Sum();
    }
}
