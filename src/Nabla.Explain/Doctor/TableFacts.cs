namespace Nabla.Explain;

/// <summary>What preparing a table did with a column.</summary>
internal enum ColumnFate
{
    /// <summary>Numbers: the mean taken off, divided by the deviation.</summary>
    Standardised,

    /// <summary>Categories: an input for each.</summary>
    OneHot,

    /// <summary>Left out, since nothing could be learned from it.</summary>
    LeftOut,

    /// <summary>Training on it would have been refused.</summary>
    Refused,

    /// <summary>Left out because somebody said so.</summary>
    Ignored,
}

/// <summary>A column as it lies in the file, and what became of it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Fate">What was done with it.</param>
/// <param name="Done">The same in words: why it was left out, or refused and what to do.</param>
/// <param name="Cells">Numbers as double, texts, and null for what is missing.</param>
internal sealed record ColumnFacts(string Name, ColumnFate Fate, string Done, IReadOnlyList<object?> Cells)
{
    /// <summary>The cells without a value.</summary>
    public int Missing { get; } = Cells.Count(c => c is null);

    /// <summary>Whether training would see it.</summary>
    public bool IsUsed => Fate is ColumnFate.Standardised or ColumnFate.OneHot;

    /// <summary>The value that all its cells have that have one; null where they differ, or none has.</summary>
    public object? OnlyValue => Cells.OfType<object>().Distinct().Take(2).ToArray() is [{ } one] ? one : null;

    /// <summary>The numbers among its cells.</summary>
    public double[] Numbers => [.. Cells.OfType<double>()];
}

/// <summary>A table as it lies in its file. Rules look at it, since preparing hides what they look for: scales, constant columns, empty cells.</summary>
/// <param name="Columns">Every column but the target.</param>
/// <param name="Target">The cells of the column to predict.</param>
/// <param name="TargetDone">What was made of the target.</param>
/// <param name="Parts">How many rows are learned from, and how many are measured with.</param>
internal sealed record TableFacts(IReadOnlyList<ColumnFacts> Columns, ColumnFacts Target, string TargetDone, (int Training, int Test) Parts)
{
    // Longer lists are read by nobody.
    private const int MostNames = 12;

    public int Rows => Target.Cells.Count;

    /// <summary>What was done to the columns before looking, a line for each thing.</summary>
    public IReadOnlyList<string> Notes =>
    [
        $"{Numerals.Count(Parts.Training)} rows to learn from, {Numerals.Count(Parts.Test)} to measure with",
        .. Line("standardised (mean taken off, divided by the deviation)", ColumnFate.Standardised, c => $"'{c.Name}'"),
        .. Line("one input for each category", ColumnFate.OneHot, c => $"'{c.Name}'"),
        .. Line("left out", ColumnFate.LeftOut, c => $"'{c.Name}' ({c.Done})"),
        .. Line("left out, for training would refuse it", ColumnFate.Refused, c => $"'{c.Name}'"),
        .. Line("ignored, as said", ColumnFate.Ignored, c => $"'{c.Name}'"),
        $"the target: '{Target.Name}', {TargetDone}",
    ];

    private IEnumerable<string> Line(string what, ColumnFate fate, Func<ColumnFacts, string> shown)
    {
        ColumnFacts[] all = [.. Columns.Where(c => c.Fate == fate)];
        if (all.Length > 0)
        {
            yield return $"{what}: {string.Join(", ", all.Take(MostNames).Select(shown))}{(all.Length > MostNames ? $" and {Numerals.Count(all.Length - MostNames)} more" : "")}";
        }
    }
}
