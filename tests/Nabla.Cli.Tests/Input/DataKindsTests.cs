using System.Text.Json;
using Nabla.Data;

namespace Nabla.Cli.Tests.Input;

/// <summary>What DATA may be, besides the packaged sets.</summary>
public sealed class DataKindsTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    private Outcome Train(params string[] data)
    {
        Outcome outcome = Workplace.Run(["train", .. data, "--epochs", "1", "--out", _place["m.nabla"], "--json", _place["r.json"]]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        return outcome;
    }

    [Fact]
    public void An_npz_of_rows_is_divided()
    {
        DataSet iris = Iris.Load();
        Outcome outcome = Train(_place.Npz("flowers.npz", ("X", iris.X), ("y", iris.Y)));
        Assert.StartsWith("Data      flowers: 120 samples to learn from, 30 kept back for the test\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_npz_with_its_own_division_keeps_it()
    {
        DataSplit parts = Wine.Load().Split(testFraction: 0.5);
        Outcome outcome = Train(_place.Npz("w.npz", ("x_train", parts.XTrain), ("y_train", parts.YTrain), ("x_test", parts.XTest), ("y_test", parts.YTest)));
        Assert.StartsWith("Data      w: 89 samples to learn from, 89 kept back for the test\n", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Int16)]
    public void Two_npy_files_are_features_and_labels(DType labels)
    {
        DataSet iris = Iris.Load();
        Outcome outcome = Train(_place.Npy("x.npy", iris.X.AsType(DType.Float64)), _place.Npy("y.npy", iris.Y.AsType(labels)));
        Assert.StartsWith("Data      x: 120 samples", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("3 classes", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_number_features_are_taken_as_numbers()
    {
        DataSet iris = Iris.Load();
        Train(_place.Npy("x.npy", iris.X.AsType(DType.Int32)), _place.Npy("y.npy", iris.Y));
        Assert.Equal(DType.Float32, Sequential.Load(_place["m.nabla"]).DType);
    }

    [Fact]
    public void A_folder_of_idx_files_is_a_set_of_pictures()
    {
        IdxFiles.Write(_place.Folder, samples: 40);
        Outcome outcome = Train(_place.Folder);
        Assert.Contains("pictures of 6x4 pixels from 0 to 255, 2 classes", outcome.Output, StringComparison.Ordinal);
        Assert.Equal([typeof(Rescaling), typeof(Flatten), typeof(Dense), typeof(Dense), typeof(Dense)], Sequential.Load(_place["m.nabla"]).Layers.Select(l => l.GetType()));
    }

    [Fact]
    public void Columns_along_several_axes_are_laid_in_a_row_and_standardised_one_by_one()
    {
        DataSet iris = Iris.Load();
        Train(_place.Npz("grid.npz", ("x", iris.X.Reshape(150, 2, 2)), ("y", iris.Y)));
        Rescaling scaling = Assert.IsType<Rescaling>(Sequential.Load(_place["m.nabla"]).Layers[1]);
        Assert.Equal(4, scaling.Scale.Count);
    }

    [Fact]
    public void Floating_labels_are_quantities_learned_with_squared_errors()
    {
        (NDArray x, NDArray y) = Line(50);
        Outcome outcome = Train(_place.Npz("line.npz", ("x", x), ("y", y)));
        Assert.Contains("2 columns, quantities", outcome.Output, StringComparison.Ordinal);
        Assert.IsType<MeanSquaredError>(Sequential.Load(_place["m.nabla"]).Loss);
        Assert.False(_place.Json("r.json").TryGetProperty("testAccuracy", out _));
        Assert.InRange(_place.Json("r.json").GetProperty("testMeanAbsoluteError").GetDouble(), 0, double.MaxValue);
        Assert.InRange(_place.Json("r.json").GetProperty("testR2").GetDouble(), -1000, 1);
    }

    [Fact]
    public void Several_floating_label_columns_get_an_output_each()
    {
        (NDArray x, _) = Line(50);
        Train(_place.Npz("plane.npz", ("x", x), ("y", x)));
        Assert.Equal(2, Sequential.Load(_place["m.nabla"]).Layers.OfType<Dense>().Last().Units);
    }

    [Fact]
    public void Quantities_are_predicted_a_number_a_line()
    {
        (NDArray x, NDArray y) = Line(50);
        Train(_place.Npz("line.npz", ("x", x), ("y", y)));
        Outcome outcome = Workplace.Run("predict", _place["m.nabla"], _place.Npy("new.npy", x[..3]));
        Assert.Equal(3, outcome.Lines.Length);
        Assert.Equal(
            Sequential.Load(_place["m.nabla"]).Predict(x[..3]).AsSpan<float>().ToArray(),
            outcome.Lines.Select(l => float.Parse(l, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_class_with_one_sample_does_not_stop_the_division()
    {
        (NDArray x, _) = Line(20);
        int[] labels = [.. Enumerable.Range(0, 20).Select(i => i == 0 ? 2 : i % 2)];
        Train(_place.Npz("rare.npz", ("x", x), ("y", NDArray.From(labels))));
    }

    private static (NDArray X, NDArray Y) Line(int samples)
    {
        var x = new float[samples, 2];
        var y = new float[samples];
        for (int i = 0; i < samples; i++)
        {
            (x[i, 0], x[i, 1]) = (i, i % 7);
            y[i] = 2 * i - 3 * (i % 7);
        }

        return (NDArray.From(x), NDArray.From(y));
    }
}
