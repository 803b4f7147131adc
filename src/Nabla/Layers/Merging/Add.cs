namespace Nabla;

/// <summary>The sum of two or more inputs, element by element: what a residual connection ends in.</summary>
/// <example><code>
/// Input start = new(8);
/// LayerTensor inner = new Dense(8, "relu").Call(start);
/// Model residual = new(start, new Add().Call([start, inner]));
/// </code></example>
public sealed class Add : ElementwiseMerge
{
    /// <summary>An adding layer.</summary>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Add(string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
    }

    internal static Add Read(ConfigReader config) => new(config.RequiredText("name"), config.DType());

    private protected override Tensor Merge(Tensor left, Tensor right) => left + right;
}
