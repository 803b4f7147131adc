namespace Nabla;

/// <summary>
/// A random matrix whose columns (of a wide one, rows) have length <c>gain</c> and right angles between them; of more axes than two all but
/// the last are taken as one. Keeps the length of signals (Saxe et al. 2014).
/// </summary>
/// <param name="gain">The length.</param>
/// <param name="seed">Fixes the values; null takes the model's seed.</param>
/// <example><code>
/// NDArray q = new Orthogonal(seed: 1).Call([4, 4]);   // qᵀ·q is the identity
/// </code></example>
public sealed class Orthogonal(double gain = 1, int? seed = null) : Initializer(seed)
{
    /// <summary>The length of columns or rows.</summary>
    public double Gain { get; } = gain;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Fewer than two axes.</exception>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream)
    {
        if (dims.Rank < 2)
        {
            throw new ShapeException($"Orthogonal: expected dims of two or more axes, received {dims}. Use RandomNormal for a vector.");
        }

        int rows = dims[..^1].Count;
        int columns = dims[-1].Size;
        double[][] vectors = Vectors(Math.Min(rows, columns), Math.Max(rows, columns), stream);
        return Fill(dims, dtype, i => Gain * (rows < columns ? vectors[i / columns][i % columns] : vectors[i % columns][i / columns]));
    }

    /// <summary>
    /// The Q of the QR factorization of a matrix of normal numbers, R's diagonal positive (so that Q is spread evenly over all orthogonal
    /// matrices; Mezzadri 2007), by Gram and Schmidt's process: twice for each vector, after which it is orthogonal to rounding.
    /// </summary>
    private static double[][] Vectors(int count, int length, RandomStream stream)
    {
        var vectors = new double[count][];
        for (int i = 0; i < count; i++)
        {
            double[] vector = new double[length];
            for (int j = 0; j < length; j++)
            {
                vector[j] = stream.Normal(((long)i * length) + j);
            }

            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] other in vectors.AsSpan(0, i))
                {
                    Add(vector, other, -Dot(vector, other));
                }
            }

            double scale = 1 / Math.Sqrt(Dot(vector, vector));
            for (int j = 0; j < length; j++)
            {
                vector[j] *= scale;
            }

            vectors[i] = vector;
        }

        return vectors;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Add(double[] to, double[] other, double factor)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += factor * other[i];
        }
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("gain", Gain);
        config.Integer("seed", Seed);
    }

    internal static Orthogonal Read(ConfigReader config) => new(config.Number("gain", 1), config.Integer("seed", null));
}
