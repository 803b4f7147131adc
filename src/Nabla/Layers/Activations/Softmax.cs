using System.Collections.Immutable;

namespace Nabla;

/// <summary>e^x over one axis or several, divided by its sum: positive numbers that add up to 1. Shifted by the largest, so without overflow.</summary>
/// <example><code>
/// Sequential net = new([new InputLayer(4), new Dense(3), new Softmax()]);
/// </code></example>
public sealed class Softmax : Layer
{
    private readonly int[] _axes;

    /// <summary>A softmax over one axis.</summary>
    /// <param name="axis">Counted with the batch as 0; negative axes count from the end.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Softmax(int axis = -1, string? name = null, DType? dtype = null)
        : this([axis], name, dtype)
    {
    }

    /// <summary>A softmax over several axes together.</summary>
    /// <param name="axes">Counted with the batch as 0; negative axes count from the end.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Softmax(IReadOnlyList<int> axes, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        ArgumentNullException.ThrowIfNull(axes);
        _axes = axes.Count > 0 && axes.Distinct().Count() == axes.Count
            ? [.. axes]
            : throw new ArgumentException($"Softmax '{Name}': expected one or more different axes, such as -1, received [{string.Join(", ", axes)}].", nameof(axes));
    }

    /// <summary>The axes over which the outputs add up to 1, as given.</summary>
    public ImmutableArray<int> Axes => [.. _axes];

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        foreach (int axis in _axes)
        {
            if (axis < -input.Dims.Rank || axis >= input.Dims.Rank)
            {
                throw Error($"expected an axis from {-input.Dims.Rank} to {input.Dims.Rank - 1} (the batch is axis 0), received {axis} (input {input.Type}).");
            }

            if (axis == 0 || axis == -input.Dims.Rank)
            {
                throw Error($"expected an axis of the sample, received {axis}, the batch axis (input {input.Type}): the samples of a batch would depend on each other. Use -1 for the last axis.");
            }
        }

        if (_axes.Length == 1)
        {
            return Nn.Softmax(input, _axes[0]);
        }

        Tensor e = (input - input.Max(_axes, keepDims: true).StopGradient()).Exp();
        return e / e.Sum(_axes, keepDims: true);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        if (_axes.Length == 1)
        {
            config.Integer("axis", _axes[0]);
        }
        else
        {
            config.Integers("axis", _axes);
        }
    }

    internal static Softmax Read(ConfigReader config) => new(config.IntegerOrIntegers("axis") ?? [-1], config.RequiredText("name"), config.DType());
}
