using System.Collections.Immutable;

namespace Nabla;

/// <summary>x above 0 and alpha·x up to it, with a learned alpha for each element of a sample, or shared along axes. alpha: the sample's dims, shared axes 1.</summary>
/// <example><code>
/// Sequential net = new([new InputLayer([28, 28, 8]), new PReLU(sharedAxes: [1, 2])]); // an alpha for each channel
/// </code></example>
public sealed class PReLU : Layer
{
    private readonly RegularizedWeight _rules;
    private Variable? _alpha;

    /// <summary>A rectifying layer that learns its slope.</summary>
    /// <param name="alphaInitializer">The slopes' first values; zeros by default.</param>
    /// <param name="alphaRegularizer">A penalty on the slopes, added to the loss.</param>
    /// <param name="alphaConstraint">What the slopes are brought back to after each step.</param>
    /// <param name="sharedAxes">Axes along which one slope serves all, counted with the batch as 0; none by default.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="trainable">Whether training changes the slopes.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public PReLU(
        Initializer? alphaInitializer = null,
        Regularizer? alphaRegularizer = null,
        Constraint? alphaConstraint = null,
        IReadOnlyList<int>? sharedAxes = null,
        string? name = null,
        bool trainable = true,
        DType? dtype = null)
        : base(name, dtype, trainable)
    {
        _rules = new RegularizedWeight("alpha", alphaInitializer ?? Initializer.Zeros, alphaRegularizer, alphaConstraint);
        SharedAxes = [.. sharedAxes ?? []];
    }

    /// <summary>Axes along which one slope serves all, as given.</summary>
    public ImmutableArray<int> SharedAxes { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        Dims dims = [.. input.Dims[1..].Sizes];
        foreach (int axis in SharedAxes)
        {
            int at = axis < 0 ? axis + input.Dims.Rank : axis;
            dims = at >= 1 && at < input.Dims.Rank
                ? dims.With(at - 1, 1)
                : throw Error($"expected sharedAxes from 1 to {input.Dims.Rank - 1}, received {axis} (input {input}). The batch is axis 0 and always shared.");
        }

        _alpha = AddRegularized(_rules, dims);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => Nn.Relu(input) - (context[_alpha!] * Nn.Relu(-input));

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        _rules.Write(config);
        if (SharedAxes.Length == 0)
        {
            config.Null("shared_axes");
        }
        else
        {
            config.Integers("shared_axes", SharedAxes);
        }
    }

    internal static PReLU Read(ConfigReader config) => new(
        config.Initializer("alpha_initializer", Initializer.Zeros),
        config.Regularizer("alpha_regularizer"),
        config.Constraint("alpha_constraint"),
        config.IntegerOrIntegers("shared_axes"),
        config.RequiredText("name"),
        dtype: config.DType());
}
