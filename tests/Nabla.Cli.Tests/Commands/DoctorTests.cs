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
}
