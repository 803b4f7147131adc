using System.Collections.Concurrent;
using System.Text.Json;

namespace Nabla.Tests;

/// <summary>The values from real Keras under tests/goldens: cases by name, arrays by case and name.</summary>
internal sealed class Goldens
{
    private static readonly ConcurrentDictionary<string, Lazy<Goldens>> Loaded = new();

    private readonly Dictionary<string, JsonElement> _cases = [];
    private readonly OrderedDictionary<string, NDArray> _arrays;

    private Goldens(string area)
    {
        string path = Path.Combine(RepositoryFiles.Root, "tests", "goldens", area);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path + ".json"));
        foreach (JsonElement item in json.RootElement.GetProperty("cases").EnumerateArray())
        {
            _cases.Add(item.GetProperty("case").GetString()!, item.Clone());
        }

        _arrays = NpzFile.Read(path + ".npz");
    }

    public static Goldens Area(string area) => Loaded.GetOrAdd(area, a => new Lazy<Goldens>(() => new Goldens(a))).Value;

    public static TheoryData<string> Cases(string area, Func<JsonElement, bool> condition) =>
        [.. Area(area)._cases.Where(c => condition(c.Value)).Select(c => c.Key)];

    public JsonElement this[string name] => _cases[name];

    public NDArray Array(string name, string array) => _arrays[$"{name}.{array}"];

    public NDArray? Optional(string name, string array) => _arrays.GetValueOrDefault($"{name}.{array}");

    /// <summary>Asserts max |ours - value| / (atol + rtol |value|) of at most 1, in the README's tolerances for float64.</summary>
    public static void Close(NDArray expected, NDArray actual, double rtol = 1e-9, double atol = 1e-11)
    {
        Assert.Equal(expected.Dims.Sizes, actual.Dims.Sizes);
        ReadOnlySpan<double> e = expected.AsType(DType.Float64).AsSpan<double>();
        ReadOnlySpan<double> a = actual.AsType(DType.Float64).AsSpan<double>();
        for (int i = 0; i < e.Length; i++)
        {
            bool same = e[i].Equals(a[i]) || Math.Abs(a[i] - e[i]) <= atol + (rtol * Math.Abs(e[i]));
            Assert.True(same, $"at {i} of {expected.Type}: expected {e[i]:R}, received {a[i]:R}");
        }
    }

    public static void Close(double expected, double actual, double rtol = 1e-9, double atol = 1e-11) => Close((NDArray)expected, actual, rtol, atol);
}
