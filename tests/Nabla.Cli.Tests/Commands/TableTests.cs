using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Tests.Input;
using Nabla.Data;

namespace Nabla.Cli.Tests.Commands;

/// <summary>A person's own rows, from the CSV file to answers.</summary>
public sealed class TableTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    private Outcome Train(params string[] args)
    {
        Outcome outcome = Workplace.Run(["train", .. args, "--out", _place["m.nabla"], "--json", _place["r.json"]]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        return outcome;
    }

    private double Result(string key) => _place.Json("r.json").GetProperty(key).GetDouble();

    private Outcome Predict(string csv) => Workplace.Run("predict", _place["m.nabla"], _place.Csv("new.csv", csv));

    [Fact]
    public void Flowers_from_the_file_to_the_answer()
    {
        Outcome outcome = Train("--data", _place.Set(Iris.Load(), "species"), "--target", "species");
        string[] lines = outcome.Lines;
        Assert.Equal("Data      iris: 120 samples to learn from, 30 kept back for the test", lines[0]);
        Assert.Equal("          4 columns, 3 classes", lines[1]);
        Assert.Matches(@"^          sepal length \(cm\)  number  standardised: mean 5\.\d+, deviation 0\.\d+$", lines[3]);
        Assert.Equal("          species            text    target: 3 classes (setosa, versicolor, virginica)", lines[7]);
        Assert.Equal("Task      species: 3 classes, so 3 outputs as logits: softmax and cross-entropy", lines[8]);
        Assert.InRange(Result("testAccuracy"), 0.9, 1);
        Assert.Equal(
            ["testAccuracy", "testLoss", "epochs", "steps", "secondsTraining", "secondsTotal", "modelPath", "seed"],
            _place.Json("r.json").EnumerateObject().Select(p => p.Name));

        Outcome answers = Predict("petal length (cm),petal width (cm),species,sepal width (cm),sepal length (cm),note\n1.4,0.2,,3.5,5.1,hello\n4.7,1.4,what?,3.2,7.0,\n");
        Assert.Equal((0, ""), (answers.Code, answers.Error));
        Assert.Matches(@"^setosa\t(0\.9\d{3}|1\.0000)\nversicolor\t\d\.\d{4}\n$", answers.Output);

        (string label, double probability) = Sequential.Load(_place["m.nabla"])
            .Predict(("sepal length (cm)", 5.1), ("sepal width (cm)", 3.5), ("petal length (cm)", 1.4), ("petal width (cm)", 0.2));
        Assert.Equal("setosa", label);
        Assert.InRange(probability, 0.9, 1);
    }

    [Theory]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void Wines_with_any_separator_give_the_same(string separator)
    {
        Train(_place.Set(Wine.Load(), "grower", separator), "--target", "grower", "--epochs", "2");
        double loss = Result("testLoss");
        Train(_place.Set(Wine.Load(), "grower"), "--target", "grower", "--epochs", "2");
        Assert.Equal(loss, Result("testLoss"));
    }

    [Fact]
    public void Wines_are_told_apart()
    {
        Train("--data", _place.Set(Wine.Load(), "grower"), "--target", "grower");
        Assert.InRange(Result("testAccuracy"), 0.94, 1);
    }

    [Fact]
    public void Two_classes_get_one_logit()
    {
        Outcome outcome = Train("--data", _place.Set(BreastCancer.Load(), "diagnosis"), "--target", "diagnosis", "--epochs", "30");
        Assert.Contains("Task      diagnosis: two values, so one output as a logit: sigmoid and binary cross-entropy\n", outcome.Output, StringComparison.Ordinal);
        Assert.InRange(Result("testAccuracy"), 0.93, 1);
        Sequential model = Sequential.Load(_place["m.nabla"]);
        Assert.Equal(1, model.Layers.OfType<Dense>().Last().Units);
        Assert.True(Assert.IsType<BinaryCrossentropy>(model.Loss).FromLogits);
        Assert.Equal(("sigmoid", "malignant"), (model.Metadata!.OutputStep, model.Metadata.Classes![1]));

        Outcome evaluated = Workplace.Run("evaluate", _place["m.nabla"], _place["breast_cancer.csv"], "--json", _place["e.json"]);
        Assert.Equal((0, ""), (evaluated.Code, evaluated.Error));
        Assert.StartsWith("Data      breast_cancer: all 569 rows", evaluated.Output, StringComparison.Ordinal);
        Assert.InRange(_place.Json("e.json").GetProperty("accuracy").GetDouble(), 0.95, 1);
    }

    [Fact]
    public void Prices_are_told_in_their_own_unit()
    {
        Outcome outcome = Train("--data", _place.Homes(), "--target", "price");
        Assert.Contains("Task      price: a number never below 0, so one relu output: mean squared error (linear: task real)\n", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"          age    number  standardised: mean \S+, deviation \S+; 20 missing, the mean stands in\n", outcome.Output);
        Assert.Matches(@"          place  text    one-hot: 3 categories \(north, south, west\); 16 missing, no category stands in\n", outcome.Output);
        Assert.Matches(@"Epoch +\d+/\d+ .* - typical error: \d+(\.\d+)?\n", outcome.Output);
        Assert.InRange(Result("testR2"), 0.9, 1);
        Assert.InRange(Result("testMeanAbsoluteError"), 1000, 20_000);
        Assert.False(_place.Json("r.json").TryGetProperty("testAccuracy", out _));
        Assert.Equal("relu", Sequential.Load(_place["m.nabla"]).Layers.OfType<Dense>().Last().Activation.Name);

        Outcome answers = Predict("place,price,rooms,area,age\nsouth,,4,80,10\nnorth,,4,80,10\nNA,,4,80,\n");
        Assert.Equal(0, answers.Code);
        Assert.Matches(@"^note: 'age' is missing in row 3: the training mean \d+(\.\d+)? stands in\n", answers.Error);
        Assert.Contains("note: 'place' is missing in row 3: no category stands in\n", answers.Error, StringComparison.Ordinal);
        double[] prices = [.. answers.Lines.Select(l => double.Parse(l, NumberStyles.Float, CultureInfo.InvariantCulture))];
        Assert.Equal(3, prices.Length);
        Assert.InRange(prices[0], 150_000, 230_000);
        Assert.InRange(prices[1] / prices[0], 1.2, 1.6);
        Assert.DoesNotContain(answers.Output, c => c == ',');

        Outcome evaluated = Workplace.Run("evaluate", _place["m.nabla"], _place["homes.csv"], "--json", _place["e.json"]);
        Assert.Contains("mean absolute error", evaluated.Output, StringComparison.Ordinal);
        Assert.InRange(_place.Json("e.json").GetProperty("r2").GetDouble(), 0.9, 1);
        Assert.Equal(400, _place.Json("e.json").GetProperty("samples").GetInt32());
    }

    [Fact]
    public void Numbers_of_both_signs_are_standardised()
    {
        string csv = "x,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{3 * i - 150}\n"));
        Outcome outcome = Train("--data", _place.Csv("line.csv", csv), "--target", "y");
        Assert.Contains("Task      y: a number of either sign, so one linear output: mean squared error\n", outcome.Output, StringComparison.Ordinal);
        Assert.InRange(Result("testR2"), 0.99, 1);
        double answer = double.Parse(Predict("x\n50\n").Output, CultureInfo.InvariantCulture);
        Assert.InRange(answer, -10, 10);
        Assert.Equal(answer, Sequential.Load(_place["m.nabla"]).Predict(("x", 50)).Value, 1e-4);
    }

    [Fact]
    public void The_task_can_be_said()
    {
        string csv = "x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i % 3}\n"));
        _place.Csv("d.csv", csv);
        Assert.Contains("3 outputs as logits", Train(_place["d.csv"], "--target", "y", "--epochs", "1").Output, StringComparison.Ordinal);
        Assert.Contains("(a quantity: task real)", Train(_place["d.csv"], "--target", "y", "--epochs", "1").Output, StringComparison.Ordinal);
        Assert.Contains("one linear output", Train(_place["d.csv"], "--target", "y", "--task", "real", "--epochs", "1").Output, StringComparison.Ordinal);
        Assert.Contains("one linear output", Train(_place["d.csv"], "--target", "y", "--task", "regression", "--epochs", "1").Output, StringComparison.Ordinal);
        Assert.Contains("one relu output", Train(_place["d.csv"], "--target", "y", "--task", "non-negative", "--epochs", "1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_ignored_and_taken_as_text_when_asked()
    {
        string csv = "id,zip,when,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},0{i % 4},2024-01-0{1 + i % 9},{i % 2}\n"));
        Outcome outcome = Train("--data", _place.Csv("d.csv", csv), "--target", "y", "--ignore", "id,when", "--text", "zip", "--epochs", "1");
        Assert.Contains("one-hot: 4 categories (00, 01, 02, 03)", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(2, outcome.Lines.Count(l => l.EndsWith("  ignored", StringComparison.Ordinal)));
        Assert.Equal(0, Predict("zip\n02\n3\n".Replace("3\n", "03\n", StringComparison.Ordinal)).Code);
    }

    [Fact]
    public void The_country_changes_nothing()
    {
        Train(_place.Homes(), "--target", "price", "--epochs", "3");
        string first = _place.Json("r.json").GetProperty("testLoss").GetRawText();
        string answer = Predict("rooms,area,age,place\n4,80.5,10,south\n").Output;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Outcome outcome = Train(_place["homes.csv"], "--target", "price", "--epochs", "3");
            Assert.Equal(first, _place.Json("r.json").GetProperty("testLoss").GetRawText());
            Assert.Matches(@"mean \d+\.\d+, deviation \d+\.\d+", outcome.Output);
            Assert.Equal(answer, Predict("rooms,area,age,place\n4,80.5,10,south\n").Output);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_file_without_rows_has_no_answers()
    {
        Train(_place.Homes(), "--target", "price", "--epochs", "1");
        Assert.Equal((0, "", ""), (Predict("rooms,area,age,place\n") is var o ? o.Code : 1, o.Output, o.Error));
    }

    [Fact]
    public void Answers_go_to_json_with_their_classes()
    {
        Train(_place.Set(Iris.Load(), "species"), "--target", "species", "--epochs", "1");
        Outcome outcome = Workplace.Run("predict", _place["m.nabla"], _place["iris.csv"], "--json", _place["p.json"]);
        Assert.Equal(150, outcome.Lines.Length);
        JsonElement answers = _place.Json("p.json").GetProperty("answers");
        Assert.Equal((150, 3), (answers.GetArrayLength(), answers[0].GetProperty("probabilities").GetArrayLength()));
    }

    [Fact]
    public void Arrays_of_raw_columns_are_answered_as_the_rows_are()
    {
        Train(_place.Set(Iris.Load(), "species"), "--target", "species", "--epochs", "5");
        string rows = Workplace.Run("predict", _place["m.nabla"], _place["iris.csv"]).Output;
        Assert.Equal(rows, Workplace.Run("predict", _place["m.nabla"], _place.Npy("x.npy", Iris.Load().X)).Output);
    }

    [Fact]
    public void A_model_becomes_a_file_of_source_code()
    {
        string csv = _place.Csv("d.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{i}.5\n")));
        string model = _place["m.nabla"];
        string source = _place["Price.cs"];
        Assert.Equal(0, Workplace.Run("train", "--data", csv, "--target", "y", "--epochs", "1", "--out", model).Code);
        Outcome outcome = Workplace.Run("export", "--csharp", model, "--out", source, "--class", "Price", "--namespace", "Shop");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(Model.Load(model).ToCSharp(new CSharpExport { ClassName = "Price", Namespace = "Shop" }), File.ReadAllText(source));

        Outcome formless = Workplace.Run("export", model);
        Assert.Equal(2, formless.Code);
        Assert.Contains("export: expected the form to write, received none. Type: ", formless.Error, StringComparison.Ordinal);
        Outcome over = Workplace.Run("export", "--csharp", model, "--out", model);
        Assert.Equal(2, over.Code);
        Assert.Contains("is a file that this command reads", over.Error, StringComparison.Ordinal);
        Outcome named = Workplace.Run("export", "--csharp", model, "--out", source, "--class", "not a name");
        Assert.Equal(1, named.Code);
    }
}
