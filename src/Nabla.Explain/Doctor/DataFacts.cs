using System.Globalization;

namespace Nabla.Explain;

/// <summary>Samples and labels as rules about data look at them.</summary>
/// <param name="x">The samples along the first axis.</param>
/// <param name="y">The labels; null where there are none.</param>
/// <param name="loss">What is made of the labels; null where nobody has said.</param>
internal sealed class DataFacts(NDArray x, NDArray? y, Loss? loss = null)
{
    // Enough rows to know a column by; of wide data fewer.
    private const int MostValues = 4_000_000;
    private const int MostRows = 5_000;

    private double[]? _values;
    private int[]? _classes;

    public NDArray X => x;

    public NDArray? Y => y;

    /// <summary>Samples that are kept apart to measure with; null where there are none.</summary>
    public NDArray? TestX { get; init; }

    /// <summary>What the columns are called; empty where nobody has said.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What the classes are called; empty where nobody has said.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Where the samples stand in the file that they come from, and those to measure with: rows from 1; null where they are counted from 0.</summary>
    public (IReadOnlyList<int> Training, IReadOnlyList<int> Test)? FileRows { get; init; }

    public int Rows => x.Dims[0].Size;

    /// <summary>The values of a sample.</summary>
    public int Columns => Math.Max(1, x.Dims[1..].Count);

    /// <summary>Whether a sample has axes of its own, or is made of bytes: pixels, not columns of a table.</summary>
    public bool IsPicture => x.Rank > 2 || x.DType == DType.UInt8;

    /// <summary>The rows of <see cref="Sample"/>.</summary>
    public int SampleRows => (int)Math.Clamp(Math.Min(MostRows, MostValues / Columns), 1, Rows);

    /// <summary>Rows spread evenly over all, [<see cref="SampleRows"/>, <see cref="Columns"/>].</summary>
    public double[] Sample => _values ??= Spread();

    /// <summary>The class of each sample, or empty where labels are not classes.</summary>
    public IReadOnlyList<int> Classes => _classes ??= FindClasses();

    /// <summary>What a column is called.</summary>
    public string Name(int column) => column < Names.Count ? $"'{Names[column]}'" : $"column {column}";

    /// <summary>What a sample is called: <c>row 0</c>, or where it stands in its file.</summary>
    public string Row(int row) => $"row {(FileRows is { } rows ? rows.Training[row] : row).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What a sample to measure with is called.</summary>
    public string TestRow(int row) => FileRows is { } rows ? $"row {rows.Test[row].ToString(CultureInfo.InvariantCulture)}" : $"test row {row.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What a class is called.</summary>
    public string Class(int label) => label >= 0 && label < ClassNames.Count ? $"class '{ClassNames[label]}'" : $"class {label.ToString(CultureInfo.InvariantCulture)}";

    private double[] Spread()
    {
        int rows = SampleRows;
        if (rows == Rows)
        {
            return x.AsType(DType.Float64).AsSpan<double>().ToArray();
        }

        var values = new double[rows * Columns];
        for (int i = 0; i < rows; i++)
        {
            x[(int)((long)i * Rows / rows)].AsType(DType.Float64).AsSpan<double>().CopyTo(values.AsSpan(i * Columns));
        }

        return values;
    }

    private int[] FindClasses()
    {
        if (y is null || y.Rank == 0 || y.Dims[0].Size != Rows)
        {
            return [];
        }

        int width = y.Dims[1..].Count;
        ReadOnlySpan<double> labels = y.AsType(DType.Float64).AsSpan<double>();
        if (loss is CategoricalCrossentropy && width > 1)
        {
            var best = new int[Rows];
            for (int row = 0; row < Rows; row++)
            {
                for (int k = 1; k < width; k++)
                {
                    best[row] = labels[(row * width) + k] > labels[(row * width) + best[row]] ? k : best[row];
                }
            }

            return best;
        }

        bool meansClasses = loss is null ? y.DType.IsInteger : loss.TakesClasses || loss is BinaryCrossentropy;
        if (!meansClasses || width != 1)
        {
            return [];
        }

        var classes = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            if (labels[row] != Math.Floor(labels[row]) || Math.Abs(labels[row]) > int.MaxValue)
            {
                return [];
            }

            classes[row] = (int)labels[row];
        }

        return classes;
    }
}
