namespace Nabla;

/// <summary>
/// Each channel gets mean 0 and variance 1 over the batch, then a learned scale and centre (Ioffe and Szegedy 2015). In training mean and
/// (biased) variance are the batch's, and moving averages learn from them: moving ← momentum·moving + (1 - momentum)·batch. Outside
/// training, and where <see cref="Layer.Trainable"/> is false, the moving averages are used and stay.
/// </summary>
/// <example><code>
/// Sequential net = new([new Dense(16), new BatchNormalization(), new Dense(1)]);
/// </code></example>
public sealed class BatchNormalization : AffineNormalization
{
    // Keras' epsilon, added to the number of unmasked places.
    private const double CountEpsilon = 1e-7;

    private readonly Initializer _movingMeanInitializer;
    private readonly Initializer _movingVarianceInitializer;
    private readonly bool _synchronized;
    private int _axis;
    private int _size;
    private Variable? _movingMean;
    private Variable? _movingVariance;

    /// <summary>A layer that normalizes batches; arguments and defaults as in Keras.</summary>
    /// <param name="axis">The axis of the channels.</param>
    /// <param name="momentum">What the moving averages keep of themselves at each step; from 0 to 1.</param>
    /// <param name="epsilon">What is added to the variance; above 0.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether gamma multiplies.</param>
    /// <param name="betaInitializer">Beta's first values; zeros by default.</param>
    /// <param name="gammaInitializer">Gamma's first values; ones by default.</param>
    /// <param name="movingMeanInitializer">The moving mean's first values; zeros by default.</param>
    /// <param name="movingVarianceInitializer">The moving variance's first values; ones by default.</param>
    /// <param name="betaRegularizer">A penalty on beta.</param>
    /// <param name="gammaRegularizer">A penalty on gamma.</param>
    /// <param name="betaConstraint">What beta is brought back to after each step.</param>
    /// <param name="gammaConstraint">What gamma is brought back to after each step.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public BatchNormalization(
        int axis = -1,
        double momentum = 0.99,
        double epsilon = 0.001,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Initializer? movingMeanInitializer = null,
        Initializer? movingVarianceInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null,
        DType? dtype = null)
        : this(
            axis,
            momentum,
            epsilon,
            new CenterAndScale(center, scale, betaInitializer, gammaInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint),
            movingMeanInitializer ?? Initializer.Zeros,
            movingVarianceInitializer ?? Initializer.Ones,
            synchronized: false,
            name,
            dtype)
    {
    }

    private BatchNormalization(
        int axis, double momentum, double epsilon, CenterAndScale learned, Initializer movingMean, Initializer movingVariance, bool synchronized, string? name, DType? dtype)
        : base(epsilon, learned, name, dtype)
    {
        Axis = axis;
        Momentum = Argument.Share($"BatchNormalization '{Name}'", momentum, nameof(momentum), "0.99");
        _movingMeanInitializer = movingMean;
        _movingVarianceInitializer = movingVariance;
        _synchronized = synchronized;
    }

    /// <summary>The axis of the channels.</summary>
    public int Axis { get; }

    /// <summary>What the moving averages keep of themselves at each step.</summary>
    public double Momentum { get; }

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        _axis = this.SampleAxes(input, Axis)[0];
        _size = input.Dims[_axis].Size;
        AddAffine([_size]);
        _movingMean = AddWeight("moving_mean", [_size], _movingMeanInitializer, trainable: false);
        _movingVariance = AddWeight("moving_variance", [_size], _movingVarianceInitializer, trainable: false);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        if (input.Dims.Rank <= _axis || input.Dims[_axis].Size != _size)
        {
            throw Error($"expected {_size} channels on axis {Axis}, received {input.Type}. The layer was built with {_size}.");
        }

        Dims channels = input.Dims.Beside(_axis);
        if (!context.Training || !Trainable)
        {
            return Normalized(input, context[_movingMean!].Reshape(channels), context[_movingVariance!].Reshape(channels), channels, context);
        }

        (Tensor mean, Tensor variance) = Moments(input, context.MaskOf(input));
        Learn(_movingMean!, mean);
        Learn(_movingVariance!, variance);
        return Normalized(input, mean, variance, channels, context);

        void Learn(Variable moving, Tensor batch) =>
            context.Update(moving, context[moving] * Momentum + batch.Reshape([_size]) * (1 - (Rational)Momentum));
    }

    // Mean and biased variance of each channel over all other axes; with a mask as Keras takes them, over the unmasked places.
    private (Tensor Mean, Tensor Variance) Moments(Tensor input, Tensor? mask)
    {
        int[] others = [.. Enumerable.Range(0, input.Dims.Rank).Where(a => a != _axis)];
        if (mask is null)
        {
            Tensor average = input.Mean(others, keepDims: true);
            return (average, (input - average).Square().Mean(others, keepDims: true));
        }

        if (mask.Dims.Rank != input.Dims.Rank - 1)
        {
            throw Error($"expected a mask of {input.Dims.Rank - 1} axes for an input of {input.Type}, received {mask.Type}: one truth value for all channels of a place.");
        }

        Tensor counts = mask.Cast(input.DType).ExpandDims(-1);
        Tensor count = counts.Sum(others, keepDims: true) + CountEpsilon;
        Tensor weighted = input * counts;
        Tensor mean = weighted.Sum(others, keepDims: true) / count;
        return (mean, ((weighted - mean).Square() * counts).Sum(others, keepDims: true) / count);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("axis", Axis);
        config.Number("momentum", Momentum);
        config.Number("epsilon", Epsilon);
        Learned.Write(config);
        config.Initializer("moving_mean_initializer", _movingMeanInitializer);
        config.Initializer("moving_variance_initializer", _movingVarianceInitializer);
        config.Boolean("synchronized", _synchronized);
    }

    internal static BatchNormalization Read(ConfigReader config)
    {
        if (config.Boolean("renorm", false))
        {
            throw config.Error("expected 'renorm' to be false: batch renormalization is not built. Train without it.");
        }

        config.Ignore("renorm_clipping", "renorm_momentum");
        return new(
            config.Integer("axis", -1)!.Value,
            config.Number("momentum", 0.99),
            config.Number("epsilon", 0.001),
            CenterAndScale.Read(config),
            config.Initializer("moving_mean_initializer", Initializer.Zeros),
            config.Initializer("moving_variance_initializer", Initializer.Ones),
            config.Boolean("synchronized", false),
            config.RequiredText("name"),
            config.DType());
    }
}
