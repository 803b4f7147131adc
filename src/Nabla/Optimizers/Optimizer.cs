namespace Nabla;

/// <summary>
/// How weights follow their gradients. It records its rule into the training step. A string stands for one with its default arguments:
/// <c>"adam"</c>. <see cref="Apply"/> serves those who write their own loop.
/// </summary>
/// <remarks>What it remembers of the weights belongs to the model that it was compiled with, so one optimizer may serve several models;
/// <see cref="Variables"/>, <see cref="Iterations"/> and <see cref="Apply"/> speak of the last.</remarks>
/// <example><code>
/// Optimizer optimizer = new Adam(0.01, clipNorm: 1);
/// model.Compile(optimizer, "mse");
/// optimizer.LearningRate = 0.001;
/// </code></example>
public abstract class Optimizer
{
    private readonly LearningRateSchedule? _schedule;
    private readonly List<Variable> _undecayed = [];
    private readonly List<string> _undecayedNames = [];
    private readonly ValueUpdates _updates;
    private double _learningRate;

    /// <summary>An optimizer.</summary>
    /// <param name="learningRate">The size of a step: a number of 0 or more, or a schedule.</param>
    /// <param name="arguments">What all optimizers share; Keras' defaults where null.</param>
    /// <exception cref="ArgumentException">An argument out of its range; the message says which.</exception>
    protected Optimizer(LearningRate learningRate, OptimizerArguments? arguments = null)
    {
        arguments ??= new OptimizerArguments();
        Name = arguments.Name ?? AutoName.SnakeCase(ClassName);
        _schedule = learningRate.Schedule;
        _learningRate = CheckRate(learningRate.Value, nameof(learningRate));
        WeightDecay = NotNegative(arguments.WeightDecay, "weightDecay");
        ClipNorm = Positive(arguments.ClipNorm, "clipNorm");
        ClipValue = Positive(arguments.ClipValue, "clipValue");
        GlobalClipNorm = Positive(arguments.GlobalClipNorm, "globalClipNorm");
        if (new[] { ClipNorm, ClipValue, GlobalClipNorm }.Count(c => c is not null) > 1)
        {
            throw new ArgumentException($"{ClassName}: expected at most one of clipNorm, clipValue and globalClipNorm, received several. Choose one.");
        }

        UseEma = arguments.UseEma;
        EmaMomentum = Momentum(arguments.EmaMomentum, "emaMomentum");
        EmaOverwriteFrequency = AtLeast(arguments.EmaOverwriteFrequency, 1, "emaOverwriteFrequency", "an average is taken over at every so many steps; leave it out for the end of Fit alone");
        LossScaleFactor = Positive(arguments.LossScaleFactor, "lossScaleFactor");
        GradientAccumulationSteps = AtLeast(arguments.GradientAccumulationSteps, 2, "gradientAccumulationSteps", "leave it out for a step a batch");
        _updates = new ValueUpdates(this);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Keras' name of the class, as saved.</summary>
    public virtual string ClassName => GetType().Name;

    /// <summary>The size of the next step. A number may be changed between epochs without compiling again; a schedule's cannot.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    /// <exception cref="InvalidOperationException">A schedule is in charge.</exception>
    public virtual double LearningRate
    {
        get => _schedule is null ? _learningRate : _schedule.Call(State is null ? 0 : State.Iteration.Buffer.AsSpan<long>()[0]);
        set => _learningRate = _schedule is null
            ? CheckRate(value, nameof(value))
            : throw new InvalidOperationException($"{ClassName} '{Name}': expected to set a learningRate that is a number, but the schedule '{_schedule.Name}' is in charge. Make the optimizer with a number, such as new {ClassName}(0.001), to set the rate while training.");
    }

    /// <summary>The schedule in charge of the learning rate; null where it is a number.</summary>
    public virtual LearningRateSchedule? Schedule => _schedule;

    /// <summary>The share that weights lose at each step, times the learning rate.</summary>
    public double? WeightDecay { get; }

    /// <summary>The longest that each gradient may be.</summary>
    public double? ClipNorm { get; }

    /// <summary>The largest that each element of a gradient may be.</summary>
    public double? ClipValue { get; }

    /// <summary>The longest that all gradients together may be.</summary>
    public double? GlobalClipNorm { get; }

    /// <summary>Whether a moving average of the weights is kept.</summary>
    public bool UseEma { get; }

    /// <summary>How much of the average stays at each step.</summary>
    public double EmaMomentum { get; }

    /// <summary>Steps from one overwriting of the weights by their average to the next; null for the end of a fit alone.</summary>
    public int? EmaOverwriteFrequency { get; }

    /// <summary>What the loss is multiplied by, and the gradients divided by; null for 1.</summary>
    public double? LossScaleFactor { get; }

    /// <summary>Batches whose gradients are averaged before one step is made of them; null for a step a batch.</summary>
    public int? GradientAccumulationSteps { get; }

    /// <summary>What the loss must be multiplied by before its gradients are taken for <see cref="Apply"/>; 1 unless asked for. Fit does it by itself.</summary>
    public virtual double LossScale => LossScaleFactor ?? 1;

    /// <summary>Updates made so far. Where gradients are accumulated, several batches make one.</summary>
    public virtual long Iterations => State is null ? 0 : State.Iteration.Buffer.AsSpan<long>()[0] / (GradientAccumulationSteps ?? 1);

    /// <summary>Everything remembered, in Keras' order: the number of steps, averages and accumulators, then the rule's own. Empty before the first use.</summary>
    public IReadOnlyList<Variable> Variables => State is null ? [] : [.. State.All];

    /// <summary>What is remembered of a weight, in order.</summary>
    protected internal abstract IReadOnlyList<OptimizerSlot> Slots(Variable weight);

    /// <summary>What is remembered of the whole training, as float64 scalars.</summary>
    protected internal virtual IReadOnlyList<OptimizerSlot> SharedSlots => [];

    /// <summary>What the recorded step is given as its rate: a schedule is part of the step and needs none.</summary>
    internal double GivenRate => Schedule is null ? LearningRate : 0;

    /// <summary>What is remembered of the last model that this optimizer was compiled with, or of the variables it was applied to.</summary>
    internal OptimizerState? State { get; private set; }

    /// <summary>What is remembered of the whole training after a step.</summary>
    /// <param name="step">The step; its <see cref="OptimizerStep.Shared"/> are the values before.</param>
    protected internal virtual IReadOnlyList<Tensor> Advance(OptimizerStep step) => step.Shared;

    /// <summary>The rate of a step, the same for all weights: a float64 scalar. The learning rate, unless the rule corrects it.</summary>
    /// <param name="step">The step; its <see cref="OptimizerStep.Shared"/> are the values after it.</param>
    protected internal virtual Tensor Rate(OptimizerStep step) => step.LearningRate;

    /// <summary>What is remembered of a weight after a step, in the order of <see cref="Slots"/>.</summary>
    protected internal abstract IReadOnlyList<Tensor> Remember(WeightStep step);

    /// <summary>A weight's new value.</summary>
    /// <param name="step">The step.</param>
    /// <param name="remembered">What is remembered after it.</param>
    protected internal abstract Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered);

    /// <summary>The share that a weight loses at each step, times the learning rate; null for none.</summary>
    protected internal virtual double? WeightDecayOf(Variable weight) => WeightDecay;

    /// <summary>The optimizer of a name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator Optimizer(string name) => OptimizerTable.Named(name);

    /// <summary>Leaves weights out of the weight decay: norms and biases, by custom. To be called before the first step.</summary>
    /// <param name="variables">Weights to leave out.</param>
    /// <param name="names">Every weight in whose name one of these regular expressions is found is left out: <c>["bias", "gamma"]</c>.</param>
    /// <exception cref="InvalidOperationException">Steps were made already.</exception>
    /// <exception cref="ArgumentException">A name that is no regular expression.</exception>
    public virtual void ExcludeFromWeightDecay(IEnumerable<Variable>? variables = null, IEnumerable<string>? names = null)
    {
        if (State is not null)
        {
            throw new InvalidOperationException($"{ClassName} '{Name}': ExcludeFromWeightDecay expected an optimizer that has made no step, received one in use. Call it before Fit, Build or Apply.");
        }

        string[] patterns = [.. names ?? []];
        NamePattern.Check(patterns, $"{ClassName} '{Name}': ExcludeFromWeightDecay");
        _undecayed.AddRange(variables ?? []);
        _undecayedNames.AddRange(patterns);
    }

    /// <summary>Makes ready for variables: what is remembered starts at its first values. Fit and <see cref="Apply"/> do it by themselves.</summary>
    /// <exception cref="InvalidOperationException">It is in use for other variables.</exception>
    public void Build(IReadOnlyList<Variable> variables)
    {
        if (State is null)
        {
            Begin(variables);
        }
        else
        {
            State.Require(variables, this);
        }
    }

    /// <summary>
    /// Makes one step by gradients that you have computed: the same numbers as a step of Fit. The plan is compiled at the first call with these
    /// variables; the variables are updated in place.
    /// </summary>
    /// <param name="gradientsAndVariables">Each variable with the loss' derivative with respect to it, in the variable's dims; multiplied by <see cref="LossScale"/>.</param>
    /// <exception cref="ShapeException">A gradient of other dims than its variable.</exception>
    /// <exception cref="ArgumentException">No gradients, one variable twice, or a gradient that is not finite; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">A variable that the optimizer was not built with.</exception>
    public void Apply(IReadOnlyList<(NDArray Gradient, Variable Variable)> gradientsAndVariables) => _updates.Apply(gradientsAndVariables);

    /// <summary>Where <see cref="UseEma"/> is on, puts the averages in the place of the weights. Fit does it when it ends; a loop of your own calls it.</summary>
    public void FinalizeVariableValues()
    {
        if (State is not null)
        {
            FinalizeVariableValues(State);
        }
    }

    /// <summary>Writes the constructor's arguments under Keras' names, after the common ones.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"Optimizer '{Name}': an optimizer class of your own cannot be saved; only the built-in ones can. Save with includeOptimizer: false.");

    /// <summary>The state of a training that begins now.</summary>
    internal virtual OptimizerState Begin(IReadOnlyList<Variable> weights) => Follow(new OptimizerState(this, weights));

    /// <summary>Speaks of a state from now on.</summary>
    internal OptimizerState Follow(OptimizerState state) => State = state;

    /// <summary>Puts the averages of a state in the place of its weights.</summary>
    internal virtual void FinalizeVariableValues(OptimizerState state)
    {
        // Before the first step there is nothing to average.
        if (UseEma && state.Iteration.Buffer.AsSpan<long>()[0] > 0)
        {
            foreach ((Variable weight, Variable average) in state.Weights.Zip(state.Averages))
            {
                weight.Assign(average.Value);
            }
        }
    }

    /// <summary>The loss of which gradients are taken.</summary>
    internal virtual Tensor ScaleLoss(Tensor loss, OptimizerState state, Func<Variable, Tensor> read) => LossScaleFactor is { } factor ? loss * factor : loss;

    /// <summary>Records a whole step.</summary>
    internal virtual RecordedUpdate Record(UpdateRequest request) => UpdateRecorder.Record(this, _schedule, request);

    /// <summary>Whether a weight decays.</summary>
    internal bool Decays(Variable weight) => !_undecayed.Contains(weight) && !NamePattern.Finds(_undecayedNames, weight.Name);

    /// <summary>Writes all arguments under Keras' names.</summary>
    internal virtual void WriteAll(ConfigWriter config)
    {
        config.Text("name", Name);
        if (_schedule is null)
        {
            config.Number("learning_rate", _learningRate);
        }
        else
        {
            config.Schedule("learning_rate", _schedule);
        }

        config.Number("weight_decay", WeightDecay);
        config.Number("clipnorm", ClipNorm);
        config.Number("global_clipnorm", GlobalClipNorm);
        config.Number("clipvalue", ClipValue);
        config.Boolean("use_ema", UseEma);
        config.Number("ema_momentum", EmaMomentum);
        config.Integer("ema_overwrite_frequency", EmaOverwriteFrequency);
        config.Number("loss_scale_factor", LossScaleFactor);
        config.Integer("gradient_accumulation_steps", GradientAccumulationSteps);
        WriteConfig(config);

        // Keras forgets these when it saves; a resumed training would go another way.
        string[] undecayed = [.. _undecayed.Select(v => NamePattern.Exactly(v.Name)), .. _undecayedNames];
        if (undecayed.Length > 0)
        {
            config.Texts("exclude_from_weight_decay", undecayed);
        }
    }

    /// <summary>Reads what <see cref="WriteAll"/> writes beyond the constructor's arguments.</summary>
    internal void ReadExclusions(ConfigReader config)
    {
        if (config.Texts("exclude_from_weight_decay") is { } names)
        {
            ExcludeFromWeightDecay(names: names);
        }
    }

    private protected double Share(double value, string argument) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{ClassName}: expected {argument} from 0 to below 1.");

    private protected double Positive(double value, string argument) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{ClassName}: expected {argument} above 0.");

    private protected double NotNegative(double value, string argument) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{ClassName}: expected {argument} of 0 or more.");

    private double? Positive(double? value, string argument) => value is { } number ? Positive(number, argument) : null;

    private protected double? NotNegative(double? value, string argument) => value is { } number ? NotNegative(number, argument) : null;

    private double Momentum(double value, string argument) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{ClassName}: expected {argument} from 0 to 1, such as 0.99.");

    private int? AtLeast(int? value, int least, string argument, string advice) => value is null || value >= least
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{ClassName}: expected {argument} of {least} or more; {advice}.");

    private double CheckRate(double value, string argument) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{ClassName}: expected a learningRate of 0 or more, such as 0.001.");
}
