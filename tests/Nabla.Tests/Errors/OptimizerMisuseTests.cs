namespace Nabla.Tests.Errors;

/// <summary>Mistakes with optimizers.</summary>
public sealed class OptimizerMisuseTests
{
    private static readonly Variable Kernel = new("dense/kernel", NDArray.Zeros(DType.Float64, [2, 3]), trainable: true);
    private static readonly Variable Bias = new("dense/bias", NDArray.Zeros(DType.Float64, [3]), trainable: true);

    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["setting the rate of a schedule"] = Misuse.Of<InvalidOperationException>(() => new Adam(new CosineDecay(0.1, 10), name: "a").LearningRate = 0.1, "Adam 'a'", "expected to set a learningRate that is a number", "the schedule 'CosineDecay' is in charge", "new Adam(0.001)"),
        ["setting the rate of a schedule inside"] = Misuse.Of<InvalidOperationException>(() => new LossScaleOptimizer(new SGD(new CosineDecay(0.1, 10))).LearningRate = 0.1, "SGD 'sgd'", "is in charge"),
        ["clipping in two ways"] = Misuse.Of<ArgumentException>(() => _ = new Muon(clipNorm: 1, globalClipNorm: 2), "Muon", "at most one of clipNorm, clipValue and globalClipNorm"),
        ["an average momentum above 1"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new SGD(useEma: true, emaMomentum: 1.1), "SGD", "expected emaMomentum from 0 to 1", "1.1", "such as 0.99"),
        ["overwriting every 0 steps"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new SGD(useEma: true, emaOverwriteFrequency: 0), "SGD", "expected emaOverwriteFrequency of 1 or more", "0", "leave it out"),
        ["accumulating one batch"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Adam(gradientAccumulationSteps: 1), "Adam", "expected gradientAccumulationSteps of 2 or more", "1", "leave it out"),
        ["a loss scale of 0"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Adam(lossScaleFactor: 0), "Adam", "expected lossScaleFactor above 0", "0"),
        ["a negative weight decay"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Lion(weightDecay: -1), "Lion", "expected weightDecay of 0 or more", "-1"),
        ["AdamW without decay"] = Misuse.Of<ArgumentException>(() => _ = new AdamW(weightDecay: null), "AdamW", "expected a weightDecay, received null", "Use Adam for none"),
        ["a negative accumulator"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Adagrad(initialAccumulatorValue: -0.1), "Adagrad", "expected initialAccumulatorValue of 0 or more", "-0.1"),
        ["a rate power above 0"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Ftrl(learningRatePower: 0.5), "Ftrl", "expected learningRatePower of 0 or less", "0.5", "such as -0.5"),
        ["Lion by the sign alone"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Lion(beta1: 0), "Lion", "expected beta1 above 0 and up to 1"),
        ["Adafactor's decay above 0"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Adafactor(beta2Decay: 0.8), "Adafactor", "expected beta2Decay below 0", "such as -0.8"),
        ["no Newton-Schulz steps"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Muon(nsSteps: 0), "Muon", "expected nsSteps of 1 or more", "such as 5"),
        ["layers left out by no pattern"] = Misuse.Of<ArgumentException>(() => _ = new Muon(excludeLayers: ["out("]), "Muon: excludeLayers", "regular expressions", "'out('", "Such as"),
        ["two loss scales"] = Misuse.Of<ArgumentException>(() => _ = new LossScaleOptimizer(new Adam(lossScaleFactor: 8)), "LossScaleOptimizer", "does not scale the loss itself", "received Adam 'adam' with a lossScaleFactor", "Leave one of the two out"),
        ["a loss scale around a loss scale"] = Misuse.Of<ArgumentException>(() => _ = new LossScaleOptimizer(new LossScaleOptimizer(new Adam())), "received LossScaleOptimizer 'loss_scale_optimizer'"),
        ["a mistyped name"] = Misuse.Of<ArgumentException>(() => { Optimizer _ = "adagard"; }, "Optimizer", "received 'adagard'", "Did you mean 'adagrad'?"),
        ["a loss scale by name"] = Misuse.Of<ArgumentException>(() => { Optimizer _ = "LossScaleOptimizer"; }, "Optimizer", "received 'LossScaleOptimizer'", "An Optimizer object is taken as well"),
        ["excluding after a step"] = Misuse.Of<InvalidOperationException>(ExcludeLate, "Adam 'adam'", "ExcludeFromWeightDecay expected an optimizer that has made no step", "before Fit, Build or Apply"),
        ["no gradients"] = Misuse.Of<ArgumentException>(() => new SGD().Apply([]), "SGD 'sgd': Apply", "expected a gradient for at least one variable, received none"),
        ["one variable twice"] = Misuse.Of<ArgumentException>(() => new SGD().Apply([(Bias.Value, Bias), (Bias.Value, Bias)]), "SGD 'sgd': Apply", "each variable once", "'dense/bias' twice"),
        ["a gradient of other dims"] = Misuse.Of<ShapeException>(() => new SGD().Apply([(Bias.Value, Kernel)]), "SGD 'sgd': Apply", "expected a gradient of dims [2,3] for 'dense/kernel'", "received float64[3]", "different orders?"),
        ["a gradient that is NaN"] = Misuse.Of<ArgumentException>(() => new SGD().Apply([(new[] { 1, double.NaN, 2 }, Bias)]), "SGD 'sgd': Apply", "expected finite gradients", "'dense/bias'", "Nothing was changed"),
        ["a null gradient"] = Misuse.Of<ArgumentException>(() => new SGD().Apply([(null!, Bias)]), "expected a gradient for 'dense/bias', received null", "Leave out"),
        ["another variable than built with"] = Misuse.Of<InvalidOperationException>(ApplyToAnother, "Adam 'adam'", "expected the variables that it was built with ('dense/kernel')", "received 'dense/bias' too", "an optimizer of its own"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_with_an_optimizer_is_explained(string mistake) => All[mistake].Check();

    private static void ExcludeLate()
    {
        Adam optimizer = new();
        optimizer.Build([Bias]);
        optimizer.ExcludeFromWeightDecay(names: ["bias"]);
    }

    private static void ApplyToAnother()
    {
        Adam optimizer = new();
        optimizer.Build([Kernel]);
        optimizer.Apply([(Bias.Value, Bias)]);
    }
}
