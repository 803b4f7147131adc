using Nabla.Data;

namespace Nabla.Cli.Input;

/// <summary>What DATA on the command line stands for: a packaged set by name, an IDX folder, or .npy and .npz files.</summary>
internal sealed record DataSource
{
    // Which samples are kept back does not depend on --seed: what 'train' never saw is what 'evaluate' measures.
    public const int DivisionSeed = 0;

    /// <summary>How DATA is described in help texts.</summary>
    public static string Description { get; } =
        $"A packaged set ({string.Join(", ", DataSets.Names)}), a folder of IDX files, a CSV file, a .npz file (x_train, y_train, x_test, y_test, or x and y), or two .npy files (features, then labels).";

    /// <summary>What the model is called after.</summary>
    public required string Name { get; init; }

    /// <summary>What a sample's label means.</summary>
    public required Labels Labels { get; init; }

    /// <summary>How a sample is read as a picture, or null.</summary>
    public ImageShape? Image { get; init; }

    /// <summary>What each feature is; empty for pixels and unnamed columns.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>The division that the data come with; null where they are just rows.</summary>
    public DataSplit? Parts { get; private init; }

    /// <summary>What was made of a table's columns; null for other data, and where a model is only measured.</summary>
    public PreparedTable? Table { get; private init; }

    /// <summary>How a table's rows become samples, and what answers mean; null for other data.</summary>
    public Schema? Schema { get; private init; }

    private (NDArray X, NDArray Y)? Rows { get; init; }

    /// <summary>Samples to learn from, and samples to measure with.</summary>
    public DataSplit ForTraining()
    {
        if (Parts is not null)
        {
            return Parts;
        }

        (NDArray x, NDArray y) = Rows!.Value;
        bool classesInPairs = Labels.IsClasses && y.AsSpan<int>().ToArray().CountBy(c => c).All(c => c.Value >= 2);
        return classesInPairs ? Split.Stratified(x, y, seed: DivisionSeed) : Split.Random(x, y, seed: DivisionSeed);
    }

    /// <summary>Samples to measure with: the part kept back, or all rows where nothing says which to keep back.</summary>
    public (NDArray X, NDArray Y) ForTesting() => Parts is { } parts ? (parts.XTest, parts.YTest) : Rows!.Value;

    /// <summary>Loads what the words on the command line name.</summary>
    /// <param name="data">The words.</param>
    /// <param name="table">What was said about a CSV file, where it may be one to train on.</param>
    /// <exception cref="UsageException">The words name nothing that can be read.</exception>
    /// <exception cref="IOException">A file could not be read.</exception>
    public static DataSource Load(IReadOnlyList<string> data, TableWords? table = null)
    {
        string first = data[0];
        if (table is not null && IsTable(data, table))
        {
            PreparedTable prepared = table.Prepare(first, DivisionSeed);
            return OfSchema(Path.GetFileNameWithoutExtension(first), prepared.Schema) with { Table = prepared, Parts = prepared.Parts };
        }

        if (table?.Target is not null)
        {
            throw new UsageException($"--target: expected a CSV file to find the column in, received '{string.Join(' ', data)}'. Other data have their labels apart: leave --target out.");
        }

        if (data.Count == 1 && DataSets.Contains(first))
        {
            DataSet set = DataSets.Load(first);
            return FromParts(set.Name, set.Split(seed: DivisionSeed)) with { Labels = new Labels(set.ClassNames), Image = set.Image, FeatureNames = set.FeatureNames };
        }

        if (data.Count == 1 && Directory.Exists(first))
        {
            // Labels are bytes: no number of classes is too many, and the largest label tells how many there are.
            return FromParts(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(first))), IdxFolder.Load(first, classes: 256));
        }

        if (data.Count == 1 && HasExtension(first, ".npz"))
        {
            return FromNpz(first);
        }

        if (data.Count == 2 && data.All(f => HasExtension(f, ".npy")))
        {
            return FromRows(Path.GetFileNameWithoutExtension(first), NpyFile.Read(Existing(first)), NpyFile.Read(Existing(data[1])));
        }

        throw NothingToRead(data);
    }

    /// <summary>Whether the words name a CSV file to train on.</summary>
    public static bool IsTable(IReadOnlyList<string> data, TableWords table) =>
        data.Count == 1 && !DataSets.Contains(data[0]) && (TableWords.IsTable(data[0]) || (table.Target is not null && File.Exists(data[0])));

    /// <summary>Rows of a table with their labels, to measure a model with that was trained on such.</summary>
    public static DataSource OfRows(string name, Schema schema, NDArray x, NDArray y) => OfSchema(name, schema) with { Rows = (x, y) };

    private static DataSource OfSchema(string name, Schema schema) =>
        new() { Name = name, Schema = schema, Labels = new Labels(schema.Target.Classes ?? []), FeatureNames = schema.FeatureNames };

    /// <summary>The features alone, for predicting.</summary>
    /// <inheritdoc cref="Load" path="/exception"/>
    public static NDArray LoadFeatures(IReadOnlyList<string> data)
    {
        if (data.Count == 1 && HasExtension(data[0], ".npy"))
        {
            return NpyFile.Read(Existing(data[0]));
        }

        if (data.Count == 1 && HasExtension(data[0], ".npz"))
        {
            NpzArrays arrays = new(Existing(data[0]));
            return arrays.Find("x_test") ?? arrays.Find("x") ?? arrays.Only
                ?? throw arrays.Error("expected an array x_test or x, or a single one");
        }

        return Load(data).ForTesting().X;
    }

    private static DataSource FromNpz(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        NpzArrays arrays = new(Existing(path));
        if (arrays.Find("x_train") is { } xTrain && arrays.Find("y_train") is { } yTrain && arrays.Find("x_test") is { } xTest && arrays.Find("y_test") is { } yTest)
        {
            return FromParts(name, new DataSplit(xTrain, yTrain, xTest, yTest));
        }

        return arrays.Find("x") is { } x && arrays.Find("y") is { } y
            ? FromRows(name, x, y)
            : throw arrays.Error("expected arrays x_train, y_train, x_test and y_test, or x and y");
    }

    private static DataSource FromRows(string name, NDArray x, NDArray y)
    {
        (x, y) = Columns.Check(name, x, y);
        return new DataSource { Name = name, Rows = (x, y), Labels = Labels.Of(name, y), Image = Picture(x) };
    }

    private static DataSource FromParts(string name, DataSplit parts)
    {
        (NDArray xTrain, NDArray yTrain) = Columns.Check($"{name} (train)", parts.XTrain, parts.YTrain);
        (NDArray xTest, NDArray yTest) = Columns.Check($"{name} (test)", parts.XTest, parts.YTest);
        if (!xTrain.Dims[1..].SameSizes(xTest.Dims[1..]) || yTrain.DType != yTest.DType)
        {
            throw new InvalidDataException($"{name}: expected test samples like the training samples ({xTrain.Type}, labels {yTrain.Type}), received {xTest.Type}, labels {yTest.Type}.");
        }

        return new DataSource
        {
            Name = name,
            Parts = new DataSplit(xTrain, yTrain, xTest, yTest),
            Labels = Labels.Of(name, yTrain, yTest),
            Image = Picture(xTrain),
        };
    }

    // Bytes in two axes are what pictures are stored as.
    private static ImageShape? Picture(NDArray x) => x is { Rank: 3, DType: DType.UInt8 } ? new ImageShape(x.Dims[1].Size, x.Dims[2].Size, 255) : null;

    private static UsageException NothingToRead(IReadOnlyList<string> data)
    {
        string first = data[0];
        string advice = data.Count > 2 || (data.Count == 2 && !data.All(f => HasExtension(f, ".npy"))) ? "Several words are taken only as two .npy files."
            : HasExtension(first, ".npy") ? "Name the labels' .npy file after the features'."
            : File.Exists(first) ? "Such a file cannot be read: save the rows as CSV, or arrays as .npz or .npy, as NumPy does."
            : DidYouMean.Nearest(first, DataSets.Names) is { } nearest ? $"Did you mean '{nearest}'?"
            : "There is no file, folder or set of that name.";
        return new UsageException($"DATA: expected {char.ToLowerInvariant(Description[0])}{Description[1..^1]}; received '{string.Join(' ', data)}'. {advice}");
    }

    private static string Existing(string path) => File.Exists(path) || Directory.Exists(path)
        ? path
        : throw new FileNotFoundException($"DATA: there is no file '{path}'. Check the name and the folder, or name a packaged set, such as iris.", path);

    private static bool HasExtension(string path, string extension) => Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase);
}
