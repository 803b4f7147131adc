namespace Nabla.Tests.Layers;

/// <summary>Rescaling with one number for all features, and with a number for each.</summary>
public sealed class RescalingTests
{
    private static readonly NDArray Rows = NDArray.From(new float[,] { { 1, 10 }, { 3, 20 } });

    [Fact]
    public void One_number_scales_every_feature()
    {
        Assert.Equal([1f, 19f, 5f, 39f], new Rescaling(2, -1).Call(Rows).AsSpan<float>());
    }

    [Fact]
    public void A_number_for_each_feature_scales_its_column()
    {
        Assert.Equal([-1f, 1f, 1f, 2f], new Rescaling([1, 0.1], [-2, 0]).Call(Rows).AsSpan<float>());
    }

    [Fact]
    public void One_offset_serves_many_scales()
    {
        Assert.Equal([3f, 3f, 5f, 4f], new Rescaling([1, 0.1], [2]).Call(Rows).AsSpan<float>());
    }

    [Fact]
    public void Numbers_for_other_features_are_refused()
    {
        var error = Assert.Throws<ShapeException>(() => new Rescaling([1, 2, 3], [0]).Call(Rows));
        Assert.Contains("expected 3 features on the last axis, one for each number, received float32[2,2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Rescaling([1, double.NaN], [0]));
        Assert.Contains("expected a finite scale, received NaN", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 0.1, 1.0 / 3 }, new double[] { -2, 1e-300 })]
    [InlineData(new double[] { 2 }, new double[] { 0 })]
    public void The_numbers_survive_saving_exactly(double[] scale, double[] offset)
    {
        using TemporaryFile file = new();
        Sequential model = new([new InputLayer(2), new Rescaling(scale, offset)]);
        model.Save(file.Path);
        var loaded = (Rescaling)Sequential.Load(file.Path).Layers[0];
        Assert.Equal(scale, loaded.Scale);
        Assert.Equal(offset, loaded.Offset);
    }
}
