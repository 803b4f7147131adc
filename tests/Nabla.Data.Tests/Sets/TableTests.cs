using System.Globalization;
using System.IO.Compression;

namespace Nabla.Data.Tests.Sets;

public sealed class TableTests
{
    internal static int[] ClassCounts(NDArray labels, int classes)
    {
        var counts = new int[classes];
        foreach (int label in labels.AsSpan<int>())
        {
            counts[label]++;
        }

        return counts;
    }

    public static TheoryData<string, int, int, int[]> Shapes => new()
    {
        { "digits", 1797, 64, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180] },
        { "iris", 150, 4, [50, 50, 50] },
        { "wine", 178, 13, [59, 71, 48] },
        { "breast_cancer", 569, 30, [212, 357] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_table_has_its_published_samples_features_and_classes(string name, int samples, int features, int[] classCounts)
    {
        DataSet set = DataSets.Load(name);
        Assert.Equal(new TensorType(DType.Float32, [samples, features]), set.X.Type);
        Assert.Equal(new TensorType(DType.Int32, [samples]), set.Y.Type);
        Assert.Equal(classCounts, ClassCounts(set.Y, classCounts.Length));
        Assert.Equal(classCounts.Length, set.ClassNames.Count);
        Assert.Equal(samples, set.Count);
    }

    [Theory]
    [InlineData("iris", 4)]
    [InlineData("wine", 13)]
    [InlineData("breast_cancer", 30)]
    public void Every_feature_of_a_table_has_a_name_of_its_own(string name, int features)
    {
        Assert.Equal(features, DataSets.Load(name).FeatureNames.Distinct().Count());
    }

    [Theory]
    [InlineData("digits", "digits/digits.csv.gz", false)]
    [InlineData("iris", "tables/iris.csv", true)]
    [InlineData("wine", "tables/wine_data.csv", true)]
    [InlineData("breast_cancer", "tables/breast_cancer.csv", true)]
    public void Every_number_equals_that_of_the_shared_file(string name, string file, bool hasHeader)
    {
        string path = SharedData.Path(file);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);
        using var reader = new StreamReader(stream);
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        float[] expected = [.. lines.Skip(hasHeader ? 1 : 0).SelectMany(line => line.Split(',')).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
        DataSet set = DataSets.Load(name);
        int columns = set.X.Dims[1].Size;
        var actual = new List<float>();
        for (int row = 0; row < set.Count; row++)
        {
            actual.AddRange(set.X.AsSpan<float>().Slice(row * columns, columns));
            actual.Add(set.Y.AsSpan<int>()[row]);
        }

        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void A_table_reads_the_same_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(5.1f, DataSets.Load("IRIS").X.AsSpan<float>()[0]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Pixels_of_the_digits_lie_between_0_and_16()
    {
        DataSet digits = Digits.Load();
        Assert.Equal(new ImageShape(8, 8, 16), digits.Image);
        Assert.Equal(0f, digits.X.AsSpan<float>().ToArray().Min());
        Assert.Equal(16f, digits.X.AsSpan<float>().ToArray().Max());
    }

    [Fact]
    public void A_set_deconstructs_into_features_and_labels()
    {
        var (x, y) = Iris.Load();
        Assert.Equal(150, x.Dims[0].Size);
        Assert.Equal(150, y.Count);
    }
}
