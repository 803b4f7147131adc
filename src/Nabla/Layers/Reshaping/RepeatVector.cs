namespace Nabla;

/// <summary>Each sample, a vector, n times along a new axis: [batch, features] becomes [batch, n, features].</summary>
/// <example><code>
/// Sequential net = new([new InputLayer(32), new RepeatVector(3)]); // [batch, 3, 32]
/// </code></example>
public sealed class RepeatVector : Layer
{
    /// <summary>A repeating layer.</summary>
    /// <param name="n">How many times; 1 or more.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public RepeatVector(int n, string? name = null, DType? dtype = null)
        : base(name, dtype) => N = n >= 1 ? n : throw new ArgumentOutOfRangeException(nameof(n), n, $"RepeatVector '{Name}': expected n of 1 or more, such as 3.");

    /// <summary>How many times.</summary>
    public int N { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => input.Dims.Rank == 2
        ? input.ExpandDims(1).BroadcastTo([input.Dims[0], N, input.Dims[1]])
        : throw Error($"expected vectors [batch, features], received {input.Type}. Put a Flatten in front.");

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Integer("n", N);

    internal static RepeatVector Read(ConfigReader config) => new(config.RequiredInteger("n"), config.RequiredText("name"), config.DType());
}
