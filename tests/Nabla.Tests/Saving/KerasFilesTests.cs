using System.Text.Json;

namespace Nabla.Tests.Saving;

/// <summary>Models and weights that Keras saved (tests/goldens/saved) are read, predict as they did there, and are written again as they were.</summary>
public sealed class KerasFilesTests
{
    // cnn and rnn: convolution, pooling and recurrent layers are not built yet.
    public static TheoryData<string> Saved => ["mlp-compiled", "mlp-plain", "functional", "nested"];

    [Theory]
    [MemberData(nameof(Saved))]
    public void Weights_from_safetensors_predict_as_in_Keras_and_are_written_with_the_same_names_and_bytes(string name)
    {
        using TemporaryFile file = new();
        Model model = Read(name);
        Assert.Empty(model.LoadWeights(PathOf(name, ".safetensors")));
        ExpectKerasOutputs(model, name);

        string written = file.Path + ".safetensors";
        model.SaveWeights(written);
        OrderedDictionary<string, NDArray> expected = SafeTensorsFile.Read(PathOf(name, ".safetensors")).Tensors;
        OrderedDictionary<string, NDArray> actual = SafeTensorsFile.Read(written).Tensors;
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, e => Assert.Equal((e.Value.Type.ToString(), Bytes(e.Value)), (actual[e.Key].Type.ToString(), Bytes(actual[e.Key]))));
    }

    [Theory]
    [MemberData(nameof(Saved))]
    public void Weights_go_through_npz_under_Keras_paths(string name)
    {
        using TemporaryFile file = new();
        Model model = Read(name);
        OrderedDictionary<string, NDArray> stored = NpzFile.Read(PathOf(name, ".io.npz"));
        model.SetWeights([.. Enumerable.Range(0, model.Weights.Count).Select(i => stored[$"w{i}"])]);
        Assert.Equal(Paths(name), model.WeightPaths.Select(w => w.Path));
        string written = file.Path + ".npz";
        model.SaveWeights(written);
        Assert.Equal(Paths(name), NpzFile.Read(written).Keys);
        Model other = Read(name);
        Assert.Empty(other.LoadWeights(written));
        ExpectKerasOutputs(other, name);
    }

    [Theory]
    [MemberData(nameof(Saved))]
    public void The_models_name_may_stand_before_the_paths_or_not(string name)
    {
        using TemporaryFile file = new();
        OrderedDictionary<string, NDArray> stored = SafeTensorsFile.Read(PathOf(name, ".safetensors")).Tensors;
        Func<string, string, string>[] changes =
        [
            (path, model) => path.StartsWith(model + "/", StringComparison.Ordinal) ? path[(model.Length + 1)..] : path,
            (path, model) => $"{model}_1/{path}",
            (path, model) => path.StartsWith(model + "/", StringComparison.Ordinal) ? path : $"{model}/{path}",
        ];
        foreach (Func<string, string, string> change in changes)
        {
            Model model = Read(name);
            string path = file.Path + ".npz";
            NpzFile.Write(path, stored.Select(s => KeyValuePair.Create(change(s.Key, model.Name), s.Value)));
            Assert.Empty(model.LoadWeights(path));
            ExpectKerasOutputs(model, name);
        }
    }

    [Theory]
    [MemberData(nameof(Saved))]
    public void A_model_of_Keras_survives_our_own_file(string name)
    {
        using TemporaryFile file = new();
        Model model = Read(name);
        model.LoadWeights(PathOf(name, ".safetensors"));
        model.Save(file.Path);
        ExpectKerasOutputs(Model.Load(file.Path), name);
    }

    // The rest of the fits has convolution or recurrent layers.
    public static TheoryData<string> Fits =>
    [
        "binary-class-weight", "classifier-adam", "classifier-softmax-validation", "early-stopping", "functional-shared", "plateau", "regression-sample-weight-l2",
    ];

    [Theory]
    [MemberData(nameof(Fits))]
    public void The_models_of_the_fits_are_read(string name)
    {
        JsonElement fit = Goldens.Area($"fits/{name}")[name];
        Model model = Model.FromJson(fit.GetProperty("model").GetRawText());
        string[] paths = [.. fit.GetProperty("weight_names").EnumerateArray().Select(n => n.GetString()!)];
        Assert.Equal(paths, model.WeightPaths.Select(w => w.Path));
        Assert.Equal(paths.Select((_, i) => Goldens.Area($"fits/{name}").Array(name, $"w0_{i}").Type.ToString()), model.Weights.Select(w => w.Type.ToString()));
        Assert.Equal(model.ToJson(), Model.FromJson(model.ToJson()).ToJson());
    }

    private static Model Read(string name) => Model.FromJson(File.ReadAllText(PathOf(name, ".json")));

    private static string PathOf(string name, string extension) => Path.Combine(RepositoryFiles.Root, "tests", "goldens", "saved", name + extension);

    private static IEnumerable<string> Paths(string name)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests", "goldens", "saved", "saved.json")));
        JsonElement model = json.RootElement.GetProperty("models").EnumerateArray().First(m => m.GetProperty("model").GetString() == name);
        return [.. model.GetProperty("weights").EnumerateArray().Select(w => w.GetString()!)];
    }

    private static void ExpectKerasOutputs(Model model, string name)
    {
        OrderedDictionary<string, NDArray> stored = NpzFile.Read(PathOf(name, ".io.npz"));
        IReadOnlyList<NDArray> outputs = model.Predict((NDArray[])[.. Enumerable.Range(0, model.InputTypes.Count).Select(i => stored[$"x{i}"])]);
        for (int i = 0; i < outputs.Count; i++)
        {
            NDArray expected = stored[$"y{i}"];
            double largest = expected.AsType(DType.Float64).ToArray<double>().Max(Math.Abs);
            Goldens.Close(expected, outputs[i], 2e-5, 2e-6 * largest);
        }
    }

    private static string Bytes(NDArray array)
    {
        using MemoryStream stream = new();
        NpyFile.Write(stream, array);
        return Convert.ToHexString(stream.ToArray());
    }
}
