namespace Nabla.Tests.Errors;

/// <summary>Mistakes with weight files, JSON and classes of one's own: each is explained.</summary>
public sealed class WeightMisuseTests
{
    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["weights into a file of another kind"] = Misuse.Of<ArgumentException>(() => Small().SaveWeights("model.weights.h5"), "Sequential 'small'", "SaveWeights expected a file called NAME.safetensors or NAME.npz", "received 'model.weights.h5'", "written by Save"),
        ["weights from a model's file"] = Misuse.Of<ArgumentException>(() => Small().LoadWeights("model.nabla"), "LoadWeights expected", "received 'model.nabla'", "read by Model.Load"),
        ["weights of a model that has none yet"] = Misuse.Of<InvalidOperationException>(() => new Sequential([new Dense(2)], name: "later").LoadWeights("w.npz"), "Sequential 'later'", "LoadWeights expected a built model"),
        ["weights from a file that is not there"] = Misuse.Of<FileNotFoundException>(() => Small().LoadWeights("/tmp/no-such-weights.npz"), "found none at '/tmp/no-such-weights.npz'"),
        ["weights of a model that is wider"] = Misuse.Of<MalformedFileException>(() => Exchange(new Sequential([new Input(2), new Dense(3, name: "d")], name: "small")), "expected the weights of Sequential 'small'; 0 of 2 fit, and nothing was changed:", "\n  small/d/kernel: float32[2,1] in the model, float32[2,3] in the file"),
        ["weights of other layers"] = Misuse.Of<MalformedFileException>(() => Exchange(new Sequential([new Input(2), new Dense(1, name: "e")], name: "small")), "small/d/kernel: float32[2,1] in the model, missing in the file", "small/e/kernel: not in the model"),
        ["text that is no JSON"] = Misuse.Of<MalformedFileException>(() => Model.FromJson("model = Sequential()"), "'the given text'", "expected JSON", "line 1"),
        ["JSON of a layer"] = Misuse.Of<MalformedFileException>(() => Model.FromJson("""{"class_name": "Dense", "config": {"name": "d", "units": 3}}"""), "expected a model, received a layer: 'Dense'"),
        ["JSON of nothing"] = Misuse.Of<MalformedFileException>(() => Model.FromJson("{}"), "expected a text for 'class_name', but it is missing"),
        ["a functional model read as a Sequential"] = Misuse.Of<MalformedFileException>(AsSequential, "expected a Sequential, received the Functional 'net'", "Model.Load"),
        ["a layer of one's own under a built-in name"] = Misuse.Of<ArgumentException>(() => Layer.Register("Dense", _ => new Flatten()), "Layer.Register", "'Dense', which is a built-in layer", "override ClassName"),
        ["an activation of one's own under a built-in name"] = Misuse.Of<ArgumentException>(() => Activation.Register("relu", t => t), "Activation.Register", "'relu', which is a built-in activation"),
        ["a class of one's own that is called like a built-in one"] = Misuse.Of<NotSupportedException>(() => new Sequential([new Input(2), new Imposter()], name: "net").ToJson(), "Flatten 'imposter'", "under the name of a built-in layer", "Override ClassName"),
        ["a class of one's own that does not say what to write"] = Misuse.Of<NotSupportedException>(() => new Sequential([new Input(2), new Silent()], name: "net").ToJson(), "Silent 'silent'", "Override WriteConfig, and call Layer.Register(\"Silent\", config => ...)"),
        ["a reader of one's own that misses an argument"] = Misuse.Of<MalformedFileException>(() => Model.FromJson(Json("""{"class_name": "MisuseCount", "config": {"name": "m"}}""")), "$.config.layers[1].config: expected a whole number for 'count', but it is missing"),
        ["a reader of one's own that overlooks an argument"] = Misuse.Of<MalformedFileException>(() => Model.FromJson(Json("""{"class_name": "MisuseCount", "config": {"count": 1, "speed": 3}}""")), "'speed' = 3 is not known here"),
        ["a layer in two models of one"] = Misuse.Of<NotSupportedException>(Shared, "expected each layer inside one model only", "'twice'", "two layers"),
    };

    static WeightMisuseTests() => Layer.Register("MisuseCount", c => new RepeatVector(c.RequiredInteger("count")));

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_explained(string mistake) => All[mistake].Check();

    [Fact]
    public void What_does_not_fit_is_left_out_on_demand_and_named()
    {
        using TemporaryFile file = new();
        string path = file.Path + ".npz";
        Sequential from = new([new Input(2), new Dense(1, name: "d"), new Dense(4, name: "more")], name: "small", seed: 1);
        from.SaveWeights(path);
        Sequential to = new([new Input(2), new Dense(1, name: "d"), new Dense(2, name: "more")], name: "small", seed: 2);
        float[] before = to.Weights[2].Value.ToArray<float>();
        Assert.Equal(
            ["small/more/kernel: float32[1,2] in the model, float32[1,4] in the file", "small/more/bias: float32[2] in the model, float32[4] in the file"],
            to.LoadWeights(path, skipMismatch: true));
        Assert.Equal(from.Weights[0].Value.ToArray<float>(), to.Weights[0].Value.ToArray<float>());
        Assert.Equal(before, to.Weights[2].Value.ToArray<float>());
    }

    private static Sequential Small() => new([new Input(2), new Dense(1, name: "d")], name: "small");

    private static void Exchange(Model other)
    {
        using TemporaryFile file = new();
        other.SaveWeights(file.Path + ".safetensors");
        Small().LoadWeights(file.Path + ".safetensors");
    }

    private static void AsSequential()
    {
        using TemporaryFile file = new();
        Input x = new(2, "x");
        new Model(x, new Dense(1).Call(x), "net").Save(file.Path);
        Sequential.Load(file.Path);
    }

    private static void Shared()
    {
        Dense twice = new(2, name: "twice");
        Input x = new(2, "x");
        Sequential left = new([new Input(2), twice], name: "left");
        Sequential right = new([new Input(2), twice], name: "right");
        new Model(x, right.Call(left.Call(x)), "both").ToJson();
    }

    private static string Json(string layer) =>
        $$$"""{"class_name": "Sequential", "config": {"name": "net", "layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, 2], "name": "in"}}, {{{layer}}}]}}""";

    private sealed class Imposter() : Layer("imposter")
    {
        public override string ClassName => "Flatten";

        protected override Tensor Call(Tensor input, CallContext context) => input;

        protected internal override void WriteConfig(ConfigWriter config)
        {
        }
    }

    private sealed class Silent() : Layer("silent")
    {
        protected override Tensor Call(Tensor input, CallContext context) => input;
    }
}
