namespace Nabla;

/// <summary>The mean of two or more inputs, element by element: an ensemble of their branches.</summary>
/// <example><code>
/// NDArray same = new Average().Call([x, x]);
/// </code></example>
public sealed class Average : ElementwiseMerge
{
    /// <summary>An averaging layer.</summary>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Average(string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
    }

    internal static Average Read(ConfigReader config) => new(config.RequiredText("name"), config.DType());

    private protected override Tensor Merge(Tensor left, Tensor right) => left + right;

    private protected override Tensor Finish(Tensor merged, int inputs) => merged / inputs;
}
