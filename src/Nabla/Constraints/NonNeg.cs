namespace Nabla;

/// <summary>Negative values become 0.</summary>
/// <example><code>
/// NDArray value = new NonNeg().Call(new[] { 3.0, -4.0 });   // 3, 0
/// </code></example>
public sealed class NonNeg : Constraint
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor weight) => Tensor.Select(weight.LessThan(0), weight.Like(0), weight);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static NonNeg Read(ConfigReader config) => new();
}
