namespace Nabla;

/// <summary>Gives what comes in.</summary>
/// <example><code>
/// NDArray same = new Identity().Call(x);
/// </code></example>
public sealed class Identity : Layer
{
    /// <summary>A layer that does nothing.</summary>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Identity(string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
    }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => input;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static Identity Read(ConfigReader config) => new(config.RequiredText("name"), config.DType());
}
