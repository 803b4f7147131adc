namespace Nabla.Tests.Schemas;

/// <summary>How rows become numbers, and what answers mean.</summary>
public sealed class SchemaTests
{
    private static readonly Schema Fruit = new(
        [SchemaColumn.Number("width", mean: 2, scale: 0.5), SchemaColumn.Text("colour", ["green", "red", "1.5"])],
        SchemaTarget.OfClasses("ripe", ["no", "yes", "rotten"]));

    public static TheoryData<object?, object?, double[]> Rows => new()
    {
        { 4.0, "red", [1, 0, 1, 0] },
        { 4, "green", [1, 1, 0, 0] },
        { 4f, " red ", [1, 0, 1, 0] },
        { 4m, 1.5, [1, 0, 0, 1] },
        { "4.0", "red", [1, 0, 1, 0] },
        { (byte)4, "red", [1, 0, 1, 0] },
        { true, "red", [-0.5, 0, 1, 0] },
        { null, "red", [0, 0, 1, 0] },
        { double.NaN, "red", [0, 0, 1, 0] },
        { "?", "NA", [0, 0, 0, 0] },
        { 2L, null, [0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Values_of_any_type_become_numbers(object? width, object? colour, double[] expected)
    {
        NDArray x = Fruit.Encode([new Dictionary<string, object?> { ["colour"] = colour, ["other"] = "left alone", ["width"] = width }], DType.Float64);
        Assert.Equal(expected, x.ToArray<double>());
    }

    [Fact]
    public void Truths_are_found_among_words_in_any_case()
    {
        Schema schema = new([SchemaColumn.Text("open", ["False", "True"])], SchemaTarget.OfNumber("y", TargetKind.Real, 0, 1));
        Assert.Equal([0f, 1, 1, 0], schema.Encode([new Dictionary<string, bool> { ["open"] = true }, new Dictionary<string, bool> { ["open"] = false }]).ToArray<float>());
    }

    [Fact]
    public void The_numbers_have_names()
    {
        Assert.Equal(["width", "colour=green", "colour=red", "colour=1.5"], Fruit.FeatureNames);
        Assert.Equal(4, Fruit.Width);
    }

    [Fact]
    public void Columns_are_measured_without_overflow_or_cancelling()
    {
        SchemaColumn far = SchemaColumn.Measure("x", [1e9 + 1, 1e9 + 2, 1e9 + 3, double.NaN]);
        Assert.Equal(1e9 + 2, far.Mean);
        Assert.Equal(Math.Sqrt(2.0 / 3), 1 / far.Scale, 1e-12);
        Assert.Equal(1, SchemaColumn.Measure("x", [5, 5, 5]).Scale);
    }

    [Fact]
    public void Classes_are_answered_with_their_probability()
    {
        Prediction answer = Fruit.Target.Decode([Math.Log(0.2), Math.Log(0.7), Math.Log(0.1)], "softmax");
        (string label, double probability) = answer;
        Assert.Equal("yes", label);
        Assert.Equal(0.7, probability, 1e-12);
        Assert.Equal(["no", "yes", "rotten"], answer.Probabilities.Select(p => p.Key));
        Assert.Equal(1, answer.Probabilities.Sum(p => p.Value), 1e-12);
        Assert.Equal("yes (0.70)", answer.ToString());
        Assert.Equal(1, answer.ClassIndex);
    }

    [Theory]
    [InlineData(2.0, "yes", 0.8807970779778823)]
    [InlineData(-2.0, "no", 0.8807970779778823)]
    [InlineData(-1000.0, "no", 1.0)]
    public void One_logit_answers_for_two_classes(double logit, string label, double probability)
    {
        Prediction answer = SchemaTarget.OfClasses("ripe", ["no", "yes"]).Decode([logit], "sigmoid");
        Assert.Equal(label, answer.Label);
        Assert.Equal(probability, answer.Probability, 1e-15);
    }

    [Fact]
    public void Probabilities_are_taken_as_they_are() => Assert.Equal(0.6, Fruit.Target.Decode([0.1, 0.6, 0.3], "none").Probability);

    [Fact]
    public void Numbers_are_answered_in_their_own_unit()
    {
        SchemaTarget real = SchemaTarget.Measure("t", TargetKind.Real, [-10, 10]);
        Assert.Equal((0, 10), (real.Mean, real.Scale));
        Assert.Equal(5, real.Decode([0.5], "none").Value);
        SchemaTarget price = SchemaTarget.Measure("price", TargetKind.NonNegative, [100_000, 300_000]);
        Assert.Equal((0, 200_000), (price.Mean, price.Scale));
        Assert.Equal("250000", price.Decode([1.25], "none").ToString());
    }

    [Theory]
    [InlineData(new double[] { 0, 1, 1, 0 }, TargetKind.Binary)]
    [InlineData(new double[] { 3.5, -2, 3.5 }, TargetKind.Binary)]
    [InlineData(new double[] { 0, 1, 2 }, TargetKind.Classes)]
    [InlineData(new double[] { 1, 2, 3, 3, double.NaN }, TargetKind.Classes)]
    [InlineData(new double[] { 0, 1, 3 }, TargetKind.NonNegative)]
    [InlineData(new double[] { 2, 3, 4 }, TargetKind.NonNegative)]
    [InlineData(new double[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, TargetKind.Classes)]
    [InlineData(new double[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, TargetKind.NonNegative)]
    [InlineData(new double[] { 0.5, 1, 2 }, TargetKind.NonNegative)]
    [InlineData(new double[] { 0.5, -1, 2 }, TargetKind.Real)]
    public void The_kind_of_a_target_is_found(double[] values, TargetKind kind) => Assert.Equal(kind, ChoosingTable.KindOf(values));

    [Theory]
    [InlineData(TargetKind.Binary, 2, 1, "linear", "binary_crossentropy", "sigmoid")]
    [InlineData(TargetKind.Classes, 5, 5, "linear", "sparse_categorical_crossentropy", "softmax")]
    [InlineData(TargetKind.Real, 2, 1, "linear", "mean_squared_error", "none")]
    [InlineData(TargetKind.NonNegative, 2, 1, "relu", "mean_squared_error", "none")]
    public void The_choosing_table_is_the_lectures(TargetKind kind, int classes, int units, string activation, string loss, string step)
    {
        OutputChoice choice = ChoosingTable.For(kind, classes);
        Assert.Equal((units, activation, loss, step), (choice.Units, choice.Activation.Name, choice.Loss.Name, choice.OutputStep));
        if (step != "none")
        {
            Assert.True(choice.Loss.TakesLogits);
        }
    }

    [Fact]
    public void A_model_that_knows_its_schema_answers_rows_saved_or_not()
    {
        Sequential model = new([new Dense(3)], seed: 1) { Metadata = new ModelMetadata { Schema = Fruit } };
        model.Build([4]);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true));
        Dictionary<string, object> row = new() { ["width"] = 3, ["colour"] = "red" };
        Prediction first = model.Predict(row);
        double[] direct = Nn.Softmax(model.Predict(NDArray.From(new float[,] { { 0.5f, 0, 1, 0 } }))).AsType(DType.Float64).ToArray<double>();
        Assert.Equal(direct.Max(), first.Probability, 1e-6);
        Assert.Equal(first.ToString(), model.Predict(("colour", "red"), ("width", 3)).ToString());

        using TemporaryFile file = new();
        model.Save(file.Path);
        Sequential loaded = Sequential.Load(file.Path);
        Assert.Equal(first.Probabilities, loaded.Predict(row).Probabilities);
        Assert.Equal(3, loaded.PredictRows([row, row, row]).Length);
        Assert.Empty(loaded.PredictRows(Array.Empty<Dictionary<string, object>>()));
    }
}
