namespace Nabla;

/// <summary>
/// Records what a model does with a batch as one graph: the forward pass, an evaluation step, or a whole training step (gather the batch,
/// forward, loss, gradients, update, sums).
/// </summary>
internal static class StepGraphs
{
    /// <summary>The name of the axis that differs from batch to batch.</summary>
    public const string Batch = "batch";

    /// <summary>All inputs to all outputs.</summary>
    public static StepGraph Forward(Model model, IReadOnlyList<TensorType> x)
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, training: false);
        Tensor[] inputs = Inputs(builder, "x", x);
        IReadOnlyList<Tensor> outputs = model.Trace(inputs, context);
        Graph graph = new(
            $"{model.Name}/predict",
            [.. inputs.Select(i => i.Node), .. context.Leaves],
            outputs.Select((t, i) => new GraphOutput(outputs.Count == 1 ? "y" : $"y{i}", t.Node)));
        return new StepGraph(graph, inputs.Length, [.. context.Used], []);
    }

    /// <summary>A batch to the sums of an evaluation. Inputs: samples, labels, weights; then every variable.</summary>
    public static StepGraph Evaluate(Model model, Compilation compilation, Accumulators sums, DataTypes batch)
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, training: false);
        (Tensor[] x, Tensor[] y, Tensor?[] w) = Data(builder, batch);
        StepContext step = new(model, compilation, context, x, y, w, null);
        Tensor loss = model.TestStep(step);
        IReadOnlyList<Tensor> updated = sums.Update(step, loss);
        Node[] given = [.. x.Concat(y).Concat(w.OfType<Tensor>()).Select(t => t.Node)];
        Graph graph = new($"{model.Name}/evaluate", [.. given, .. context.Leaves], sums.All.Zip(updated, (s, t) => new GraphOutput(s.Name, t.Node)));
        return new StepGraph(graph, given.Length, [.. context.Used], [.. sums.All]);
    }

    /// <summary>
    /// A training step. Inputs: samples, labels and weights (of all samples, or of the batch alone), the batch's rows where they are gathered, the
    /// learning rate, the key of random numbers; then every variable. Outputs: each changed variable in place, then the batch's loss and, where the
    /// optimizer clips by it, the length of all gradients together.
    /// </summary>
    /// <param name="model">The model that learns.</param>
    /// <param name="compilation">How.</param>
    /// <param name="sums">What the step adds to.</param>
    /// <param name="data">The types of all samples, or of a batch that comes alone.</param>
    /// <param name="rows">How many rows are gathered; null where the data are the batch.</param>
    /// <param name="into">Where to record, for a recording that explains; null makes a builder.</param>
    public static StepGraph Train(Model model, Compilation compilation, Accumulators sums, DataTypes data, int? rows, GraphBuilder? into = null)
    {
        OptimizerState state = compilation.EnsureState();
        GraphBuilder builder = into ?? new();
        (Tensor[] x, Tensor[] y, Tensor?[] w) = Data(builder, data);
        List<Node> given = [.. x.Concat(y).Concat(w.OfType<Tensor>()).Select(t => t.Node)];
        if (rows is { } count)
        {
            Tensor places = builder.Input("rows", new TensorType(DType.Int32, [new Dim(count, Batch)]));
            given.Add(places.Node);
            (x, y, w) = ([.. x.Select(t => t.Take(places))], [.. y.Select(t => t.Take(places))], [.. w.Select(t => t?.Take(places))]);
        }

        Tensor learningRate = builder.Input("learning_rate", TensorType.Scalar(DType.Float64));
        Tensor seed = builder.Input("seed", TensorType.Scalar(DType.Int64));
        given.AddRange([learningRate.Node, seed.Node]);
        CallContext context = new(builder, training: true);
        context.Randomize(seed, context.Leaf(state.Iteration));

        StepContext step = new(model, compilation, context, x, y, w, learningRate);
        Tensor loss = model.TrainStep(step);
        Tensor good = step.Good ?? loss.IsFinite();
        List<(Variable Variable, Tensor Value)> changed =
        [
            .. step.Updates,
            .. context.Updates.Where(u => step.Updates.All(s => s.Variable != u.Key)).Select(u => (u.Key, Tensor.Select(good, u.Value, context.Leaf(u.Key)))),
            .. sums.All.Zip(sums.Update(step, loss)),
        ];
        List<GraphOutput> told = [new GraphOutput("batch_loss", loss.Cast(DType.Float64).Node)];
        if (step.GradientNorm is { } norm)
        {
            told.Add(new GraphOutput("gradient_norm", norm.Node));
        }

        Graph graph = new(
            $"{model.Name}/train",
            [.. given, .. context.Leaves],
            [.. changed.Select(c => new GraphOutput(c.Variable.Name, c.Value.Node)), .. told]);
        return new StepGraph(graph, given.Count, [.. context.Used], [.. changed.Select(c => c.Variable)]);
    }

    /// <summary>A batch to its loss in training and the gradients. Inputs: samples, labels, weights, the key of random numbers; then every variable.</summary>
    public static StepGraph Gradients(Model model, Compilation compilation, DataTypes batch)
    {
        OptimizerState state = compilation.EnsureState();
        GraphBuilder builder = new();
        (Tensor[] x, Tensor[] y, Tensor?[] w) = Data(builder, batch);
        Tensor seed = builder.Input("seed", TensorType.Scalar(DType.Int64));
        Node[] given = [.. x.Concat(y).Concat(w.OfType<Tensor>()).Select(t => t.Node), seed.Node];
        CallContext context = new(builder, training: true);
        context.Randomize(seed, context.Leaf(state.Iteration));
        StepContext step = new(model, compilation, context, x, y, w, null);
        Tensor loss = step.Loss(step.Forward(step.X));
        IReadOnlyList<Tensor> gradients = step.Gradients(loss);
        List<(Variable Variable, Tensor Value)> changed = [.. context.Updates.Select(u => (u.Key, u.Value))];
        Graph graph = new(
            $"{model.Name}/gradients",
            [.. given, .. context.Leaves],
            [
                .. changed.Select(c => new GraphOutput(c.Variable.Name, c.Value.Node)),
                new GraphOutput("loss", loss.Cast(DType.Float64).Node),
                .. gradients.Select((g, i) => new GraphOutput($"gradient/{i}", g.Node)),
            ]);
        return new StepGraph(graph, given.Length, [.. context.Used], [.. changed.Select(c => c.Variable)]);
    }

    private static (Tensor[] X, Tensor[] Y, Tensor?[] W) Data(GraphBuilder builder, DataTypes data) =>
        (Inputs(builder, "x", data.X), Inputs(builder, "y", data.Y), [.. data.W.Select((t, i) => t is null ? null : builder.Input($"w{i}", t))]);

    private static Tensor[] Inputs(GraphBuilder builder, string name, IReadOnlyList<TensorType> types) =>
        [.. types.Select((t, i) => builder.Input(types.Count == 1 ? name : $"{name}{i}", t))];
}
