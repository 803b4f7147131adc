using System.Collections.Immutable;

namespace Nabla;

/// <summary>The axes of each sample in another order, counted from 1; the batch axis stays in front: <c>[2, 1]</c> transposes matrices.</summary>
/// <example><code>
/// Sequential net = new([new InputLayer([10, 64]), new Permute([2, 1])]); // [batch, 64, 10]
/// </code></example>
public sealed class Permute : Layer
{
    /// <summary>A permuting layer.</summary>
    /// <param name="dims">For each axis of the output which one of the input it is; each from 1 on once.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Permute(IReadOnlyList<int> dims, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        ArgumentNullException.ThrowIfNull(dims);
        Dims = dims.Order().SequenceEqual(Enumerable.Range(1, dims.Count))
            ? [.. dims]
            : throw new ArgumentException($"Permute '{Name}': expected each axis from 1 to {dims.Count} once, received [{string.Join(", ", dims)}]. Axes are counted from 1, without the batch.", nameof(dims));
    }

    /// <summary>The order of the axes, as given.</summary>
    public ImmutableArray<int> Dims { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => input.Dims.Rank == Dims.Length + 1
        ? input.Transpose([0, .. Dims])
        : throw Error($"expected samples of {Dims.Length} axes for [{string.Join(", ", Dims)}], received {input.Dims.Rank - 1} (input {input.Type}).");

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Integers("dims", Dims);

    internal static Permute Read(ConfigReader config) =>
        new(config.Integers("dims") ?? throw config.Error("expected a list for 'dims', but it is missing."), config.RequiredText("name"), config.DType());
}
