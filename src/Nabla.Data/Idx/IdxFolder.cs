using System.Globalization;

namespace Nabla.Data;

/// <summary>Reads a folder with the four files of MNIST or of a set in its form (Fashion-MNIST, Kuzushiji-MNIST, EMNIST).</summary>
/// <example><code>
/// if (IdxFolder.IsIdxFolder("fashion"))
/// {
///     var ((xTrain, yTrain), (xTest, yTest)) = IdxFolder.Load("fashion");
/// }
/// </code></example>
public static class IdxFolder
{
    // In the order of preference: the publishers' names first, plain before compressed.
    private static readonly (string Separator, string Extension)[] Endings = [("-", ""), ("-", ".gz"), (".", ""), (".", ".gz")];

    /// <summary>
    /// Training and test samples from <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c> and the same two with <c>t10k</c>,
    /// each plain or <c>.gz</c> (<c>.idx3-ubyte</c> will do too): images as they are, [samples, height, width]; labels int32 [samples].
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="classes">How many classes there are: a label must be below. 10 by default; EMNIST's letters have 27.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="MalformedFileException">A file is damaged, or the files do not belong together.</exception>
    public static DataSplit Load(string folder, int classes = 10)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"IdxFolder: expected a folder with IDX files, but there is no folder '{folder}'.");
        }

        // All four are looked up before any is read: a missing one is told at once.
        string trainImages = Find(folder, "train-images", 3);
        string trainLabels = Find(folder, "train-labels", 1);
        string testImages = Find(folder, "t10k-images", 3);
        string testLabels = Find(folder, "t10k-labels", 1);
        (NDArray xTrain, NDArray yTrain) = Pair(trainImages, trainLabels, classes);
        (NDArray xTest, NDArray yTest) = Pair(testImages, testLabels, classes);
        if (xTrain.DType != xTest.DType || !xTrain.Dims[1..].SameSizes(xTest.Dims[1..]))
        {
            throw new MalformedFileException(
                testImages, "IDX", null, $"expected test samples like the training samples ({xTrain.DType.Name}{xTrain.Dims[1..]}), received {xTest.DType.Name}{xTest.Dims[1..]}.");
        }

        return new DataSplit(xTrain, yTrain, xTest, yTest);
    }

    /// <summary>Whether the folder has at least the two files of a training set.</summary>
    public static bool IsIdxFolder(string folder) =>
        Directory.Exists(folder) && Candidates(folder, "train-images", 3).Any(File.Exists) && Candidates(folder, "train-labels", 1).Any(File.Exists);

    private static string Find(string folder, string name, int rank) =>
        Candidates(folder, name, rank).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"IdxFolder: expected one of {string.Join(", ", Candidates(string.Empty, name, rank))} in '{folder}', found none of them.", Path.Combine(folder, name));

    private static IEnumerable<string> Candidates(string folder, string name, int rank) =>
        Endings.Select(ending => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}{ending.Separator}idx{rank}-ubyte{ending.Extension}")));

    private static (NDArray Images, NDArray Labels) Pair(string imagePath, string labelPath, int classes)
    {
        NDArray images = IdxFile.Read(imagePath);
        NDArray labels = IdxFile.Read(labelPath);
        if (labels.Rank != 1 || labels.DType is DType.Float32 or DType.Float64)
        {
            throw new MalformedFileException(labelPath, "IDX", null, $"expected whole-number labels along one axis, received {labels.Type}. Were images and labels swapped?");
        }

        if (images.Rank < 2)
        {
            throw new MalformedFileException(imagePath, "IDX", null, $"expected images along two or more axes, received {images.Type}. Were images and labels swapped?");
        }

        if (images.Dims[0].Size != labels.Dims[0].Size)
        {
            throw new MalformedFileException(
                labelPath, "IDX", null, $"expected as many labels as images: '{Path.GetFileName(imagePath)}' has {images.Dims[0].Size} images, '{Path.GetFileName(labelPath)}' has {labels.Dims[0].Size} labels.");
        }

        int[] values = Widen(labels);
        for (int row = 0; row < values.Length; row++)
        {
            if (values[row] < 0 || values[row] >= classes)
            {
                throw new MalformedFileException(
                    labelPath, "IDX", null, $"expected labels from 0 to {classes - 1}, received {values[row]} in row {row}. Pass 'classes' where there are more than {classes}.");
            }
        }

        return (images, NDArray.Wrap(values, labels.Dims));
    }

    private static int[] Widen(NDArray labels) => labels.DType switch
    {
        DType.UInt8 => Array.ConvertAll(labels.AsSpan<byte>().ToArray(), v => (int)v),
        DType.Int8 => Array.ConvertAll(labels.AsSpan<sbyte>().ToArray(), v => (int)v),
        DType.Int16 => Array.ConvertAll(labels.AsSpan<short>().ToArray(), v => (int)v),
        _ => labels.AsSpan<int>().ToArray(),
    };
}
