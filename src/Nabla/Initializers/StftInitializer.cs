namespace Nabla;

/// <summary>
/// Kernels of a convolution that is a short-time Fourier transform: cos or sin of -2π·t·f / (2·(frequencies - 1)), times a window over the
/// time t, for a weight of dims [frame length, 1, frequencies].
/// </summary>
/// <example><code>
/// NDArray kernel = new StftInitializer("real", "hann").Call([128, 1, 65]);
/// </code></example>
public sealed class StftInitializer : Initializer
{
    private static readonly string[] Sides = ["real", "imag"];
    private static readonly string[] Scalings = ["density", "spectrum"];

    // Keras takes all of SciPy's windows; these are the ones without arguments that are in use.
    private static readonly Dictionary<string, Func<double, double>> Windows = new()
    {
        ["hann"] = p => 0.5 - (0.5 * Math.Cos(2 * Math.PI * p)),
        ["hamming"] = p => 0.54 - (0.46 * Math.Cos(2 * Math.PI * p)),
        ["blackman"] = p => 0.42 - (0.5 * Math.Cos(2 * Math.PI * p)) + (0.08 * Math.Cos(4 * Math.PI * p)),
        ["bartlett"] = p => 1 - Math.Abs((2 * p) - 1),
        ["boxcar"] = _ => 1,
    };

    /// <summary>Kernels of a transform.</summary>
    /// <param name="side"><c>"real"</c> for cosines, <c>"imag"</c> for sines.</param>
    /// <param name="window"><c>"hann"</c>, <c>"hamming"</c>, <c>"blackman"</c>, <c>"bartlett"</c> or <c>"boxcar"</c>; null for none.</param>
    /// <param name="scaling"><c>"density"</c> divides by the window's length (L2), <c>"spectrum"</c> by its sum; null by nothing. Counts only with a window.</param>
    /// <param name="periodic">Whether the window goes on after its end, for transforms, instead of being symmetric.</param>
    public StftInitializer(string side = "real", string? window = "hann", string? scaling = "density", bool periodic = false)
    {
        Side = Sides.Contains(side) ? side : throw DidYouMean.Unknown("STFT side", side, Sides);
        Window = window is null || Windows.ContainsKey(window) ? window : throw DidYouMean.Unknown("STFT window", window, Windows.Keys);
        Scaling = scaling is null || Scalings.Contains(scaling) ? scaling : throw DidYouMean.Unknown("STFT scaling", scaling, Scalings);
        Periodic = periodic;
    }

    /// <summary>Cosines or sines.</summary>
    public string Side { get; }

    /// <summary>The window's name; null for none.</summary>
    public string? Window { get; }

    /// <summary>By what the window is divided; null for nothing.</summary>
    public string? Scaling { get; }

    /// <summary>Whether the window goes on after its end.</summary>
    public bool Periodic { get; }

    /// <inheritdoc/>
    public override string ClassName => "STFT";

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Other dims than [frame length, 1, frequencies], with two or more frequencies.</exception>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream)
    {
        if (dims.Rank != 3 || dims[1].Size != 1 || dims[2].Size < 2)
        {
            throw new ShapeException($"STFT: expected dims [frame length, 1, frequencies] with two or more frequencies, received {dims}.");
        }

        int length = dims[0].Size;
        int frequencies = dims[2].Size;
        double[] window = Scaled(length);
        return Fill(dims, dtype, i =>
        {
            // Whole turns are taken off before the angle is made, which would lose their digits.
            long turns = (long)(i / frequencies) * (i % frequencies) % (2 * (frequencies - 1));
            double angle = -Math.PI * turns / (frequencies - 1);
            return window[i / frequencies] * (Side == "real" ? Math.Cos(angle) : Math.Sin(angle));
        });
    }

    private double[] Scaled(int length)
    {
        if (Window is null)
        {
            return [.. Enumerable.Repeat(1.0, length)];
        }

        double period = Math.Max(1, Periodic ? length : length - 1);
        double[] window = [.. Enumerable.Range(0, length).Select(t => length == 1 ? 1 : Windows[Window](t / period))];
        double divisor = Scaling switch
        {
            "density" => Math.Sqrt(window.Sum(w => w * w)),
            "spectrum" => window.Sum(Math.Abs),
            _ => 1,
        };
        return [.. window.Select(w => w / divisor)];
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Text("side", Side);
        config.Text("window", Window);
        config.Boolean("periodic", Periodic);
        config.Text("scaling", Scaling);
    }

    internal static StftInitializer Read(ConfigReader config) => new(
        config.Text("side", "real"),
        config.IsNull("window") ? null : config.Text("window", "hann"),
        config.IsNull("scaling") ? null : config.Text("scaling", "density"),
        config.Boolean("periodic", false));
}
