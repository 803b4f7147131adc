using Nabla.Data;

namespace Nabla.Explain.Tests.Tracing;

/// <summary>The replay against other ways to the same numbers: gradients of a model in double, what Fit does, differences.</summary>
public sealed class ModelReplayTests
{
    public static TheoryData<string> Networks => [.. Made.Keys];

    private static readonly Dictionary<string, Func<DType, (Model Model, Arrays X, Arrays Y)>> Made = new()
    {
        ["dense relu, mse"] = d => Of(d, [new Dense(5, "relu"), new Dense(3, "tanh"), new Dense(2)], "mse", Random(6, 4), Random(6, 2)),
        ["softmax, crossentropy"] = d => Of(d, [new Dense(6, "gelu"), new Dense(3, "softmax")], "sparse_categorical_crossentropy", Random(5, 4), Classes(5, 3)),
        ["logits, one sample"] = d => Of(d, [new Dense(4, "sigmoid"), new Dense(3)], new SparseCategoricalCrossentropy(fromLogits: true), Random(1, 4), Classes(1, 3)),
        ["activation layers, sum"] = d => Of(d, [new Dense(4), new Activation("relu"), new Dense(2), new Softmax()], new MeanSquaredError(Reduction.Sum), Random(3, 4), Random(3, 2)),
        ["batch normalization"] = d => Of(d, [new Dense(4), new BatchNormalization(), new Activation("elu"), new Dense(1)], "mae", Random(7, 3), Random(7, 1)),
        ["dropout, penalties"] = d => Of(d, [new Dense(8, "silu", kernelRegularizer: "l2"), new Dropout(0.5), new Dense(2, activityRegularizer: "l2")], "huber", Random(4, 3), Random(4, 2)),
        ["two inputs, two outputs"] = Functional,
        ["layer normalization, pictures"] = d => Of(d, [new Flatten(), new LayerNormalization(), new Dense(3)], new CategoricalCrossentropy(fromLogits: true), Random(2, 12).Reshape(2, 3, 4), new float[,] { { 0, 1, 0 }, { 0.2f, 0.3f, 0.5f } }),
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Loss_and_gradients_are_those_of_the_model_in_double(string network)
    {
        (Model model, Arrays x, Arrays y) = Made[network](DType.Float64);
        (double loss, IReadOnlyList<(NDArray Gradient, Variable Variable)> gradients) = model.Gradients(x, y);
        Trace trace = model.Explain(x, y);

        // The compiled plan sums in another order: relative to the largest term a few hundred units of 2^-53.
        Assert.Equal(loss, trace.Result.Values[0], 1e-13 * Math.Max(1, Math.Abs(loss)));
        foreach ((NDArray gradient, Variable variable) in gradients)
        {
            double[] expected = gradient.ToArray<double>();
            TraceNode node = trace.Nodes[trace.Update!.Parameters.Single(p => p.Path == PathOf(model, variable)).Node];
            double size = Math.Max(1, expected.Max(Math.Abs));
            Assert.Equal(expected.Length, node.Gradient!.Count);
            Assert.All(expected.Zip(node.Gradient), p => Assert.Equal(p.First, p.Second, 1e-12 * size));
        }

        Assert.True(trace.Holds, string.Join("; ", trace.Nodes.SelectMany(n => n.Checks.Where(c => c.Verdict == NudgeVerdict.Disagrees).Select(c => $"{n.Name}: {c} against {n.Gradient![c.Element]}"))));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_update_is_what_a_step_of_training_does(string network)
    {
        (Model model, Arrays x, Arrays y) = Made[network](DType.Float64);
        model.TrainOnBatch(x, y);
        model.TrainOnBatch(x, y);
        Trace trace = model.Explain(x, y);
        Assert.Equal(3, trace.Update!.Step);
        Assert.Equal(3, trace.Run!.Step);
        model.TrainOnBatch(x, y);
        foreach (TraceParameter parameter in trace.Update.Parameters)
        {
            // The same rule on gradients that differ by rounding: Adam divides by the root of their squares, so relative errors stay what they are.
            double[] expected = model.WeightPaths.Single(w => w.Path == parameter.Path).Variable.Value.ToArray<double>();
            Assert.All(expected.Zip(parameter.After), p => Assert.Equal(p.First, p.Second, 1e-9));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Samples_make_the_batch(string network)
    {
        (Model model, Arrays x, Arrays y) = Made[network](DType.Float64);
        Trace trace = model.Explain(x, y);
        TraceNode[] parameters = [.. trace.Update!.Parameters.Select(p => trace.Nodes[p.Node])];
        bool isPenalised = network.Contains("penalties", StringComparison.Ordinal);
        Assert.Equal(x[0].Dims[0].Size, trace.Examples.Count);
        Assert.True(isPenalised || Math.Abs(trace.Result.Values[0] - trace.Examples.Average(e => e.Loss)) < 1e-12);
        for (int p = 0; p < parameters.Length && !isPenalised; p++)
        {
            for (int i = 0; i < parameters[p].Values.Count; i++)
            {
                Assert.Equal(parameters[p].Gradient![i], trace.Examples.Average(e => e.Gradients[p][i]), 1e-12);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Explaining_changes_no_bit_of_the_model(string network)
    {
        (Model model, Arrays x, Arrays y) = Made[network](DType.Float32);
        (Model twin, _, _) = Made[network](DType.Float32);
        twin.SetWeights(model.GetWeights());
        twin.Progress.Seed = model.Progress.Seed;
        model.Explain(x, y);
        model.TrainOnBatch(x, y);
        model.Explain(x, y);
        model.Explain(x, y, training: false);
        model.TrainOnBatch(x, y);
        twin.TrainOnBatch(x, y);
        twin.TrainOnBatch(x, y);
        Assert.All(model.GetWeights().Zip(twin.GetWeights()), p => Assert.Equal(p.First.ToArray<float>(), p.Second.ToArray<float>()));
        Assert.Equal(twin.Optimizer!.Iterations, model.Optimizer!.Iterations);
        Assert.All(
            model.Compilation!.State!.All.Zip(twin.Compilation!.State!.All),
            p => Assert.Equal(p.First.Value.AsType(DType.Float64).ToArray<double>(), p.Second.Value.AsType(DType.Float64).ToArray<double>()));
        Assert.Equal(twin.Progress.Seed, model.Progress.Seed);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_run_in_float32_is_near_its_replay_in_double(string network)
    {
        (Model model, Arrays x, Arrays y) = Made[network](DType.Float32);
        Trace trace = model.Explain(x, y);
        Assert.Equal("float32", trace.Run!.Precision);
        Assert.Equal(model.TrainOnBatch(x, y).Loss, trace.Run.Loss, 1e-6 * Math.Max(1, trace.Run.Loss));

        // Sums of fewer than 100 products of numbers of size 1: 100 roundings of 2^-24 each.
        Assert.InRange(trace.Distance!.Value, 0, 100 * Math.Pow(2, -24) * Math.Max(1, trace.Run.Loss));
    }

    [Fact]
    public void Inference_drops_nothing_and_updates_nothing()
    {
        (Model model, Arrays x, Arrays y) = Made["dropout, penalties"](DType.Float64);
        Trace trace = model.Explain(x, y, training: false);
        Assert.Null(trace.Update);
        Assert.Equal(model.Evaluate(x, y).Loss, trace.Result.Values[0], 1e-12);
        Assert.Contains(trace.Notes, n => n.StartsWith("Inference mode", StringComparison.Ordinal));
        Assert.DoesNotContain(trace.Nodes, n => n.Name == "seed");
        Assert.Equal(model.Seed, model.Explain(x, y)["seed"].Values[0]);
    }

    [Fact]
    public void Rows_are_chosen_and_named()
    {
        (Model model, Arrays x, Arrays y) = Made["dense relu, mse"](DType.Float64);
        Trace trace = model.Explain(x, y, rows: [4, 1]);
        Assert.Equal([4, 1], trace.Run!.Rows);
        Assert.Equal(x[0].ToArray<double>()[16..20], trace["x"].Values.Take(4));
        Assert.Equal(2, trace.Examples.Count);
    }

    [Fact]
    public void The_first_rows_of_many_are_explained_and_that_is_said()
    {
        Sequential model = new([new InputLayer(2), new Dense(1)]);
        model.Compile("sgd", "mse", verbose: 0);
        Trace trace = model.Explain(Random(100, 2), Random(100, 1));
        Assert.Equal(32, trace.Examples.Count);
        Assert.Contains("The first 32 of 100 samples: say rows to choose others.", trace.Notes);
    }

    [Fact]
    public void A_trace_of_a_model_is_read_back_and_its_program_too()
    {
        (Model model, Arrays x, Arrays y) = Made["two inputs, two outputs"](DType.Float32);
        Trace trace = model.Explain(x, y);
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        trace.Save(file);
        Assert.Equal(trace.ToJson(), Trace.Load(file).ToJson());
        File.Delete(file);
        Graph program = GraphParser.Parse(trace.Program);
        Assert.Equal(trace.Nodes.Where(n => n.Role is TraceRole.Input or TraceRole.Parameter).Select(n => n.Name).Order(), program.Inputs.Select(i => ((Nabla.Ops.Leaf)i.Op).Label).Order());
    }

    [Fact]
    public void Rows_that_are_not_there_are_named()
    {
        (Model model, Arrays x, Arrays y) = Made["dense relu, mse"](DType.Float64);
        Assert.Contains("expected rows from 0 to 5, received 6", Assert.Throws<ArgumentException>(() => model.Explain(x, y, rows: [0, 6])).Message, StringComparison.Ordinal);
        Assert.Contains("expected one or more rows", Assert.Throws<ArgumentException>(() => model.Explain(x, y, rows: [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_not_compiled_is_sent_to_Compile() =>
        Assert.Contains("Explain expected a compiled model", Assert.Throws<InvalidOperationException>(() => new Sequential([new InputLayer(2), new Dense(1)]).Explain(Random(1, 2), Random(1, 1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_much_to_read_is_refused_with_what_would_be_possible()
    {
        Sequential model = new([new InputLayer(2000), new Dense(2000)]);
        model.Compile("sgd", "mse", verbose: 0);
        string message = Assert.Throws<ArgumentException>(() => model.Explain(NDArray.Zeros(DType.Float32, [20, 2000]), NDArray.Zeros(DType.Float32, [20, 2000]))).Message;
        Assert.Contains("received 20 samples and 4,002,000 weights. Give at most 12 rows", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_TrainStep_of_the_users_own_is_explained_by_its_loss_and_changes_nothing()
    {
        OwnStep model = new();
        model.Compile("adam", "mse", verbose: 0);
        Trace trace = model.Explain(Random(3, 2), Random(3, 1));
        Assert.Null(trace.Update);
        Assert.Contains(trace.Notes, n => n.Contains("TrainStep of its own", StringComparison.Ordinal));
        Assert.Null(model.Compilation!.State);
        Assert.True(trace.Holds);
    }

    [Fact]
    public void Lines_of_the_users_own_code_stand_beside_values()
    {
        Sequential model = new([new InputLayer(2), new Lambda(x => x.Square().Exp()), new Dense(1)]);
        model.Compile("sgd", "mse", verbose: 0);
        Trace trace = model.Explain(Random(2, 2), Random(2, 1));
        Assert.Contains(trace.Nodes, n => n.Source?.Contains("ModelReplayTests.cs:", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void The_course_network_is_opened_with_its_pixels()
    {
        Sequential model = new([new InputLayer(784), new Dense(25, "relu"), new Dense(15, "relu"), new Dense(10)]);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        Trace trace = model.Explain(NDArray.Full((byte)3, [2, 784]), NDArray.From(new[] { 3, 4 }), rows: [0]);
        Assert.Equal(784, trace["x"].Gradient!.Count);
        Assert.Equal(19_600, trace["W^[1]"].Gradient!.Count);
        Assert.True(trace.Holds);
    }

    private sealed class OwnStep : Model
    {
        private readonly Dense _dense = new(1);

        public OwnStep()
        {
            AddSublayer(_dense);
            Build([2]);
        }

        protected internal override Tensor TrainStep(StepContext step)
        {
            Tensor loss = step.Loss(step.Forward(step.X)) * 2;
            step.Apply(step.Gradients(loss));
            return loss;
        }

        protected override Tensor Call(Tensor input, CallContext context) => _dense.Apply(input, context);
    }

    private static (Model, Arrays, Arrays) Functional(DType dtype)
    {
        Input left = new([3], dtype: dtype, name: "left");
        Input right = new([2], dtype: dtype, name: "right");
        LayerTensor both = new Concatenate().Call([new Dense(4, "relu").Call(left), new Dense(4, "tanh").Call(right)]);
        Model model = new([left, right], [new Dense(1, name: "price").Call(both), new Dense(3, "softmax", name: "kind").Call(both)], seed: 3);
        model.Compile("adam", ["mse", "sparse_categorical_crossentropy"], lossWeights: [1, 0.5], verbose: 0);
        return (model, [Random(4, 3), Random(4, 2)], [Random(4, 1), Classes(4, 3)]);
    }

    private static (Model, Arrays, Arrays) Of(DType dtype, Layer[] layers, Loss loss, NDArray x, NDArray y)
    {
        Sequential model = new([new InputLayer(x.Dims[1..]), .. layers], dtype: dtype, seed: 11);
        model.Compile("adam", loss, verbose: 0);
        return (model, x, y);
    }

    private static string PathOf(Model model, Variable variable) => model.WeightPaths.Single(w => w.Variable == variable).Path;

    private static NDArray Random(int rows, int columns)
    {
        Random numbers = new((rows * 100) + columns);
        return NDArray.From([.. Enumerable.Range(0, rows * columns).Select(_ => (numbers.NextDouble() * 2) - 1)]).Reshape(rows, columns);
    }

    private static NDArray Classes(int rows, int classes) => NDArray.From([.. Enumerable.Range(0, rows).Select(i => (i * i) % classes)]);
}
