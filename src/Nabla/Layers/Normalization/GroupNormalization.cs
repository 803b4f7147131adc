namespace Nabla;

/// <summary>
/// The channels are taken in groups, and each sample's groups get mean 0 and variance 1, over the group's channels and all other axes; then
/// each channel a learned scale and centre (Wu and He 2018).
/// </summary>
/// <example><code>
/// GroupNormalization layer = new(groups: 2);
/// NDArray output = layer.Call(new[,] { { 1f, 3, 10, 30 } });   // -1, 1, -1, 1
/// </code></example>
public sealed class GroupNormalization : AffineNormalization
{
    private int _axis;
    private int _size;
    private int _groups;

    /// <summary>A layer that normalizes groups of channels; arguments and defaults as in Keras.</summary>
    /// <param name="groups">How many groups: a divisor of the number of channels; -1 makes each channel a group (instance normalization).</param>
    /// <param name="axis">The axis of the channels.</param>
    /// <param name="epsilon">What is added to the variance; above 0.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether gamma multiplies.</param>
    /// <param name="betaInitializer">Beta's first values; zeros by default.</param>
    /// <param name="gammaInitializer">Gamma's first values; ones by default.</param>
    /// <param name="betaRegularizer">A penalty on beta.</param>
    /// <param name="gammaRegularizer">A penalty on gamma.</param>
    /// <param name="betaConstraint">What beta is brought back to after each step.</param>
    /// <param name="gammaConstraint">What gamma is brought back to after each step.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public GroupNormalization(
        int groups = 32,
        int axis = -1,
        double epsilon = 0.001,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null,
        DType? dtype = null)
        : this(
            groups,
            axis,
            epsilon,
            new CenterAndScale(center, scale, betaInitializer, gammaInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint),
            name,
            dtype)
    {
    }

    private GroupNormalization(int groups, int axis, double epsilon, CenterAndScale learned, string? name, DType? dtype)
        : base(epsilon, learned, name, dtype)
    {
        Groups = groups is -1 or >= 1
            ? groups
            : throw new ArgumentOutOfRangeException(nameof(groups), $"GroupNormalization '{Name}': expected 1 or more groups, or -1 for a group a channel, received {groups}.");
        Axis = axis;
    }

    /// <summary>How many groups; -1 for one a channel.</summary>
    public int Groups { get; }

    /// <summary>The axis of the channels.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        _axis = this.SampleAxes(input, Axis)[0];
        _size = input.Dims[_axis].Size;
        _groups = Groups == -1 ? _size : Groups;
        if (_groups > _size || _size % _groups != 0)
        {
            throw Error($"expected a number of groups that divides the {_size} channels of axis {Axis} (input {input}), received {_groups}. Choose a divisor, or -1 for a group a channel.");
        }

        AddAffine([_size]);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        // The channels' axis becomes two: groups, and channels within a group.
        Dims grouped = input.Dims.With(_axis, _size / _groups).Insert(_axis, _groups);
        Tensor x = input.Reshape(grouped);
        int[] axes = [.. Enumerable.Range(1, grouped.Rank - 1).Where(a => a != _axis)];
        Tensor mean = x.Mean(axes, keepDims: true);
        Tensor variance = (x - mean).Square().Mean(axes, keepDims: true);
        return Normalized(x, mean, variance, grouped.Beside([_axis, _axis + 1]), context).Reshape(input.Dims);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("groups", Groups);
        config.Integer("axis", Axis);
        config.Number("epsilon", Epsilon);
        Learned.Write(config);
    }

    internal static GroupNormalization Read(ConfigReader config) => new(
        config.Integer("groups", 32)!.Value,
        config.Integer("axis", -1)!.Value,
        config.Number("epsilon", 0.001),
        CenterAndScale.Read(config),
        config.RequiredText("name"),
        config.DType());
}
