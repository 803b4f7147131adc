namespace Nabla.Data.Tests.Csv;

/// <summary>Writing any table and reading it gives the same values.</summary>
public sealed class TableWritingTests
{
    private const string Letters = "aZ09 ,;|\t\"\n\r'=+-@#.é名𝛁";

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void What_is_written_is_read_back(char separator)
    {
        Random random = new(separator);
        for (int trial = 0; trial < 500; trial++)
        {
            int rows = random.Next(0, 12);
            TableColumn[] columns = [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => Column(random, $"c{Word(random)}{i}", rows))];
            Table table = new(columns);
            using MemoryStream file = new();
            table.Save(file, separator);
            file.Position = 0;
            Table back = Table.Read(file, "t", separator, [.. columns.Where(c => c.DistinctTexts.Count > 0).Select(c => c.Name)]);
            Assert.Equal(columns.Select(c => c.Name), back.Columns.Select(c => c.Name));
            Assert.Equal(CsvText.Values(table), CsvText.Values(back));
            Assert.Equal(columns.Select(c => c.Kind), back.Columns.Select(c => c.Kind));
        }
    }

    [Fact]
    public void A_file_is_replaced_whole()
    {
        string path = Path.Combine(Path.GetTempPath(), $"nabla-{Guid.NewGuid():N}.csv");
        try
        {
            new Table([new TableColumn("a", [1.5, double.NaN])]).Save(path);
            Assert.Equal("a\n1.5\n\"\"\n", File.ReadAllText(path));
            Assert.Equal(2, Table.Read(path).RowCount);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static TableColumn Column(Random random, string name, int rows) => random.Next(2) == 0
        ? new TableColumn(name, Enumerable.Range(0, rows).Select(_ => random.Next(5) == 0 ? double.NaN : Number(random)))
        : new TableColumn(name, Enumerable.Range(0, rows).Select(_ => random.Next(5) == 0 ? null : Word(random)));

    private static double Number(Random random)
    {
        double any = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
        return random.Next(3) == 0 || !double.IsFinite(any) ? random.Next(-5, 5) : any;
    }

    // What stands for a missing value cannot be told from one.
    private static string Word(Random random)
    {
        string word;
        do
        {
            System.Text.Rune[] letters = [.. Letters.EnumerateRunes()];
            word = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => letters[random.Next(letters.Length)]));
        }
        while (CellText.IsMissing(word));
        return word;
    }
}
