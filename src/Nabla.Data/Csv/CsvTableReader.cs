using CsvHelper;

namespace Nabla.Data;

/// <summary>Makes a table of a CSV file: one pass, and a second where a column turns out to be text after numbers were read from it.</summary>
/// <param name="name">The file's name, for errors.</param>
/// <param name="separator">What stands between cells; null finds out.</param>
/// <param name="text">The names of columns that are text whatever they hold.</param>
internal sealed class CsvTableReader(string name, char? separator, IReadOnlyCollection<string> text)
{
    /// <summary>As many columns as a spreadsheet has at most.</summary>
    public const int ColumnLimit = 16_384;

    /// <summary>The longest row, in bytes: a quote that is never closed cannot fill the memory.</summary>
    public const int RowLimit = 4 << 20;

    /// <summary>Reads the table.</summary>
    /// <param name="stream">The file; it must seek.</param>
    public Table Read(Stream stream)
    {
        long start = stream.Position;
        ColumnBuilder[] builders = Pass(stream, null);
        if (builders.Any(b => b.WordAfterNumbers is not null))
        {
            stream.Position = start;
            builders = Pass(stream, builders);
        }

        return new Table(builders.Select(b => b.Finish()), Path.GetFileNameWithoutExtension(name));
    }

    // In a second pass only the columns that need one are read.
    private ColumnBuilder[] Pass(Stream stream, ColumnBuilder[]? before)
    {
        Utf8Source source = new(stream, name);
        CsvReaderOptions options = new()
        {
            Separator = separator,
            HasHeader = false,
            Encoding = System.Text.Encoding.UTF8,
            TrimWhitespace = true,
            MaxRecordSize = RowLimit,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = record => throw Malformed(record, source),
        };
        using CsvReader csv = CsvReader.Create(source, options, leaveOpen: true);
        try
        {
            if (!csv.Read())
            {
                throw Error("expected a line of column names, received an empty file.");
            }

            string[] names = new HeaderRow(name, csv).Names;
            ColumnBuilder[] builders = before is null
                ? [.. names.Select(n => new ColumnBuilder(n, text.Contains(n)))]
                : [.. before.Select(b => b.WordAfterNumbers is null ? b : b.Restarted())];
            int[] wanted = [.. Enumerable.Range(0, builders.Length).Where(i => before is null || builders[i] != before[i])];
            while (csv.Read())
            {
                if (csv.FieldCount != names.Length)
                {
                    throw Ragged(csv, names.Length);
                }

                foreach (int column in wanted)
                {
                    builders[column].Add(csv.GetSpan(column), csv.LineNumber);
                }
            }

            return builders;
        }
        catch (CsvFormatException e)
        {
            throw Error($"row {Math.Max(0, e.RecordNumber - 1)}: expected at most {RowLimit >> 20} MiB in a row, received more. Was a quote opened and never closed?", e);
        }
    }

    private MalformedFileException Ragged(CsvReader csv, int expected)
    {
        long row = csv.RowNumber - 1;
        string advice = separator is null && expected == 1
            ? "The separator was found by looking at the first lines: if it is another, name it."
            : csv.FieldCount > expected
            ? csv.FieldCount == 1 + expected && csv.GetSpan(csv.FieldCount - 1).IsEmpty ? "The row ends with a separator; the first line does not." : "A text with a separator in it needs quotes around it."
            : "Is a value left out? An empty one still needs its separator.";
        return Error($"row {row} (line {csv.LineNumber}): expected {expected} cell{(expected == 1 ? "" : "s")}, as the first line has, with '{Shown(csv.Separator)}' between them; received {csv.FieldCount}. {advice}");
    }

    private MalformedFileException Malformed(CsvMalformedRecord record, Utf8Source source)
    {
        string what = record.Reason switch
        {
            CsvMalformedReason.UnterminatedQuote => "expected the quote that was opened to be closed, received the end of the file. Close it, or double it where it is part of the text: \"\"",
            CsvMalformedReason.StrayQuote => "expected quotes around a whole cell, received one inside it. Put the cell in quotes and double the one inside: \"5\"\" pipe\"",
            _ => "expected a separator after a closing quote, received text. Double a quote that is part of the text: \"say \"\"hi\"\"\"",
        };
        return new MalformedFileException(name, "csv", source.IsConverted ? null : record.ByteOffset + source.Skipped, $"line {record.LineNumber}: {what}.");
    }

    private MalformedFileException Error(string reason, Exception? cause = null) => new(name, "csv", null, reason, cause);

    private static string Shown(char separator) => separator == '\t' ? "tab" : separator.ToString();
}
