namespace Nabla;

/// <summary>What a training or evaluation step is recorded with: the batch, the model, the compiled loss and the optimizer.</summary>
/// <example><code>
/// // In a class derived from Model: training that also keeps the outputs small.
/// // protected internal override Tensor TrainStep(StepContext step)
/// // {
/// //     IReadOnlyList&lt;Tensor&gt; outputs = step.Forward(step.X);
/// //     Tensor loss = step.Loss(outputs) + 0.01 * outputs[0].Square().Mean();
/// //     step.Apply(step.Gradients(loss));
/// //     return loss;
/// // }
/// </code></example>
public sealed class StepContext
{
    private readonly Model _model;
    private readonly Compilation _compilation;
    private readonly Tensor? _learningRate;
    private readonly List<(Variable Variable, Tensor Value)> _updates = [];

    internal StepContext(Model model, Compilation compilation, CallContext call, IReadOnlyList<Tensor> x, IReadOnlyList<Tensor> y, IReadOnlyList<Tensor?> weights, Tensor? learningRate)
    {
        _model = model;
        _compilation = compilation;
        _learningRate = learningRate;
        Call = call;
        (X, Y, SampleWeights) = (x, y, weights);
    }

    /// <summary>The batch's samples, one tensor an input.</summary>
    public IReadOnlyList<Tensor> X { get; }

    /// <summary>The batch's labels, one tensor an output.</summary>
    public IReadOnlyList<Tensor> Y { get; }

    /// <summary>What each sample counts, by output; null where all count 1.</summary>
    public IReadOnlyList<Tensor?> SampleWeights { get; }

    /// <summary>Whether the step trains.</summary>
    public bool Training => Call.Training;

    /// <summary>Weights as tensors, random numbers, state.</summary>
    public CallContext Call { get; }

    /// <summary>What the model gave for the batch: metrics compare it with the labels. Set by <see cref="Forward"/>.</summary>
    public IReadOnlyList<Tensor> Outputs { get; set; } = [];

    /// <summary>Each output's own loss, unweighted; null for an output without one.</summary>
    internal IReadOnlyList<Tensor?> OutputLosses { get; private set; } = [];

    /// <summary>Each output's losses of single samples, before weights and reduction; null for an output without a loss.</summary>
    internal IReadOnlyList<Tensor?> OutputValues { get; private set; } = [];

    /// <summary>The variables that <see cref="Apply"/> changes.</summary>
    internal IReadOnlyList<(Variable Variable, Tensor Value)> Updates => _updates;

    /// <summary>What tells whether the step may be applied: false where its loss is not finite.</summary>
    internal Tensor? Good { get; private set; }

    /// <summary>The length of all gradients together, where the optimizer clips by it.</summary>
    internal Tensor? GradientNorm { get; private set; }

    /// <summary>The model's outputs for some inputs.</summary>
    /// <param name="inputs">One tensor an input: usually <see cref="X"/>.</param>
    public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs) => Outputs = _model.Trace(inputs, Call);

    /// <summary>
    /// The compiled loss: each output's loss times its weight, the penalties on weights and outputs, and what layers added.
    /// </summary>
    /// <param name="outputs">What the model gave for the batch.</param>
    public Tensor Loss(IReadOnlyList<Tensor> outputs)
    {
        IReadOnlyList<Goal> goals = _compilation.Goals;
        List<Tensor> terms = [];
        var losses = new Tensor?[goals.Count];
        var values = new Tensor?[goals.Count];
        for (int i = 0; i < goals.Count; i++)
        {
            losses[i] = goals[i].Loss?.Apply(Y[i], outputs[i], SampleWeights[i], Call.MaskOf(outputs[i]), out values[i]);
        }

        (OutputLosses, OutputValues) = (losses, values);
        for (int i = 0; i < goals.Count; i++)
        {
            if (OutputLosses[i] is { } loss)
            {
                terms.Add(goals[i].Weight == 1 ? loss : loss * goals[i].Weight);
            }
        }

        // Penalties after the losses, as Keras sums them: weights in the layers' order, but for frozen ones, then what calls added.
        terms.AddRange(_model.TrainableWeights.Where(w => w.Regularizer is not null).Select(w => w.Regularizer!.Apply(Call[w])));
        terms.AddRange(Call.Losses);
        return terms.Aggregate((a, b) => a + b.Cast(a.DType));
    }

    /// <summary>
    /// The gradients with respect to the weights that training changes, in the order of the model's TrainableWeights. Where the optimizer scales the
    /// loss, they are scaled too; <see cref="Apply"/> takes the scale off.
    /// </summary>
    public IReadOnlyList<Tensor> Gradients(Tensor loss)
    {
        Good = loss.IsFinite();
        OptimizerState state = _compilation.EnsureState();
        return Differentiate.Gradients(_compilation.Optimizer.ScaleLoss(loss, state, v => Call[v]), [.. state.Weights.Select(w => Call[w])]);
    }

    /// <summary>Lets the optimizer make its step; once.</summary>
    /// <param name="gradients">In the order of the model's TrainableWeights.</param>
    /// <exception cref="InvalidOperationException">A second time, or not in training.</exception>
    /// <exception cref="ArgumentException">Another number of gradients than of weights.</exception>
    public void Apply(IReadOnlyList<Tensor> gradients)
    {
        OptimizerState state = _compilation.EnsureState();
        if (_learningRate is null || _updates.Count > 0)
        {
            throw new InvalidOperationException($"StepContext: Apply expected to be called once, in TrainStep. {(Training ? "Add the losses, and apply the gradients of their sum" : "Evaluation changes no weights")}.");
        }

        if (gradients.Count != state.Weights.Count)
        {
            throw new ArgumentException($"StepContext: Apply expected {state.Weights.Count} gradients, one for each trainable weight ({string.Join(", ", state.Weights.Select(w => w.Name))}), received {gradients.Count}.");
        }

        // A loss that is not finite changes nothing, so that the weights of the last good step are there to look at. Nor does a length of the
        // gradients that is not: clipping by it would make NaN, or a step of 0.
        Good ??= Call.Leaf(state.Iteration).AtLeast(0);
        RecordedUpdate update = _compilation.Optimizer.Record(UpdateRequest.All(state, v => Call[v], _learningRate, gradients, Good));
        GradientNorm = update.Norm;
        Good = GradientNorm is null ? Good : Good.And(GradientNorm.IsFinite());
        _updates.AddRange(update.Changes);
    }
}
