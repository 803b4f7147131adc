using System.Text.Json;
using Nabla.Data;

namespace Nabla.Cli.Tests.Commands;

/// <summary>What <c>nabla train</c> shows, writes and honours.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    private Outcome Train(params string[] args)
    {
        Outcome outcome = Workplace.Run(["train", .. args, "--out", _place["m.nabla"], "--json", _place["r.json"]]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        return outcome;
    }

    [Fact]
    public void The_data_are_introduced()
    {
        string[] lines = Train("iris", "--epochs", "1").Lines;
        Assert.Equal("Data      iris: 120 samples to learn from, 30 kept back for the test", lines[0]);
        Assert.Equal("          4 columns, 3 classes", lines[1]);
    }

    [Fact]
    public void The_settings_are_told_with_the_seed()
    {
        string settings = Train("iris", "--epochs", "3", "--threads", "1").Lines[2];
        Assert.Equal("Training  Adam, learning rate 0.001, batches of 32: 3 epochs of 4 steps; seed 42, 1 thread", settings);
    }

    [Fact]
    public void The_lectures_network_is_the_default()
    {
        Train("digits", "--epochs", "1");
        Assert.Equal([25, 15, 10], Sequential.Load(_place["m.nabla"]).Layers.OfType<Dense>().Select(d => d.Units));
    }

    [Fact]
    public void Hidden_layers_are_relu_and_the_last_gives_logits()
    {
        Train("iris", "--epochs", "1");
        Assert.Equal(["relu", "relu", "linear"], Sequential.Load(_place["m.nabla"]).Layers.OfType<Dense>().Select(d => d.Activation.Name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Redirected_there_is_a_line_an_epoch(int epochs)
    {
        Outcome outcome = Train("iris", "--epochs", $"{epochs}");
        string[] lines = [.. outcome.Lines.Where(l => l.StartsWith("Epoch ", StringComparison.Ordinal))];
        Assert.Equal(epochs, lines.Length);
        Assert.Matches($@"^Epoch {epochs}/{epochs}  4/4 \S+ \S+/step - accuracy: 0\.\d{{4}} - loss: \d+\.\d{{4}}$", lines[^1]);
    }

    [Fact]
    public void The_score_counts_what_is_right()
    {
        Outcome outcome = Train("iris", "--epochs", "1");
        double accuracy = _place.Json("r.json").GetProperty("testAccuracy").GetDouble();
        Assert.Contains(FormattableString.Invariant($"Test      accuracy {accuracy:0.0000}: {Math.Round(accuracy * 30)} of 30 right, loss "), outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_confusion_matrix_counts_every_test_sample_once()
    {
        string[] lines = Train("iris", "--epochs", "1").Lines;
        int head = Array.FindIndex(lines, l => l.Contains("truth \\ answer", StringComparison.Ordinal));
        int[] counts = [.. lines[(head + 2)..(head + 5)].SelectMany(l => l.Split('|')[2..^1]).Where(c => !string.IsNullOrWhiteSpace(c)).Select(int.Parse)];
        Assert.Equal(30, counts.Sum());
    }

    [Fact]
    public void The_five_most_wrong_digits_are_drawn()
    {
        Outcome outcome = Train("digits", "--epochs", "1");
        Assert.Contains("The 5 most wrong answers", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(5, outcome.Output.Split(" taken for ").Length - 1);
        Assert.Contains("@@", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_are_not_drawn_as_pictures()
    {
        Assert.DoesNotContain("taken for", Train("iris", "--epochs", "1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_ends_with_where_the_model_went_and_what_to_try()
    {
        string[] lines = Train("iris", "--epochs", "1").Lines;
        Assert.Equal($"Model     {_place["m.nabla"]}", lines[^3]);
        Assert.EndsWith($"evaluate {_place["m.nabla"]} iris", lines[^2], StringComparison.Ordinal);
        Assert.EndsWith($"predict {_place["m.nabla"]} iris", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_a_classifier_of_pictures_goes_a_page_to_draw_in()
    {
        Outcome outcome = Train("digits", "--epochs", "1");
        Assert.Contains($"Page      {_place["m.html"]}: open it, draw, and watch the network answer", outcome.Lines);
        string page = File.ReadAllText(_place["m.html"]);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Equal(10, page.Split("class=\"example\"").Length - 1);
        Assert.Contains("8 × 8 pixels", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("digits", "--no-page")]
    [InlineData("iris", "--seed=1")]
    public void There_is_no_page_where_none_is_wanted_or_nothing_can_be_drawn(string data, string option)
    {
        Assert.DoesNotContain("Page", Train(data, "--epochs", "1", option).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_place["m.html"]));
    }

    [Fact]
    public void The_page_does_not_take_the_place_of_the_result_for_machines()
    {
        Outcome outcome = Workplace.Run("train", "digits", "--epochs", "1", "--out", _place["m.nabla"], "--json", _place["m.html"]);
        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.Contains($"--json names '{_place["m.html"]}', where the page beside the model goes. Name another, or leave the page out with --no-page.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_result_for_machines_has_its_keys()
    {
        Train("iris", "--epochs", "2", "--seed", "7");
        JsonElement result = _place.Json("r.json");
        Assert.Equal(
            ["testAccuracy", "testLoss", "epochs", "steps", "secondsTraining", "secondsTotal", "modelPath", "seed"],
            result.EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, result.GetProperty("epochs").GetInt32());
        Assert.Equal(8, result.GetProperty("steps").GetInt32());
        Assert.Equal(7, result.GetProperty("seed").GetInt32());
        Assert.Equal(_place["m.nabla"], result.GetProperty("modelPath").GetString());
        Assert.InRange(result.GetProperty("secondsTotal").GetDouble(), result.GetProperty("secondsTraining").GetDouble(), double.MaxValue);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_whatever_the_threads()
    {
        Train("iris", "--epochs", "2", "--seed", "3", "--threads", "1");
        string first = _place.Json("r.json").GetProperty("testLoss").GetRawText();
        Train("iris", "--epochs", "2", "--seed", "3", "--threads", "3");
        Assert.Equal(first, _place.Json("r.json").GetProperty("testLoss").GetRawText());
    }

    [Fact]
    public void Another_seed_gives_another_network_on_the_same_division()
    {
        Train("iris", "--epochs", "1", "--seed", "3");
        double first = _place.Json("r.json").GetProperty("testLoss").GetDouble();
        Outcome outcome = Train("iris", "--epochs", "1", "--seed", "-4");
        Assert.NotEqual(first, _place.Json("r.json").GetProperty("testLoss").GetDouble());
        Assert.Contains("seed -4", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_activation_optimizer_and_rate_are_honoured()
    {
        Outcome outcome = Train("wine", "--layers", "7, 5,3", "--activation", "tanh", "--optimizer", "sgd", "--learning-rate", "0.05", "--epochs", "1", "--batch-size", "50");
        Sequential model = Sequential.Load(_place["m.nabla"]);
        Assert.Equal([7, 5, 3], model.Layers.OfType<Dense>().Select(d => d.Units));
        Assert.Equal("tanh", model.Layers.OfType<Dense>().First().Activation.Name);
        Assert.Equal(0.05, Assert.IsType<SGD>(model.Optimizer).LearningRate);
        Assert.Contains("SGD, learning rate 0.05, batches of 50: 1 epoch of 3 steps", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adam", 0.001)]
    [InlineData("sgd", 0.01)]
    [InlineData("rmsprop", 0.001)]
    public void Each_optimizer_has_its_usual_rate(string optimizer, double rate)
    {
        Train("iris", "--epochs", "1", "--optimizer", optimizer);
        Assert.Equal(rate, Sequential.Load(_place["m.nabla"]).Optimizer!.LearningRate);
    }

    [Fact]
    public void The_saved_model_takes_raw_rows()
    {
        // Standardised outside the model, petal lengths of 1 to 7 cm would be far from what its weights know.
        Train("iris", "--epochs", "1");
        Sequential model = Sequential.Load(_place["m.nabla"]);
        DataSplit parts = Iris.Load().Split(seed: 0);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
        Assert.Equal(
            _place.Json("r.json").GetProperty("testLoss").GetDouble(),
            model.Evaluate(parts.XTest, parts.YTest, batchSize: 256).Loss, 1e-6);
    }

    [Fact]
    public void The_saved_model_knows_its_columns_and_classes()
    {
        Train("iris", "--epochs", "1");
        ModelMetadata metadata = Sequential.Load(_place["m.nabla"]).Metadata!;
        Assert.Equal(Iris.Load().FeatureNames, metadata.Columns);
        Assert.Equal(["setosa", "versicolor", "virginica"], metadata.Classes);
        Assert.Equal("softmax", metadata.OutputStep);
    }

    [Fact]
    public void A_column_that_never_changes_does_no_harm()
    {
        NDArray x = NDArray.From(new float[,] { { 1, 5 }, { 2, 5 }, { 3, 5 }, { 4, 5 }, { 5, 5 }, { 6, 5 }, { 7, 5 }, { 8, 5 }, { 9, 5 }, { 10, 5 } });
        NDArray y = NDArray.From(new long[] { 0, 0, 0, 0, 0, 1, 1, 1, 1, 1 });
        Train(_place.Npz("d.npz", ("x", x), ("y", y)), "--epochs", "1");
        Assert.True(double.IsFinite(_place.Json("r.json").GetProperty("testLoss").GetDouble()));
    }

    [Fact]
    public void More_epochs_are_made_of_few_samples()
    {
        // 4 steps an epoch would take 750 epochs to 3,000 steps: the rule stops at 100.
        Train("iris");
        Assert.Equal(100, _place.Json("r.json").GetProperty("epochs").GetInt32());
    }
}
