namespace Nabla;

/// <summary>The smallest of two or more inputs, element by element; a tie splits the derivative in half.</summary>
/// <example><code>
/// NDArray smaller = new Minimum().Call([x, -x]);
/// </code></example>
public sealed class Minimum : ElementwiseMerge
{
    /// <summary>A minimum layer.</summary>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Minimum(string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
    }

    internal static Minimum Read(ConfigReader config) => new(config.RequiredText("name"), config.DType());

    private protected override Tensor Merge(Tensor left, Tensor right) => left.Minimum(right);
}
