using Nabla.Cli.Tests.Input;
using Nabla.Data;

namespace Nabla.Cli.Tests.Commands;

/// <summary>Mistakes with CSV files: one line says what to do, and nothing is written.</summary>
public sealed class TableMisuseTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    private static string Rows(string header, Func<int, string> row) => header + "\n" + string.Concat(Enumerable.Range(0, 20).Select(i => row(i) + "\n"));

    private static readonly Dictionary<string, (string Csv, string Words, int Code, string Said)> Bad = new()
    {
        ["no target"] = (Rows("x,y", i => $"{i},{i % 2}"), "", 2, "--target: expected the column to predict, received none. The columns of d are x, y. Type, for one: --target y"),
        ["a misspelt target"] = (Rows("x,species", i => $"{i},{i % 2}"), "--target specis", 2, "--target: expected one of x, species, received 'specis'. Did you mean 'species'?"),
        ["a misspelt column to ignore"] = (Rows("x,when,y", i => $"{i},10:00,{i % 2}"), "--target y --ignore wen", 2, "--ignore: expected one of x, when, y, received 'wen'. Did you mean 'when'?"),
        ["a misspelt column of text"] = (Rows("x,zip,y", i => $"{i},7,{i % 2}"), "--target y --text zpi", 2, "--text: csv '"),
        ["an unknown task"] = (Rows("x,y", i => $"{i},{i}"), "--target y --task regresion", 2, "--task: expected one of auto, binary, classes, real, non-negative, classification, regression, received 'regresion'. Did you mean 'regression'?"),
        ["an unknown separator"] = (Rows("x,y", i => $"{i},{i}"), "--target y --separator x", 2, "--separator: expected comma, semicolon, tab or bar, received 'x'."),
        ["dates"] = (Rows("when,x,y", i => $"2024-01-{1 + i:00},{i},{i % 2}"), "--target y", 1, "received dates such as '2024-01-01'. Turn them into numbers (a year, days since the first), or leave the column out: --ignore when"),
        ["ids and dates"] = (Rows("id,when,x,y", i => $"{i},2024-01-{1 + i:00},{i},{i % 2}"), "--target y", 1, "To leave all of them out: --ignore id,when"),
        ["names"] = (Rows("name,x,y", i => $"n{i},{i},{i % 2}"), "--target y", 1, "received 20 different texts in 20 rows, as names and ids are. Leave the column out: --ignore name"),
        ["one row"] = ("x,y\n1,2\n", "--target y", 1, "expected at least 5 rows with a value, so that a fifth can be held out; received 1"),
        ["a header alone"] = ("x,y\n", "--target y", 1, "received 0"),
        ["an empty file"] = ("", "--target y", 1, "expected a line of column names, received an empty file"),
        ["a ragged row"] = ("x,y\n1,2\n3\n", "--target y", 1, "row 2 (line 3): expected 2 cells"),
        ["a layer that does not fit"] = (Rows("x,y", i => $"{i},{i % 2}"), "--target y --layers 5,2", 2, "--layers: expected 1 unit in the last layer, for y is two values, so one output as a logit: sigmoid and binary cross-entropy; received 2. Type --layers 5,1."),
        ["the result over the data"] = (Rows("x,y", i => $"{i},{i % 2}"), "--target y --json CSV", 2, "is a file that this command reads: its content would be lost. Name another."),
        ["words as a quantity"] = (Rows("x,y", i => $"{i},{"ab"[i % 2]}"), "--target y --task real", 1, "expected numbers for a quantity, received text such as 'a'"),
    };

    public static TheoryData<string> Names => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_told_on_one_line_and_nothing_is_written(string name)
    {
        (string csv, string words, int code, string said) = Bad[name];
        string path = _place.Csv("d.csv", csv);
        Outcome outcome = Workplace.Run(["train", "--data", path, "--out", _place["m.nabla"], .. words.Replace("CSV", path, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((code, ""), (outcome.Code, outcome.Output));
        Assert.StartsWith("nabla: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal([path], Directory.GetFiles(_place.Folder));
        Assert.Equal(csv, File.ReadAllText(path));
    }

    [Fact]
    public void No_result_is_written_over_what_a_command_reads()
    {
        string csv = _place.Csv("d.csv", Rows("x,y", i => $"{i},{i}.5"));
        string model = _place["m.nabla"];
        Assert.Equal(0, Workplace.Run("train", "--data", csv, "--target", "y", "--epochs", "1", "--out", model).Code);
        string link = _place["link.csv"];
        File.CreateSymbolicLink(link, csv);
        byte[] saved = File.ReadAllBytes(model);
        string text = File.ReadAllText(csv);
        string[][] mistakes =
        [
            ["predict", model, csv, "--json", csv], ["predict", model, csv, "--json", model], ["evaluate", model, csv, "--json", csv],
            ["summary", model, "--json", model], ["predict", model, link, "--json", csv], ["train", "--data", link, "--target", "y", "--out", csv],
        ];
        Assert.All(mistakes, words =>
        {
            Outcome outcome = Workplace.Run(words);
            Assert.Equal(2, outcome.Code);
            Assert.Contains("is a file that this command reads: its content would be lost. Name another.", outcome.Error, StringComparison.Ordinal);
        });
        Assert.Equal(saved, File.ReadAllBytes(model));
        Assert.Equal(text, File.ReadAllText(csv));
    }

    [Fact]
    public void A_target_for_packaged_data_is_told()
    {
        Outcome outcome = Workplace.Run("train", "iris", "--target", "species");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("--target: expected a CSV file to find the column in, received 'iris'.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_said_twice_is_told() =>
        Assert.Contains("--data: expected the data once, received 'a.csv' and 'iris'.", Workplace.Run("train", "iris", "--data", "a.csv").Error, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        Outcome outcome = Workplace.Run("train", "--data", _place["no.csv"], "--target", "y");
        Assert.Equal(1, outcome.Code);
        Assert.Contains($"Expected a file to read, found none at '{_place["no.csv"]}'", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("width,petal length (cm)\n1,2\n", "expected a column 'sepal length (cm)', as in training, received none.")]
    [InlineData("sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n5.1,3.5,1.4,0.2\n5.1,wide,1.4,0.2\n", "row 2, 'sepal width (cm)': expected a number, received 'wide'")]
    [InlineData("sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n5.1,3.5,1.4\n", "row 1 (line 2): expected 4 cells")]
    public void Rows_that_do_not_fit_are_told_and_no_answer_is_given(string csv, string said)
    {
        string model = Flowers();
        Outcome outcome = Workplace.Run("predict", model, _place.Csv("new.csv", csv));
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_category_is_told_with_its_row_and_the_nearest()
    {
        Assert.Equal(0, Workplace.Run("train", _place.Homes(), "--target", "price", "--epochs", "1", "--out", _place["m.nabla"]).Code);
        Outcome outcome = Workplace.Run("predict", _place["m.nabla"], _place.Csv("new.csv", "rooms,area,age,place\n4,80,3,north\n4,80,3,noth\n"));
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains("row 2, 'place': expected a category from training ('north', 'south', 'west'; did you mean 'north'?), received 'noth'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Measuring_needs_the_target()
    {
        Outcome outcome = Workplace.Run("evaluate", Flowers(), _place.Csv("new.csv", "sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n5.1,3.5,1.4,0.2\n"));
        Assert.Equal(1, outcome.Code);
        Assert.Contains("expected a column 'species', as in training, received none.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Measuring_an_unknown_class_is_told()
    {
        Outcome outcome = Workplace.Run("evaluate", Flowers(), _place.Csv("new.csv", "sepal length (cm),sepal width (cm),petal length (cm),petal width (cm),species\n5.1,3.5,1.4,0.2,rose\n"));
        Assert.Equal(1, outcome.Code);
        Assert.Contains("row 1, 'species': expected a class from training ('setosa', 'versicolor', 'virginica'), received 'rose'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_arrays_says_that_it_has_no_columns_by_name()
    {
        Outcome outcome = Workplace.Run("predict", _place.Train("digits"), _place.Csv("new.csv", "a,b\n1,2\n"));
        Assert.Equal(2, outcome.Code);
        Assert.Contains("was not trained on a CSV file, so its columns have no names to be found by", outcome.Error, StringComparison.Ordinal);
    }

    private string Flowers()
    {
        Assert.Equal(0, Workplace.Run("train", _place.Set(Iris.Load(), "species"), "--target", "species", "--epochs", "1", "--out", _place["m.nabla"]).Code);
        return _place["m.nabla"];
    }
}
