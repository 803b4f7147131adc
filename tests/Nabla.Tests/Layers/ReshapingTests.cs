namespace Nabla.Tests.Layers;

/// <summary>What Keras' stored cases leave out: channels first, three axes, and the shorter ways to write arguments.</summary>
public sealed class ReshapingTests
{
    public static TheoryData<string> BothFormats => [.. Layers(default).Select(l => l.ClassName)];

    [Theory]
    [MemberData(nameof(BothFormats))]
    public void Channels_first_does_the_same_to_images_whose_channels_come_first(string className)
    {
        Layer last = Layers(DataFormat.ChannelsLast).Single(l => l.ClassName == className);
        Layer first = Layers(DataFormat.ChannelsFirst).Single(l => l.ClassName == className);
        int axes = ((SpatialLayer)last).SpatialAxes;
        NDArray x = Numbers([2, .. new[] { 4, 5, 3 }[..axes], 2]);
        int[] toFirst = [0, axes + 1, .. Enumerable.Range(1, axes)];
        Assert.Equal(last.Call(x).Transpose(toFirst).ToArray<float>(), first.Call(x.Transpose(toFirst)).ToArray<float>());
    }

    [Fact]
    public void Three_axes_are_padded_cropped_and_repeated()
    {
        NDArray x = Numbers([1, 2, 1, 2, 1]);
        Assert.Equal([1, 4, 1, 5, 1], new ZeroPadding3D(((1, 1), (0, 0), (1, 2))).Call(x).Dims.Sizes);
        Assert.Equal(x.ToArray<float>(), new Cropping3D(((1, 1), (0, 0), (1, 2))).Call(new ZeroPadding3D(((1, 1), (0, 0), (1, 2))).Call(x)).ToArray<float>());
        Assert.Equal([1f, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], new UpSampling3D((2, 1, 2)).Call(x).ToArray<float>());
    }

    [Fact]
    public void One_number_two_numbers_and_pairs_say_the_same()
    {
        NDArray x = Numbers([1, 3, 3, 1]);
        float[] expected = new ZeroPadding2D(((2, 2), (2, 2))).Call(x).ToArray<float>();
        Assert.Equal(expected, new ZeroPadding2D(2).Call(x).ToArray<float>());
        Assert.Equal(expected, new ZeroPadding2D((2, 2)).Call(x).ToArray<float>());
        Assert.Equal([(1, 2)], new ZeroPadding1D((1, 2)).Padding);
        Assert.Equal([(1, 1), (1, 1)], new ZeroPadding2D().Padding);
        Assert.Equal([(0, 0), (0, 0)], new Cropping2D().Amount);
        Assert.Equal([2, 2], new UpSampling2D().Size);
        Assert.Equal([3, 3, 3], new UpSampling3D(3).Size);
    }

    [Theory]
    [InlineData("{\"padding\": 2}", 2, 2, 2, 2)]
    [InlineData("{\"padding\": [1, 2]}", 1, 1, 2, 2)]
    [InlineData("{\"padding\": [[1, 2], [3, 4]]}", 1, 2, 3, 4)]
    [InlineData("{}", 1, 1, 1, 1)]
    public void Files_may_write_margins_in_any_of_Keras_ways(string config, int top, int bottom, int left, int right)
    {
        var layer = (ZeroPadding2D)ConfigText.Read($"{{\"class_name\": \"ZeroPadding2D\", \"config\": {{\"name\": \"p\"{(config == "{}" ? "" : ", ")}{config[1..]}}}");
        Assert.Equal([(top, bottom), (left, right)], layer.Padding);
    }

    [Fact]
    public void Flattening_one_number_a_sample_gives_a_column() => Assert.Equal([3, 1], new Flatten().Call(Numbers([3])).Dims.Sizes);

    [Fact]
    public void Bilinear_upsampling_keeps_the_mean_and_the_range()
    {
        NDArray x = Numbers([1, 3, 4, 2]);
        float[] y = new UpSampling2D((3, 2), interpolation: "bilinear").Call(x).ToArray<float>();
        Assert.Equal(x.ToArray<float>().Average(), y.Average(), 1e-4);
        Assert.InRange(y.Min(), 1, 24);
        Assert.InRange(y.Max(), 1, 24);
    }

    private static Layer[] Layers(DataFormat format) =>
    [
        new ZeroPadding1D((1, 2), format),
        new ZeroPadding2D(((1, 2), (0, 3)), format),
        new ZeroPadding3D(((1, 2), (0, 3), (2, 0)), format),
        new Cropping2D(((1, 2), (0, 3)), format),
        new Cropping3D(((1, 2), (0, 3), (2, 0)), format),
        new UpSampling2D((2, 3), format, "bilinear"),
        new UpSampling3D((2, 3, 1), format),
    ];

    private static NDArray Numbers(int[] dims) =>
        NDArray.From(Enumerable.Range(1, Dims.Of(dims).Count).Select(i => (float)i).ToArray()).Reshape(dims);
}
