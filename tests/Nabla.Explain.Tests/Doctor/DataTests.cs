using static Nabla.Explain.Tests.Doctor.Patients;

namespace Nabla.Explain.Tests.Doctor;

/// <summary>What is wrong with data, each beside data that are well.</summary>
public sealed class DataTests
{
    [Theory]
    [InlineData(1000, true)]
    [InlineData(20, false)]
    public void Features_of_very_different_scales_are_named(float scale, bool isUnscaled)
    {
        (NDArray x, NDArray y) = Points();
        x *= (NDArray)new[,] { { 1f, scale, 1f, 1f } };
        Diagnosis diagnosis = Regression().Diagnose(x, y);
        if (isUnscaled)
        {
            Advice advice = Found(diagnosis, "unscaled-features");
            Assert.Contains("column 1", advice.Evidence["largest standard deviation"], StringComparison.Ordinal);
            Assert.Contains("threshold: above 100", advice.Evidence["ratio"], StringComparison.Ordinal);
            Assert.Contains("Normalization", advice.Suggestion, StringComparison.Ordinal);
        }
        else
        {
            NotFound(diagnosis, "unscaled-features");
        }
    }

    // What counts is what the first kernel sees.
    [Fact]
    public void A_Normalization_layer_puts_scales_right()
    {
        (NDArray x, NDArray y) = Points();
        x *= (NDArray)new[,] { { 1f, 1000f, 1f, 0.001f } };
        Normalization normalize = new();
        normalize.Adapt(x);
        Sequential model = new([normalize, new Dense(4, "relu"), new Dense(1)], seed: 1);
        model.Compile("adam", "mse", verbose: 0);
        Assert.Empty(model.Diagnose(x, y).Findings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pixels_from_0_to_255_are_large(bool isLarge)
    {
        Random random = new(1);
        NDArray x = NDArray.Create<byte>([.. Enumerable.Range(0, 64 * 16).Select(_ => (byte)random.Next(256))], [64, 16]);
        Sequential model = new([.. isLarge ? Array.Empty<Layer>() : [new Rescaling(1 / 255.0)], new Dense(4, "relu"), new Dense(1)], seed: 1);
        model.Compile("adam", "mse", verbose: 0);
        Diagnosis diagnosis = model.Diagnose(x, Points().Y);
        if (isLarge)
        {
            Assert.Contains("Rescaling", Found(diagnosis, "unscaled-features").Suggestion, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    [Theory]
    [InlineData(7f, 7f, true)]
    [InlineData(7f, 7.5f, false)]
    public void A_feature_that_never_changes_is_named(float value, float last, bool isConstant)
    {
        (NDArray x, NDArray y) = Points();
        float[] values = x.ToArray<float>();
        for (int i = 2; i < values.Length; i += 4)
        {
            values[i] = value;
        }

        values[^2] = last;
        Diagnosis diagnosis = Regression().Diagnose(NDArray.Create<float>(values, x.Dims), y);
        if (isConstant)
        {
            Assert.Contains("column 2 = 7", Found(diagnosis, "constant-feature").Message, StringComparison.Ordinal);
        }
        else
        {
            NotFound(diagnosis, "constant-feature");
        }
    }

    [Theory]
    [Trait("Lesson", "L118")]
    [InlineData("equal", true)]
    [InlineData("scaled", true)]
    [InlineData("one wrong", false)]
    public void A_column_that_is_the_target_is_named(string kind, bool isTarget)
    {
        (NDArray x, NDArray y) = Points();
        float[] values = x.ToArray<float>();
        float[] labels = y.ToArray<float>();
        for (int row = 0; row < labels.Length; row++)
        {
            values[(4 * row) + 3] = kind == "scaled" ? 1 - (2 * labels[row]) : row == 40 && kind == "one wrong" ? 1 - labels[row] : labels[row];
        }

        Diagnosis diagnosis = Regression().Diagnose(NDArray.Create<float>(values, x.Dims), y);
        if (isTarget)
        {
            Assert.Contains("Column 3 ", Found(diagnosis, "target-in-features").Message, StringComparison.Ordinal);
        }
        else
        {
            NotFound(diagnosis, "target-in-features");
        }
    }

    [Theory]
    [Trait("Lesson", "L29")]
    [InlineData(new[] { 1, 2, 3 }, true)]
    [InlineData(new[] { 0, 1, 2 }, false)]
    public void Labels_from_1_are_named_as_what_they_are(int[] labels, bool areFromOne)
    {
        Sequential model = Classes();
        Diagnosis diagnosis = model.Diagnose(Points(3).X, labels);
        if (areFromOne)
        {
            Assert.Contains("Subtract 1", Found(diagnosis, "labels-from-one").Suggestion, StringComparison.Ordinal);
            NotFound(diagnosis, "unusable-data");
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    [Fact]
    [Trait("Lesson", "L29")]
    public void Labels_out_of_range_are_named()
    {
        Advice advice = Found(Classes().Diagnose(Points(3).X, new[] { 0, 7, 2 }), "unusable-data");
        Assert.Contains("received 7 at row 1", advice.Message, StringComparison.Ordinal);
        Assert.Contains("Give the last layer as many units", advice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "finding")]
    [InlineData(30, "hint")]
    [InlineData(90, "")]
    public void Rare_classes_are_weighed(int rare, string expected)
    {
        (NDArray x, _) = Points(200);
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => i < rare ? 1 : 0)];
        Diagnosis diagnosis = Classes().Diagnose(x, labels);
        Assert.Equal(expected, diagnosis.FirstOrDefault(a => a.Rule == "class-imbalance")?.Level.ToString().ToLowerInvariant() ?? "");
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void The_same_row_with_two_labels_is_named(int other, bool isConflict)
    {
        (NDArray x, _) = Points(60);
        NDArray twice = NDArray.Concat([x, x[..5]]);
        int[] labels = [.. Enumerable.Range(0, 65).Select(i => (i % 60 % 2) ^ (i >= 60 ? other : 0))];
        Diagnosis diagnosis = Classes().Diagnose(twice, labels);
        if (isConflict)
        {
            Advice advice = Found(diagnosis, "conflicting-labels");
            Assert.Contains("row 0 (class 0) and row 60 (class 1)", advice.Message, StringComparison.Ordinal);
            Assert.Contains("10 of 65", advice.Evidence["rows in conflict"], StringComparison.Ordinal);
        }
        else
        {
            NotFound(diagnosis, "conflicting-labels");
        }
    }

    [Theory]
    [InlineData(10, "finding")]
    [InlineData(1, "hint")]
    [InlineData(0, "")]
    public void Test_rows_that_were_learned_from_are_named(int shared, string expected)
    {
        (NDArray x, NDArray y) = Points(64);
        NDArray test = NDArray.Concat([Points(40, seed: 9).X, .. shared == 0 ? Array.Empty<NDArray>() : [x[3..(3 + shared)]]]);
        Diagnosis diagnosis = Regression().Diagnose(x, y, test);
        Advice? advice = diagnosis.FirstOrDefault(a => a.Rule == "test-rows-in-training");
        Assert.Equal(expected, advice?.Level.ToString().ToLowerInvariant() ?? "");
        Assert.Equal(shared > 0, advice?.Message.Contains("test row 40 = training row 3", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void A_training_sees_rows_of_its_validation()
    {
        (NDArray x, NDArray y) = Points(64);
        Sequential model = Regression();
        Found(Trained(model, x, y, 1, options: new FitOptions { ValidationData = new ValidationData(x[..20], y[..20]) }), "test-rows-in-training");
        NotFound(Trained(model, x, y, 1, options: new FitOptions { ValidationSplit = 0.25 }), "test-rows-in-training");
    }

    private static Sequential Regression() => Compiled(new Sequential([new InputLayer(4), new Dense(4, "relu"), new Dense(1)], seed: 1), "mse");

    private static Sequential Classes() => Compiled(new Sequential([new InputLayer(4), new Dense(8, "relu"), new Dense(3)], seed: 1), new SparseCategoricalCrossentropy(fromLogits: true));
}
