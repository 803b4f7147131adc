using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>Values and derivatives of graphs in double, by means that know nothing of derivative rules.</summary>
internal static class Numeric
{
    // A power of two, so that x + h is exact for the drawn values' exponents; near eps^(1/5), the best for five points (reliability 2.2).
    private const double Step = 1.0 / 2048;

    /// <summary>The outputs of a graph, interpreted in double.</summary>
    public static double[][] Run(Graph graph, params NDArray[] inputs) =>
        [.. Run(graph, DoubleNumbers.Instance, [.. inputs.Select(a => Value<double>.From(a, DoubleNumbers.Instance))])
            .Select(v => v.ToArray(DoubleNumbers.Instance).Doubles())];

    /// <summary>The outputs of a graph over a number type.</summary>
    public static Value<T>[] Run<T>(Graph graph, NumberSystem<T> math, Value<T>[] inputs) => [.. new Interpreter<T>(math).Run(graph, [.. inputs])];

    /// <summary>The derivative of a scalar of a graph's inputs with respect to each element of one of them, from five points.</summary>
    public static double[] Differences(Func<NDArray[], double> scalar, NDArray[] inputs, int with)
    {
        double[] x = inputs[with].Doubles();
        var result = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double At(int steps)
            {
                double[] moved = [.. x];
                moved[i] += steps * Step;
                NDArray[] all = [.. inputs];
                all[with] = NDArray.Create<double>(moved, inputs[with].Dims);
                return scalar(all);
            }

            result[i] = (8 * (At(1) - At(-1)) - (At(2) - At(-2))) / (12 * Step);
        }

        return result;
    }

    /// <summary>The sum of products.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Asserts |expected - actual| &lt;= absolute + relative · |expected|, element by element.</summary>
    public static void AssertClose(double[] expected, double[] actual, double relative, double absolute, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= absolute + relative * Math.Abs(expected[i]),
                $"{what}, element {i}: expected {expected[i]:R}, received {actual[i]:R}");
        }
    }

    /// <summary>Random directions for second-order checks.</summary>
    public static double[] Direction(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
    }
}
