namespace Nabla.Data;

/// <summary>MNIST: 70,000 handwritten digits of 28x28 pixels from 0 to 255, 60,000 to learn from and 10,000 to test with.</summary>
/// <example><code>
/// var ((xTrain, yTrain), (xTest, yTest)) = Mnist.Load();   // uint8[60000,28,28], int32[60000], and 10,000 to test with
/// NDArray pixels = xTest / 255.0;
/// </code></example>
public static class Mnist
{
    private const int TrainCount = 60_000;
    private const int TestCount = 10_000;
    private const int Side = 28;

    // An IDX header: four bytes of magic, four for each axis.
    private const int ImageHeader = 16;
    private const int LabelHeader = 8;

    /// <summary>Where MNIST comes from and its licence (a share-alike one).</summary>
    public static Attribution Attribution { get; } = new(
        "Yann LeCun, Corinna Cortes, Christopher J. C. Burges",
        "CC BY-SA 3.0",
        "The MNIST database of handwritten digits",
        "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document recognition. Proceedings of the IEEE 86 (11), 1998.");

    /// <summary>
    /// Training and test digits as Keras gives them: images uint8 [60000,28,28] and [10000,28,28], labels int32 [60000] and [10000].
    /// </summary>
    /// <remarks><c>var ((xTrain, yTrain), (xTest, yTest)) = Mnist.Load();</c></remarks>
    public static DataSplit Load() => LoadSet().Split();

    /// <summary>All 70,000 digits in one set, the 10,000 of the test at the end: images uint8 [70000,28,28], labels int32 [70000].</summary>
    public static DataSet LoadSet()
    {
        const int Pixels = Side * Side;
        var images = new byte[(TrainCount + TestCount) * Pixels];
        var labels = new byte[TrainCount + TestCount];
        Parallel.Invoke(
        [
            .. EmbeddedFile.MnistTrainImages.Decode(images, 0, ImageHeader),
            .. EmbeddedFile.MnistTestImages.Decode(images, TrainCount * Pixels, ImageHeader),
            .. EmbeddedFile.MnistTrainLabels.Decode(labels, 0, LabelHeader),
            .. EmbeddedFile.MnistTestLabels.Decode(labels, TrainCount, LabelHeader),
        ]);
        return new DataSet
        {
            Name = "mnist",
            X = NDArray.Wrap(images, [TrainCount + TestCount, Side, Side]),
            Y = NDArray.Wrap(Array.ConvertAll(labels, label => (int)label), [TrainCount + TestCount]),
            ClassNames = Digits.Names,
            Image = new ImageShape(Side, Side, 255),
            PublishedTestCount = TestCount,
            Attribution = Attribution,
        };
    }
}
