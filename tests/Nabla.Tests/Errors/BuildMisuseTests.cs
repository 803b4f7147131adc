namespace Nabla.Tests.Errors;

/// <summary>Mistakes in putting a model together and compiling it.</summary>
public sealed class BuildMisuseTests
{
    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["no units"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Dense(0, name: "d"), "Dense 'd'", "expected 1 or more units, received 0. Give the size"),
        ["a mistyped activation"] = Misuse.Of<ArgumentException>(() => _ = new Dense(3, "rleu"), "Activation", "expected one of", "'relu'", "received 'rleu'", "Did you mean 'relu'?", "Func<Tensor, Tensor>"),
        ["an activation of another case"] = Misuse.Of<ArgumentException>(() => _ = new Dense(3, "ReLU"), "received 'ReLU'", "Did you mean 'relu'?"),
        ["a mistyped initializer"] = Misuse.Of<ArgumentException>(() => _ = new Dense(3, kernelInitializer: "glorot_unifrom"), "Initializer", "received 'glorot_unifrom'", "Did you mean 'glorot_uniform'?"),
        ["a layer's name with a slash"] = Misuse.Of<ArgumentException>(() => _ = new Dense(3, name: "a/b"), "Dense", "without '/'", "received 'a/b'", "dense/kernel"),
        ["a layer of whole numbers"] = Misuse.Of<ArgumentException>(() => _ = new Dense(3, name: "d", dtype: DType.Int32), "Dense 'd'", "expected a dtype of float32 or float64", "received int32"),
        ["dropping more than all"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Dropout(1.5, name: "drop"), "Dropout 'drop'", "expected a rate from 0 to 1", "1.5", "such as 0.5"),
        ["rescaling by NaN"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Rescaling(double.NaN, name: "r"), "Rescaling 'r'", "expected a finite scale", "received NaN"),
        ["features without a batch"] = Misuse.Of<ShapeException>(() => new Dense(3, name: "d").Call(new float[] { 1, 2 }), "Dense 'd'", "expected an input with a batch axis", "received float32[2]", "Reshape"),
        ["other features than built with"] = Misuse.Of<ShapeException>(CallWithOtherFeatures, "Dense 'd'", "expected 2 features on the last axis", "received 3", "float32[1,3]", "built with 2", "by mistake?"),
        ["two layers of one name"] = Misuse.Of<ArgumentException>(() => _ = new Sequential([new Dense(3, name: "d"), new Dense(2, name: "d")], name: "net"), "Sequential 'net'", "names of their own", "received 'd' for layers 1 and 2", "another name"),
        ["one layer twice"] = Misuse.Of<ArgumentException>(AddTwice, "Sequential 'net'", "received 'd' for layers 1 and 2", "the same object was added twice"),
        ["an input in the middle"] = Misuse.Of<ArgumentException>(() => _ = new Sequential([new Dense(3), new InputLayer(3, name: "in")], name: "net"), "Sequential 'net'", "InputLayer only at the start", "received 'in' as layer 2"),
        ["a layer after building"] = Misuse.Of<InvalidOperationException>(() => new Sequential([new InputLayer(2), new Dense(3)], name: "net").Add(new Dense(1, name: "late")), "Sequential 'net'", "all layers before the model is built", "received Dense 'late'", "Make a new Sequential"),
        ["a model without layers"] = Misuse.Of<ShapeException>(() => new Sequential(name: "net").Build([3]), "Sequential 'net'", "expected at least one layer", "received none", "model.Add"),
        ["other samples than the first layer says"] = Misuse.Of<TrainingDataException>(() => new Sequential([new Flatten(name: "f") { InputShape = [4] }, new Dense(2)], name: "net").Call(new float[,] { { 1, 2 } }), "x: expected 4 features", "received 2 features"),
        ["a layer in models of two types"] = Misuse.Of<ArgumentException>(ShareBetweenTypes, "Dense 'd'", "expected a model of float32", "received 'wide' of float64", "Make a new layer"),
        ["a model of whole numbers"] = Misuse.Of<ArgumentException>(() => _ = new Sequential([new Dense(1)], dtype: DType.Int64), "Sequential", "expected a dtype of float32 or float64", "received int64"),
        ["a mistyped optimizer"] = Misuse.Of<ArgumentException>(() => Net().Compile("adm"), "Optimizer", "'rmsprop'", "received 'adm'", "Did you mean 'adam'?", "An Optimizer object is taken as well"),
        ["the lecture's capital E"] = Misuse.Of<ArgumentException>(() => Net().Compile("adam", "SparseCategoricalCrossEntropy"), "Loss", "received 'SparseCategoricalCrossEntropy'", "Did you mean 'sparse_categorical_crossentropy'?"),
        ["the lecture's capital E, binary"] = Misuse.Of<ArgumentException>(() => Net().Compile("adam", "BinaryCrossEntropy"), "Loss", "received 'BinaryCrossEntropy'", "Did you mean 'binary_crossentropy'?"),
        ["a mistyped metric"] = Misuse.Of<ArgumentException>(() => Net().Compile("adam", "mse", ["acuracy"]), "Metric", "received 'acuracy'", "Did you mean 'accuracy'?"),
        ["a mistyped reduction"] = Misuse.Of<ArgumentException>(() => _ = new MeanSquaredError("average"), "Reduction", "'sum_over_batch_size'", "received 'average'"),
        ["a negative learning rate"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Adam(-1), "Adam", "expected a learningRate of 0 or more", "-1", "such as 0.001"),
        ["a learning rate that is not a number"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new SGD(double.NaN), "SGD", "expected a learningRate of 0 or more", "NaN"),
        ["momentum above 1"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new SGD(momentum: 1.5), "SGD", "expected momentum from 0 to below 1", "1.5"),
        ["an epsilon of 0"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new RMSprop(epsilon: 0), "RMSprop", "expected epsilon above 0", "0"),
        ["clipping twice"] = Misuse.Of<ArgumentException>(() => _ = new Adam(clipNorm: 1, clipValue: 2), "Adam", "at most one of clipNorm, clipValue and globalClipNorm", "received several", "Choose one"),
        ["smoothing above 1"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new BinaryCrossentropy(labelSmoothing: 2), "BinaryCrossentropy", "expected a labelSmoothing from 0 to 1", "2"),
        ["weights too few"] = Misuse.Of<ShapeException>(() => Built().SetWeights([new float[,] { { 1 } }]), "Sequential 'net'", "expected 2 weight arrays", "d/kernel : float32[2,3]", "received 1"),
        ["weights of other dims"] = Misuse.Of<ShapeException>(() => Built().SetWeights([NDArray.Zeros(DType.Float32, [3, 2]), NDArray.Zeros(DType.Float32, [2])]), "Sequential 'net'", "d/kernel : float32[2,3] received float32[3,2]", "d/bias : float32[3] received float32[2]", "Nothing was changed", "transposed?"),
        ["weights before building"] = Misuse.Of<ShapeException>(() => Net().SetWeights([NDArray.Zeros(DType.Float32, [3, 2])]), "expected 0 weight arrays", "received 1", "not built yet"),
        ["a variable's other dims"] = Misuse.Of<ShapeException>(() => Built().Weights[0].Assign(new float[] { 1 }), "Variable 'd/kernel'", "expected values of dims [2,3]", "received float32[1]"),
        ["an unknown layer"] = Misuse.Of<ArgumentException>(() => Built().GetLayer("D1"), "Sequential 'net' layer", "expected one of 'd'", "received 'D1'"),
        ["no threads"] = Misuse.Of<ArgumentOutOfRangeException>(() => Built().Threads = 0, "Sequential 'net'", "expected 1 or more threads", "0"),
        ["labels of other dims, straight to the loss"] = Misuse.Of<ShapeException>(() => new MeanSquaredError().Call(new double[] { 1, 2 }, new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }), "MeanSquaredError", "expected labels of dims [2,3]", "received float64[2]", "Reshape"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_in_building_is_explained(string mistake) => All[mistake].Check();

    private static Sequential Net() => new([new Dense(3, name: "d")], name: "net");

    private static Sequential Built() => new([new InputLayer(2), new Dense(3, name: "d")], name: "net");

    private static void CallWithOtherFeatures()
    {
        Dense dense = new(3, name: "d");
        dense.Call(new float[,] { { 1, 2 } });
        dense.Call(new float[,] { { 1, 2, 3 } });
    }

    private static void AddTwice()
    {
        Dense dense = new(3, name: "d");
        _ = new Sequential([dense, dense], name: "net");
    }

    private static void ShareBetweenTypes()
    {
        Dense dense = new(3, name: "d");
        _ = new Sequential([new Input(2), dense]);
        _ = new Sequential([dense], name: "wide", dtype: DType.Float64);
    }
}
