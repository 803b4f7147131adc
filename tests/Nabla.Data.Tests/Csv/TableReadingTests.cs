using System.Globalization;
using System.Text;

namespace Nabla.Data.Tests.Csv;

/// <summary>What a CSV file's cells are taken for.</summary>
public sealed class TableReadingTests
{
    [Theory]
    [InlineData("a,b\n1,x\n2,y\n")]
    [InlineData("a;b\n1;x\n2;y\n")]
    [InlineData("a\tb\n1\tx\n2\ty\n")]
    [InlineData("a|b\n1|x\n2|y\n")]
    [InlineData("a,b\r\n1,x\r\n2,y")]
    [InlineData("a,b\r1,x\r2,y\r")]
    [InlineData("\uFEFFa,b\n1,x\n2,y\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"y\"\n")]
    [InlineData(" a , b \n 1 , x \n 2 , y \n")]
    [InlineData("sep=;\na;b\n1;x\n2;y\n")]
    [InlineData("a,b\n\n1,x\n\n\n2,y\n\n")]
    public void Separators_line_ends_marks_and_quotes_make_no_difference(string text)
    {
        Table table = CsvText.Read(text);
        Assert.Equal([["a", "b"]], [table.Columns.Select(c => c.Name).ToArray()]);
        Assert.Equal([[1.0, "x"], [2.0, "y"]], CsvText.Values(table));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void UTF_16_with_its_mark_is_read(bool bigEndian)
    {
        UnicodeEncoding utf16 = new(bigEndian, byteOrderMark: true);
        Table table = CsvText.Read([.. utf16.GetPreamble(), .. utf16.GetBytes("größe;art\n1.5;größer 𝛁\n")]);
        Assert.Equal([[1.5, "größer 𝛁"]], CsvText.Values(table));
    }

    [Fact]
    public void UTF_16_longer_than_a_chunk_is_read()
    {
        string text = "name\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"é𝛁{i}\n"));
        Table table = CsvText.Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]);
        Assert.Equal(30_000, table.RowCount);
        Assert.Equal("é𝛁29999", table["name"][29_999]);
    }

    [Fact]
    public void Characters_across_chunks_are_whole()
    {
        for (int shift = 0; shift < 4; shift++)
        {
            string text = new string('x', shift + 1) + "\n" + string.Concat(Enumerable.Repeat("𝛁", 40_000).Chunk(100).Select(c => string.Concat(c) + "\n"));
            Table table = CsvText.Read(text);
            Assert.Equal(400, table.RowCount);
            Assert.Equal(string.Concat(Enumerable.Repeat("𝛁", 100)), Assert.Single(table.Columns[0].DistinctTexts));
        }
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("-1.5", -1.5)]
    [InlineData("+2", 2)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("1e3", 1000)]
    [InlineData("1.5E-3", 0.0015)]
    [InlineData("007", 7)]
    [InlineData("0.1", 0.1)]
    [InlineData("-0", -0.0)]
    [InlineData("179769313486231570000e288", double.MaxValue)]
    public void Numbers_are_read_as_programs_write_them(string cell, double value)
    {
        Table table = CsvText.Read($"a,b\n{cell},x\n");
        Assert.Equal(ColumnKind.Number, table["a"].Kind);
        Assert.Equal(value, table["a"].NumberAt(0));
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("0x1F")]
    [InlineData("1_000")]
    [InlineData("1 000")]
    [InlineData("$5")]
    [InlineData("5%")]
    [InlineData("1e400")]
    [InlineData("Infinity")]
    [InlineData("=1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("١")]
    [InlineData("true")]
    public void Anything_else_is_text(string cell)
    {
        Table table = CsvText.Read($"a;b\n{cell};1\n", ';');
        Assert.Equal(ColumnKind.Text, table["a"].Kind);
        Assert.Equal(cell, table["a"][0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("NA")]
    [InlineData("n/a")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("?")]
    [InlineData("\"\"")]
    public void Missing_values_are_told_in_many_words(string cell)
    {
        Table table = CsvText.Read($"a,b\n{cell},{cell}\n1,x\n");
        Assert.Equal([[null, null], [1.0, "x"]], CsvText.Values(table));
        Assert.Equal((1, 1), (table["a"].MissingCount, table["b"].MissingCount));
        Assert.True(double.IsNaN(table["a"].NumberAt(0)));
    }

    [Fact]
    public void A_word_among_numbers_makes_the_column_text_and_the_numbers_keep_their_digits()
    {
        Table table = CsvText.Read("zip,n\n007,1\n,2\n1.0,3\nunknown,4\n12,5\n");
        Assert.Equal(["007", null, "1.0", "unknown", "12"], Enumerable.Range(0, 5).Select(i => table["zip"][i]));
        Assert.Equal("'unknown' in row 4 (line 5)", table["zip"].FirstText);
        Assert.Equal([1.0, 2, 3, 4, 5], Enumerable.Range(0, 5).Select(table["n"].NumberAt));
        Assert.Contains("text since 'unknown' in row 4 (line 5)", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_can_be_said_to_be_text()
    {
        Table table = CsvText.Read("zip,n\n007,1\n12,2\n", null, "zip");
        Assert.Equal(["007", "12"], table["zip"].DistinctTexts);
    }

    [Theory]
    [InlineData("2024-01-31")]
    [InlineData("2024-01-31T10:20:30")]
    [InlineData("2024-01-31T10:20:30.123Z")]
    [InlineData("2024-01-31 10:20:30 +02:00")]
    [InlineData("31.01.2024")]
    [InlineData("1/31/2024")]
    [InlineData("31/1/24")]
    [InlineData("31 Jan 2024")]
    [InlineData("January 31, 2024")]
    [InlineData("10:30")]
    [InlineData("31.1.2024 10:30")]
    public void Dates_and_times_are_told_apart(string cell) => Assert.Equal(ColumnKind.Date, CsvText.Read($"a;b\n{cell};1\n", ';')["a"].Kind);

    [Theory]
    [InlineData("May")]
    [InlineData("10-12")]
    [InlineData("3/4")]
    [InlineData("2024-Q1")]
    [InlineData("1.2.3")]
    [InlineData("day 1")]
    public void What_only_resembles_a_date_is_text(string cell) => Assert.Equal(ColumnKind.Text, CsvText.Read($"a;b\n{cell};1\n", ';')["a"].Kind);

    [Fact]
    public void A_column_of_dates_with_a_word_is_text() => Assert.Equal(ColumnKind.Text, CsvText.Read("a\n2024-01-31\nsoon\n")["a"].Kind);

    [Fact]
    public void Quoted_cells_hold_separators_quotes_and_line_breaks()
    {
        Table table = CsvText.Read("a,b\n\"x, \"\"y\"\"\nz\",1\n\" padded \",2\n");
        Assert.Equal([["x, \"y\"\nz", 1.0], [" padded ", 2.0]], CsvText.Values(table));
    }

    [Fact]
    public void A_table_tells_what_its_columns_are()
    {
        Table table = CsvText.Read("width,species,when,nothing\n1.5,setosa,2024-01-31,\n,versicolor,2024-02-01,\n2.5,setosa,,\n");
        Assert.Equal(
            """
            x: 3 rows
              width    Number  from 1.5 to 2.5; 1 missing
              species  Text    2 different: setosa, versicolor
              when     Date    2 different: 2024-01-31, 2024-02-01; 1 missing
              nothing  Empty   no values

            """,
            table.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    public void The_country_makes_no_difference(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Table table = CsvText.Read("a,b,c\n-1.5,INF,1.234\n2,inf,5\n");
            Assert.Equal([[-1.5, "INF", 1.234], [2.0, "inf", 5.0]], CsvText.Values(table));
            Assert.Contains("from -1.5 to 2", table.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read()
    {
        using MemoryStream bytes = new("zip\n1\n2\nx\n"u8.ToArray());
        using System.IO.Compression.BrotliStream stream = Compressed(bytes);
        Assert.Equal(["1", "2", "x"], Table.Read(stream)["zip"].DistinctTexts);
    }

    private static System.IO.Compression.BrotliStream Compressed(Stream content)
    {
        MemoryStream packed = new();
        using (System.IO.Compression.BrotliStream compressor = new(packed, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            content.CopyTo(compressor);
        }

        packed.Position = 0;
        return new System.IO.Compression.BrotliStream(packed, System.IO.Compression.CompressionMode.Decompress);
    }

    [Fact]
    public void A_header_alone_is_a_table_without_rows()
    {
        Table table = CsvText.Read("a,b\n");
        Assert.Equal((0, 2), (table.RowCount, table.Columns.Count));
    }
}
