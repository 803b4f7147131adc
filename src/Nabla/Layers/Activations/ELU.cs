namespace Nabla;

/// <summary>x above 0 and alpha·(e^x - 1) up to it.</summary>
/// <example><code>
/// ELU layer = new(alpha: 0.7);
/// </code></example>
public sealed class ELU : Layer
{
    /// <summary>An exponential linear layer.</summary>
    /// <param name="alpha">The output for very negative inputs is -alpha.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public ELU(double alpha = 1, string? name = null, DType? dtype = null)
        : base(name, dtype) => Alpha = this.Finite(alpha, nameof(alpha));

    /// <summary>The output for very negative inputs is its negative.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => Nn.Elu(input, Alpha);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("alpha", Alpha);

    internal static ELU Read(ConfigReader config) => new(config.Number("alpha", 1), config.RequiredText("name"), config.DType());
}
