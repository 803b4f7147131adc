namespace Nabla.Tests.Saving;

/// <summary>Functional models, models in models and parts of one's own come back from files and from text as they were.</summary>
public sealed class FunctionalRoundTripTests
{
    private static readonly Dictionary<string, Func<Model>> Models = new()
    {
        ["a chain"] = () =>
        {
            Input x = new(4, "x");
            return new Model(x, new Dense(2, name: "out").Call(new Dense(3, "relu", name: "hidden").Call(x)), "chain", seed: 1);
        },
        ["a shared layer"] = () =>
        {
            (Input a, Input b) = (new(4, "a"), new(4, "b"));
            Dense shared = new(3, "tanh", name: "shared");
            return new Model([a, b], new SavedSum().Call([shared.Call(a), shared.Call(b)]), "twins", seed: 2);
        },
        ["a layer shared at two depths"] = () =>
        {
            Input x = new(4, "x");
            (Dense a, Dense b) = (new(4, name: "a"), new(4, "relu", name: "b"));
            return new Model(x, a.Call(b.Call(a.Call(b.Call(x)))), "deep", seed: 3);
        },
        ["inputs and outputs by name"] = () =>
        {
            (Input a, Input b) = (new([2, 2], "first"), new(4, "second"));
            LayerTensor both = new SavedSum().Call([new Flatten(name: "flat").Call(a), b]);
            return new Model(
                new Dictionary<string, LayerTensor> { ["image"] = a, ["numbers"] = b },
                new Dictionary<string, LayerTensor> { ["kind"] = new Dense(3, name: "k").Call(both), ["size"] = new Dense(1, name: "s").Call(both) },
                "named",
                seed: 4);
        },
        ["a Sequential in a functional model"] = () =>
        {
            Sequential block = new([new Dense(5, "relu", name: "a"), new Dense(4, name: "b")], name: "block");
            Input x = new(4, "x");
            return new Model(x, new Dense(2, name: "out").Call(block.Call(block.Call(x))), "outer", seed: 5);
        },
        ["a functional model in a functional model, twice"] = () =>
        {
            (Input a, Input b) = (new(4, "a"), new(4, "b"));
            Dense dense = new(4, name: "dense");
            Model inner = new([a, b], [dense.Call(a), new SavedSum().Call([a, dense.Call(b)])], "inner");
            (Input x, Input y) = (new(4, "x"), new(4, "y"));
            IReadOnlyList<LayerTensor> once = inner.CallMany([x, y]);
            IReadOnlyList<LayerTensor> again = inner.CallMany([once[1], once[0]]);
            return new Model([x, y], [again[1], new Dense(2, name: "dense").Call(again[0])], "outer", seed: 6);
        },
        ["models in a Sequential"] = () =>
        {
            Input x = new(4, "x");
            Model inner = new(x, new Dense(3, name: "dense").Call(x), "inner");
            return new Sequential([new Input(4), new Sequential([new Dense(4, name: "dense")], name: "block"), inner, new Dense(2, name: "dense")], name: "outer", seed: 7);
        },
        ["a part of a model"] = () =>
        {
            Input x = new(4, "x");
            LayerTensor hidden = new Dense(5, "relu", name: "hidden").Call(x);
            Model whole = new(x, new Dense(2, name: "out").Call(hidden), "whole", seed: 8);
            return new Model(hidden, whole.Outputs[0], "head", seed: 8);
        },
        ["float64"] = () =>
        {
            Input x = new(4, "x", DType.Float64);
            return new Model(x, new Dense(3, name: "d").Call(x), "wide", seed: 9);
        },
        ["frozen layers"] = () =>
        {
            Sequential block = new([new Dense(4, name: "a"), new Dense(4, name: "b")], name: "block");
            block.Layers[0].Trainable = false;
            Input x = new(4, "x");
            Dense last = new(2, name: "out", trainable: false);
            return new Model(x, last.Call(block.Call(x)), "frozen", seed: 10);
        },
        ["layers of one's own"] = () => new Sequential([new Input(4), new SavedScaling(2.5, new Dense(3, name: "inside")), new Dense(2, name: "out")], name: "own", seed: 11),
        ["a model of one's own"] = () =>
        {
            SavedTwoWays model = new(3);
            model.Build([4]);
            return model;
        },
        ["an output that is an input"] = () =>
        {
            (Input a, Input b) = (new(4, "a"), new(4, "b"));
            return new Model([a, b], [b, new Dense(2, name: "d").Call(a)], "through", seed: 12);
        },
    };

    static FunctionalRoundTripTests()
    {
        Layer.Register("SavedSum", _ => new SavedSum());
        Layer.Register("SavedScaling", c => new SavedScaling(c.Number("factor", 1), (Dense)c.Layer("inner")));
        Layer.Register("SavedTwoWays", c => new SavedTwoWays(c.Integer("units", null)!.Value));
        Activation.Register("saved_bend", x => x * x.Tanh());
    }

    public static TheoryData<string> Cases => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_gives_the_same_model(string which)
    {
        using TemporaryFile file = new();
        using TemporaryFile again = new();
        Model model = Models[which]();
        model.Save(file.Path);
        Model loaded = Model.Load(file.Path);
        Assert.Equal(model.GetType(), loaded.GetType());
        Assert.Equal(model.ToJson(), loaded.ToJson());
        Assert.Equal(model.WeightPaths.Select(w => $"{w.Path} {w.Variable}"), loaded.WeightPaths.Select(w => $"{w.Path} {w.Variable}"));
        Assert.Equal(model.TrainableWeights.Select(w => w.Name), loaded.TrainableWeights.Select(w => w.Name));
        Assert.Equal(model.InputNames.Concat(model.OutputNames), loaded.InputNames.Concat(loaded.OutputNames));
        Arrays x = Data(model);
        foreach ((NDArray expected, NDArray actual) in model.Predict(x).Zip(loaded.Predict(x)))
        {
            Assert.Equal(expected.AsType(DType.Float64).ToArray<double>(), actual.AsType(DType.Float64).ToArray<double>());
        }

        loaded.Save(again.Path);
        Assert.Equal(File.ReadAllBytes(file.Path), File.ReadAllBytes(again.Path));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Paths_are_the_weights_in_order_and_every_one_is_there_once(string which)
    {
        Model model = Models[which]();
        Assert.Equal(model.Weights, model.WeightPaths.Select(w => w.Variable));
        Assert.Distinct(model.WeightPaths.Select(w => w.Path));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_text_gives_the_same_model_without_its_weights(string which)
    {
        Model model = Models[which]();
        Assert.Equal(model.ToJson(), Model.FromJson(model.ToJson()).ToJson());
    }

    [Fact]
    public void Losses_weights_and_metrics_of_several_outputs_come_back_and_training_goes_on()
    {
        using TemporaryFile file = new();
        NDArray[] labels = [new int[] { 0, 1, 2, 0, 1, 2 }, NDArray.Ones(DType.Float32, [6, 1])];
        Model Make()
        {
            Model model = Models["inputs and outputs by name"]();
            model.Compile(
                new SGD(0.1, momentum: 0.9),
                new Dictionary<string, Loss> { ["kind"] = new SparseCategoricalCrossentropy(fromLogits: true), ["size"] = "mae" },
                new Dictionary<string, double> { ["size"] = 0.25 },
                new Dictionary<string, IReadOnlyList<Metric>> { ["kind"] = ["accuracy"] });
            return model;
        }

        Model whole = Make();
        Arrays x = Data(whole);
        whole.Fit(x, labels, new FitOptions { Epochs = 4, BatchSize = 4, Verbose = 0 });
        Model half = Make();
        half.Fit(x, labels, new FitOptions { Epochs = 2, BatchSize = 4, Verbose = 0 });
        half.Save(file.Path);
        Model loaded = Model.Load(file.Path);
        Assert.Equal(half.Evaluate(x, labels).ToList(), loaded.Evaluate(x, labels).ToList());
        loaded.Fit(x, labels, new FitOptions { InitialEpoch = 2, Epochs = 4, BatchSize = 4, Verbose = 0 });
        Assert.Equal(whole.GetWeights().SelectMany(w => w.ToArray<float>()), loaded.GetWeights().SelectMany(w => w.ToArray<float>()));
    }

    [Fact]
    public void A_registered_activation_is_saved_by_its_name()
    {
        Sequential model = new([new Input(3), new Dense(2, "saved_bend", name: "d")], name: "bent");
        Assert.Contains("\"activation\": \"saved_bend\"", model.ToJson(), StringComparison.Ordinal);
        Model loaded = Model.FromJson(model.ToJson());
        loaded.SetWeights(model.GetWeights());
        NDArray x = NDArray.Ones(DType.Float32, [2, 3]);
        Assert.Equal(model.Predict(x).ToArray<float>(), loaded.Predict(x).ToArray<float>());
    }

    [Fact]
    public void Weights_of_one_path_in_two_models_get_the_models_names()
    {
        Model model = Models["models in a Sequential"]();
        Assert.Equal(["block/dense/kernel", "block/dense/bias", "dense/kernel", "dense/bias", "outer/dense/kernel", "outer/dense/bias"], model.WeightPaths.Select(w => w.Path));
        model = Models["a functional model in a functional model, twice"]();
        Assert.Equal(["outer/inner/dense/kernel", "outer/inner/dense/bias", "outer/dense/kernel", "outer/dense/bias"], model.WeightPaths.Select(w => w.Path));
    }

    internal static Arrays Data(Model model) => model.InputTypes.Select((type, i) =>
    {
        Dims dims = [6, .. type.Dims[1..]];
        return NDArray.Create<float>([.. Enumerable.Range(0, dims.Count).Select(n => MathF.Sin((n * 1.7f) + i))], dims).AsType(type.DType);
    }).ToArray();

    private sealed class SavedSum(string? name = "sum") : MergingLayer(name)
    {
        protected override Tensor Call(IReadOnlyList<Tensor> inputs, CallContext context) => inputs.Aggregate((a, b) => a + b);

        protected internal override void WriteConfig(ConfigWriter config)
        {
        }
    }

    private sealed class SavedScaling : Layer
    {
        private readonly double _factor;
        private readonly Dense _inner;

        public SavedScaling(double factor, Dense inner)
        {
            _factor = factor;
            _inner = AddSublayer(inner);
        }

        protected override Tensor Call(Tensor input, CallContext context) => _inner.Apply(input, context) * _factor;

        protected internal override void WriteConfig(ConfigWriter config)
        {
            config.Number("factor", _factor);
            config.Layer("inner", _inner);
        }
    }

    private sealed class SavedTwoWays : Model
    {
        private readonly Dense _left;
        private readonly Dense _right;

        public SavedTwoWays(int units)
            : base(seed: 13)
        {
            _left = AddSublayer(new Dense(units, name: "left"));
            _right = AddSublayer(new Dense(units, "relu", name: "right"));
        }

        protected override Tensor Call(Tensor input, CallContext context) => _left.Apply(input, context) + _right.Apply(input, context);

        protected internal override void WriteConfig(ConfigWriter config) => config.Integer("units", _left.Units);
    }
}
