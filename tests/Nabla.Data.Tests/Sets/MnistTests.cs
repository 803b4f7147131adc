namespace Nabla.Data.Tests.Sets;

public sealed class MnistTests
{
    // 55 MB are decoded once for the class.
    private static readonly Lazy<DataSet> Set = new(Mnist.LoadSet);

    [Fact]
    public void Loads_in_the_shapes_that_Keras_gives()
    {
        var ((xTrain, yTrain), (xTest, yTest)) = Mnist.Load();
        Assert.Equal(new TensorType(DType.UInt8, [60_000, 28, 28]), xTrain.Type);
        Assert.Equal(new TensorType(DType.Int32, [60_000]), yTrain.Type);
        Assert.Equal(new TensorType(DType.UInt8, [10_000, 28, 28]), xTest.Type);
        Assert.Equal(new TensorType(DType.Int32, [10_000]), yTest.Type);
    }

    [Fact]
    public void The_first_labels_are_the_known_ones()
    {
        DataSplit split = Set.Value.Split();
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], split.YTrain.AsSpan<int>()[..10]);
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], split.YTest.AsSpan<int>()[..10]);
    }

    [Fact]
    public void Every_class_has_its_known_count()
    {
        DataSplit split = Set.Value.Split();
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], TableTests.ClassCounts(split.YTrain, 10));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], TableTests.ClassCounts(split.YTest, 10));
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte.gz", true)]
    [InlineData("t10k-images-idx3-ubyte.gz", false)]
    public void Images_equal_those_of_the_IDX_files(string file, bool train)
    {
        NDArray expected = IdxFile.Read(SharedData.Path(Path.Combine("mnist", file)));
        DataSplit split = Set.Value.Split();
        NDArray actual = train ? split.XTrain : split.XTest;
        Assert.Equal(expected.Type, actual.Type);
        Assert.True(expected.AsSpan<byte>().SequenceEqual(actual.AsSpan<byte>()));
    }

    [Fact]
    public void The_folder_loader_gives_the_same_split()
    {
        string folder = Path.GetDirectoryName(SharedData.Path(Path.Combine("mnist", "train-labels-idx1-ubyte.gz")))!;
        DataSplit expected = Set.Value.Split();
        DataSplit actual = IdxFolder.Load(folder);
        Assert.True(expected.XTest.AsSpan<byte>().SequenceEqual(actual.XTest.AsSpan<byte>()));
        Assert.True(expected.YTrain.AsSpan<int>().SequenceEqual(actual.YTrain.AsSpan<int>()));
        Assert.True(expected.YTest.AsSpan<int>().SequenceEqual(actual.YTest.AsSpan<int>()));
    }

    [Fact]
    public void A_fraction_asks_for_a_fresh_stratified_split()
    {
        DataSplit split = Set.Value.Split(testFraction: 0.1, seed: 3);
        Assert.Equal(7_000, split.XTest.Dims[0].Size);
        Assert.Equal(63_000, split.YTrain.Count);
    }
}
