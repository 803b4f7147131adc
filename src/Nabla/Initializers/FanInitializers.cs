namespace Nabla;

/// <summary>Uniform between ±√(6 / (inputs + outputs)): Keras' default for kernels.</summary>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
/// <param name="inputAxes">The axes that count as inputs; null takes the last but one, times the size of all before.</param>
/// <param name="outputAxes">The axes that count as outputs; null takes the last, times the size of all before the last two.</param>
/// <example><code>
/// NDArray values = new GlorotUniform(seed: 1).Call([64, 10]);
/// </code></example>
public sealed class GlorotUniform(int? seed = null, Axes? inputAxes = null, Axes? outputAxes = null)
    : VarianceScaling(1, "fan_avg", "uniform", seed, inputAxes, outputAxes, isNamed: true)
{
    internal static new GlorotUniform Read(ConfigReader config) =>
        new(config.Integer("seed", null), ReadAxes(config, "input_axes"), ReadAxes(config, "output_axes"));
}

/// <summary>Normal, cut at two standard deviations, with variance 2 / (inputs + outputs).</summary>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
/// <param name="inputAxes">The axes that count as inputs; null takes the last but one, times the size of all before.</param>
/// <param name="outputAxes">The axes that count as outputs; null takes the last, times the size of all before the last two.</param>
/// <example><code>
/// NDArray values = new GlorotNormal(seed: 1).Call([64, 10]);
/// </code></example>
public sealed class GlorotNormal(int? seed = null, Axes? inputAxes = null, Axes? outputAxes = null)
    : VarianceScaling(1, "fan_avg", "truncated_normal", seed, inputAxes, outputAxes, isNamed: true)
{
    internal static new GlorotNormal Read(ConfigReader config) =>
        new(config.Integer("seed", null), ReadAxes(config, "input_axes"), ReadAxes(config, "output_axes"));
}

/// <summary>Uniform between ±√(6 / inputs): made for relu.</summary>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
/// <param name="inputAxes">The axes that count as inputs; null takes the last but one, times the size of all before.</param>
/// <param name="outputAxes">The axes that count as outputs; null takes the last, times the size of all before the last two.</param>
/// <example><code>
/// NDArray values = new HeUniform(seed: 1).Call([64, 10]);
/// </code></example>
public sealed class HeUniform(int? seed = null, Axes? inputAxes = null, Axes? outputAxes = null)
    : VarianceScaling(2, "fan_in", "uniform", seed, inputAxes, outputAxes, isNamed: true)
{
    internal static new HeUniform Read(ConfigReader config) =>
        new(config.Integer("seed", null), ReadAxes(config, "input_axes"), ReadAxes(config, "output_axes"));
}

/// <summary>Normal, cut at two standard deviations, with variance 2 / inputs: made for relu.</summary>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
/// <param name="inputAxes">The axes that count as inputs; null takes the last but one, times the size of all before.</param>
/// <param name="outputAxes">The axes that count as outputs; null takes the last, times the size of all before the last two.</param>
/// <example><code>
/// NDArray values = new HeNormal(seed: 1).Call([64, 10]);
/// </code></example>
public sealed class HeNormal(int? seed = null, Axes? inputAxes = null, Axes? outputAxes = null)
    : VarianceScaling(2, "fan_in", "truncated_normal", seed, inputAxes, outputAxes, isNamed: true)
{
    internal static new HeNormal Read(ConfigReader config) =>
        new(config.Integer("seed", null), ReadAxes(config, "input_axes"), ReadAxes(config, "output_axes"));
}

/// <summary>Uniform between ±√(3 / inputs).</summary>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
/// <param name="inputAxes">The axes that count as inputs; null takes the last but one, times the size of all before.</param>
/// <param name="outputAxes">The axes that count as outputs; null takes the last, times the size of all before the last two.</param>
/// <example><code>
/// NDArray values = new LecunUniform(seed: 1).Call([64, 10]);
/// </code></example>
public sealed class LecunUniform(int? seed = null, Axes? inputAxes = null, Axes? outputAxes = null)
    : VarianceScaling(1, "fan_in", "uniform", seed, inputAxes, outputAxes, isNamed: true)
{
    internal static new LecunUniform Read(ConfigReader config) =>
        new(config.Integer("seed", null), ReadAxes(config, "input_axes"), ReadAxes(config, "output_axes"));
}

/// <summary>Normal, cut at two standard deviations, with variance 1 / inputs: made for selu.</summary>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
/// <param name="inputAxes">The axes that count as inputs; null takes the last but one, times the size of all before.</param>
/// <param name="outputAxes">The axes that count as outputs; null takes the last, times the size of all before the last two.</param>
/// <example><code>
/// NDArray values = new LecunNormal(seed: 1).Call([64, 10]);
/// </code></example>
public sealed class LecunNormal(int? seed = null, Axes? inputAxes = null, Axes? outputAxes = null)
    : VarianceScaling(1, "fan_in", "truncated_normal", seed, inputAxes, outputAxes, isNamed: true)
{
    internal static new LecunNormal Read(ConfigReader config) =>
        new(config.Integer("seed", null), ReadAxes(config, "input_axes"), ReadAxes(config, "output_axes"));
}
