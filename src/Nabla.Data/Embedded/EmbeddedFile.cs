using System.IO.Compression;

namespace Nabla.Data;

/// <summary>A data file inside this assembly, compressed with Brotli by <c>eng/rebuild-data.sh</c>, some in parts that decode side by side.</summary>
/// <param name="Name">The resource's name without part number and <c>.br</c>.</param>
/// <param name="Length">The bytes of the whole file.</param>
/// <param name="Md5">The whole file's MD5 as the publishers know it, in lower-case hexadecimal.</param>
/// <param name="Parts">How many resources hold it.</param>
internal sealed record EmbeddedFile(string Name, int Length, string Md5, int Parts = 1)
{
    public static readonly EmbeddedFile MnistTrainImages = new("mnist/train-images-idx3-ubyte", 47_040_016, "6bbc9ace898e44ae57da46a324031adb", Parts: 4);
    public static readonly EmbeddedFile MnistTrainLabels = new("mnist/train-labels-idx1-ubyte", 60_008, "a25bea736e30d166cdddb491f175f624");
    public static readonly EmbeddedFile MnistTestImages = new("mnist/t10k-images-idx3-ubyte", 7_840_016, "2646ac647ad5339dbf082846283269ea");
    public static readonly EmbeddedFile MnistTestLabels = new("mnist/t10k-labels-idx1-ubyte", 10_008, "27ae3e4e09519cfbb04c329615203637");
    public static readonly EmbeddedFile Digits = new("tables/digits.csv", 264_712, "a0339c30a8a5312a1b6f9e5c719dcce5");
    public static readonly EmbeddedFile Iris = new("tables/iris.csv", 2_734, "d69a16ea6136ccb02a7c37c66375ebba");
    public static readonly EmbeddedFile Wine = new("tables/wine_data.csv", 11_157, "4a4db56405701ab0f3ed0e194e993c0f");
    public static readonly EmbeddedFile BreastCancer = new("tables/breast_cancer.csv", 119_913, "36ef90874abc87f4b4a8554dcc17cf6f");

    public static readonly EmbeddedFile[] All =
        [MnistTrainImages, MnistTrainLabels, MnistTestImages, MnistTestLabels, Digits, Iris, Wine, BreastCancer];

    /// <summary>The names of the resources that hold the parts.</summary>
    public IEnumerable<string> Resources =>
        Enumerable.Range(0, Parts).Select(part => Parts > 1 ? $"{Name}.{part}.br" : $"{Name}.br");

    /// <summary>
    /// The work of decoding everything after the first <paramref name="skip"/> bytes into <paramref name="destination"/> at
    /// <paramref name="offset"/>: one action a part, each writing its own run, so they may run at once.
    /// </summary>
    public IEnumerable<Action> Decode(byte[] destination, int offset, int skip)
    {
        int run = (Length + Parts - 1) / Parts;
        return Resources.Select<string, Action>((resource, part) => () =>
        {
            int start = part * run;
            int end = Math.Min(start + run, Length);
            int skipped = Math.Clamp(skip - start, 0, end - start);
            using Stream compressed = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(resource)
                ?? throw new InvalidOperationException($"Nabla.Data: the assembly was built without its resource '{resource}'.");
            using var content = new BrotliStream(compressed, CompressionMode.Decompress);
            content.ReadExactly(new byte[skipped]);
            content.ReadExactly(destination, offset + start + skipped - skip, end - start - skipped);
        });
    }

    /// <summary>The whole file.</summary>
    public byte[] Read()
    {
        var content = new byte[Length];
        Parallel.Invoke([.. Decode(content, 0, 0)]);
        return content;
    }
}
