namespace Nabla;

/// <summary>
/// Another optimizer under a loss scale that finds its own size: the loss is multiplied before gradients are taken and they are divided after, so
/// that small ones do not vanish. A gradient that is not finite skips the step and halves the scale; after enough good steps it doubles.
/// </summary>
/// <example><code>
/// model.Compile(new LossScaleOptimizer(new Adam(0.001)), "mse");
/// </code></example>
public sealed class LossScaleOptimizer : Optimizer
{
    /// <summary>A loss scale around an optimizer; arguments and defaults as in Keras.</summary>
    /// <param name="innerOptimizer">Makes the steps, and has all other arguments.</param>
    /// <param name="initialScale">The scale to begin with, above 0: high, because it falls faster than it grows.</param>
    /// <param name="dynamicGrowthSteps">Good steps in a row after which the scale doubles.</param>
    /// <param name="name">Saved with the model.</param>
    /// <exception cref="ArgumentException">The inner optimizer scales the loss itself.</exception>
    public LossScaleOptimizer(Optimizer innerOptimizer, double initialScale = 32768, int dynamicGrowthSteps = 2000, string? name = null)
        : base(0.0, new OptimizerArguments { Name = name })
    {
        ArgumentNullException.ThrowIfNull(innerOptimizer);
        if (innerOptimizer is LossScaleOptimizer || innerOptimizer.LossScaleFactor is not null)
        {
            throw new ArgumentException($"{ClassName}: expected an inner optimizer that does not scale the loss itself, received {innerOptimizer.ClassName} '{innerOptimizer.Name}'{(innerOptimizer.LossScaleFactor is null ? "" : " with a lossScaleFactor")}. Leave one of the two out.");
        }

        InnerOptimizer = innerOptimizer;
        InitialScale = Positive(initialScale, nameof(initialScale));
        DynamicGrowthSteps = dynamicGrowthSteps >= 1
            ? dynamicGrowthSteps
            : throw new ArgumentOutOfRangeException(nameof(dynamicGrowthSteps), dynamicGrowthSteps, $"{ClassName}: expected dynamicGrowthSteps of 1 or more, such as 2000.");
    }

    /// <summary>The optimizer that makes the steps.</summary>
    public Optimizer InnerOptimizer { get; }

    /// <summary>The scale to begin with.</summary>
    public double InitialScale { get; }

    /// <summary>Good steps in a row after which the scale doubles.</summary>
    public int DynamicGrowthSteps { get; }

    /// <summary>The inner optimizer's.</summary>
    public override double LearningRate
    {
        get => InnerOptimizer.LearningRate;
        set => InnerOptimizer.LearningRate = value;
    }

    /// <summary>The inner optimizer's.</summary>
    public override LearningRateSchedule? Schedule => InnerOptimizer.Schedule;

    /// <summary>The scale now.</summary>
    public override double LossScale => State is null ? InitialScale : State.Shared[1].Buffer.AsSpan<double>()[0];

    /// <summary>Updates made so far, without those that were skipped.</summary>
    public override long Iterations => InnerOptimizer.Iterations;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> SharedSlots => [new("step_counter"), new("dynamic_scale", InitialScale)];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) => InnerOptimizer.Slots(weight);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step) => InnerOptimizer.Remember(step);

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered) => InnerOptimizer.Move(step, remembered);

    /// <inheritdoc/>
    public override void ExcludeFromWeightDecay(IEnumerable<Variable>? variables = null, IEnumerable<string>? names = null) =>
        InnerOptimizer.ExcludeFromWeightDecay(variables, names);

    internal override OptimizerState Begin(IReadOnlyList<Variable> weights)
    {
        OptimizerState state = base.Begin(weights);
        InnerOptimizer.Follow(state.Inner!);
        return state;
    }

    internal override void FinalizeVariableValues(OptimizerState state) => InnerOptimizer.FinalizeVariableValues(state.Inner!);

    internal override Tensor ScaleLoss(Tensor loss, OptimizerState state, Func<Variable, Tensor> read) => loss * read(state.Shared[1]).Cast(loss.DType);

    internal override RecordedUpdate Record(UpdateRequest request)
    {
        (Tensor counter, Tensor scale) = (request.Read(request.State.Shared[0]), request.Read(request.State.Shared[1]));
        Tensor finite = request.Gradients
            .Select(g => Tensor.Select(g.IsFinite(), g.Like(0), g.Like(1)).Sum().Cast(DType.Float64))
            .Aggregate(counter.Like(0), (a, b) => a + b)
            .EqualTo(0);
        RecordedUpdate inner = InnerOptimizer.Record(request with
        {
            State = request.State.Inner!,
            Gradients = [.. request.Gradients.Select(g => g / scale.Cast(g.DType))],
            Good = request.Good?.And(finite) ?? finite,
        });

        // The first of many good steps counts 0, as in Keras. A length of gradients that is not finite is no reason to stop here: the step is skipped.
        Tensor grows = counter.EqualTo(DynamicGrowthSteps - 1);
        Tensor nextScale = Tensor.Select(finite, Tensor.Select(grows, scale * 2, scale), scale / 2);
        Tensor nextCounter = Tensor.Select(finite.And(grows.Not()), counter + 1, counter.Like(0));
        Tensor Kept(Tensor before, Tensor after) => request.Good is { } good ? Tensor.Select(good, after, before) : after;
        return new RecordedUpdate(
            [(request.State.Shared[0], Kept(counter, nextCounter)), (request.State.Shared[1], Kept(scale, nextScale)), .. inner.Changes]);
    }

    internal override void WriteAll(ConfigWriter config)
    {
        config.Text("name", Name);
        config.Envelope("inner_optimizer", "keras.optimizers", InnerOptimizer.ClassName, InnerOptimizer.WriteAll);
        config.Number("initial_scale", InitialScale);
        config.Integer("dynamic_growth_steps", DynamicGrowthSteps);
    }

    internal static LossScaleOptimizer Read(ConfigReader c)
    {
        // Older versions of Keras wrote the common arguments too, all without effect.
        c.Ignore("learning_rate", "ema_momentum");
        return new LossScaleOptimizer(
            ConfigReader.FromEnvelope(c.RequiredObject("inner_optimizer"), "optimizer", OptimizerTable.ByClass),
            c.Number("initial_scale", 32768),
            c.Integer("dynamic_growth_steps", 2000)!.Value,
            c.OptionalText("name"));
    }
}
