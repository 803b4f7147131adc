namespace Nabla.Tests.Models;

/// <summary>Models of inputs and outputs: shared and nested layers, several inputs and outputs, parts of models, classes of one's own.</summary>
public sealed class FunctionalTests
{
    private static readonly NDArray Left = Numbers(12, 4, 1);
    private static readonly NDArray Right = Numbers(12, 3, 2);

    [Fact]
    public void A_chain_is_the_Sequential_of_the_same_layers_bit_for_bit()
    {
        Input x = new(4);
        Model functional = new(x, new Dense(2).Call(new Dense(5, "tanh").Call(x)), seed: 7);
        Sequential chain = new([new Input(4), new Dense(5, "tanh"), new Dense(2)], seed: 7);
        Assert.Equal(chain.GetWeights().SelectMany(w => w.ToArray<float>()), functional.GetWeights().SelectMany(w => w.ToArray<float>()));
        Assert.Equal(chain.Predict(Left).ToArray<float>(), functional.Predict(Left).ToArray<float>());
        functional.Compile("adam", "mse");
        chain.Compile("adam", "mse");
        NDArray y = Numbers(12, 2, 3);
        Assert.Equal(chain.Fit(Left, y, epochs: 3, batchSize: 5, verbose: 0)["loss"], functional.Fit(Left, y, epochs: 3, batchSize: 5, verbose: 0)["loss"]);
    }

    [Fact]
    public void A_shared_layer_has_its_weights_once_and_learns_from_both_uses()
    {
        Input a = new(4, "a");
        Input b = new(4, "b");
        Dense shared = new(3, name: "shared");
        Model model = new([a, b], new Sum().Call([shared.Call(a), shared.Call(b)]), seed: 1);
        Assert.Equal(2, model.Weights.Count);
        model.SetWeights([NDArray.Ones(DType.Float32, [4, 3]), NDArray.Zeros(DType.Float32, [3])]);
        float[] output = model.Predict([Left, Left])[0].ToArray<float>();
        float[] rows = [.. Enumerable.Range(0, 12).Select(i => 2 * Enumerable.Range(0, 4).Sum(j => Left.ToArray<float>()[(i * 4) + j]))];
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(rows[i], output[i * 3], 1e-5);
        }

        // mean over 36 outputs of (s - 0)²: d/dbias_j = Σ 2·s·2 / 36, one for each use.
        model.Compile(new SGD(1), "mse");
        model.Fit([Left, Left], NDArray.Zeros(DType.Float32, [12, 3]), new FitOptions { Verbose = 0 });
        Assert.Equal(-rows.Sum(s => 4 * s) / 36, model.GetWeights()[1].ToArray<float>()[0], 1e-4);
    }

    [Fact]
    public void Several_inputs_and_outputs_go_by_order_or_by_name_with_their_own_losses()
    {
        Model model = TwoInTwoOut();
        model.Compile(
            "sgd",
            new Dictionary<string, Loss> { ["number"] = "mse", ["kind"] = new SparseCategoricalCrossentropy(fromLogits: true) },
            new Dictionary<string, double> { ["kind"] = 0.5 },
            new Dictionary<string, IReadOnlyList<Metric>> { ["kind"] = ["accuracy"] });
        int[] classes = [.. Enumerable.Range(0, 12).Select(i => i % 3)];
        NDArray number = Numbers(12, 1, 5);
        EvaluationResult before = model.Evaluate([Left, Right], [number, classes]);
        Assert.Equal(["loss", "number_loss", "kind_loss", "kind_accuracy"], before.Keys);
        Assert.Equal(before["number_loss"] + (0.5 * before["kind_loss"]), before.Loss, 1e-6);

        Arrays named = new Dictionary<string, NDArray> { ["right"] = Right, ["left"] = Left };
        Arrays labels = new Dictionary<string, NDArray> { ["kind"] = classes, ["number"] = number };
        Assert.Equal(before.Loss, model.Evaluate(named, labels).Loss);
        History history = model.Fit(named, labels, new FitOptions { Epochs = 20, BatchSize = 5, Verbose = 0, ValidationSplit = 0.25 });
        Assert.Equal(["kind_accuracy", "kind_loss", "loss", "number_loss", "val_kind_accuracy", "val_kind_loss", "val_loss", "val_number_loss"], history.Keys);
        Assert.True(history["loss"][^1] < history["loss"][0]);
        IReadOnlyList<NDArray> outputs = model.Predict(named);
        Assert.Equal([12, 1], outputs[0].Dims.Sizes);
        Assert.Equal([12, 3], outputs[1].Dims.Sizes);
    }

    [Fact]
    public void A_model_inside_a_model_shares_its_weights_and_draws_them_from_the_outer_seed()
    {
        Model Make()
        {
            Sequential inner = new([new Dense(5, "relu", name: "a"), new Dense(4, name: "b")], name: "inner");
            Input x = new(4);
            return new Model(x, new Dense(2).Call(inner.Call(x)), seed: 3);
        }

        Model model = Make();
        Assert.Equal(6, model.Weights.Count);
        Assert.Equal(model.Predict(Left).ToArray<float>(), Make().Predict(Left).ToArray<float>());
        Assert.Equal(DType.Float64, new Model(Wide(out LayerTensor y), y).Predict(Left).DType);

        static Input Wide(out LayerTensor y)
        {
            Input x = new(4, dtype: DType.Float64);
            y = new Sequential([new Dense(2)]).Call(x);
            return x;
        }
    }

    [Fact]
    public void A_part_of_a_model_is_a_model()
    {
        Sequential whole = new([new Input(4), new Dense(5, "relu", name: "features"), new Dense(2)], seed: 3);
        Model part = new([.. whole.Inputs], whole.GetLayer("features").Output);
        Assert.Equal(whole.Weights.Take(2), part.Weights);
        Assert.Equal([12, 5], part.Predict(Left).Dims.Sizes);
        Model tail = new(whole.GetLayer("features").Output, [.. whole.Outputs]);
        Assert.Equal(whole.Predict(Left).ToArray<float>(), tail.Predict(part.Predict(Left)).ToArray<float>());
    }

    [Fact]
    public void Frozen_layers_inside_stay_as_they_are()
    {
        Sequential inner = new([new Dense(5, "relu"), new Dense(4)]);
        Input x = new(4);
        Model model = new(x, new Dense(2).Call(inner.Call(x)), seed: 3);
        inner.Trainable = false;
        Assert.All(inner.Layers, l => Assert.False(l.Trainable));
        model.Compile("adam", "mse");
        NDArray[] before = [.. inner.GetWeights()];
        model.Fit(Left, Numbers(12, 2, 4), epochs: 2, verbose: 0);
        Assert.Equal(before.SelectMany(w => w.ToArray<float>()), inner.GetWeights().SelectMany(w => w.ToArray<float>()));
        Assert.Equal(2, model.TrainableWeights.Count);
    }

    [Fact]
    public void A_layer_of_ones_own_may_hold_layers_and_state_and_add_to_the_loss()
    {
        Counting layer = new();
        Sequential model = new([new Input(4), layer, new Dense(1)], seed: 5);
        Assert.Equal(["inner/kernel", "inner/bias"], model.TrainableWeights.Take(2).Select(w => w.Name));
        Sequential plain = new([new Input(4), new Dense(3), new Dense(1)]);
        plain.SetWeights([.. model.TrainableWeights.Select(w => w.Value)]);
        plain.Compile("sgd", "mse");
        model.Compile("sgd", "mse");
        Assert.Equal(plain.Evaluate(Left, Numbers(12, 1, 1)).Loss + 7, model.Evaluate(Left, Numbers(12, 1, 1)).Loss, 1e-5);
        model.Fit(Left, Numbers(12, 1, 1), batchSize: 5, epochs: 2, verbose: 0);
        Assert.Equal(6, layer.Seen.Value.Item<float>());
    }

    [Fact]
    public void A_training_step_of_ones_own_decides_what_is_learned()
    {
        Backwards model = new();
        model.Compile(new SGD(0.1), "mse");
        NDArray y = Numbers(12, 1, 1);
        History history = model.Fit(Left, y, epochs: 4, verbose: 0);
        Assert.True(history["loss"][^1] > history["loss"][0]);
    }

    [Fact]
    public void Weights_of_samples_and_classes_scale_their_part_of_the_loss()
    {
        Sequential model = new([new Input(4), new Dense(2)], seed: 5, dtype: DType.Float64);
        model.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true, reduction: Reduction.Sum));
        int[] classes = [.. Enumerable.Range(0, 12).Select(i => i % 2)];
        double both = model.Evaluate(Left, classes).Loss;
        double[] onlyOnes = [.. classes.Select(c => (double)c)];
        double ones = model.Evaluate(Left, classes, sampleWeight: onlyOnes).Loss;
        double zeros = model.Evaluate(Left, classes, sampleWeight: onlyOnes.Select(w => 1 - w).ToArray()).Loss;
        Assert.Equal(both, ones + zeros, 1e-12);
        double weighted = model.Fit(Left, classes, verbose: 0, classWeight: new Dictionary<int, double> { [0] = 3, [1] = 0.5 })["loss"][0];
        Assert.Equal((3 * zeros) + (0.5 * ones), weighted, 1e-12);
    }

    private static NDArray Numbers(int rows, int columns, int seed)
    {
        Random random = new(seed);
        return NDArray.Create<float>([.. Enumerable.Range(0, rows * columns).Select(_ => (float)((random.NextDouble() * 2) - 1))], [rows, columns]);
    }

    private static Model TwoInTwoOut()
    {
        Input left = new(4, "left");
        Input right = new(3, "right");
        LayerTensor lifted = new Dense(4, name: "lift").Call(right);
        LayerTensor sum = new Sum().Call([left, lifted]);
        return new Model([left, right], [new Dense(1, name: "number").Call(sum), new Dense(3, name: "kind").Call(sum)], seed: 2);
    }

    private sealed class Sum : MergingLayer
    {
        protected override Tensor Call(IReadOnlyList<Tensor> inputs, CallContext context) => inputs.Aggregate((a, b) => a + b);
    }

    private sealed class Counting : Layer
    {
        private readonly Dense _inner;

        public Counting()
            : base("counting") => _inner = AddSublayer(new Dense(3, name: "inner"));

        public Variable Seen { get; private set; } = null!;

        protected override void Build(TensorType input) => Seen = AddWeight("seen", Dims.Scalar, "zeros", trainable: false);

        protected override Tensor Call(Tensor input, CallContext context)
        {
            context.AddLoss(input.Sum() * 0 + 7);
            if (context.Training)
            {
                context.Update(Seen, context[Seen] + 1);
            }

            return _inner.Apply(input, context);
        }
    }

    private sealed class Backwards : Model
    {
        private readonly Dense _dense;

        public Backwards()
            : base(seed: 1) => _dense = AddSublayer(new Dense(1));

        protected override Tensor Call(Tensor input, CallContext context) => _dense.Apply(input, context);

        protected internal override Tensor TrainStep(StepContext step)
        {
            Tensor loss = step.Loss(step.Forward(step.X));
            step.Apply([.. step.Gradients(loss).Select(g => -g)]);
            return loss;
        }
    }
}
