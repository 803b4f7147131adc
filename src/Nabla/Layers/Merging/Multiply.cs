namespace Nabla;

/// <summary>The product of two or more inputs, element by element: one gates another.</summary>
/// <example><code>
/// NDArray squares = new Multiply().Call([x, x]);
/// </code></example>
public sealed class Multiply : ElementwiseMerge
{
    /// <summary>A multiplying layer.</summary>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Multiply(string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
    }

    internal static Multiply Read(ConfigReader config) => new(config.RequiredText("name"), config.DType());

    private protected override Tensor Merge(Tensor left, Tensor right) => left * right;
}
