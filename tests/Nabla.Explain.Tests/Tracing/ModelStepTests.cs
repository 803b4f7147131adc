namespace Nabla.Explain.Tests.Tracing;

/// <summary>A trace of a step against the step: many models, every optimizer.</summary>
public sealed class ModelStepTests
{
    private static readonly string[] Optimizers = ["sgd", "rmsprop", "adam", "adamw", "adadelta", "adagrad", "adamax", "nadam", "ftrl", "lion", "lamb", "adafactor", "muon", "clipped", "nesterov", "averaged", "scaled"];

    private static readonly Dictionary<string, Func<Optimizer, Patient>> Made = new()
    {
        ["a line, mse"] = o => Of(o, "mse", Random(5, 3), Random(5, 1), new Dense(1)),
        ["softmax"] = o => Of(o, "sparse_categorical_crossentropy", Random(5, 4), Classes(5, 3), new Dense(6, "relu"), new Dense(3, "softmax")),
        ["batch normalization, twice"] = o => Of(o, "mae", Random(7, 3), Random(7, 1), new BatchNormalization(momentum: 0.9), new Dense(4), new BatchNormalization(), new Activation("elu"), new Dense(1)),
        ["dropout, two kinds of penalties"] = o => Of(o, "huber", Random(4, 3), Random(4, 2), new Dense(8, "silu", kernelRegularizer: "l2", biasRegularizer: "l1"), new Dropout(0.5), new GaussianNoise(0.3), new Dense(2, activityRegularizer: "l2")),
        ["two inputs, two outputs, loss weights"] = TwoOutputs,
        ["spectral normalization"] = o => Of(o, "mse", Random(4, 3), Random(4, 2), new SpectralNormalization(new Dense(5, "tanh")), new Dense(2)),
        ["held to a length"] = o => Of(o, "mse", Random(4, 3), Random(4, 2), new Dense(5, "tanh", kernelConstraint: new MaxNorm(0.3)), new Dense(2)),
        ["a frozen layer"] = o => Of(o, "mse", Random(4, 3), Random(4, 2), new Dense(5, "tanh") { Trainable = false }, new BatchNormalization() { Trainable = false }, new Dense(2)),
        ["words"] = o => Of(o, new BinaryCrossentropy(fromLogits: true), Classes(12, 6).Reshape(3, 4), Random(3, 1).Maximum(0).Sign(), new Embedding(6, 3), new Flatten(), new Dense(1)),
        ["weighted samples"] = o => Of(o, new BinaryCrossentropy(fromLogits: true), Random(4, 3), new[,] { { 0.0 }, { 1 }, { 1 }, { 0 } }, new Dense(4, "leaky_relu"), new Dense(1)) with { Weights = new[] { 0.5, 2, 0, 1.5 } },
        ["a residual block"] = Residual,
        ["one sample, group normalization"] = o => Of(o, "log_cosh", Random(1, 8), Random(1, 2), new GroupNormalization(groups: 2), new Dense(3, "gelu"), new LayerNormalization(), new Dense(2)),
    };

    // Of each kind one after the other for as many turns: a model meets six optimizers, an optimizer at least four models. All pairs would be three times the work and no other code.
    private const int Turns = 3;

    public static TheoryData<string> Models => [.. Made.Keys];

    [Theory]
    [Trait("Lesson", "L79")]
    [MemberData(nameof(Models))]
    public void The_loss_the_gradients_and_what_a_step_leaves_are_those_of_training(string name)
    {
        int turn = Made.Keys.ToList().IndexOf(name) % Turns;
        foreach (string optimizer in Optimizers.Where((_, i) => i % Turns == turn))
        {
            Patient given = Made[name](Named(optimizer));
            Model model = given.Model;
            model.TrainOnBatch(given.X, given.Y, given.Weights);
            Dictionary<string, double[]> before = Values(model);

            Trace trace = model.Explain(given.X, given.Y, sampleWeight: given.Weights);
            Assert.Equal(before, Values(model));
            double loss = model.TrainOnBatch(given.X, given.Y, given.Weights).Loss;
            Dictionary<string, double[]> after = Values(model);

            // The compiled plan sums in another order: a few hundred units of 2^-53 of the largest term.
            Near([loss], [trace.Result.Values[0]], 1e-13, "loss");
            foreach (TraceParameter parameter in trace.Update!.Parameters)
            {
                // Optimizers divide by roots of sums of squares: relative errors stay what they are, those of elements next to 0 become larger. A bias before
                // batch normalization has the gradient 0 but for roundings, and these two take any gradient for as long as they find it.
                bool[] isSure = [.. parameter.After.Select((_, i) => optimizer is not ("lion" or "adafactor") || Math.Abs(trace.Nodes[parameter.Node].Gradient?[i] ?? 1) > 1e-12)];
                Near([.. after[parameter.Path].Where((_, i) => isSure[i])], [.. parameter.After.Where((_, i) => isSure[i])], 1e-9, parameter.Path);
                Near(before[parameter.Path], trace.Nodes[parameter.Node].Values, 0, parameter.Path);
            }

            // What changes is told, and nothing else changes.
            foreach (TraceState state in trace.State)
            {
                Near(before[state.Path], state.Before, 0, state.Path);
                Near(after[state.Path], state.After, 1e-12, state.Path);
            }

            string[] told = [.. trace.Update.Parameters.Select(p => p.Path), .. trace.State.Select(s => s.Path)];
            Assert.All(before.Keys.Except(told), path => Assert.Equal(before[path], after[path]));

            void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what)
            {
                double size = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty(0).Max());
                Assert.Equal(expected.Count, actual.Count);
                Assert.All(expected.Zip(actual), p => Assert.True(Math.Abs(p.First - p.Second) <= tolerance * size, $"{optimizer}, {what}: {p.First} against {p.Second}"));
            }
        }
    }

    [Theory]
    [Trait("Lesson", "L79")]
    [MemberData(nameof(Models))]
    public void The_gradients_are_the_engines_and_a_scale_of_the_loss_is_off_again(string name)
    {
        const double Scale = 1024;
        Model explained = Trained(out Patient given);
        Model twin = Trained(out _);
        Trace trace = explained.Explain(given.X, given.Y, sampleWeight: given.Weights);

        // Taking gradients moves averages: a twin does it, and gives them as its optimizer takes them.
        NDArray[] gradients = [.. twin.Gradients(given.X, given.Y, given.Weights).Gradients.Select(g => g.Gradient)];
        Assert.Equal(gradients.Length, trace.Update!.Parameters.Count);
        foreach ((NDArray gradient, TraceParameter parameter) in gradients.Zip(trace.Update.Parameters))
        {
            TraceNode node = trace.Nodes[parameter.Node];
            TraceNode start = trace.Nodes.FirstOrDefault(n => n.Name == node.Name + "'") ?? node;
            double size = Math.Max(1, start.Gradient!.Max(Math.Abs));
            Assert.All(gradient.ToArray<double>().Zip(start.Gradient!), p => Assert.Equal(p.First / Scale, p.Second, 1e-12 * size));
        }

        Model Trained(out Patient given)
        {
            given = Made[name](Named("scaled"));
            given.Model.TrainOnBatch(given.X, given.Y, given.Weights);
            return given.Model;
        }
    }

    [Theory]
    [Trait("Lesson", "L99")]
    [MemberData(nameof(Models))]
    public void Steps_one_after_the_other_are_those_of_training(string name)
    {
        foreach (string optimizer in (string[])["adam", "scaled"])
        {
            Patient given = Made[name](Named(optimizer));
            Model model = given.Model;
            model.TrainOnBatch(given.X, given.Y, given.Weights);
            Dictionary<string, double[]> before = Values(model);
            Trace trace = model.Explain(given.X, given.Y, sampleWeight: given.Weights);
            Iterations table = model.ExplainIterations(given.X, given.Y, steps: 3, sampleWeight: given.Weights);

            // The beginning is what one step shows, to the last bit.
            Assert.Equal(before, Values(model));
            Assert.Equal(4, table.Rows.Count);
            Assert.Equal(trace.Result.Values[0], table.Rows[0].Cost);
            TraceNode[] parameters = [.. trace.Update!.Parameters.Select(p => trace.Nodes[p.Node])];
            Assert.Equal(parameters.SelectMany(p => p.Values), table.Rows[0].Parameters);
            Assert.Equal(parameters.SelectMany(p => p.Gradient ?? new double[p.Values.Count]), table.Rows[0].Gradients);
            Assert.Equal(trace.Update.Parameters.SelectMany(p => p.After), table.Rows[1].Parameters);

            // What rounding leaves of one step (see above) grows with those that follow.
            foreach (Iteration row in table.Rows.Skip(1))
            {
                double loss = model.TrainOnBatch(given.X, given.Y, given.Weights).Loss;
                double[] after = [.. trace.Update.Parameters.SelectMany(p => Values(model)[p.Path])];
                double size = Math.Max(1, after.Max(Math.Abs));
                Assert.Equal(loss, table.Rows[row.Steps - 1].Cost, 1e-8 * Math.Max(1, Math.Abs(loss)));
                Assert.All(after.Zip(row.Parameters), p => Assert.True(Math.Abs(p.First - p.Second) <= 1e-8 * size, $"{optimizer}, after {row.Steps}: {p.First} against {p.Second}"));
            }
        }
    }

    [Fact]
    public void A_table_of_steps_says_what_it_cannot_hold()
    {
        Patient given = Made["a line, mse"](new Adam());
        ArgumentException many = Assert.Throws<ArgumentException>(() => given.Model.ExplainIterations(given.X, given.Y, 100_000_000));
        Assert.Contains("expected up to 1,250,000 steps on 5 samples with 4 weights, received 100,000,000. Film a longer training", many.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => given.Model.ExplainIterations(given.X, given.Y, 0));
    }

    [Fact]
    public void Many_weights_are_told_by_their_size_and_one_by_its_name()
    {
        Patient given = Made["softmax"](new Adam());
        Iterations table = given.Model.ExplainIterations(given.X, given.Y, steps: 2);
        double size = Math.Sqrt(table.Rows[2].Gradients.Sum(g => g * g) / table.Rows[2].Gradients.Count);
        string text = table.ToText(options: new TextOptions { Elements = ["b^[2][1]"] });
        Assert.Contains("rms weight", text, StringComparison.Ordinal);
        Assert.Contains(Numerals.Of(size), text.Split('\n')[4], StringComparison.Ordinal);
        Assert.Contains("dJ/db^[2][1]", text, StringComparison.Ordinal);
        Assert.Contains("over all 51", text, StringComparison.Ordinal);
        string[] csv = table.ToCsv().Split('\n');
        Assert.Equal(2 + (2 * 51), csv[3].Split(',').Length);
        Assert.Equal(text, table.ToText(options: new TextOptions { Elements = [table.Start.Update!.Parameters[^1].Path.Replace('/', '.') + "[1]"] }));
        Assert.Contains("expected 1 indices below 3", Assert.Throws<ArgumentException>(() => table.ToText(options: new TextOptions { Elements = ["b^[2][11]"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_count_what_was_said()
    {
        Patient given = Made["softmax"](new Adam());
        Dictionary<int, double> weights = new() { [0] = 1, [1] = 3, [2] = 0.5 };
        Trace trace = given.Model.Explain(given.X, given.Y, classWeight: weights);
        Assert.Equal([1.0, 3, 3, 1, 3], trace["sample_weight"].Values); // classes 0, 1, 1, 0, 1
        double loss = given.Model.TrainOnBatch(given.X, given.Y, classWeight: weights).Loss;
        Assert.Equal(loss, trace.Result.Values[0], 1e-13);
        Assert.All(trace.Update!.Parameters, p => Assert.All(Values(given.Model)[p.Path].Zip(p.After), v => Assert.Equal(v.First, v.Second, 1e-9)));
    }

    [Fact]
    [Trait("Lesson", "L38")]
    public void Moving_averages_are_told_with_their_formula()
    {
        Sequential model = new([new InputLayer(1), new BatchNormalization(momentum: 0.9, name: "norm"), new Dense(1)], dtype: DType.Float64, seed: 1, name: "small");
        model.Compile(new SGD(0.1), "mse", verbose: 0);
        Trace trace = model.Explain(new double[,] { { 1 }, { 3 } }, new double[,] { { 0 }, { 1 } });
        TraceState mean = trace.State.Single(s => s.Path == "small/norm/moving_mean");
        TraceState variance = trace.State.Single(s => s.Path == "small/norm/moving_variance");

        // By hand: the batch has mean 2 and variance 1; 0.9·0 + 0.1·2 and 0.9·1 + 0.1·1.
        Assert.Equal((0, 0.2), (mean.Before[0], Math.Round(mean.After[0], 14)));
        Assert.Equal((1, 1), (variance.Before[0], Math.Round(variance.After[0], 14)));
        Assert.Equal("moving_mean*0.9 + mean(x)*0.1", mean.Formula);
        string text = trace.ToText();
        Assert.Contains("STATE (changed by the step without a gradient", text, StringComparison.Ordinal);
        Assert.Contains($"small/norm/moving_mean      = {mean.Formula}", text, StringComparison.Ordinal);
        Assert.Contains("small/norm/moving_mean", trace.ToHtml(), StringComparison.Ordinal);
        Assert.Equal(trace.ToJson(), TraceJson.Read(trace.ToJson(), "trace").ToJson());
        Assert.Equal(2, TraceJson.Read(trace.ToJson(), "trace").State.Count);
        Assert.Empty(model.Explain(new double[,] { { 1 } }, new double[,] { { 0 } }, training: false).State);
    }

    // Files of the time before state was told have none.
    [Fact]
    public void A_file_without_state_is_read()
    {
        string json = Trace.Of("J = w^2", ("w", 3)).ToJson().Replace("\"state\":[],", "", StringComparison.Ordinal);
        Assert.DoesNotContain("\"state\":", json, StringComparison.Ordinal);
        Assert.Empty(TraceJson.Read(json, "old").State);
    }

    private static Optimizer Named(string name) => name switch
    {
        "clipped" => new Adam(0.01, globalClipNorm: 0.1),
        "nesterov" => new SGD(0.05, momentum: 0.9, nesterov: true),
        "averaged" => new AdamW(0.01, weightDecay: 0.1, useEma: true),
        "scaled" => new LossScaleOptimizer(new SGD(0.05), initialScale: 1024),
        _ => OptimizerTable.Named(name),
    };

    private static Dictionary<string, double[]> Values(Model model) => model.WeightPaths.ToDictionary(w => w.Path, w => w.Variable.Value.ToArray<double>());

    private static Patient TwoOutputs(Optimizer optimizer)
    {
        Input left = new([3], dtype: DType.Float64, name: "left");
        Input right = new([2], dtype: DType.Float64, name: "right");
        LayerTensor both = new Concatenate().Call([new Dense(4, "relu").Call(left), new Dense(4, "tanh").Call(right)]);
        Model model = new([left, right], [new Dense(1, name: "price").Call(both), new Dense(3, "softmax", name: "kind").Call(both)], seed: 3);
        model.Compile(optimizer, ["mse", "sparse_categorical_crossentropy"], lossWeights: [1, 0.5], verbose: 0);
        return new(model, [Random(4, 3), Random(4, 2)], [Random(4, 1), Classes(4, 3)]);
    }

    private static Patient Residual(Optimizer optimizer)
    {
        Input input = new([4], dtype: DType.Float64);
        LayerTensor first = new Dense(4, "relu").Call(input);
        LayerTensor inner = new BatchNormalization().Call(new Dense(4).Call(first));
        Model model = new(input, new Dense(2).Call(new Add().Call([first, new Dropout(0.2).Call(inner)])), seed: 3);
        model.Compile(optimizer, "mse", verbose: 0);
        return new(model, Random(6, 4), Random(6, 2));
    }

    private static Patient Of(Optimizer optimizer, Loss loss, NDArray x, NDArray y, params Layer[] layers)
    {
        Sequential model = new([new InputLayer(x.Dims[1..]), .. layers], dtype: DType.Float64, seed: 11);
        model.Compile(optimizer, loss, verbose: 0);
        return new(model, x, y);
    }

    private static NDArray Random(int rows, int columns)
    {
        Random numbers = new((rows * 100) + columns);
        return NDArray.From([.. Enumerable.Range(0, rows * columns).Select(_ => (numbers.NextDouble() * 2) - 1)]).Reshape(rows, columns);
    }

    private static NDArray Classes(int rows, int classes) => NDArray.From([.. Enumerable.Range(0, rows).Select(i => (i * i) % classes)]);

    private sealed record Patient(Model Model, Arrays X, Arrays Y, NDArray? Weights = null);
}
