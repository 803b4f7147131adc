using System.Text;

namespace Nabla.Data.Tests.Csv;

/// <summary>From a table to numbers for a model: the task found, a part held out, columns measured on the rest, everything said.</summary>
public sealed class PreparationTests
{
    // 40 rows: a number, a word of three, a number with gaps, dates, an id, nothing, always the same.
    private static Table Mixed(Func<int, string> target) => CsvText.Read(
        "size,colour,age,when,id,nothing,same,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
            FormattableString.Invariant($"{i * 0.5},{"red green blue".Split(' ')[i % 3]},{(i % 5 == 0 ? "" : $"{20 + i}")},2024-01-{1 + i % 28:00},{i + 1},,7,{target(i)}\n"))));

    private static PreparedTable Prepare(Func<int, string> target, TargetKind? task = null) => Mixed(target).Prepare("y", task, ["when", "id"]);

    [Fact]
    public void Every_column_is_told_of()
    {
        PreparedTable data = Prepare(i => $"{(i % 2 == 0 ? "no" : "yes")}");
        Assert.Equal(["size", "colour", "age", "when", "id", "nothing", "same", "y"], data.Columns.Select(c => c.Name));
        Assert.StartsWith("standardised: mean ", data.Columns[0].Done, StringComparison.Ordinal);
        Assert.Equal("one-hot: 3 categories (blue, green, red)", data.Columns[1].Done);
        Assert.EndsWith("; 8 missing, the mean stands in", data.Columns[2].Done, StringComparison.Ordinal);
        Assert.Equal(["ignored", "ignored", "left out: no values", "left out: 7 in every row", "target: 2 classes (no, yes)"], data.Columns.Skip(3).Select(c => c.Done));
        Assert.Equal(["size", "colour=blue", "colour=green", "colour=red", "age"], data.Schema.FeatureNames);
    }

    [Fact]
    public void Means_and_deviations_are_those_of_the_training_part()
    {
        PreparedTable data = Prepare(i => $"{i - 20.5}");
        Assert.Equal((32, 8), (data.Parts.XTrain.Dims[0].Size, data.Parts.XTest.Dims[0].Size));
        float[] train = data.Parts.XTrain.ToArray<float>();
        double[] size = [.. Enumerable.Range(0, 32).Select(r => (double)train[r * 5])];
        Assert.Equal(0, size.Average(), 1e-6);
        Assert.Equal(1, size.Average(v => v * v), 1e-5);
        float[] y = data.Parts.YTrain.ToArray<float>();
        Assert.Equal(0, y.Average(), 1e-6);
        Assert.Equal(1, y.Average(v => v * v), 1e-5);
    }

    [Fact]
    public void Numbers_never_below_0_are_divided_by_their_mean()
    {
        PreparedTable data = Prepare(i => FormattableString.Invariant($"{100 + 10.5 * i}"));
        Assert.Equal((TargetKind.NonNegative, 0), (data.Schema.Target.Kind, data.Schema.Target.Mean));
        Assert.Equal(1, data.Parts.YTrain.ToArray<float>().Average(), 1e-5);
        Assert.StartsWith("y: a number never below 0, so one relu output: mean squared error", data.Explanation, StringComparison.Ordinal);
    }

    public static TheoryData<string, TargetKind> Targets => new()
    {
        { "two words", TargetKind.Binary },
        { "three words", TargetKind.Classes },
        { "two numbers", TargetKind.Binary },
        { "class numbers", TargetKind.Classes },
        { "numbers of both signs", TargetKind.Real },
        { "numbers above 0", TargetKind.NonNegative },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_task_is_found(string target, TargetKind kind)
    {
        PreparedTable data = Prepare(i => target switch
        {
            "two words" => i % 2 == 0 ? "a" : "b",
            "three words" => "abc"[i % 3].ToString(),
            "two numbers" => $"{i % 2 * 5}",
            "class numbers" => $"{1 + i % 3}",
            "numbers of both signs" => $"{i - 20}",
            _ => $"{i}",
        });
        Assert.Equal(kind, data.Schema.Target.Kind);
    }

    [Fact]
    public void The_task_can_be_chosen()
    {
        Assert.Equal(TargetKind.Real, Prepare(i => $"{i}", TargetKind.Real).Schema.Target.Kind);
        Assert.Equal(["0", "2", "11"], Prepare(i => $"{new[] { 0, 11, 2 }[i % 3]}", TargetKind.Classes).Schema.Target.Classes);
        Assert.Equal(TargetKind.Real, Prepare(i => $"{i % 3}", TargetKind.Real).Schema.Target.Kind);
    }

    [Fact]
    public void Every_class_keeps_its_share_and_a_single_row_is_learned_from()
    {
        PreparedTable data = Prepare(i => i == 7 ? "rare" : i % 4 == 0 ? "few" : "many");
        Assert.Equal(["few", "many", "rare"], data.Schema.Target.Classes);
        int[] test = data.Parts.YTest.ToArray<int>();
        Assert.Equal((2, 6, 0), (test.Count(c => c == 0), test.Count(c => c == 1), test.Count(c => c == 2)));
        Assert.Contains(2, data.Parts.YTrain.ToArray<int>());
    }

    [Fact]
    public void Rows_without_a_target_are_left_out_and_counted()
    {
        PreparedTable data = Prepare(i => i % 10 == 3 ? "" : "ab"[i % 2].ToString());
        Assert.Equal(36, data.Parts.XTrain.Dims[0].Size + data.Parts.XTest.Dims[0].Size);
        Assert.Contains("4 rows without a value for 'y' left out", data.Notes);
    }

    [Fact]
    public void The_schema_makes_the_same_numbers_of_the_same_rows()
    {
        Table table = Mixed(i => "ab"[i % 2].ToString());
        PreparedTable data = table.Prepare("y", ignore: ["when", "id"]);
        Table reordered = new(table.Columns.Reverse());
        List<string> notes = [];
        float[] all = data.Schema.Encode(reordered, notes).ToArray<float>();
        float[] one = data.Schema.Encode([table.Row(13)]).ToArray<float>();
        Assert.Equal(all[(13 * 5)..(14 * 5)], one);
        Assert.StartsWith("'age' is missing in rows 1, 6, 11, 16, 21 and 3 more: the training mean ", Assert.Single(notes), StringComparison.Ordinal);
        (NDArray x, NDArray y) = data.Schema.EncodeWithTarget(table);
        Assert.Equal(all, x.ToArray<float>());
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i % 2), y.ToArray<int>());
    }

    [Fact]
    public void A_category_that_only_the_test_part_has_is_told()
    {
        // Twenty rows of rare colours: some of them fall into the test part alone.
        Table table = new([
            new TableColumn("colour", Enumerable.Range(0, 100).Select(i => i < 80 ? "red" : $"c{i}")),
            new TableColumn("x", Enumerable.Range(0, 100).Select(i => (double)i)),
            new TableColumn("y", Enumerable.Range(0, 100).Select(i => i % 2.0))]);
        PreparedTable data = table.Prepare("y");
        Assert.True(data.Schema.Columns[0].Width < 21);
        Assert.Contains(data.Notes, n => n.Contains("of the test part is in no category of the training part", StringComparison.Ordinal));
    }

    private static readonly Dictionary<string, (string Csv, string Target, string[] Ignore, TargetKind? Task, string[] Said)> Bad = new()
    {
        ["a misspelt target"] = ("x,species\n1,a\n", "specis", [], null, ["column: expected one of 'x', 'species', received 'specis'. Did you mean 'species'?"]),
        ["a misspelt ignore"] = ("x,species\n1,a\n", "species", ["y"], null, ["column: expected one of 'x', 'species', received 'y'"]),
        ["ignoring the target"] = (Rows("x,y", i => $"{i},{i}"), "y", ["y"], null, ["expected to ignore a column other than the target, received 'y' for both"]),
        ["dates"] = (Rows("when,x,y", i => $"2024-01-{1 + i:00},{i},{i % 2}"), "y", [], null, ["column 'when' of table 'x': expected numbers or categories, received dates such as '2024-01-01'. Turn them into numbers (a year, days since the first), or leave the column out: --ignore when"]),
        ["names"] = (Rows("name,x,y", i => $"person {i},{i},{i % 2}"), "y", [], null, ["column 'name'", "expected categories, received 20 different texts in 20 rows, as names and ids are. Leave the column out: --ignore name"]),
        ["ids"] = (Rows("customer_id,x,y", i => $"{1000 + i},{i % 7},{i % 2}"), "y", [], null, ["column 'customer_id'", "a different whole number in every row"]),
        ["an index without a name"] = (Rows(",x,y", i => $"{i},{i % 7},{i % 2}"), "y", [], null, ["column 'column_1'", "--ignore column_1"]),
        ["several at once"] = (Rows("id,when,x,y", i => $"{i},10:{10 + i},{i},{i % 2}"), "y", [], null, ["3 things do not fit", "--ignore id,when"]),
        ["too many categories"] = (string.Concat("word,y\n", string.Concat(Enumerable.Range(0, 200).Select(i => $"w{i % 60},{i % 2}\n"))), "y", [], null, ["expected at most 50 categories, received 60"]),
        ["decimal commas"] = (Rows("x;y", i => $"{i},5;{i % 2}"), "y", [], null, ["column 'x'", "expected numbers, received 20 that are written otherwise. Numbers are taken as programs write them: '0,5' is '0.5'.", "(--text x)"]),
        ["prices with their currency"] = (Rows("x;y", i => $"${i}.50;{i % 2}"), "y", [], null, ["'$0.50' is '0.5'"]),
        ["shares in percent"] = (Rows("x;y", i => $"{i} %;{i % 2}"), "y", [], null, ["'0 %' is '0'"]),
        ["thousands in threes"] = (Rows("x;y", i => $"{i + 1},500,000;{i % 2}"), "y", [], null, ["'1,500,000' is '1500000'"]),
        ["a target with decimal commas"] = (Rows("x;y", i => $"{i};1.00{i % 10},{i}"), "y", [], null, ["expected classes with several rows each", "'1.000,0' is '1000'"]),
        ["a repeated target with decimal commas"] = (Rows("x;y", i => $"{i};{i % 11},5") + Rows("", i => $"{i};{i % 11},5")[1..] + Rows("", i => $"{i};{i % 11},5")[1..], "y", [], null, ["received 11 numbers that are written otherwise. Numbers are taken as programs write them: '0,5' is '0.5'. Write them so, or choose classes."]),
        ["a target of numbers with a dash for none"] = (Rows("x;y", i => $"{i};{(i == 0 ? "-" : $"{i}.5")}"), "y", [], null, ["Most values are numbers, but '-' is none: correct it, or leave it empty."]),
        ["days as numbers"] = (Rows("x,y", i => $"202401{i + 1:00},{i % 2}"), "y", [], null, ["received days such as 20240101, whose differences mean nothing"]),
        ["months"] = (string.Concat("x,y\n", string.Concat(Enumerable.Range(0, 60).Select(i => $"2024-{1 + i % 12:00},{i % 2}\n"))), "y", [], null, ["received dates such as '2024-01'"]),
        ["days of the week with dates"] = (Rows("x;y", i => $"Mon, {i + 1:00} Jan 2024 10:00:00 GMT;{i % 2}"), "y", [], null, ["received dates such as 'Mon, 01 Jan 2024 10:00:00 GMT'"]),
        ["a number among which a word fell"] = (Rows("x,y", i => $"{(i == 7 ? "oops" : $"{i}.5")},{i % 2}"), "y", [], null, ["'oops' in row 8 (line 9) made the column text: if it should be numbers, correct that."]),
        ["a target of dates"] = (Rows("x,y", i => $"{i},2024-01-{1 + i:00}"), "y", [], null, ["target 'y': expected classes or a number, received dates such as '2024-01-01'"]),
        ["a target of names"] = (Rows("x,y", i => $"{i},person {i}"), "y", [], null, ["expected classes with several rows each, received 20 different values in 20 rows. Names and free text cannot be predicted."]),
        ["a target that never changes"] = (Rows("x,y", i => $"{i},5"), "y", [], null, ["expected values that differ, received '5' in every row. There is nothing to learn."]),
        ["a target without values"] = (Rows("x,y", i => $"{i},"), "y", [], null, ["expected at least 5 rows with a value", "received 0 (20 are missing)"]),
        ["one row"] = ("x,y\n1,2\n", "y", [], null, ["expected at least 5 rows with a value, so that a fifth can be held out; received 1"]),
        ["a header alone"] = ("x,y\n", "y", [], null, ["expected at least 5 rows with a value", "received 0"]),
        ["nothing to learn from"] = (Rows("x,y", i => $"1,{i}"), "y", [], null, ["expected a column to predict 'y' from, received none that can be used ('x' left out: 1 in every row; 'y' target: "]),
        ["words as quantities"] = (Rows("x,y", i => $"{i},{"ab"[i % 2]}"), "y", [], TargetKind.Real, ["expected numbers for a quantity, received text such as 'a'"]),
        ["numbers below 0 as never below 0"] = (Rows("x,y", i => $"{i},{i - 5}"), "y", [], TargetKind.NonNegative, ["expected numbers that are never below 0, received -5. Choose real."]),
        ["three values as two"] = (Rows("x,y", i => $"{i},{i % 3}"), "y", [], TargetKind.Binary, ["expected two different values, received 3. Choose classes, or real."]),
        ["quantities as classes"] = (Rows("x,y", i => $"{i},{i}.5"), "y", [], TargetKind.Classes, ["received 20 different values in 20 rows. Choose real."]),
    };

    public static TheoryData<string> BadNames => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void What_cannot_be_trained_on_is_told_with_what_to_do(string name)
    {
        (string csv, string target, string[] ignore, TargetKind? task, string[] said) = Bad[name];
        Exception error = Assert.ThrowsAny<ArgumentException>(() => CsvText.Read(csv).Prepare(target, task, ignore));
        Assert.All(said, s => Assert.Contains(s, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("12,5", "12.5")]
    [InlineData("-1.234,50", "-1234.5")]
    [InlineData("1,234.50", "1234.5")]
    [InlineData("1,234", "1234")]
    [InlineData("$12.30", "12.3")]
    [InlineData("-\u20AC1,5", "-1.5")]
    [InlineData("45%", "45")]
    [InlineData("1 234,5", "1234.5")]
    [InlineData("1\u202F234\u202F567", "1234567")]
    [InlineData("1'000'000", "1000000")]
    [InlineData("\u22125", "-5")]
    [InlineData("7", "7")]
    [InlineData("1.000.000", "1000000")]
    [InlineData("01.02.2024", null)]
    [InlineData("1.2.3", null)]
    [InlineData("2 3", null)]
    [InlineData("0,123,456", null)]
    [InlineData("10-20", null)]
    [InlineData("a,5", null)]
    [InlineData("%", null)]
    [InlineData("$", null)]
    [InlineData(",", null)]
    [InlineData("", null)]
    public void Numbers_as_people_write_them_are_known(string text, string? plain) => Assert.Equal(plain, WrittenNumber.Plain(text));

    [Fact]
    public void Few_numbers_written_otherwise_and_those_asked_for_as_text_are_categories()
    {
        string many = string.Concat("rate,y\n", string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 15}%,{i % 2}\n")));
        Assert.Equal(15, CsvText.Read(many, null, "rate").Prepare("y").Schema.Width);
        string few = string.Concat("rate,y\n", string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 3}%,{i % 2}\n")));
        Assert.Equal(3, CsvText.Read(few).Prepare("y").Schema.Width);
    }

    private static readonly Dictionary<string, (string Csv, string[] Said)> BadRows = new()
    {
        ["missing columns"] = ("colour,sise\nred,1\n", ["2 things do not fit", "expected a column 'size', as in training, received none. There is 'sise'", "expected a column 'age'", "The columns are 'colour', 'sise'"]),
        ["unknown categories"] = ("size,colour,age\n1,red,2\n1,Red,2\n1,pink,2\n", ["2 things do not fit", "row 2, 'colour': expected a category from training ('blue', 'green', 'red'; did you mean 'red'?), received 'Red'", "row 3, 'colour'", "received 'pink'"]),
        ["words for numbers"] = ("size,colour,age\nbig,red,2\n", ["row 1, 'size': expected a number, received 'big'"]),
    };

    public static TheoryData<string> BadRowNames => [.. BadRows.Keys];

    [Theory]
    [MemberData(nameof(BadRowNames))]
    public void Rows_that_do_not_fit_the_schema_are_told(string name)
    {
        Schema schema = Prepare(i => "ab"[i % 2].ToString()).Schema;
        ArgumentException error = Assert.Throws<ArgumentException>(() => schema.Encode(CsvText.Read(BadRows[name].Csv)));
        Assert.All(BadRows[name].Said, s => Assert.Contains(s, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Words_made_of_digits_stay_words_in_new_files()
    {
        string path = Path.Combine(Path.GetTempPath(), $"nabla-{Guid.NewGuid():N}.csv");
        try
        {
            Schema schema = new([SchemaColumn.Text("zip", ["007", "12"])], SchemaTarget.OfClasses("y", ["01", "02"]));
            File.WriteAllText(path, "zip,y\n007,02\n", Encoding.UTF8);
            (NDArray x, NDArray y) = schema.EncodeWithTarget(Table.Read(path, schema));
            Assert.Equal([1f, 0], x.ToArray<float>());
            Assert.Equal([1], y.ToArray<int>());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Rows(string header, Func<int, string> row) => header + "\n" + string.Concat(Enumerable.Range(0, 20).Select(i => row(i) + "\n"));
}
