namespace Nabla;

/// <summary>
/// Records what a model does with a batch as one graph: the forward pass, an evaluation step, or a whole training step (gather the batch,
/// forward, loss, gradients, update, sums).
/// </summary>
internal static class StepGraphs
{
    /// <summary>The name of the axis that differs from batch to batch.</summary>
    public const string Batch = "batch";

    /// <summary>x to y.</summary>
    public static StepGraph Forward(Model model, TensorType x)
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, training: false);
        Tensor input = builder.Input("x", x);
        Tensor output = model.Trace(input, context);
        Graph graph = new($"{model.Name}/predict", [input.Node, .. context.Leaves], [new GraphOutput("y", output.Node)]);
        return new StepGraph(graph, 1, [.. context.Used], []);
    }

    /// <summary>x and y to the sums of an evaluation.</summary>
    public static StepGraph Evaluate(Model model, Loss loss, Accumulators sums, TensorType x, TensorType y)
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, training: false);
        Tensor input = builder.Input("x", x);
        Tensor labels = builder.Input("y", y);
        Tensor output = model.Trace(input, context);
        Tensor value = loss.Apply(labels, output);
        IReadOnlyList<Tensor> updated = sums.Update(context, value, FromZero(labels, loss), output);
        Graph graph = new($"{model.Name}/evaluate", [input.Node, labels.Node, .. context.Leaves], sums.All.Zip(updated, (s, t) => new GraphOutput(s.Name, t.Node)));
        return new StepGraph(graph, 2, [.. context.Used], [.. sums.All]);
    }

    /// <summary>
    /// A training step. Inputs: all samples, all labels, the batch's rows, the learning rate, the key of random numbers; then every variable.
    /// Outputs: each changed variable in place, then the batch's loss and, where the optimizer clips by it, the length of all gradients together.
    /// </summary>
    public static StepGraph Train(Model model, Compilation compilation, Accumulators sums, TensorType x, TensorType y, int batch)
    {
        OptimizerState state = compilation.EnsureState();
        GraphBuilder builder = new();
        Tensor samples = builder.Input("x", x);
        Tensor allLabels = builder.Input("y", y);
        Tensor rows = builder.Input("rows", new TensorType(DType.Int32, [new Dim(batch, Batch)]));
        Tensor learningRate = builder.Input("learning_rate", TensorType.Scalar(DType.Float64));
        Tensor seed = builder.Input("seed", TensorType.Scalar(DType.Int64));
        CallContext context = new(builder, training: true);
        Tensor iteration = context[state.Iteration];
        context.Randomize(seed, iteration);

        Tensor input = samples.Take(rows);
        Tensor labels = allLabels.Take(rows);
        Tensor output = model.Trace(input, context);
        Tensor loss = compilation.Loss!.Apply(labels, output);
        Tensor[] weights = [.. state.Weights.Select(w => context[w])];
        IReadOnlyList<Tensor> gradients = Differentiate.Gradients(loss, weights);

        Tensor[][] slots = [.. state.Slots.Select(s => s.Select(v => context[v]).ToArray())];
        OptimizerStep step = new(learningRate, iteration.Cast(DType.Float64) + 1);

        // A loss that is not finite changes nothing, so that the weights of the last good step are there to look at. Nor does a length of the
        // gradients that is not: clipping by it would make NaN, or a step of 0.
        Tensor? norm = compilation.Optimizer.GlobalClipNorm is not null && weights.Length > 0 ? GradientClipping.Norm(gradients) : null;
        Tensor good = norm is null ? loss.IsFinite() : loss.IsFinite().And(norm.IsFinite());
        (Tensor Value, Tensor[] Slots)[] updates = compilation.Optimizer.Apply(step, weights, gradients, slots, good);
        List<(Variable Variable, Tensor Value)> changed = [(state.Iteration, Tensor.Select(good, iteration + 1, iteration))];
        for (int i = 0; i < updates.Length; i++)
        {
            changed.Add((state.Weights[i], updates[i].Value));
            changed.AddRange(state.Slots[i].Zip(updates[i].Slots));
        }

        changed.AddRange(sums.All.Zip(sums.Update(context, loss, FromZero(labels, compilation.Loss), output)));
        List<GraphOutput> told = [new GraphOutput("batch_loss", loss.Cast(DType.Float64).Node)];
        if (norm is not null)
        {
            told.Add(new GraphOutput("gradient_norm", norm.Node));
        }

        Graph graph = new(
            $"{model.Name}/train",
            [samples.Node, allLabels.Node, rows.Node, learningRate.Node, seed.Node, .. context.Leaves],
            [.. changed.Select(c => new GraphOutput(c.Variable.Name, c.Value.Node)), .. told]);
        return new StepGraph(graph, 5, [.. context.Used], [.. changed.Select(c => c.Variable)]);
    }

    // Metrics compare with places in the output, which count from 0.
    private static Tensor FromZero(Tensor labels, Loss loss) => loss.LabelBase == 0 ? labels : labels - loss.LabelBase;
}
