using System.Globalization;

namespace Nabla.Data;

/// <summary>Divides samples into some to learn from and some to test with. Both parts come shuffled; together they are the whole, once each.</summary>
/// <example><code>
/// var (features, species) = Iris.Load();
/// DataSplit parts = Split.Stratified(features, species, testFraction: 0.2, seed: 1);   // 40 of each species to learn from, 10 to test with
/// </code></example>
public static class Split
{
    /// <summary>Keeps back a random share of the samples: round(count x fraction) of them, but at least one on each side.</summary>
    /// <param name="x">The features: one sample per row of the first axis.</param>
    /// <param name="y">The labels, as many rows as samples.</param>
    /// <param name="testFraction">The share kept back, between 0 and 1.</param>
    /// <param name="seed">The same seed gives the same division.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are fewer than two samples, or the fraction is not between 0 and 1.</exception>
    public static DataSplit Random(NDArray x, NDArray y, double testFraction = 0.2, int seed = 0)
    {
        int count = Check(nameof(Random), x, y, testFraction);
        if (count < 2)
        {
            throw new ArgumentException($"Split.Random: expected at least 2 samples, one for each side, received {count}.", nameof(x));
        }

        int[] order = Identity(count);
        new SeededRandom(seed).Shuffle(order);
        int test = Math.Clamp((int)Math.Round(count * testFraction), 1, count - 1);
        return Take(x, y, train: order.AsSpan(test), test: order.AsSpan(0, test));
    }

    /// <summary>
    /// Keeps back the same share of every class, to within one sample: together round(count x fraction) samples where that allows it, and of
    /// every class at least one on each side.
    /// </summary>
    /// <param name="x">The features: one sample per row of the first axis.</param>
    /// <param name="y">Class numbers (bool, or whole numbers of any width), [samples] or [samples, 1].</param>
    /// <param name="testFraction">The share kept back, between 0 and 1.</param>
    /// <param name="seed">The same seed gives the same division.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, there are no samples, a class has one sample only, the labels are no class numbers, or the fraction is not between 0 and 1.
    /// </exception>
    public static DataSplit Stratified(NDArray x, NDArray y, double testFraction = 0.2, int seed = 0)
    {
        int count = Check(nameof(Stratified), x, y, testFraction);
        long[] labels = ClassNumbers(y);
        var random = new SeededRandom(seed);
        int[] order = Identity(count);
        random.Shuffle(order);

        // Rows of each class in shuffled order; classes by number, so that the outcome does not depend on which comes first.
        var classes = new SortedDictionary<long, List<int>>();
        foreach (int row in order)
        {
            if (!classes.TryGetValue(labels[row], out List<int>? rows))
            {
                classes.Add(labels[row], rows = []);
            }

            rows.Add(row);
        }

        foreach ((long label, List<int> rows) in classes)
        {
            if (rows.Count < 2)
            {
                throw new ArgumentException(
                    $"Split.Stratified: expected at least 2 samples of every class, received 1 of class {label} (row {rows[0]}). Drop it, or use Split.Random.", nameof(y));
            }
        }

        int[] quotas = Quotas([.. classes.Values.Select(rows => rows.Count)], count, testFraction);
        var train = new List<int>(count);
        var test = new List<int>(count);
        foreach ((List<int> rows, int quota) in classes.Values.Zip(quotas))
        {
            test.AddRange(rows[..quota]);
            train.AddRange(rows[quota..]);
        }

        int[] trainRows = [.. train];
        int[] testRows = [.. test];
        random.Shuffle(trainRows);
        random.Shuffle(testRows);
        return Take(x, y, trainRows, testRows);
    }

    /// <summary>
    /// How many of each class are kept back: each share rounded down (but 1 to size - 1), then one more for the classes that lost most by
    /// it, until the total is what the fraction asks for.
    /// </summary>
    internal static int[] Quotas(int[] sizes, int count, double fraction)
    {
        var quotas = new int[sizes.Length];
        var lost = new double[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            double share = sizes[i] * fraction;
            quotas[i] = Math.Clamp((int)share, 1, sizes[i] - 1);
            lost[i] = share - quotas[i];
        }

        int missing = (int)Math.Round(count * fraction) - quotas.Sum();
        IEnumerable<int> takers = Enumerable.Range(0, sizes.Length)
            .Where(i => lost[i] > 0 && quotas[i] < sizes[i] - 1)
            .OrderByDescending(i => lost[i]).ThenBy(i => i);
        foreach (int i in takers.Take(Math.Max(0, missing)).ToArray())
        {
            quotas[i]++;
        }

        return quotas;
    }

    private static int Check(string who, NDArray x, NDArray y, double testFraction)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Rank == 0 || y.Rank == 0)
        {
            throw new ShapeException($"Split.{who}: expected samples along the first axis, received features {x.Type} and labels {y.Type}.");
        }

        int count = x.Dims[0].Size;
        if (count != y.Dims[0].Size)
        {
            throw new ShapeException($"Split.{who}: expected as many labels as samples, received {count} samples ({x.Type}) and {y.Dims[0].Size} labels ({y.Type}).");
        }

        if (count == 0)
        {
            throw new ArgumentException($"Split.{who}: expected samples, received none ({x.Type}).", nameof(x));
        }

        if (testFraction is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(testFraction),
                testFraction,
                string.Create(CultureInfo.InvariantCulture, $"Split.{who}: expected a test fraction between 0 and 1, such as 0.2."));
        }

        return count;
    }

    private static long[] ClassNumbers(NDArray y)
    {
        if (y.Count != y.Dims[0].Size)
        {
            throw new ShapeException($"Split.Stratified: expected one class number per sample, received {y.Type}. Take the ArgMax of one-hot labels, or use Split.Random.");
        }

        return y.DType switch
        {
            DType.Boolean => Widen<bool>(y, v => v ? 1 : 0),
            DType.Int8 => Widen<sbyte>(y, v => v),
            DType.Int16 => Widen<short>(y, v => v),
            DType.Int32 => Widen<int>(y, v => v),
            DType.Int64 => Widen<long>(y, v => v),
            DType.UInt8 => Widen<byte>(y, v => v),
            DType.UInt16 => Widen<ushort>(y, v => v),
            DType.UInt32 => Widen<uint>(y, v => v),
            DType.UInt64 => Widen<ulong>(y, v => unchecked((long)v)),
            _ => throw new ShapeException($"Split.Stratified: expected whole class numbers, received {y.Type}. Quantities have no classes to keep in proportion: use Split.Random."),
        };
    }

    private static long[] Widen<T>(NDArray y, Func<T, long> widen)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = y.AsSpan<T>();
        var labels = new long[values.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = widen(values[i]);
        }

        return labels;
    }

    private static int[] Identity(int count)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        return order;
    }

    private static DataSplit Take(NDArray x, NDArray y, ReadOnlySpan<int> train, ReadOnlySpan<int> test) =>
        new(Rows(x, train), Rows(y, train), Rows(x, test), Rows(y, test));

    // Rows are copied as bytes: any element type, one memory move each.
    private static NDArray Rows(NDArray source, ReadOnlySpan<int> rows)
    {
        NDArray result = NDArray.Zeros(source.DType, source.Dims.With(0, rows.Length));
        Span<byte> from = source.Bytes;
        Span<byte> to = result.Bytes;
        int bytes = source.Dims[1..].Count * source.DType.Size;
        for (int i = 0; i < rows.Length; i++)
        {
            from.Slice(rows[i] * bytes, bytes).CopyTo(to.Slice(i * bytes, bytes));
        }

        return result;
    }
}
