namespace Nabla;

/// <summary>Two or more inputs one after the other along an axis; their other axes must have equal sizes.</summary>
/// <example><code>
/// Input left = new(4), right = new(3);
/// Model both = new([left, right], new Dense(1).Call(new Concatenate().Call([left, right])));
/// </code></example>
public sealed class Concatenate : MergingLayer
{
    /// <summary>A concatenating layer.</summary>
    /// <param name="axis">Counted with the batch as 0, along which nothing can be joined; negative axes count from the end.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Concatenate(int axis = -1, string? name = null, DType? dtype = null)
        : base(name, dtype) => Axis = axis != 0
            ? axis
            : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Concatenate '{Name}': expected an axis of the sample, received 0, the batch: samples cannot be joined inside a model, because every input and output must have as many. Use -1 for the last axis.");

    /// <summary>The axis, as given.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    protected override Tensor Call(IReadOnlyList<Tensor> inputs, CallContext context)
    {
        string types = string.Join(", ", inputs.Select(i => i.Type));
        if (inputs.Count < 2)
        {
            throw Error($"expected 2 or more inputs, received {inputs.Count}: {types}.");
        }

        int rank = inputs[0].Dims.Rank;
        int axis = Axis < 0 ? Axis + rank : Axis;
        if (axis < 1 || axis >= rank)
        {
            throw Error($"expected an axis of the sample, from 1 to {rank - 1} or negative, received {Axis} for inputs {types}.");
        }

        return inputs.All(i => i.Dims.Rank == rank && i.Dims.Without(axis).SameSizes(inputs[0].Dims.Without(axis)))
            ? Tensor.Concat(inputs, axis)
            : throw Error($"expected inputs of equal sizes but for axis {axis}, received {types}. Bring them to equal sizes with a Reshape, Flatten or Dense layer first.");
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Integer("axis", Axis);

    internal static Concatenate Read(ConfigReader config) => new(config.Integer("axis", -1)!.Value, config.RequiredText("name"), config.DType());
}
