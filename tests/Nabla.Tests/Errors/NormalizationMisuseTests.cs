namespace Nabla.Tests.Errors;

/// <summary>Mistakes with normalizing and preprocessing layers.</summary>
public sealed class NormalizationMisuseTests
{
    private static readonly NDArray Row = new float[,] { { 1, 2, 3 } };

    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["normalizing the batch axis"] = Misuse.Of<ShapeException>(() => new LayerNormalization(axis: 0, name: "n").Call(Row), "LayerNormalization 'n'", "from 1 to 1", "received 0", "float32[1,3]", "Axis 0 is the batch"),
        ["an axis twice"] = Misuse.Of<ShapeException>(() => new LayerNormalization([1, -1], name: "n").Call(Row), "LayerNormalization 'n'", "different axes", "received [1,-1]"),
        ["an axis that the input lacks"] = Misuse.Of<ShapeException>(() => new BatchNormalization(3, name: "n").Call(Row), "BatchNormalization 'n'", "received 3"),
        ["an epsilon of 0"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new BatchNormalization(epsilon: 0, name: "n")), "BatchNormalization 'n'", "expected epsilon above 0, such as 0.001, received 0"),
        ["a momentum above 1"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new BatchNormalization(momentum: 99, name: "n")), "BatchNormalization 'n'", "expected momentum from 0 to 1, such as 0.99, received 99"),
        ["other channels than built with"] = Misuse.Of<ShapeException>(OtherChannels, "BatchNormalization 'n'", "expected 3 channels on axis -1", "received float32[1,2]", "built with 3"),
        ["groups that do not divide"] = Misuse.Of<ShapeException>(() => new GroupNormalization(2, name: "g").Call(Row), "GroupNormalization 'g'", "divides the 3 channels", "received 2", "-1 for a group a channel"),
        ["Keras' default of 32 groups on few channels"] = Misuse.Of<ShapeException>(() => new GroupNormalization(name: "g").Call(Row), "GroupNormalization 'g'", "divides the 3 channels", "received 32"),
        ["no groups"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new GroupNormalization(0, name: "g")), "GroupNormalization 'g'", "expected 1 or more groups, or -1", "received 0"),
        ["a spectral norm without a kernel"] = Misuse.Of<ShapeException>(() => new SpectralNormalization(new Flatten(name: "f"), name: "s").Call(Row), "SpectralNormalization 's'", "kernel or embeddings", "received Flatten 'f' with no weights"),
        ["no power iterations"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new SpectralNormalization(new Dense(1), 0, name: "s")), "SpectralNormalization 's'", "expected powerIterations of 1 or more, received 0"),
        ["a mean without a variance"] = Misuse.Of<ArgumentException>(() => Take(new Normalization(mean: 1.0, name: "n")), "Normalization 'n'", "mean and variance together", "received the mean alone", "call Adapt"),
        ["a mean and variance of other dims"] = Misuse.Of<ArgumentException>(() => Take(new Normalization(mean: new[] { 1.0, 2 }, variance: new[] { 1.0 }, name: "n")), "Normalization 'n'", "the same dims", "received [2] and [1]"),
        ["a negative variance"] = Misuse.Of<ArgumentException>(() => Take(new Normalization(mean: 1.0, variance: -1.0, name: "n")), "Normalization 'n'", "variances of 0 or more"),
        ["a mean for other features"] = Misuse.Of<ShapeException>(() => new Normalization(mean: new[] { 1.0, 2 }, variance: new[] { 1.0, 2 }, name: "n").Call(Row), "Normalization 'n'", "expected a mean of dims [3]", "received [2]"),
        ["adapting what was given"] = Misuse.Of<InvalidOperationException>(() => new Normalization(mean: 1.0, variance: 1.0, name: "n").Adapt(Row), "Normalization 'n'", "given at construction", "do not call Adapt"),
        ["adapting to nothing"] = Misuse.Of<ShapeException>(() => new Normalization(name: "n").Adapt(NDArray.Zeros(DType.Float32, [0, 3])), "Normalization 'n'", "at least one sample, received none"),
        ["adapting to other features"] = Misuse.Of<ShapeException>(AdaptOthers, "Normalization 'n'", "expected data like [1,3]", "received float32[1,2]"),
        ["binning before adapting"] = Misuse.Of<InvalidOperationException>(() => new Discretization(numBins: 3, name: "d").Call(Row), "Discretization 'd'", "expected boundaries, but there are none yet", "Call Adapt"),
        ["adapting given boundaries"] = Misuse.Of<InvalidOperationException>(() => new Discretization([1.0, 2], name: "d").Adapt(Row), "Discretization 'd'", "boundaries were given", "numBins"),
        ["boundaries out of order"] = Misuse.Of<ArgumentException>(() => Take(new Discretization([2.0, 1])), "Discretization: expected one or more finite boundaries, rising, received 2, 1", "Sort them"),
        ["one bin"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new Discretization(numBins: 1, name: "d")), "Discretization 'd'", "2 or more bins, received 1"),
        ["adapting bins to NaN"] = Misuse.Of<ArgumentException>(() => new Discretization(numBins: 2, name: "d").Adapt(new[] { 1.0, double.NaN }), "Discretization 'd'", "NaN among them"),
        ["a mistyped output mode"] = Misuse.Of<ArgumentException>(() => Take(new CategoryEncoding(3, "onehot", name: "c")), "CategoryEncoding 'c' outputMode", "'one_hot'", "received 'onehot'", "Did you mean 'one_hot'?"),
        ["no classes"] = Misuse.Of<ArgumentOutOfRangeException>(() => Take(new CategoryEncoding(0, name: "c")), "CategoryEncoding 'c'", "expected numTokens of 1 or more, received 0", "largest class number plus 1"),
        ["multi-hot of single numbers"] = Misuse.Of<ShapeException>(() => new CategoryEncoding(3, name: "c").Call(new[] { 1, 2 }), "CategoryEncoding 'c'", "[samples, numbers a sample]", "received int32[2]", "Reshape to [samples, 1]"),
        ["a class that is not there"] = Misuse.Of<TrainingDataException>(() => new Sequential([new InputLayer(1), new CategoryEncoding(3, name: "c"), new Dense(1)]).Predict(new[,] { { 1 }, { 3 } }), "whole numbers from 0 to 2, the classes of CategoryEncoding 'c'", "received 3", "Raise numTokens"),
        ["weights for multi-hot"] = Misuse.Of<ShapeException>(() => new CategoryEncoding(3, name: "c").Call(new NDArray[] { new[,] { { 1 } }, new[,] { { 1f } } }), "CategoryEncoding 'c'", "weights only for outputMode 'count'", "'multi_hot'"),
        ["sparse output in a file"] = Misuse.Of<MalformedFileException>(() => Layers.ConfigText.Read("""{"class_name": "CategoryEncoding", "config": {"name": "c", "num_tokens": 3, "sparse": true}}"""), "'sparse' to be false", "dense output has the same values"),
        ["renorm in a file"] = Misuse.Of<MalformedFileException>(() => Layers.ConfigText.Read("""{"class_name": "BatchNormalization", "config": {"name": "b", "renorm": true}}"""), "'renorm' to be false", "batch renormalization is not built"),
        ["ragged means in a file"] = Misuse.Of<MalformedFileException>(() => Layers.ConfigText.Read("""{"class_name": "Normalization", "config": {"name": "n", "axis": [1, 2], "mean": [[1, 2], [3]], "variance": [[1, 2], [3, 4]]}}"""), "lists of equal length in 'mean'"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_with_normalizing_layers_is_explained(string mistake) => All[mistake].Check();

    private static void Take(object made) => Assert.NotNull(made);

    private static void OtherChannels()
    {
        BatchNormalization layer = new(name: "n");
        layer.Call(Row);
        layer.Call(new float[,] { { 1, 2 } });
    }

    private static void AdaptOthers()
    {
        Normalization layer = new(name: "n");
        layer.Adapt(Row);
        layer.Adapt(new float[,] { { 1, 2 } });
    }
}
