namespace Nabla;

/// <summary>
/// Weights whose spread falls with the number of inputs or outputs of a unit, so that signals keep their size from layer to layer:
/// variance = scale / fan (Glorot and Bengio 2010; He et al. 2015).
/// </summary>
public abstract class VarianceScaling : Initializer
{
    // The standard deviation of a unit normal cut at ±2, by which Keras widens the normal so that the cut one has the wanted spread.
    private const double CutNormalDeviation = 0.8796256610342398;

    private readonly double _scale;
    private readonly bool _averageFan;
    private readonly bool _normal;

    private protected VarianceScaling(double scale, bool averageFan, bool normal, int? seed)
        : base(seed)
    {
        _scale = scale;
        _averageFan = averageFan;
        _normal = normal;
    }

    /// <inheritdoc/>
    protected internal sealed override NDArray Create(Dims dims, DType dtype, RandomStream stream)
    {
        (double fanIn, double fanOut) = Fans(dims);
        double variance = _scale / Math.Max(1, _averageFan ? (fanIn + fanOut) / 2 : fanIn);
        if (_normal)
        {
            double deviation = Math.Sqrt(variance) / CutNormalDeviation;
            return Fill(dims, dtype, i => deviation * stream.CutNormal(i));
        }

        double limit = Math.Sqrt(3 * variance);
        return Fill(dims, dtype, i => limit * ((2 * stream.Uniform(i)) - 1));
    }

    /// <inheritdoc/>
    protected internal sealed override void WriteConfig(ConfigWriter config) => config.Integer("seed", Seed);
}

/// <summary>Uniform between ±√(6 / (inputs + outputs)): Keras' default for kernels.</summary>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
public sealed class GlorotUniform(int? seed = null) : VarianceScaling(1, averageFan: true, normal: false, seed);

/// <summary>Normal, cut at two standard deviations, with variance 2 / (inputs + outputs).</summary>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
public sealed class GlorotNormal(int? seed = null) : VarianceScaling(1, averageFan: true, normal: true, seed);

/// <summary>Uniform between ±√(6 / inputs): made for relu.</summary>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
public sealed class HeUniform(int? seed = null) : VarianceScaling(2, averageFan: false, normal: false, seed);

/// <summary>Normal, cut at two standard deviations, with variance 2 / inputs: made for relu.</summary>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
public sealed class HeNormal(int? seed = null) : VarianceScaling(2, averageFan: false, normal: true, seed);
