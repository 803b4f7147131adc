namespace Nabla;

/// <summary>x · scale + offset, in floating numbers: <c>new Rescaling(1.0 / 255)</c> brings pixels to 0..1.</summary>
public sealed class Rescaling : Layer
{
    /// <summary>A rescaling layer.</summary>
    /// <param name="scale">What each value is multiplied with.</param>
    /// <param name="offset">What is added then.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Rescaling(double scale, double offset = 0, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        if (!double.IsFinite(scale) || !double.IsFinite(offset))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), $"Rescaling '{Name}': expected a finite scale and offset, received {scale:R} and {offset:R}.");
        }

        Scale = scale;
        Offset = offset;
    }

    /// <summary>What each value is multiplied with.</summary>
    public double Scale { get; }

    /// <summary>What is added then.</summary>
    public double Offset { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        Tensor scaled = input * Scale;
        return Offset == 0 ? scaled : scaled + Offset;
    }

    internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("scale", Scale);
        config.Number("offset", Offset);
    }
}
