using Nabla.Data;

namespace Nabla.Cli;

/// <summary>What DATA on the command line stands for: a packaged set by name, an IDX folder, or .npy/.npz files.</summary>
/// <param name="Name">What the model is called after.</param>
/// <param name="Split">Samples to learn from and samples kept back.</param>
/// <param name="ClassNames">What each class number means.</param>
/// <param name="Image">How a sample is read as a picture, or null.</param>
/// <param name="FeatureNames">What each feature is; empty for pixels and unnamed columns.</param>
internal sealed record DataSource(string Name, DataSplit Split, IReadOnlyList<string> ClassNames, ImageShape? Image, IReadOnlyList<string> FeatureNames)
{
    /// <summary>How DATA is described in help texts.</summary>
    public static string Description { get; } =
        $"A packaged set ({string.Join(", ", DataSets.Names)}), a folder of IDX files, a .npz file (x_train, y_train, x_test, y_test, or x and y), or two .npy files: features, then labels.";

    /// <summary>Loads what the words on the command line name.</summary>
    /// <param name="data">One word, or two .npy files.</param>
    /// <param name="seed">Decides which samples are kept back where the data does not say.</param>
    /// <exception cref="CliException">The words name nothing that can be read.</exception>
    public static DataSource Load(IReadOnlyList<string> data, int seed)
    {
        string first = data[0];
        if (data.Count == 1 && DataSets.Contains(first))
        {
            DataSet set = DataSets.Load(first);
            return new DataSource(set.Name, set.Split(seed: seed), set.ClassNames, set.Image, set.FeatureNames);
        }

        if (data.Count == 1 && Directory.Exists(first))
        {
            return FromSplit(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(first))), IdxFolder.Load(first));
        }

        string name = Path.GetFileNameWithoutExtension(first);
        if (data.Count == 1 && File.Exists(first) && Path.GetExtension(first) == ".npz")
        {
            return FromNpz(name, first, seed);
        }

        if (data.Count == 2 && data.All(f => Path.GetExtension(f) == ".npy"))
        {
            return FromSplit(name, Division(NpyFile.Read(first), NpyFile.Read(data[1]), seed));
        }

        string suggestion = data.Count == 1 && Path.GetExtension(first) == ".npy"
            ? "Give the labels' .npy file after the features'."
            : data.Count == 1 && !File.Exists(first) ? NoSuchSet(first) : "Other kinds of file cannot be read yet.";
        throw new CliException($"DATA: expected {Lower(Description)} Received '{string.Join(' ', data)}'. {suggestion}");
    }

    /// <summary>The features alone, for predicting: a packaged set gives those kept back for testing.</summary>
    public static NDArray LoadFeatures(IReadOnlyList<string> data, int seed)
    {
        if (data.Count == 1 && Path.GetExtension(data[0]) == ".npy")
        {
            return NpyFile.Read(data[0]);
        }

        if (data.Count == 1 && Path.GetExtension(data[0]) == ".npz" && NpzFile.Read(data[0]) is { Count: 1 } only)
        {
            return only.First().Value;
        }

        return Load(data, seed).Split.XTest;
    }

    private static DataSource FromNpz(string name, string path, int seed)
    {
        var arrays = NpzFile.Read(path);
        NDArray? Find(string key) => arrays.FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase)).Value;
        if (Find("x_train") is { } xTrain && Find("y_train") is { } yTrain && Find("x_test") is { } xTest && Find("y_test") is { } yTest)
        {
            return FromSplit(name, new DataSplit(xTrain, Labels(yTrain), xTest, Labels(yTest)));
        }

        return Find("x") is { } x && Find("y") is { } y
            ? FromSplit(name, Division(x, y, seed))
            : throw new CliException($"npz '{path}': expected arrays x_train, y_train, x_test and y_test, or x and y; received {string.Join(", ", arrays.Select(a => a.Key))}. Rename them.");
    }

    private static DataSource FromSplit(string name, DataSplit split)
    {
        Dims sample = split.XTrain.Dims[1..];
        int classes = split.YTrain.DType == DType.Int32 && split.YTrain.Count > 0 ? Max(split.YTrain, split.YTest) + 1 : 0;
        ImageShape? image = sample.Rank == 2 && split.XTrain.DType == DType.UInt8 ? new ImageShape(sample[0].Size, sample[1].Size, 255) : null;
        return new DataSource(name, split, [.. Enumerable.Range(0, classes).Select(c => c.ToString(System.Globalization.CultureInfo.InvariantCulture))], image, []);
    }

    private static int Max(NDArray train, NDArray test) => Math.Max(train.AsSpan<int>().ToArray().Max(), test.Count == 0 ? 0 : test.AsSpan<int>().ToArray().Max());

    private static DataSplit Division(NDArray x, NDArray y, int seed) =>
        Labels(y) is { DType: DType.Int32 } labels ? Nabla.Data.Split.Stratified(x, labels, seed: seed) : Nabla.Data.Split.Random(x, y, seed: seed);

    // Whole-number labels are classes and become int32; anything else is a quantity.
    private static NDArray Labels(NDArray y) => y.DType is DType.Float32 or DType.Float64 ? y : y.AsType(DType.Int32).Reshape([y.Dims[0].Size]);

    private static string NoSuchSet(string name)
    {
        try
        {
            DataSets.Load(name);
            return "";
        }
        catch (ArgumentException e)
        {
            int hint = e.Message.IndexOf("Did you mean", StringComparison.Ordinal);
            return hint < 0 ? "There is no such file or set." : e.Message[hint..].Split(" (Parameter")[0];
        }
    }

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
