using System.Globalization;
using System.Text.Json;
using Nabla.Data;

namespace Nabla.Cli.Tests.Commands;

/// <summary>Predict, evaluate and summary, on a model that 'train' made.</summary>
public sealed class ReadingCommandsTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Predict_answers_a_line_for_each_test_sample()
    {
        Outcome outcome = Workplace.Run("predict", _place.Train("iris"), "iris");
        Assert.Equal((0, 30), (outcome.Code, outcome.Lines.Length));
        Assert.All(outcome.Lines, line => Assert.Matches(@"^(setosa|versicolor|virginica)\t[01]\.\d{4}$", line));
    }

    [Fact]
    public void Predict_gives_the_probability_of_the_class_it_names()
    {
        string path = _place.Train("iris");
        NDArray x = Iris.Load().X[..4];
        Outcome outcome = Workplace.Run("predict", path, _place.Npy("x.npy", x));
        float[] logits = Sequential.Load(path).Predict(x).ToArray<float>();
        for (int row = 0; row < 4; row++)
        {
            double[] e = [.. logits[(3 * row)..(3 * row + 3)].Select(z => Math.Exp(z))];
            Assert.Equal((e.Max() / e.Sum()).ToString("0.0000", CultureInfo.InvariantCulture), outcome.Lines[row].Split('\t')[1]);
        }
    }

    [Fact]
    public void Predict_takes_one_row_alone()
    {
        string path = _place.Train("iris");
        Outcome outcome = Workplace.Run("predict", path, _place.Npy("one.npy", NDArray.From(new[] { 5.1f, 3.5f, 1.4f, 0.2f })));
        Assert.Equal((0, 1), (outcome.Code, outcome.Lines.Length));
    }

    [Theory]
    [InlineData("x_test")]
    [InlineData("X")]
    [InlineData("anything")]
    public void Predict_finds_the_features_of_an_npz(string name)
    {
        string path = _place.Train("iris");
        Outcome outcome = Workplace.Run("predict", path, _place.Npz("x.npz", (name, Iris.Load().X[..7])));
        Assert.Equal((0, 7), (outcome.Code, outcome.Lines.Length));
    }

    [Fact]
    public void Predict_writes_all_probabilities_for_machines()
    {
        Outcome outcome = Workplace.Run("predict", _place.Train("iris"), "iris", "--json", _place["p.json"]);
        JsonElement result = _place.Json("p.json");
        Assert.Equal(30, result.GetProperty("count").GetInt32());
        JsonElement first = result.GetProperty("answers")[0];
        Assert.Equal(outcome.Lines[0].Split('\t')[0], first.GetProperty("class").GetString());
        Assert.Equal(1, first.GetProperty("probabilities").EnumerateArray().Sum(p => p.GetDouble()), 1e-12);
    }

    [Fact]
    public void Evaluate_measures_what_train_measured()
    {
        string path = _place.Train("digits", "--json", _place["t.json"]);
        Outcome outcome = Workplace.Run("evaluate", path, "digits", "--json", _place["e.json"]);
        Assert.Equal(0, outcome.Code);
        Assert.Equal(_place.Json("t.json").GetProperty("testAccuracy").GetDouble(), _place.Json("e.json").GetProperty("accuracy").GetDouble());
        Assert.Equal(_place.Json("t.json").GetProperty("testLoss").GetDouble(), _place.Json("e.json").GetProperty("loss").GetDouble());
        Assert.Contains("Data      digits: the 359 samples kept back for the test", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("truth \\ answer", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_takes_all_rows_of_a_file_without_a_test_part()
    {
        DataSet iris = Iris.Load();
        Outcome outcome = Workplace.Run("evaluate", _place.Train("iris"), _place.Npz("all.npz", ("x", iris.X), ("y", iris.Y)), "--json", _place["e.json"]);
        Assert.StartsWith("Data      all: all 150 rows", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(150, _place.Json("e.json").GetProperty("samples").GetInt32());
    }

    [Fact]
    public void Summary_shows_layers_columns_and_classes()
    {
        Outcome outcome = Workplace.Run("summary", _place.Train("iris"), "--json", _place["s.json"]);
        Assert.Equal(0, outcome.Code);
        Assert.Equal(3, outcome.Output.Split("(Dense)").Length - 1);
        Assert.Contains("Columns     sepal length (cm), ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Classes     setosa, versicolor, virginica", outcome.Output, StringComparison.Ordinal);

        // 4*25+25, 25*15+15, 15*3+3.
        Assert.Equal(125 + 390 + 48, _place.Json("s.json").GetProperty("parameters").GetInt32());
        Assert.Equal([0, 125, 390, 48], _place.Json("s.json").GetProperty("layers").EnumerateArray().Select(l => l.GetProperty("parameters").GetInt32()));
    }

    [Fact]
    public void A_model_from_code_without_metadata_answers_too()
    {
        Sequential model = new([new InputLayer(4), new Dense(1, "sigmoid")], seed: 1);
        model.Compile("adam", new BinaryCrossentropy());
        model.Save(_place["code.nabla"]);
        Outcome outcome = Workplace.Run("predict", _place["code.nabla"], _place.Npy("x.npy", Iris.Load().X[..5]));
        Assert.All(outcome.Lines, line => Assert.Matches(@"^[01]\t(0\.[5-9]\d{3}|1\.0000)$", line));
    }

    [Fact]
    public void Scaling_that_a_file_asks_for_is_applied_before_the_model()
    {
        Sequential model = new([new InputLayer(2), new Dense(1, kernelInitializer: Initializer.Ones)]);
        model.Save(_place["scaled.nabla"], new ModelMetadata { Scale = [2, 10], Offset = [-1, 0], OutputStep = "none" });
        Outcome outcome = Workplace.Run("predict", _place["scaled.nabla"], _place.Npy("x.npy", NDArray.From(new float[,] { { 3, 4 } })));
        Assert.Equal("45", outcome.Lines[0]);
    }

    [Theory]
    [InlineData("train iris --epochs 2 --out {0}")]
    [InlineData("train digits --epochs 1 --out {0}")]
    [InlineData("evaluate {1} iris")]
    [InlineData("predict {1} iris")]
    [InlineData("summary {1}")]
    [InlineData("--help")]
    [InlineData("train --help")]
    public void Redirected_output_is_plain_ascii_without_escape_codes(string command)
    {
        string path = _place.Train("iris");
        Outcome outcome = Workplace.Run(string.Format(CultureInfo.InvariantCulture, command, _place["new.nabla"], path).Split(' '));
        Assert.Equal(0, outcome.Code);
        Assert.DoesNotContain(outcome.Output, c => c is < ' ' and not ('\n' or '\t') or > '~');
    }

    [Fact]
    public void Numbers_are_the_same_in_every_country()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Outcome outcome = Workplace.Run("predict", _place.Train("iris"), "iris");
            Assert.All(outcome.Lines, line => Assert.Matches(@"\t[01]\.\d{4}$", line));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
