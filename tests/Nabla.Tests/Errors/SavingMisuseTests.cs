using System.Text;
using Nabla.Tests.Saving;

namespace Nabla.Tests.Errors;

/// <summary>Models that cannot be saved, and files that are damaged, hostile or of another kind: refused with place and reason.</summary>
public sealed class SavingMisuseTests
{
    private static readonly Dictionary<string, Action<string>> Damages = new()
    {
        ["a text file"] = path => File.WriteAllText(path, "this is no model"),
        ["an empty file"] = path => File.WriteAllBytes(path, []),
        ["half a file"] = path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^200]),
        ["a flipped bit in the weights"] = FlipWeightBit,
        ["no configuration"] = path => ZipEdit.Member(path, "config.json", null),
        ["no weights"] = path => ZipEdit.Member(path, "weights.safetensors", null),
        ["no metadata"] = path => ZipEdit.Member(path, "metadata.json", null),
        ["a stranger's member"] = path => ZipEdit.Add(path, "evil.dll", [1, 2, 3]),
        ["an optimizer's state without an optimizer"] = path => ZipEdit.Text(path, "config.json", "\"optimizer\"", "\"optimizer_was\""),
        ["an optimizer without its state"] = path => ZipEdit.Member(path, "optimizer.safetensors", null),
        ["weights that are not numbers"] = path => ChangeWeights(path, (name, value) => name == "net/first/kernel" ? value * double.NaN : value),
        ["infinite weights"] = path => ChangeWeights(path, (name, value) => name == "net/second/bias" ? NDArray.Full(float.PositiveInfinity, value.Dims) : value),
        ["a configuration cut short"] = path => ZipEdit.Member(path, "config.json", ZipEdit.Read(path, "config.json")[..300]),
        ["another format"] = path => ZipEdit.Text(path, "metadata.json", "\"format\": \"nabla\"", "\"format\": \"keras\""),
        ["a newer version"] = path => ZipEdit.Text(path, "metadata.json", "\"format_version\": 1", "\"format_version\": 2"),
        ["broken JSON"] = path => ZipEdit.Text(path, "config.json", "\"units\": 3,", "\"units\": 3"),
        ["a key twice"] = path => ZipEdit.Text(path, "config.json", "\"units\": 3,", "\"units\": 3, \"units\": 2147483647,"),
        ["nesting without end"] = path => ZipEdit.Member(path, "config.json", Encoding.UTF8.GetBytes("{\"config\":" + new string('[', 100_000))),
        ["a class from elsewhere"] = path => ZipEdit.Text(path, "config.json", "\"class_name\": \"Dense\"", "\"class_name\": \"System.Diagnostics.Process, System\""),
        ["a layer from elsewhere"] = path => ZipEdit.Text(path, "config.json", "\"class_name\": \"Dense\"", "\"class_name\": \"Process\""),
        ["a lambda"] = path => ZipEdit.Text(path, "config.json", "\"class_name\": \"Dense\"", "\"class_name\": \"Lambda\""),
        ["a model class from elsewhere"] = path => ZipEdit.Text(path, "config.json", "\"class_name\": \"Sequential\"", "\"class_name\": \"Functional\""),
        ["an unknown argument"] = path => ZipEdit.Text(path, "config.json", "\"units\": 3,", "\"units\": 3, \"secret\": 5,"),
        ["units that are text"] = path => ZipEdit.Text(path, "config.json", "\"units\": 3,", "\"units\": \"3\","),
        ["units without number"] = path => ZipEdit.Text(path, "config.json", "\"units\": 3,", "\"units\": null,"),
        ["half a unit"] = path => ZipEdit.Text(path, "config.json", "\"units\": 3,", "\"units\": 2.5,"),
        ["no units"] = path => ZipEdit.Text(path, "config.json", "\"units\": 3,", "\"units\": 0,"),
        ["more units than memory"] = path => ZipEdit.Text(path, "config.json", "\"units\": 3,", "\"units\": 2147483647,"),
        ["more units than stored"] = path => ZipEdit.Text(path, "config.json", "\"units\": 3,", "\"units\": 4,"),
        ["fewer units than stored"] = path => ZipEdit.Text(path, "config.json", "\"units\": 3,", "\"units\": 2,"),
        ["an input of size 0"] = path => ZipEdit.Text(path, "config.json", "\"build_input_shape\": [\n      null,\n      2", "\"build_input_shape\": [\n      null,\n      0"),
        ["an unknown activation"] = path => ZipEdit.Text(path, "config.json", "\"activation\": \"relu\"", "\"activation\": \"rm -rf\""),
        ["an unknown dtype"] = path => ZipEdit.Text(path, "config.json", "\"name\": \"float32\"", "\"name\": \"float16\""),
        ["a learning rate beyond numbers"] = path => ZipEdit.Text(path, "config.json", "\"learning_rate\": 0.001", "\"learning_rate\": 1e999"),
        ["a negative learning rate"] = path => ZipEdit.Text(path, "config.json", "\"learning_rate\": 0.001", "\"learning_rate\": -1"),
        ["two layers of one name"] = path => ZipEdit.Text(path, "config.json", "\"name\": \"second\"", "\"name\": \"first\""),
        ["weights under another name"] = path => ZipEdit.Text(path, "config.json", "\"name\": \"second\"", "\"name\": \"third\""),
        ["weights of numbers in another type"] = path => ChangeWeights(path, (_, value) => value.AsType(DType.Float64)),
        ["a seed that is text"] = path => ZipEdit.Text(path, "training.json", "\"seed\": 3", "\"seed\": \"x\""),
    };

    private static readonly Dictionary<string, string[]> Parts = new()
    {
        ["a text file"] = ["zip", "model.nabla"],
        ["an empty file"] = ["zip"],
        ["half a file"] = ["zip"],
        ["a flipped bit in the weights"] = ["checksum"],
        ["no configuration"] = ["expected a member 'config.json'"],
        ["no weights"] = ["expected a member 'weights.safetensors'"],
        ["no metadata"] = ["expected a member 'metadata.json'"],
        ["a stranger's member"] = ["expected only the members of a model", "received 'evil.dll'"],
        ["an optimizer's state without an optimizer"] = ["'optimizer.safetensors' is there", "'config.json' says no optimizer"],
        ["an optimizer without its state"] = ["'config.json' names the optimizer 'adam'", "'optimizer.safetensors', is missing", "Save the model again"],
        ["weights that are not numbers"] = ["weights.safetensors", "expected finite weights, received NaN or infinity in 'net/first/kernel'. Train the model again."],
        ["infinite weights"] = ["NaN or infinity in 'net/second/bias'."],
        ["a configuration cut short"] = ["config.json", "expected JSON, received something else at line ", ", byte ", "save the model again"],
        ["another format"] = ["expected the format 'nabla'", "received 'keras'"],
        ["a newer version"] = ["format_version up to 1", "received 2", "newer version"],
        ["broken JSON"] = ["config.json", "expected JSON"],
        ["a key twice"] = ["config.json", "units"],
        ["nesting without end"] = ["config.json", "expected JSON"],
        ["a class from elsewhere"] = ["expected one of the layers", "received 'System.Diagnostics.Process, System'"],
        ["a layer from elsewhere"] = ["expected one of the layers", "received 'Process'", "$.config.layers[1]"],
        ["a lambda"] = ["expected the name of a registered function for 'function'", "missing", "$.config.layers[1]"],
        ["a model class from elsewhere"] = ["$.config: expected 'input_layers', but it is missing"],
        ["an unknown argument"] = ["'secret' = 5 is not known here", "$.config.layers[1].config"],
        ["units that are text"] = ["expected a whole number for 'units'", "received \"3\""],
        ["units without number"] = ["expected a whole number for 'units'", "missing"],
        ["half a unit"] = ["expected a whole number for 'units'", "received 2.5"],
        ["no units"] = ["Dense 'first'", "expected 1 or more units"],
        ["more units than memory"] = ["$.config", "[2,2147483647] has more elements than an array can hold"],
        ["more units than stored"] = ["weights.safetensors", "nothing was changed", "net/first/kernel: float32[2,4] in the model, float32[2,3] in the file"],
        ["fewer units than stored"] = ["weights.safetensors", "expected the weights of Sequential 'net'; 1 of 4 fit", "net/first/kernel: float32[2,2] in the model, float32[2,3] in the file"],
        ["an input of size 0"] = ["expected sizes of 1 or more in 'build_input_shape'", "received 0"],
        ["an unknown activation"] = ["Activation", "received 'rm -rf'"],
        ["an unknown dtype"] = ["expected a dtype of float32 or float64", "received 'float16'"],
        ["a learning rate beyond numbers"] = ["learning_rate", "1e999"],
        ["a negative learning rate"] = ["expected a learningRate of 0 or more"],
        ["two layers of one name"] = ["names of their own", "received 'first'"],
        ["weights under another name"] = ["net/third/kernel: float32[3,1] in the model, missing in the file", "net/second/kernel: not in the model, float32[3,1] in the file"],
        ["weights of numbers in another type"] = ["0 of 4 fit", "net/first/kernel: float32[2,3] in the model, float64[2,3] in the file"],
        ["a seed that is text"] = ["training.json", "expected a whole number for 'seed'"],
    };

    public static TheoryData<string> Damaged => [.. Damages.Keys];

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_file_with_it_is_refused(string damage)
    {
        using TemporaryFile file = new();
        Saved(file.Path);
        Damages[damage](file.Path);
        MalformedFileException error = Assert.Throws<MalformedFileException>(() => Sequential.Load(file.Path));
        Assert.All(Parts[damage], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["saving before there are weights"] = Misuse.Of<InvalidOperationException>(() => new Sequential([new Dense(2)], name: "net").Save("x.nabla"), "Sequential 'net'", "Save expected a built model"),
        ["an activation of one's own"] = Misuse.Of<NotSupportedException>(() => Save(new Dense(2, (Activation)(x => x * 2), name: "d")), "Dense 'd'", "function of your own", "cannot be saved", "Activation.Register", "SaveWeights"),
        ["a layer of one's own"] = Misuse.Of<NotSupportedException>(() => Save(new Twice()), "Twice 'twice'", "Override WriteConfig, and call Layer.Register(\"Twice\", config => ...)"),
        ["a folder that is not there"] = Misuse.Of<DirectoryNotFoundException>(() => SaveTo("/no/such/folder/x.nabla"), "Could not write '/no/such/folder/x.nabla'", "does not exist"),
        ["loading what is not there"] = Misuse.Of<FileNotFoundException>(() => Sequential.Load("/tmp/no-such-model.nabla"), "Expected a file to read, found none at '/tmp/no-such-model.nabla'", "Check the name"),
        ["saving weights that are not numbers"] = Misuse.Of<InvalidOperationException>(() => SaveWith(float.NaN), "Save expected finite weights, received NaN or infinity in sequential"),
        ["loading a folder"] = Misuse.Of<IOException>(() => Sequential.Load(Path.GetTempPath()), "Expected a file to read, received the folder"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_in_saving_or_loading_is_explained(string mistake) => All[mistake].Check();

    [Fact]
    public void What_cannot_be_saved_leaves_the_old_file_as_it_was()
    {
        using TemporaryFile file = new();
        Saved(file.Path);
        byte[] before = File.ReadAllBytes(file.Path);
        Sequential model = new([new InputLayer(2), new Twice()]);
        Assert.Throws<NotSupportedException>(() => model.Save(file.Path));
        Assert.Equal(before, File.ReadAllBytes(file.Path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file.Path)!));
    }

    // Every length of the file is a file that a full disk or a killed copy could leave.
    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using TemporaryFile file = new();
        Saved(file.Path);
        byte[] whole = File.ReadAllBytes(file.Path);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(file.Path, whole[..length]);
            Assert.Throws<MalformedFileException>(() => Sequential.Load(file.Path));
        }
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_refused_or_reads_the_same()
    {
        using TemporaryFile file = new();
        Saved(file.Path);
        float[] weights = Sequential.Load(file.Path).Weights[0].Value.ToArray<float>();
        byte[] whole = File.ReadAllBytes(file.Path);
        for (int at = 0; at < whole.Length; at += 11)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            File.WriteAllBytes(file.Path, damaged);
            try
            {
                Assert.Equal(weights, Sequential.Load(file.Path).Weights[0].Value.ToArray<float>());
            }
            catch (MalformedFileException)
            {
                // Refused: the other good answer.
            }
        }
    }

    private static void Saved(string path)
    {
        Sequential model = new([new InputLayer(2, name: "in"), new Dense(3, "relu", name: "first"), new Dense(1, name: "second")], name: "net", seed: 3);
        model.Compile(new Adam(), "mse", ["mse"]);
        model.Fit(new float[,] { { 1, 2 }, { 3, 4 } }, new float[] { 1, 2 }, verbose: 0);
        model.Save(path);
    }

    private static void FlipWeightBit(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        byte[] weights = ZipEdit.Read(path, "weights.safetensors");
        int at = file.AsSpan().IndexOf(weights.AsSpan(^16..));
        file[at] ^= 1;
        File.WriteAllBytes(path, file);
    }

    private static void ChangeWeights(string path, Func<string, NDArray, NDArray> change)
    {
        using MemoryStream stream = new(ZipEdit.Read(path, "weights.safetensors"));
        SafeTensorsFile weights = SafeTensorsFile.Read(stream);
        using MemoryStream changed = new();
        SafeTensorsFile.Write(changed, weights.Tensors.Select(t => new KeyValuePair<string, NDArray>(t.Key, change(t.Key, t.Value))));
        ZipEdit.Member(path, "weights.safetensors", changed.ToArray());
    }

    private static void Save(Layer layer)
    {
        using TemporaryFile file = new();
        new Sequential([new InputLayer(2), layer]).Save(file.Path);
    }

    private static void SaveWith(float weight)
    {
        using TemporaryFile file = new();
        Sequential model = new([new InputLayer(1), new Dense(1, name: "d")]);
        model.Weights[0].Assign(NDArray.Full(weight, Dims.Of(1, 1)));
        model.Save(file.Path);
    }

    private static void SaveTo(string path) => new Sequential([new InputLayer(2), new Dense(1)]).Save(path);

    private sealed class Twice() : Layer("twice")
    {
        protected override Tensor Call(Tensor input, CallContext context) => input * 2;
    }
}
