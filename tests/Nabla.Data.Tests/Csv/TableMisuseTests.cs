namespace Nabla.Data.Tests.Csv;

/// <summary>Mistakes with tables: who, what was expected, what came, what to try.</summary>
public sealed class TableMisuseTests
{
    private static readonly Table Small = new([new TableColumn("width", [1.5]), new TableColumn("species", ["setosa"])]);

    [Fact]
    public void A_misspelt_column_is_offered_the_nearest() =>
        Says<ArgumentException>(() => Small["specis"], "Table 'table' column: expected one of 'width', 'species', received 'specis'. Did you mean 'species'?");

    [Fact]
    public void Texts_are_not_numbers() =>
        Says<InvalidOperationException>(() => Small["species"].NumberAt(0), "TableColumn 'species': expected numbers, but the column is Text. Read texts with TextAt.");

    [Fact]
    public void Infinity_is_no_value() =>
        Says<ArgumentException>(() => new TableColumn("x", [1, double.NegativeInfinity]), "TableColumn 'x': expected finite numbers, or NaN for a missing one; received infinity in row 2.");

    [Fact]
    public void Columns_need_names() => Says<ArgumentException>(() => new TableColumn(" ", [1.0]), "TableColumn: expected a name, received none.");

    [Fact]
    public void Columns_have_one_length() =>
        Says<ArgumentException>(() => new Table([new TableColumn("a", [1.0]), new TableColumn("b", [1.0, 2])]), "expected columns of one length, received 1 rows in 'a' and 2 in 'b'");

    [Fact]
    public void Columns_have_names_of_their_own() =>
        Says<ArgumentException>(() => new Table([new TableColumn("a", [1.0]), new TableColumn("a", [1.0])]), "expected a name of its own for each column, received 'a' twice");

    [Fact]
    public void A_table_has_columns() => Says<ArgumentException>(() => new Table([]), "Table 'table': expected at least one column, received none.");

    [Fact]
    public void A_letter_separates_nothing() =>
        Says<ArgumentException>(() => Small.Save(new MemoryStream(), 'x'), "expected a separator of comma, semicolon, tab, bar, blank or colon, received 'x'");

    [Fact]
    public void A_text_column_that_is_not_there_is_told() =>
        Says<ArgumentException>(() => CsvText.Read("zip,n\n1,2\n", null, "zipp"), "csv 'x.csv' column: expected one of 'zip', 'n', received 'zipp'. Did you mean 'zip'?");

    private static void Says<T>(Func<object?> misuse, string said)
        where T : Exception => Assert.Contains(said, Assert.Throws<T>(misuse).Message, StringComparison.Ordinal);

    private static void Says<T>(Action misuse, string said)
        where T : Exception => Assert.Contains(said, Assert.Throws<T>(misuse).Message, StringComparison.Ordinal);
}
