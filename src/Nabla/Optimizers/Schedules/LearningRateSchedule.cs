namespace Nabla;

/// <summary>
/// A learning rate that changes with the steps of training. It is recorded into the training step, in float64 whatever the model computes in.
/// A class of your own says the rate in <see cref="Rate"/>.
/// </summary>
/// <example><code>
/// LearningRateSchedule schedule = new ExponentialDecay(0.1, decaySteps: 100, decayRate: 0.5);
/// double rate = schedule.Call(200);   // 0.025
/// </code></example>
public abstract class LearningRateSchedule
{
    /// <summary>A schedule.</summary>
    /// <param name="name">Shown in printed graphs and saved; null takes the class' name.</param>
    protected LearningRateSchedule(string? name = null) => Name = name ?? ClassName;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Keras' name of the class, as saved: <c>ExponentialDecay</c>.</summary>
    public virtual string ClassName => GetType().Name;

    /// <summary>The learning rate of a step: a float64 scalar.</summary>
    /// <param name="step">How many steps were done before: a float64 scalar, 0 for the first.</param>
    public abstract Tensor Rate(Tensor step);

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">How many steps were done before; 0 for the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative or not a number.</exception>
    public double Call(double step) => OnValues.Run(t => Apply(t[0]), Argument.NotNegative(ClassName, step, nameof(step), "100")).Item<double>();

    /// <summary>Writes the constructor's arguments under Keras' names, the name too.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"{ClassName} '{Name}': a schedule class of your own cannot be saved; only the built-in ones can. Save with includeOptimizer: false.");

    /// <summary>Records the rate under the schedule's name and checks what a class of the user's own gives.</summary>
    /// <param name="step">How many steps were done before: a scalar of any number type.</param>
    internal Tensor Apply(Tensor step)
    {
        using IDisposable _ = step.Builder.Scope(Name);
        Tensor rate = Rate(step.Cast(DType.Float64));
        return rate.Dims.Rank == 0
            ? rate.Cast(DType.Float64)
            : throw new ShapeException($"{ClassName} '{Name}': expected a scalar as the learning rate, received {rate.Type}. Take one element, or the mean.");
    }
}
