namespace Nabla.Tests.Layers;

/// <summary>Every layer that a file can name, in a small model: it trains with a smaller last batch and comes back from a file.</summary>
public sealed class LayerLifeTests
{
    // A layer and the dims of its samples.
    private static readonly Dictionary<string, (Func<Layer> Make, int[] Sample)> Single = new()
    {
        ["Dense"] = (() => new Dense(3, "tanh", kernelRegularizer: new L2(0.1), biasRegularizer: "l1", activityRegularizer: new L1(0.1), kernelConstraint: "max_norm", biasConstraint: "non_neg"), [4]),
        ["EinsumDense"] = (() => new EinsumDense("abc,cd->abd", [null, 3], "relu", "bd", kernelRegularizer: "l2", activityRegularizer: "l1"), [2, 4]),
        ["Embedding"] = (() => new Embedding(9, 3, embeddingsRegularizer: "l2", embeddingsConstraint: "unit_norm", maskZero: true), [4]),
        ["Identity"] = (() => new Identity(), [4]),
        ["Masking"] = (() => new Masking(2), [2, 4]),
        ["ActivityRegularization"] = (() => new ActivityRegularization(0.1, 0.2), [4]),
        ["Lambda"] = (() => new Lambda("life: half"), [4]),
        ["Activation"] = (() => new Activation("tanh"), [4]),
        ["ReLU"] = (() => new ReLU(6, 0.1, 0.2), [4]),
        ["LeakyReLU"] = (() => new LeakyReLU(0.1), [4]),
        ["ELU"] = (() => new ELU(0.5), [4]),
        ["Softmax"] = (() => new Softmax([1, 2]), [2, 4]),
        ["PReLU"] = (() => new PReLU("ones", alphaRegularizer: "l2", alphaConstraint: "non_neg", sharedAxes: [1]), [2, 4]),
        ["Reshape"] = (() => new Reshape([2, -1]), [4]),
        ["Permute"] = (() => new Permute([2, 1]), [2, 4]),
        ["RepeatVector"] = (() => new RepeatVector(2), [4]),
        ["Flatten"] = (() => new Flatten("channels_first"), [2, 2, 3]),
        ["ZeroPadding1D"] = (() => new ZeroPadding1D((0, 2)), [2, 3]),
        ["ZeroPadding2D"] = (() => new ZeroPadding2D(((0, 1), (2, 0)), "channels_first"), [2, 2, 3]),
        ["ZeroPadding3D"] = (() => new ZeroPadding3D(((0, 1), (2, 0), (1, 1))), [2, 2, 2, 1]),
        ["Cropping1D"] = (() => new Cropping1D((1, 0)), [3, 2]),
        ["Cropping2D"] = (() => new Cropping2D((0, 1)), [2, 3, 1]),
        ["Cropping3D"] = (() => new Cropping3D(((0, 1), (0, 0), (1, 0)), "channels_first"), [1, 2, 2, 2]),
        ["UpSampling1D"] = (() => new UpSampling1D(3), [2, 2]),
        ["UpSampling2D"] = (() => new UpSampling2D((2, 3), interpolation: "bilinear"), [2, 2, 1]),
        ["UpSampling3D"] = (() => new UpSampling3D((1, 2, 1)), [2, 2, 2, 1]),
        ["Dropout"] = (() => new Dropout(0.4, noiseShape: [null, 1, null], seed: 3), [2, 4]),
        ["SpatialDropout1D"] = (() => new SpatialDropout1D(0.4), [3, 2]),
        ["SpatialDropout2D"] = (() => new SpatialDropout2D(0.4, "channels_first"), [3, 2, 2]),
        ["SpatialDropout3D"] = (() => new SpatialDropout3D(0.4), [2, 2, 2, 2]),
        ["AlphaDropout"] = (() => new AlphaDropout(0.4, noiseShape: [1, null]), [4]),
        ["GaussianDropout"] = (() => new GaussianDropout(0.4), [4]),
        ["BatchNormalization"] = (() => new BatchNormalization(momentum: 0.5), [4]),
        ["LayerNormalization"] = (() => new LayerNormalization(), [2, 4]),
        ["GroupNormalization"] = (() => new GroupNormalization(groups: 2), [2, 4]),
        ["RMSNormalization"] = (() => new RMSNormalization(), [4]),
        ["UnitNormalization"] = (() => new UnitNormalization(), [4]),
        ["SpectralNormalization"] = (() => new SpectralNormalization(new Dense(3)), [4]),
        ["Rescaling"] = (() => new Rescaling(2, -1), [4]),
        ["Normalization"] = (() => new Normalization(mean: 0.5, variance: 0.1), [4]),
        ["Discretization"] = (() => new Discretization([0.3, 0.6]), [4]),
        ["CategoryEncoding"] = (() => new CategoryEncoding(9), [4]),
        ["GaussianNoise"] = (() => new GaussianNoise(0.4, seed: 1), [4]),
    };

    private static readonly Dictionary<string, Func<Layer>> Merging = new()
    {
        ["Add"] = () => new Add(),
        ["Subtract"] = () => new Subtract(),
        ["Multiply"] = () => new Multiply(),
        ["Average"] = () => new Average(),
        ["Maximum"] = () => new Maximum(),
        ["Minimum"] = () => new Minimum(),
        ["Concatenate"] = () => new Concatenate(axis: 1),
        ["Dot"] = () => new Dot((2, 2), normalize: true),
    };

    static LayerLifeTests() => Lambda.Register("life: half", t => t / 2);

    public static TheoryData<string> Names => [.. Single.Keys];

    public static TheoryData<string> MergingNames => [.. Merging.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_trains_with_a_smaller_last_batch_and_comes_back_from_a_file(string className)
    {
        using TemporaryFile file = new();
        (Func<Layer> make, int[] sample) = Single[className];
        (NDArray x, NDArray y) = Data(sample, whole: className is "Embedding" or "CategoryEncoding");
        Layer layer = make();
        Assert.Equal(className, layer.ClassName);
        Sequential model = new([new Input(Dims.Of(sample), dtype: x.DType), layer, new Flatten(), new Dense(1)], seed: 1);
        model.Compile(new SGD(0.01), "mse");
        History history = model.Fit(x, y, batchSize: 4, epochs: 2, verbose: 0);
        Assert.All(history["loss"], loss => Assert.True(double.IsFinite(loss)));
        model.Save(file.Path);
        Sequential loaded = Sequential.Load(file.Path);
        Assert.Equal(ConfigText.Of(layer), ConfigText.Of(loaded.Layers[0]));
        Assert.Equal(model.Predict(x).ToArray<float>(), loaded.Predict(x).ToArray<float>());
        Assert.Equal(model.Fit(x, y, batchSize: 4, verbose: 0)["loss"], loaded.Fit(x, y, batchSize: 4, verbose: 0)["loss"]);
    }

    [Theory]
    [MemberData(nameof(MergingNames))]
    public void Merging_layers_train_with_a_smaller_last_batch(string className)
    {
        (NDArray x, NDArray y) = Data([2, 3], whole: false);
        Input left = new([2, 3]), right = new([2, 3]);
        Layer layer = Merging[className]();
        LayerTensor merged = layer.Call([new Dense(3).Call(left), new Dense(3).Call(right)]);
        Model model = new([left, right], new Dense(1).Call(new Flatten().Call(merged)), seed: 1);
        model.Compile(new SGD(0.01), "mse");
        History history = model.Fit([x, x], y, new FitOptions { BatchSize = 4, Epochs = 2, Verbose = 0 });
        Assert.All(history["loss"], loss => Assert.True(double.IsFinite(loss)));
        Assert.Equal(ConfigText.Of(layer), ConfigText.Of(ConfigText.Read(ConfigText.Of(layer))));
    }

    [Fact]
    public void Every_class_that_a_file_can_name_is_here() =>
        Assert.Empty(LayerTable.BuiltIn.Keys.Except(Single.Keys).Except(Merging.Keys).Except(["InputLayer", "Sequential", "Functional"]));

    private static (NDArray X, NDArray Y) Data(int[] sample, bool whole)
    {
        RandomStream random = new(5, 1);
        Dims dims = Dims.Of([7, .. sample]);
        NDArray x = whole
            ? NDArray.From(Enumerable.Range(0, dims.Count).Select(i => random.Below(i, 9)).ToArray()).Reshape(dims.Sizes)
            : NDArray.From(Enumerable.Range(0, dims.Count).Select(i => (float)random.Uniform(i)).ToArray()).Reshape(dims.Sizes);
        return (x, NDArray.From(Enumerable.Range(0, 7).Select(i => (float)random.Uniform(i + 1000)).ToArray()).Reshape(7, 1));
    }
}
