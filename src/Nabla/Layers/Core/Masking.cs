namespace Nabla;

/// <summary>
/// Leaves steps out whose features all equal a value: they become 0, and the layers and the loss behind, where they support it, do not count them.
/// </summary>
/// <example><code>
/// Sequential net = new([new InputLayer([10, 4]), new Masking(maskValue: -1), new Dense(1)]);
/// </code></example>
public sealed class Masking : Layer
{
    /// <summary>A masking layer.</summary>
    /// <param name="maskValue">The value of left out features.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Masking(double maskValue = 0, string? name = null, DType? dtype = null)
        : base(name, dtype) => MaskValue = this.Finite(maskValue, nameof(maskValue));

    /// <summary>The value of left out features.</summary>
    public double MaskValue { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        if (input.Dims.Rank < 3)
        {
            throw Error($"expected steps with features [batch, steps, features], received {input.Type}.");
        }

        Tensor mask = input.EqualTo(MaskValue).Not().Cast(input.DType).Max(-1).GreaterThan(0);
        Tensor output = Tensor.Select(mask.ExpandDims(-1), input, input.Like(0));
        context.SetMask(output, mask);
        return output;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("mask_value", MaskValue);

    internal static Masking Read(ConfigReader config) => new(config.Number("mask_value", 0), config.RequiredText("name"), config.DType());
}
