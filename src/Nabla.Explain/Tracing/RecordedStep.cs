namespace Nabla.Explain;

/// <summary>A model's step on a batch, recorded for who explains it: by the code that records it for training, with the lectures' names for its values.</summary>
internal sealed class RecordedStep
{
    /// <summary>Records a step.</summary>
    /// <param name="model">The model, built.</param>
    /// <param name="compilation">What it was compiled with.</param>
    /// <param name="state">What the optimizer remembers.</param>
    /// <param name="batch">The types of samples, labels and weights.</param>
    /// <param name="training">Whether layers act as in training.</param>
    /// <param name="hasRate">Whether the step asks for the learning rate itself.</param>
    /// <param name="loss">The step: the loss that it makes small.</param>
    public RecordedStep(Model model, Compilation compilation, OptimizerState state, DataTypes batch, bool training, bool hasRate, Func<StepContext, Tensor> loss)
    {
        GraphBuilder builder = new();
        builder.RecordSourceInside();
        Context = new CallContext(builder, training) { Visits = [] };
        Names = new ModelNames(model);
        Tensor[] x = [.. batch.X.Select((t, i) => builder.Input(Names.Input(i), t))];
        Tensor[] y = [.. batch.Y.Select((t, i) => builder.Input(Names.Label(i), t))];
        Tensor?[] w = [.. batch.W.Select((t, i) => t is null ? null : builder.Input(Names.SampleWeight(i), t))];
        Data = [.. x.Concat(y).Concat(w.OfType<Tensor>()).Select(t => t.Node)];
        if (training)
        {
            Tensor seed = builder.Input("seed", TensorType.Scalar(DType.Int64));
            Tensor count = builder.Input("step", TensorType.Scalar(DType.Int64));
            (Seed, Count) = (seed.Node, count.Node);
            Context.Randomize(seed, count);
        }

        Tensor? rate = hasRate ? builder.Input("learning_rate", TensorType.Scalar(DType.Float64)) : null;
        Rate = rate?.Node;
        Step = new StepContext(model, compilation, Context, x, y, w, rate);
        Loss = loss(Step);
        Names.Say(Context, Step, Loss, state);
    }

    /// <summary>Weights and random numbers.</summary>
    public CallContext Context { get; }

    /// <summary>The batch and what the model gave for it.</summary>
    public StepContext Step { get; }

    /// <summary>What the step makes small.</summary>
    public Tensor Loss { get; }

    /// <summary>What the values are called.</summary>
    public ModelNames Names { get; }

    /// <summary>Samples, labels, weights: in the order of <see cref="TrainingData.All"/>.</summary>
    public IReadOnlyList<Node> Data { get; }

    /// <summary>The key of random numbers; null where nothing is drawn.</summary>
    public Node? Seed { get; }

    /// <summary>The number of the step that random numbers depend on; null where nothing is drawn.</summary>
    public Node? Count { get; }

    /// <summary>The learning rate; null where the step does not ask for it.</summary>
    public Node? Rate { get; }
}
