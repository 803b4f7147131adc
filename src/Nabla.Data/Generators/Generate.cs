namespace Nabla.Data;

/// <summary>
/// Small data sets made from a formula and a seed: the same seed gives the same bits on every machine.
/// Classification sets have features float32 [samples, 2] and labels int32 [samples]; quantities have features and targets float32 [samples, 1].
/// </summary>
/// <example><code>
/// var (points, arms) = Generate.Spirals(samples: 300, classes: 3, seed: 1);   // float32[300,2], int32[300]
/// var (roasts, good) = Generate.CoffeeRoasting();
/// </code></example>
public static class Generate
{
    private static readonly Attribution Made = new("Generated", "CC0 1.0", "Nabla.Data", "A formula and a seed.");

    /// <summary>
    /// The lectures' coffee roasts: temperature 150 to 285 degrees Celsius and duration 11.5 to 15.5 minutes. A roast is good (1) inside
    /// the triangle 175 &lt; temperature &lt; 260, 12 &lt; duration &lt; 15, duration &lt;= 21 - 3/85 temperature: neither raw nor burnt.
    /// </summary>
    /// <param name="samples">The number of roasts; 1 or more.</param>
    /// <param name="seed">The same seed gives the same roasts.</param>
    public static DataSet CoffeeRoasting(int samples = 200, int seed = 0)
    {
        AtLeast(nameof(CoffeeRoasting), nameof(samples), samples, 1);
        var random = new SeededRandom(seed);
        return Classes("coffee_roasting", ["bad roast", "good roast"], ["temperature (C)", "duration (min)"], samples, (_, x) =>
        {
            double temperature = random.NextDouble(150, 285);
            double duration = random.NextDouble(11.5, 15.5);
            (x[0], x[1]) = ((float)temperature, (float)duration);
            return IsGoodRoast(x[0], x[1]) ? 1 : 0;
        });
    }

    /// <summary>Round clouds of points about centres drawn from the square (the cube, ...) -10..10; class i % classes for sample i.</summary>
    /// <param name="samples">The number of points; at least one for each class.</param>
    /// <param name="classes">The number of clouds; 1 or more.</param>
    /// <param name="features">The number of coordinates; 1 or more. X is [samples, features].</param>
    /// <param name="spread">The standard deviation of each coordinate about its centre; 0 or more.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    public static DataSet Blobs(int samples = 300, int classes = 3, int features = 2, double spread = 1.0, int seed = 0)
    {
        AtLeast(nameof(Blobs), nameof(classes), classes, 1);
        AtLeast(nameof(Blobs), nameof(features), features, 1);
        AtLeast(nameof(Blobs), nameof(samples), samples, classes);
        NotNegative(nameof(Blobs), nameof(spread), spread);
        var random = new SeededRandom(seed);
        var centres = new double[classes * features];
        for (int i = 0; i < centres.Length; i++)
        {
            centres[i] = random.NextDouble(-10, 10);
        }

        return Classes("blobs", Numbered("blob", classes), Numbered("x", features), samples, (i, x) =>
        {
            int label = i % classes;
            for (int f = 0; f < features; f++)
            {
                x[f] = (float)(centres[label * features + f] + spread * random.NextNormal());
            }

            return label;
        });
    }

    /// <summary>Two half circles of radius 1 that reach into each other: the upper about (0, 0), the lower about (1, 0.5).</summary>
    /// <param name="samples">The number of points, alternating between the moons; 2 or more.</param>
    /// <param name="noise">The standard deviation added to each coordinate; 0 or more.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    public static DataSet Moons(int samples = 200, double noise = 0.1, int seed = 0)
    {
        AtLeast(nameof(Moons), nameof(samples), samples, 2);
        return Plane("moons", nameof(Moons), ["upper moon", "lower moon"], samples, noise, seed, (label, u) =>
        {
            double cos = PortableMath.CosTurns(u / 2);
            double sin = PortableMath.SinTurns(u / 2);
            return label == 0 ? (cos, sin) : (1 - cos, 0.5 - sin);
        });
    }

    /// <summary>Two circles about the origin: radius 1 and radius <paramref name="factor"/>.</summary>
    /// <param name="samples">The number of points, alternating between the circles; 2 or more.</param>
    /// <param name="factor">The radius of the inner circle, between 0 and 1.</param>
    /// <param name="noise">The standard deviation added to each coordinate; 0 or more.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    public static DataSet Circles(int samples = 200, double factor = 0.5, double noise = 0.05, int seed = 0)
    {
        AtLeast(nameof(Circles), nameof(samples), samples, 2);
        if (factor is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "Generate.Circles: expected an inner radius between 0 and 1.");
        }

        return Plane("circles", nameof(Circles), ["outer circle", "inner circle"], samples, noise, seed, (label, u) =>
        {
            double radius = label == 0 ? 1 : factor;
            return (radius * PortableMath.CosTurns(u), radius * PortableMath.SinTurns(u));
        });
    }

    /// <summary>Spiral arms that wind from the centre out to radius 1, turned against each other.</summary>
    /// <param name="samples">The number of points, going round the arms; at least one for each.</param>
    /// <param name="classes">The number of arms; 1 or more.</param>
    /// <param name="turns">How many times an arm winds round the centre.</param>
    /// <param name="noise">The standard deviation added to each coordinate; 0 or more.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    public static DataSet Spirals(int samples = 300, int classes = 2, double turns = 1.5, double noise = 0.02, int seed = 0)
    {
        AtLeast(nameof(Spirals), nameof(classes), classes, 1);
        AtLeast(nameof(Spirals), nameof(samples), samples, classes);
        if (!(Math.Abs(turns) <= 1000))
        {
            throw new ArgumentOutOfRangeException(nameof(turns), turns, "Generate.Spirals: expected -1000 to 1000 turns.");
        }

        return Plane("spirals", nameof(Spirals), Numbered("arm", classes), samples, noise, seed, (label, u) =>
        {
            double angle = turns * u + (double)label / classes;
            return (u * PortableMath.CosTurns(angle), u * PortableMath.SinTurns(angle));
        });
    }

    /// <summary>A noisy straight line: y = slope x + intercept + noise, x evenly random from -1 to 1.</summary>
    /// <param name="samples">The number of points; 1 or more.</param>
    /// <param name="slope">What y gains per unit of x.</param>
    /// <param name="intercept">y at x = 0.</param>
    /// <param name="noise">The standard deviation added to y; 0 or more.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    public static DataSet Linear(int samples = 100, double slope = 2, double intercept = 1, double noise = 0.1, int seed = 0) =>
        Curve("linear", nameof(Linear), samples, noise, seed, u =>
        {
            double x = 2 * u - 1;
            return (x, slope * x + intercept);
        });

    /// <summary>A noisy sine: y = sin x + noise, x evenly random from -pi to pi.</summary>
    /// <param name="samples">The number of points; 1 or more.</param>
    /// <param name="noise">The standard deviation added to y; 0 or more.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    public static DataSet Sine(int samples = 200, double noise = 0.1, int seed = 0) =>
        Curve("sine", nameof(Sine), samples, noise, seed, u => ((u - 0.5) * Math.Tau, PortableMath.SinTurns(u - 0.5)));

    /// <summary>The lectures' rule, on the float32 values that the model sees.</summary>
    internal static bool IsGoodRoast(double temperature, double duration) =>
        temperature is > 175 and < 260 && duration is > 12 and < 15 && duration <= 21 - 3.0 / (260 - 175) * temperature;

    // Fills X row by row; the writer returns the row's label.
    private static DataSet Classes(string name, string[] classNames, string[] featureNames, int samples, Func<int, float[], int> write)
    {
        int features = featureNames.Length;
        var x = new float[checked(samples * features)];
        var y = new int[samples];
        var row = new float[features];
        for (int i = 0; i < samples; i++)
        {
            y[i] = write(i, row);
            row.CopyTo(x, i * features);
        }

        return new DataSet
        {
            Name = name,
            X = NDArray.Wrap(x, [samples, features]),
            Y = NDArray.Wrap(y, [samples]),
            ClassNames = classNames,
            FeatureNames = featureNames,
            Attribution = Made,
        };
    }

    // Classes take turns; each walks its curve at even steps u, from 0 up to but not including 1.
    private static DataSet Plane(string name, string who, string[] classNames, int samples, double noise, int seed, Func<int, double, (double X, double Y)> curve)
    {
        NotNegative(who, nameof(noise), noise);
        var random = new SeededRandom(seed);
        int classes = classNames.Length;
        return Classes(name, classNames, ["x0", "x1"], samples, (i, row) =>
        {
            int label = i % classes;
            int ofThisClass = (samples - label + classes - 1) / classes;
            (double x, double y) = curve(label, (double)(i / classes) / ofThisClass);
            row[0] = (float)(x + noise * random.NextNormal());
            row[1] = (float)(y + noise * random.NextNormal());
            return label;
        });
    }

    private static DataSet Curve(string name, string who, int samples, double noise, int seed, Func<double, (double X, double Y)> curve)
    {
        AtLeast(who, nameof(samples), samples, 1);
        NotNegative(who, nameof(noise), noise);
        var random = new SeededRandom(seed);
        var xs = new float[samples];
        var ys = new float[samples];
        for (int i = 0; i < samples; i++)
        {
            (double x, double y) = curve(random.NextDouble());
            (xs[i], ys[i]) = ((float)x, (float)(y + noise * random.NextNormal()));
        }

        return new DataSet
        {
            Name = name,
            X = NDArray.Wrap(xs, [samples, 1]),
            Y = NDArray.Wrap(ys, [samples, 1]),
            FeatureNames = ["x"],
            Attribution = Made,
        };
    }

    private static string[] Numbered(string word, int count) => [.. Enumerable.Range(0, count).Select(i => $"{word}{i}")];

    private static void AtLeast(string who, string parameter, int value, int least)
    {
        if (value < least)
        {
            throw new ArgumentOutOfRangeException(parameter, value, $"Generate.{who}: expected at least {least}.");
        }
    }

    private static void NotNegative(string who, string parameter, double value)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(parameter, value, $"Generate.{who}: expected a finite number of 0 or more.");
        }
    }
}
