using System.Globalization;
using System.Text.Json;

namespace Nabla.Core.Tests.Formats;

/// <summary>The stored files of tests/goldens/formats, their index, and what the tests of several formats share.</summary>
internal static class StoredFiles
{
    private static readonly string Root = RepositoryFiles.Root;

    internal static string Golden(string file) => System.IO.Path.Combine(Root, "tests", "goldens", file);

    internal static string Path(string format, string file) => Golden(System.IO.Path.Combine("formats", format, file));

    internal static byte[] Bytes(string format, string file) => File.ReadAllBytes(Path(format, file));

    internal static string TemporaryFolder() => Directory.CreateTempSubdirectory("nabla-formats-").FullName;

    /// <summary>The entries of a format's index that satisfy a condition, one theory row per file.</summary>
    internal static TheoryData<string> Files(string format, Func<JsonElement, bool> condition)
    {
        var rows = new TheoryData<string>();
        foreach (JsonElement entry in Index(format).Where(condition))
        {
            rows.Add(entry.GetProperty("file").GetString()!);
        }

        return rows;
    }

    internal static JsonElement Entry(string format, string file) =>
        Index(format).Single(e => e.GetProperty("file").GetString() == file);

    internal static int[] Shape(JsonElement entry) => [.. entry.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())];

    /// <summary>Whether an element is the number that Python printed.</summary>
    internal static void AssertElement(string printed, NDArray element)
    {
        switch (element.DType)
        {
            case DType.Boolean:
                Assert.Equal(printed == "True", element.Item<bool>());
                break;
            case DType.Complex128:
                // The stored ones are all real: (28.861511+0j).
                Assert.Equal((double)float.Parse(printed[1..^4], CultureInfo.InvariantCulture), element.Item<System.Numerics.Complex>());
                break;
            case DType.Float16:
                Assert.Equal(Half.Parse(printed, CultureInfo.InvariantCulture), element.Item<Half>());
                break;
            case DType.Float32:
                Assert.Equal(float.Parse(printed, CultureInfo.InvariantCulture), element.Item<float>());
                break;
            case DType.Float64 when printed == "nan":
                Assert.True(double.IsNaN(element.Item<double>()));
                break;
            case DType.BFloat16 or DType.Float64:
                // By bits, which tell -0 from 0.
                Assert.Equal(
                    BitConverter.DoubleToInt64Bits(Number(printed)),
                    BitConverter.DoubleToInt64Bits(element.Item<double>()));
                break;
            default:
                Assert.Equal(printed, element.ToString());
                break;
        }
    }

    private static double Number(string printed) => printed switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(printed, CultureInfo.InvariantCulture),
    };

    private static IEnumerable<JsonElement> Index(string format)
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Path(format, "index.json")));
        return [.. index.RootElement.GetProperty("files").EnumerateArray().Select(e => e.Clone())];
    }
}
