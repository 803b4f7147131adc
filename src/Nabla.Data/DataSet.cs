using System.Globalization;

namespace Nabla.Data;

/// <summary>Samples and their labels, with what is needed to read, show and credit them.</summary>
/// <remarks>Deconstructs: <c>var (x, y) = Iris.Load();</c></remarks>
/// <example><code>
/// DataSet wine = Wine.Load();
/// Console.WriteLine($"{wine.Count} samples of {wine.FeatureNames[0]}, ...");   // 178 samples of alcohol, ...
/// var (features, labels) = wine;
/// </code></example>
public sealed record DataSet
{
    /// <summary>The short name the set is loaded by: <c>mnist</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The features: one sample per row of the first axis.</summary>
    public required NDArray X { get; init; }

    /// <summary>The labels, as many as samples: int32 class numbers [samples], or float32 targets [samples, 1].</summary>
    public required NDArray Y { get; init; }

    /// <summary>Who made it and under which licence it may be used.</summary>
    public required Attribution Attribution { get; init; }

    /// <summary>What each feature is; empty for pixels.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>What each class number means; empty where the labels are quantities.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>How a sample is read as a picture, or null where it is none.</summary>
    public ImageShape? Image { get; init; }

    /// <summary>How many samples at the end are the test set that the publishers set apart; 0 where they set none apart.</summary>
    public int PublishedTestCount { get; init; }

    /// <summary>The number of samples.</summary>
    public int Count => X.Dims[0].Size;

    /// <summary>
    /// Samples to learn from and samples to test with: the publishers' own division where there is one and no fraction is asked for,
    /// else a shuffled one that keeps every class' share (or, for quantities, any).
    /// </summary>
    /// <param name="testFraction">The share of samples kept back, between 0 and 1; the default is the published division, else 0.2.</param>
    /// <param name="seed">The same seed gives the same division.</param>
    public DataSplit Split(double? testFraction = null, int seed = 0)
    {
        if (testFraction is null && PublishedTestCount > 0)
        {
            int train = Count - PublishedTestCount;
            return new DataSplit(Rows(X, 0, train), Rows(Y, 0, train), Rows(X, train, PublishedTestCount), Rows(Y, train, PublishedTestCount));
        }

        return ClassNames.Count > 0
            ? Data.Split.Stratified(X, Y, testFraction ?? 0.2, seed)
            : Data.Split.Random(X, Y, testFraction ?? 0.2, seed);
    }

    /// <summary>Features and labels.</summary>
    public void Deconstruct(out NDArray x, out NDArray y) => (x, y) = (X, Y);

    /// <summary><c>mnist: 70000 samples uint8[28,28], 10 classes</c>.</summary>
    public override string ToString()
    {
        string labels = ClassNames.Count > 0 ? $"{ClassNames.Count} classes" : "quantities";
        return string.Create(CultureInfo.InvariantCulture, $"{Name}: {Count} samples {X.DType.Name}{X.Dims[1..]}, {labels}");
    }

    // A run of rows shares the memory of the whole.
    private static NDArray Rows(NDArray array, int start, int count)
    {
        Dims dims = array.Dims.With(0, count);
        return array.View(start * array.Dims[1..].Count, dims);
    }
}
