namespace Nabla;

/// <summary>
/// Standardises features: (x - mean) / max(√variance, 1e-7), with numbers given at construction or learned from data by <see cref="Adapt(NDArray)"/>
/// before training. Training never changes them.
/// </summary>
/// <example><code>
/// Normalization standardize = new();
/// standardize.Adapt(x);
/// Sequential net = new([standardize, new Dense(1)]);
/// </code></example>
public sealed class Normalization : Layer
{
    private const double SmallestDeviation = 1e-7;

    private readonly NDArray? _givenMean;
    private readonly NDArray? _givenVariance;
    private Axes _kept;
    private Variable? _mean;
    private Variable? _variance;

    /// <summary>A standardising layer; arguments and defaults as in Keras.</summary>
    /// <param name="axis">The axes along which each place has a mean of its own: the last by default; <c>[]</c> for one mean of all values.</param>
    /// <param name="mean">The mean: one number, or one for each place of the kept axes. Null learns it.</param>
    /// <param name="variance">The variance, of the same dims; given together with the mean.</param>
    /// <param name="invert">Whether to go back instead: x·max(√variance, 1e-7) + mean.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Normalization(Axes? axis = null, NDArray? mean = null, NDArray? variance = null, bool invert = false, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        Axis = axis ?? -1;
        Invert = invert;
        if (mean is null != variance is null)
        {
            throw new ArgumentException($"Normalization '{Name}': expected mean and variance together, received the {(mean is null ? "variance" : "mean")} alone. Give both, or neither and call Adapt.");
        }

        if (mean is null || variance is null)
        {
            return;
        }

        if (!mean.Dims.SameSizes(variance.Dims) || mean.Rank > Axis.Count)
        {
            throw new ArgumentException($"Normalization '{Name}': expected mean and variance of the same dims, with at most {Axis.Count} axes for axis {Axis}, received {mean.Dims} and {variance.Dims}.");
        }

        _givenMean = mean.AsType(DType.Float64);
        _givenVariance = variance.AsType(DType.Float64);
        if (!_givenMean.ToArray<double>().All(double.IsFinite) || !_givenVariance.ToArray<double>().All(v => double.IsFinite(v) && v >= 0))
        {
            throw new ArgumentException($"Normalization '{Name}': expected finite means and variances of 0 or more, received mean {mean} and variance {variance}.");
        }
    }

    /// <summary>The axes along which each place has a mean of its own.</summary>
    public Axes Axis { get; }

    /// <summary>Whether it goes back to the original units.</summary>
    public bool Invert { get; }

    /// <summary>The mean that is subtracted, given or learned; null before there is one.</summary>
    public NDArray? Mean => _givenMean ?? _mean?.Value;

    /// <summary>The variance by whose root is divided, given or learned; null before there is one.</summary>
    public NDArray? Variance => _givenVariance ?? _variance?.Value;

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <summary>Learns mean and (biased) variance from data, in float64; what was learned before is forgotten.</summary>
    /// <param name="data">Samples along the first axis, as the layer will get them.</param>
    /// <exception cref="InvalidOperationException">Mean and variance were given at construction.</exception>
    /// <exception cref="ShapeException">No samples, or other dims than the layer was built for.</exception>
    public void Adapt(NDArray data) => Adapt([data]);

    /// <summary>The same from batches, one after the other: exactly as from all of them together.</summary>
    /// <param name="batches">Samples along the first axis.</param>
    /// <exception cref="InvalidOperationException">Mean and variance were given at construction.</exception>
    /// <exception cref="ShapeException">No samples, or other dims than the layer was built for.</exception>
    public void Adapt(IEnumerable<NDArray> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (_givenMean is not null)
        {
            throw new InvalidOperationException($"Normalization '{Name}': Adapt expected a layer that learns, but mean and variance were given at construction. Leave them out, or do not call Adapt.");
        }

        RunningMoments? moments = null;
        foreach (NDArray batch in batches)
        {
            EnsureBuilt([batch.Type with { DType = DType }], null);
            Dims expected = InputType!.Dims;
            if (batch.Rank != expected.Rank || _kept.Any(a => batch.Dims[a].Size != expected[a].Size))
            {
                throw Error($"Adapt expected data like {expected}, for which the layer was built, received {batch.Type}.");
            }

            moments ??= new RunningMoments(_kept);
            moments.Add(batch);
        }

        if (moments is null || moments.Count == 0)
        {
            throw Error("Adapt expected at least one sample, received none.");
        }

        _mean!.Assign(moments.Mean);
        _variance!.Assign(moments.Variance);
    }

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        _kept = Axis.Count == 0 ? [] : [.. this.SampleAxes(input, Axis).Order()];
        Dims dims = [.. _kept.Select(a => new Dim(input.Dims[a].Size))];
        if (_givenMean is null)
        {
            _mean = AddWeight("mean", dims, Initializer.Zeros, trainable: false);
            _variance = AddWeight("variance", dims, Initializer.Ones, trainable: false);

            // Keras counts nothing here any more, but its files hold the number.
            _ = AddWeight("count", [], Initializer.Zeros, DType.Int32, trainable: false);
            return;
        }

        // Aligned at the last kept axis, as broadcasting does.
        Dims given = _givenMean.Dims;
        for (int i = 1; i <= given.Rank; i++)
        {
            if (given[-i].Size != 1 && given[-i].Size != dims[-i].Size)
            {
                throw Error($"expected a mean of dims {dims}, or 1 where one number serves all, for axis {Axis} of {input}, received {given}.");
            }
        }
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        Tensor mean = Beside(input, _givenMean is null ? context[_mean!] : Literal(_givenMean));
        Tensor deviation = Beside(input, _givenVariance is null ? context[_variance!] : Literal(_givenVariance)).Sqrt().Maximum(SmallestDeviation);
        return Invert ? input * deviation + mean : (input - mean) / deviation;

        Tensor Literal(NDArray value) => input.Builder.Literal(value.AsType(input.DType));
    }

    // The axes that the numbers lack in front are those that one number serves.
    private Tensor Beside(Tensor input, Tensor numbers)
    {
        Axes own = [.. _kept.Skip(_kept.Count - numbers.Dims.Rank)];
        return numbers.Reshape([.. input.Dims.Select((_, axis) => own.Contains(axis) ? new Dim(numbers.Dims[Place(own, axis)].Size) : 1)]);
    }

    private static int Place(Axes axes, int axis) => axes.Index().First(a => a.Item == axis).Index;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integers("axis", Axis);
        config.Boolean("invert", Invert);
        config.Nested("mean", _givenMean);
        config.Nested("variance", _givenVariance);
    }

    internal static Normalization Read(ConfigReader config) => new(
        config.Axes("axis", config.IsNull("axis") ? [] : -1),
        config.Nested("mean"),
        config.Nested("variance"),
        config.Boolean("invert", false),
        config.RequiredText("name"),
        config.DType());
}
