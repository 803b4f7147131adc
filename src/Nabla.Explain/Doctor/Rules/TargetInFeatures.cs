namespace Nabla.Explain;

/// <summary>A column that is what shall be predicted: whoever has it needs no model, and who has not cannot use the model.</summary>
internal sealed class TargetInFeatures() : DataRule("target-in-features", "L118")
{
    // Of fewer rows a column may well agree by chance, or be a toy.
    private const int FewestRows = 10;
    private const double Rounding = 1e-9;

    private enum Likeness
    {
        None,
        Line,
        OneToOne,
        Equal,
    }

    /// <inheritdoc/>
    public override string About => $"A column that equals what shall be predicted, or has one value for each class, in {FewestRows} rows or more; a hint where a straight line gives the target to {Numerals.Of(Rounding)} of it and there are other columns.";

    public override IEnumerable<Advice> Check(TableFacts table)
    {
        foreach (ColumnFacts column in table.Columns.Where(c => c.IsUsed))
        {
            IEnumerable<(object Column, object Target)> pairs = column.Cells.Zip(table.Target.Cells).Where(p => p.First is not null && p.Second is not null).Select(p => (p.First!, p.Second!));
            if (2 * (table.Rows - column.Missing - table.Target.Missing) > table.Rows && Advise($"'{column.Name}'", pairs, table.Columns.Count(c => c.IsUsed) > 1, $"Leave the column out: --ignore {column.Name} (in code, ignore: [\"{column.Name}\"])") is { } advice)
            {
                yield return advice;
            }
        }
    }

    public override IEnumerable<Advice> Check(DataFacts data)
    {
        if (data.IsPicture || data.Y is not { } y || y.Rank == 0 || y.Count != data.Rows)
        {
            yield break;
        }

        double[] values = data.Sample;
        double[] labels = y.AsType(DType.Float64).ToArray<double>();
        for (int c = 0; c < data.Columns; c++)
        {
            int column = c;
            IEnumerable<(object, object)> pairs = Enumerable.Range(0, data.SampleRows).Select(r => ((object)values[(r * data.Columns) + column], (object)labels[(int)((long)r * data.Rows / data.SampleRows)]));
            if (Advise(data.Name(c), pairs, hasOthers: false, "Leave the column out") is { } advice)
            {
                yield return advice;
            }
        }
    }

    private Advice? Advise(string name, IEnumerable<(object Column, object Target)> pairs, bool hasOthers, string toDo)
    {
        // The first rows tell for nearly every column that it is none of these.
        (Likeness likeness, int rows) = Compare(pairs, hasOthers);
        return likeness switch
        {
            Likeness.Equal or Likeness.OneToOne => Finding(
                likeness == Likeness.Equal
                    ? $"{Capital(name)} equals the target in every row: a model learns to copy it, and what is measured says nothing about rows without it."
                    : $"{Capital(name)} has one value for each class of the target: it is the target in other words, and what is measured says nothing about rows without it.",
                $"{toDo}, unless it is known before the answer is.",
                ("rows in which it agrees", $"{Numerals.Count(rows)} of {Numerals.Count(rows)} (threshold: all of {FewestRows} or more)")),
            Likeness.Line => Hint(
                $"{Capital(name)} gives the target by a straight line, exactly, in every row: it may be the target in another unit.",
                $"{toDo}, unless it is known before the answer is.",
                ("largest distance from the line", $"below {Numerals.Of(Rounding)} of the target's size, in {Numerals.Count(rows)} rows")),
            _ => null,
        };
    }

    private static string Capital(string name) => name.StartsWith('\'') ? $"Column {name}" : $"{char.ToUpperInvariant(name[0])}{name[1..]}";

    private static (Likeness Likeness, int Rows) Compare(IEnumerable<(object Column, object Target)> pairs, bool hasOthers)
    {
        Dictionary<object, object> targetOf = [];
        Dictionary<object, object> columnOf = [];
        List<(double X, double Y)> line = [];
        (bool isEqual, bool isOneToOne, bool isLine, int rows) = (true, true, hasOthers, 0);
        foreach ((object column, object target) in pairs)
        {
            rows++;
            isEqual = isEqual && column.Equals(target);
            if (isOneToOne)
            {
                targetOf.TryAdd(column, target);
                columnOf.TryAdd(target, column);
                isOneToOne = targetOf[column].Equals(target) && columnOf[target].Equals(column);
            }

            if (isLine && column is double x && target is double y)
            {
                line.Add((x, y));
            }
            else
            {
                isLine = false;
            }

            if (!isEqual && !isOneToOne && !isLine)
            {
                return (Likeness.None, rows);
            }
        }

        if (rows < FewestRows || columnOf.Count < 2)
        {
            return (Likeness.None, rows);
        }

        // Of quantities every value is another: each has one of its own, whatever it is.
        return (isEqual ? Likeness.Equal : isOneToOne && 2 * columnOf.Count <= rows ? Likeness.OneToOne : isLine && IsStraight(line) ? Likeness.Line : Likeness.None, rows);
    }

    private static bool IsStraight(IReadOnlyList<(double X, double Y)> points)
    {
        (double x0, double y0) = points.MinBy(p => p.X);
        (double x1, double y1) = points.MaxBy(p => p.X);
        double size = points.Max(p => Math.Abs(p.Y));
        return x1 > x0 && points.All(p => Math.Abs(y0 + ((p.X - x0) / (x1 - x0) * (y1 - y0)) - p.Y) <= Rounding * size) && points.DistinctBy(p => p.X).Take(3).Count() == 3;
    }
}
