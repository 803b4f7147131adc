using System.Collections.Immutable;

namespace Nabla;

/// <summary>Other dims for each sample, its elements in the same row-major order; one dim may be -1 and takes what is left.</summary>
/// <example><code>
/// Sequential net = new([new InputLayer(784), new Reshape([28, 28])]);
/// Sequential same = new([new InputLayer(784), new Reshape([-1, 28])]);
/// </code></example>
public sealed class Reshape : Layer
{
    /// <summary>A reshaping layer.</summary>
    /// <param name="targetShape">The dims of one sample, without the batch axis; one may be -1.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Reshape(IReadOnlyList<int> targetShape, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        ArgumentNullException.ThrowIfNull(targetShape);
        TargetShape = targetShape.All(d => d is -1 or >= 1) && targetShape.Count(d => d == -1) <= 1
            ? [.. targetShape]
            : throw new ArgumentException($"Reshape '{Name}': expected a targetShape of sizes of 1 or more, of which one may be -1, received [{string.Join(", ", targetShape)}]. Leave the batch axis out.", nameof(targetShape));
    }

    /// <summary>The dims of one sample, as given.</summary>
    public ImmutableArray<int> TargetShape { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        if (input.Dims.Rank == 0)
        {
            throw Error($"expected an input with a batch axis, received {input.Type}.");
        }

        int count = input.Dims[1..].Count;
        long known = TargetShape.Where(d => d != -1).Aggregate(1L, (product, d) => Math.Min(int.MaxValue, product * d));
        bool free = TargetShape.Contains(-1);
        if (free ? count % known != 0 : count != known)
        {
            throw Error($"expected samples of {(free ? $"a multiple of {known}" : $"{known}")} elements for [{string.Join(", ", TargetShape)}], received {count} (input {input.Type}). Use -1 for one dim to let it fit.");
        }

        return input.Reshape([input.Dims[0], .. TargetShape.Select(d => new Dim(d == -1 ? (int)(count / known) : d))]);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Integers("target_shape", TargetShape);

    internal static Reshape Read(ConfigReader config) =>
        new(config.Integers("target_shape") ?? throw config.Error("expected a list for 'target_shape', but it is missing."), config.RequiredText("name"), config.DType());
}
