namespace Nabla;

/// <summary>The first of two inputs less the second, element by element.</summary>
/// <example><code>
/// NDArray zeros = new Subtract().Call([x, x]);
/// </code></example>
public sealed class Subtract : ElementwiseMerge
{
    /// <summary>A subtracting layer.</summary>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Subtract(string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
    }

    private protected override int? Exactly => 2;

    internal static Subtract Read(ConfigReader config) => new(config.RequiredText("name"), config.DType());

    private protected override Tensor Merge(Tensor left, Tensor right) => left - right;
}
