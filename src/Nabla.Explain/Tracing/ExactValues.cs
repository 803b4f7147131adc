namespace Nabla.Explain;

/// <summary>Values as a person computes them on paper: exact fractions, where a program has nothing but arithmetic.</summary>
internal static class ExactValues
{
    // Longer fractions say less than the decimal beside them.
    private const int LongestText = 40;

    // Denominators multiply: beyond this many nodes the digits would cost more than they tell.
    private const int LargestGraph = 500;

    /// <summary>The exact values of all nodes; null where the program leaves the fractions.</summary>
    public static Dictionary<Node, Value<Rational>>? Of(Graph graph, IReadOnlyDictionary<Node, Value<double>> given)
    {
        if (graph.Nodes.Length > LargestGraph || graph.Inputs.Any(i => given[i].Floats.Any(v => !double.IsFinite(v))))
        {
            return null;
        }

        try
        {
            return new Interpreter<Rational>(RationalNumbers.Readable).Trace(graph, [.. graph.Inputs.Select(i => Exact(given[i]))]);
        }
        catch (NotSupportedException)
        {
            return null; // a root or an exponential: there is no fraction
        }
    }

    public static Value<Rational> Exact(Value<double> value) => Value<Rational>.OfFloats(value.TensorType, Array.ConvertAll(value.Floats, Shortest));

    // What was typed as 1/3 came as a double: where its decimal uses up all digits, a fraction of small numbers that rounds to the very same double was meant.
    private static Rational Shortest(double value)
    {
        Rational written = Rational.FromDouble(value);
        if (written.Denominator < LongDecimal)
        {
            return written;
        }

        for (int denominator = 3; denominator <= LargestDenominator; denominator++)
        {
            double numerator = Math.Round(value * denominator);
            if (numerator / denominator == value && Math.Abs(numerator) < LongDecimal)
            {
                return new Rational((System.Numerics.BigInteger)numerator, denominator);
            }
        }

        return written;
    }

    // 0.1234567890123 is a decimal of somebody's; sixteen digits are a quotient's.
    private const long LongDecimal = 10_000_000_000_000;
    private const int LargestDenominator = 1000;

    /// <summary>The text of a fraction; null where it is no number or too long to read.</summary>
    public static string? Text(Rational value) => value.IsFinite && RationalText.Write(value) is { Length: <= LongestText } text ? text : null;
}
