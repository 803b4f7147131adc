namespace Nabla.Cli.Tests.Commands;

/// <summary>What the doctor prints, leaves and exits with.</summary>
public sealed class DoctorTests
{
    [Fact]
    public void A_healthy_model_leaves_0_and_nothing_found()
    {
        using Workplace work = new();
        string model = work["iris.nabla"];
        Assert.Equal(0, Workplace.Run("train", "iris", "--epochs", "30", "--out", model).Code);
        Outcome outcome = Workplace.Run("doctor", model, "iris", "--json", work["found.json"]);
        Assert.True(outcome.Code == 0, outcome.Output + outcome.Error);
        Assert.Contains("no findings", outcome.Lines[0], StringComparison.Ordinal);
        Assert.True(work.Json("found.json").GetProperty("healthy").GetBoolean());
        Assert.All(outcome.Output, c => Assert.True(c < 128));
    }

    [Fact]
    public void A_sick_model_leaves_1_and_its_findings()
    {
        using Workplace work = new();
        Sequential sick = new([new InputLayer(4), new Dense(5, name: "first"), new Dense(3, "softmax", name: "second")], seed: 1);
        sick.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        sick.Save(work["sick.nabla"]);
        Outcome outcome = Workplace.Run("doctor", work["sick.nabla"], "iris", "--json", work["found.json"]);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("2 findings", outcome.Lines[0], StringComparison.Ordinal);
        Assert.Contains("FINDING  output-and-loss (L15)", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("FINDING  linear-stack (L26)", outcome.Output, StringComparison.Ordinal);
        Assert.All(outcome.Lines, line => Assert.True(line.Length <= 100, line));
        Assert.Equal(2, work.Json("found.json").GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public void Data_alone_are_looked_over()
    {
        using Workplace work = new();
        Outcome healthy = Workplace.Run("doctor", "iris");
        Assert.True(healthy.Code == 0, healthy.Output + healthy.Error);
        Outcome wide = Workplace.Run("doctor", "wine");
        Assert.Equal(1, wide.Code);
        Assert.Contains("unscaled-features", wide.Output, StringComparison.Ordinal);
        Assert.Contains("'proline'", wide.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_is_looked_over_by_its_target()
    {
        using Workplace work = new();
        IEnumerable<string> rows = Enumerable.Range(0, 400).Select(i => $"{i % 17},{i % 5},{(i == 7 || i == 8 ? "rare" : "often")}");
        File.WriteAllLines(work["rows.csv"], ["a,b,kind", .. rows]);
        Outcome outcome = Workplace.Run("doctor", "--data", work["rows.csv"], "--target", "kind");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("class-imbalance", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_a_table_and_its_table_are_looked_over_together()
    {
        using Workplace work = new();
        IEnumerable<string> rows = Enumerable.Range(0, 200).Select(i => $"{i % 17},{i % 5},{(i % 17 > 8 ? "many" : "few")}");
        File.WriteAllLines(work["rows.csv"], ["a,b,kind", .. rows]);
        Assert.Equal(0, Workplace.Run("train", work["rows.csv"], "--target", "kind", "--epochs", "20", "--out", work["rows.nabla"]).Code);
        Outcome outcome = Workplace.Run("doctor", work["rows.nabla"], work["rows.csv"]);
        Assert.True(outcome.Code == 0, outcome.Output + outcome.Error);
    }

    [Theory]
    [InlineData("doctor", "expected a model and its data, or data alone")]
    [InlineData("doctor nothing.nabla", "expected the data that 'nothing.nabla' learns from")]
    [InlineData("doctor --jsn x iris", "--json")]
    [InlineData("doctor irs", "Did you mean 'iris'?")]
    public void Wrong_words_are_told_what_to_type(string words, string expected)
    {
        Outcome outcome = Workplace.Run(words.Split(' '));
        Assert.Equal(2, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }

    // 1 would say that something was found.
    [Theory]
    [InlineData("one.csv --target kind", "expected at least 5 rows with a value, so that a fifth can be held out; received 1")]
    [InlineData("none.csv --target kind", "received 0. Bring more rows")]
    [InlineData("rows.csv --target colour", "expected one of a, b, kind, received 'colour'")]
    [InlineData("rows.csv", "expected the column to predict, received none. The columns of rows are a, b, kind")]
    [InlineData("missing.csv --target kind", "Expected a file to read, found none at")]
    [InlineData("missing.nabla iris", "there is no file")]
    [InlineData("broken.nabla iris", "broken.nabla")]
    [InlineData("iris wine", "received 'iris wine'")]
    public void What_cannot_be_looked_at_leaves_2_and_says_why(string words, string expected)
    {
        using Workplace work = new();
        File.WriteAllText(work["one.csv"], "a,b,kind\n1,2,x\n");
        File.WriteAllText(work["none.csv"], "a,b,kind\n");
        File.WriteAllText(work["rows.csv"], "a,b,kind\n1,2,x\n3,4,y\n5,6,x\n2,2,y\n1,7,x\n6,2,y\n");
        File.WriteAllText(work["broken.nabla"], "no model");
        string[] said = [.. words.Split(' ').Select(w => Path.HasExtension(w) ? work[w] : w)];
        Outcome outcome = Workplace.Run(["doctor", .. said]);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_the_model_cannot_give_are_a_finding()
    {
        using Workplace work = new();
        Sequential two = new([new InputLayer(4), new Dense(5, "relu"), new Dense(2)], seed: 1);
        two.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        two.Save(work["two.nabla"]);
        Outcome outcome = Workplace.Run("doctor", work["two.nabla"], "iris");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("FINDING  ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("labels", outcome.Output, StringComparison.Ordinal);
    }

    // Each column but the first two is ill in its own way, and has a twin that is well.
    [Fact]
    public void Columns_of_a_table_are_told_what_is_wrong_with_them_and_what_was_done()
    {
        using Workplace work = new();
        IEnumerable<string> Rows(bool isIll) => Enumerable.Range(0, 120).Select(i => string.Join(
            ',',
            (i * 7) % 11,
            ((i * 5) % 13) * (isIll ? 100_000 : 1),
            isIll ? 7 : 7 + (i % 2),
            isIll && i % 3 > 0 ? "NaN" : (i * 3) % 17,
            isIll ? $"Name {i}" : $"Kind {i % 4}",
            isIll ? Answer(i) == "yes" ? 1 : 0 : i % 2,
            Answer(i)));
        static string Answer(int i) => (i * 7) % 11 > 4 ? "yes" : "no";
        File.WriteAllLines(work["ill.csv"], ["a,wide,same,gaps,name,leak,answer", .. Rows(isIll: true)]);
        File.WriteAllLines(work["well.csv"], ["a,wide,same,gaps,name,leak,answer", .. Rows(isIll: false)]);

        Outcome ill = Workplace.Run("doctor", "--data", work["ill.csv"], "--target", "answer", "--json", work["found.json"]);
        Assert.Equal(1, ill.Code);
        string[] findings = [.. work.Json("found.json").GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("rule").GetString()!)];
        Assert.Equal(["constant-feature", "missing-values", "target-in-features", "unusable-column"], findings.Order(StringComparer.Ordinal));
        Assert.Equal("unscaled-features", work.Json("found.json").GetProperty("hints")[0].GetProperty("rule").GetString());
        string text = string.Join(' ', ill.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("- standardised (mean taken off, divided by the deviation): 'a', 'wide', 'gaps', 'leak'", text, StringComparison.Ordinal);
        Assert.Contains("- left out: 'same' (7 in every row)", text, StringComparison.Ordinal);
        Assert.Contains("- the target: 'answer', 2 classes (no, yes)", text, StringComparison.Ordinal);
        Assert.Contains("the same value in every row: 'same' = 7.", text, StringComparison.Ordinal);
        Assert.Contains("'gaps' in 80 of 120 rows", text, StringComparison.Ordinal);
        Assert.Contains("Column 'name' cannot be learned from: expected categories, received 120 different texts in 120 rows", text, StringComparison.Ordinal);
        Assert.Contains("Column 'leak' has one value for each class of the target", text, StringComparison.Ordinal);
        Assert.Contains("'wide' spreads over", text, StringComparison.Ordinal);
        Assert.Equal(5, work.Json("found.json").GetProperty("notes").GetArrayLength());

        // What is said to be left out is not looked at.
        Outcome without = Workplace.Run("doctor", work["ill.csv"], "--target", "answer", "--ignore", "same,gaps,name,leak");
        Assert.True(without.Code == 0, without.Output);
        Assert.Contains("ignored, as said: 'same', 'gaps', 'name', 'leak'", without.Output, StringComparison.Ordinal);

        Outcome well = Workplace.Run("doctor", work["well.csv"], "--target", "answer");
        Assert.True(well.Code == 0, well.Output);
        Assert.StartsWith("well: no findings\n", well.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iris")]
    [InlineData("wine")]
    [InlineData("breast-cancer")]
    public void Healthy_tables_have_no_findings(string name)
    {
        using Workplace work = new();
        Nabla.Data.DataSet set = Nabla.Data.DataSets.Load(name);
        float[] values = set.X.AsType(DType.Float32).ToArray<float>();
        int columns = values.Length / set.X.Dims[0].Size;
        int[] labels = set.Y.AsType(DType.Int32).ToArray<int>();
        IEnumerable<string> rows = labels.Select((label, row) => string.Join(',', values.Skip(row * columns).Take(columns).Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture)).Append(set.ClassNames[label])));
        File.WriteAllLines(work["rows.csv"], [string.Join(',', set.FeatureNames.Append("kind")), .. rows]);
        Outcome outcome = Workplace.Run("doctor", "--data", work["rows.csv"], "--target", "kind");
        Assert.True(outcome.Code == 0, outcome.Output + outcome.Error);
    }

    // The price of a house in another money is the price; a model that predicts from one column alone may well be a line.
    [Fact]
    public void A_target_in_another_unit_is_a_hint_and_a_line_of_one_column_is_well()
    {
        using Workplace work = new();
        IEnumerable<string> Rows(Func<int, string> row) => Enumerable.Range(0, 60).Select(row);
        File.WriteAllLines(work["prices.csv"], ["size,cents,price", .. Rows(i => $"{(i * 7) % 41},{((i * 31) % 59) * 100},{(i * 31) % 59}")]);
        Outcome prices = Workplace.Run("doctor", work["prices.csv"], "--target", "price", "--task", "real");
        Assert.True(prices.Code == 0, prices.Output);
        Assert.Contains("hint  target-in-features", prices.Output, StringComparison.Ordinal);
        File.WriteAllLines(work["line.csv"], ["x,y", .. Rows(i => $"{i},{(3 * i) + 1}")]);
        Assert.StartsWith("line: no findings\n", Workplace.Run("doctor", work["line.csv"], "--target", "y", "--task", "real").Output, StringComparison.Ordinal);
    }

    // Rows as a text editor counts them behind the line of names, and classes by their names.
    [Fact]
    public void Rows_and_classes_of_a_table_are_named_as_in_the_file()
    {
        using Workplace work = new();
        IEnumerable<string> rows = Enumerable.Range(0, 60).Select(i => i is 10 or 20 or 30 or 40 ? $"5,5,{(i % 20 == 0 ? "cat" : "dog")}" : $"{i},{(i * 7) % 60},{(i % 2 == 0 ? "cat" : "dog")}");
        File.WriteAllLines(work["pets.csv"], ["a,b,kind", .. rows]);
        string found = Workplace.Run("doctor", work["pets.csv"], "--target", "kind").Output;
        Assert.Contains("conflicting-labels", found, StringComparison.Ordinal);
        Assert.Matches(@"such as row (11|21|31|41) \(class '(cat|dog)'\)\s+and\s+row\s+(11|21|31|41)\s+\(class\s+'(cat|dog)'\)", found);
    }
}
