namespace Nabla;

/// <summary>What an optimizer takes as its learning rate: a number, or a schedule by which it changes. Both convert by themselves.</summary>
/// <example><code>
/// Optimizer fixedRate = new Adam(0.01);
/// Optimizer falling = new SGD(new ExponentialDecay(0.1, decaySteps: 100, decayRate: 0.5));
/// </code></example>
public readonly struct LearningRate : IEquatable<LearningRate>
{
    private LearningRate(double value, LearningRateSchedule? schedule) => (Value, Schedule) = (value, schedule);

    /// <summary>The number; 0 where a schedule is in charge.</summary>
    public double Value { get; }

    /// <summary>The schedule; null where the rate is a number.</summary>
    public LearningRateSchedule? Schedule { get; }

    /// <summary>A rate that stays, until the optimizer's <see cref="Optimizer.LearningRate"/> is set.</summary>
    public static implicit operator LearningRate(double value) => new(value, null);

    /// <summary>A rate that changes with the steps.</summary>
    public static implicit operator LearningRate(LearningRateSchedule schedule) => new(0, schedule ?? throw new ArgumentNullException(nameof(schedule)));

    /// <summary>Whether two are the same number or the same schedule.</summary>
    public static bool operator ==(LearningRate a, LearningRate b) => a.Equals(b);

    /// <summary>Whether two are not the same number or the same schedule.</summary>
    public static bool operator !=(LearningRate a, LearningRate b) => !a.Equals(b);

    /// <inheritdoc/>
    public bool Equals(LearningRate other) => Value.Equals(other.Value) && ReferenceEquals(Schedule, other.Schedule);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LearningRate other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Value, Schedule);

    /// <summary>The number, or the schedule's name.</summary>
    public override string ToString() => Schedule?.Name ?? LogText.Value(Value);
}
