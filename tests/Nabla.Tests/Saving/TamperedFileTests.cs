using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Nabla.Tests.Saving;

/// <summary>
/// Files of models and of weights that somebody changed: each is refused with place and reason, in little memory, with nothing written and the
/// model that was there as it was.
/// </summary>
public sealed class TamperedFileTests
{
    private const string Config = "config.json";
    private const string Weights = "weights.safetensors";

    private static readonly Dictionary<string, Tampering> All = new()
    {
        // The calls of a functional model.
        ["a call on a layer that is not there"] = Changed(m => History(m, "shared")[0] = "nowhere", "expected a layer of this model, received 'nowhere'"),
        ["a layer that waits for itself"] = Changed(m => History(m, "adapt")[0] = "adapt", "wait for each other in a circle", "'adapt'"),
        ["layers that wait for each other"] = Changed(m => History(m, "adapt")[0] = "out", "wait for each other in a circle", "'out'"),
        ["a call that was never made"] = Changed(m => History(m, "out")[1] = 7, "expected one of the 1 calls of 'sum', received number 7"),
        ["a call before the first"] = Changed(m => History(m, "out")[1] = -1, "received number -1"),
        ["an output that a layer has not"] = Changed(m => History(m, "out")[2] = 1, "expected one of the 1 outputs of 'sum', received number 1"),
        ["half an output"] = Changed(m => History(m, "out")[2] = 0.5, "expected a layer, a call's number and an output's number in 'keras_history', received [\"sum\",0,0.5]"),
        ["no place of an argument"] = Changed(m => Layer(m, "out")["inbound_nodes"]![0]!["args"]![0]!["config"]!.AsObject().Remove("keras_history"), "expected 'keras_history', but it is missing"),
        ["a call of nothing"] = Changed(m => Layer(m, "out")["inbound_nodes"]![0]!["args"] = new JsonArray(), "$.config.layers[5].inbound_nodes[0]: expected a call of one or more tensors, received none"),
        ["a call with an argument that would be lost"] = Changed(m => Layer(m, "out")["inbound_nodes"]![0]!["kwargs"] = new JsonObject { ["scale"] = 3 }, "'scale' = 3 is not known here"),
        ["calls that are text"] = Changed(m => Layer(m, "out")["inbound_nodes"] = "out", "expected a list for 'inbound_nodes'"),
        ["outputs from nowhere"] = Changed(m => m["config"]!["output_layers"]![0] = "nowhere", "received 'nowhere', which is not among them"),
        ["inputs in the middle"] = Changed(m => m["config"]!["input_layers"]![0]![0] = "adapt", "expected inputs of the model in 'input_layers', received 'adapt'"),
        ["an input twice"] = Changed(m => m["config"]!["input_layers"]![0]![0] = "b", "expected every input once"),
        ["an input too few"] = Changed(m => m["config"]!["input_layers"]!.AsArray().RemoveAt(0), "expected outputs that come from the given inputs alone"),
        ["a layer that is not connected"] = Changed(m => Layer(m, "adapt")["inbound_nodes"] = new JsonArray(), "expected one of the 0 calls of 'adapt'"),
        ["two layers under one name"] = Changed(m => Layer(m, "out")["config"]!["name"] = "adapt", "expected layers with names of their own, received 'adapt' twice"),
        ["a name of half a character"] = Of(".nabla", p => ZipEdit.Text(p, Config, "\"name\": \"adapt\"", "\"name\": \"\\ud800\""), "invalid UTF-8 or half a surrogate pair"),

        // Sizes.
        ["an input larger than memory"] = Changed(m => Layer(m, "a")["config"]!["batch_shape"] = new JsonArray(null, 2_000_000_000, 4), "has more elements than an array can hold"),
        ["an input of negative size"] = Changed(m => Layer(m, "a")["config"]!["batch_shape"]![1] = -4, "expected sizes of 1 or more in 'batch_shape', received -4"),
        ["an input of complex numbers"] = Changed(m => Layer(m, "a")["config"]!["dtype"] = "complex64", "received 'complex64'"),
        ["a layer wider than what is stored"] = Changed(m => Layer(m, "out")["config"]!["units"] = 200_000_000, "out/kernel: float32[5,200000000] in the model, float32[5,2] in the file"),
        ["a layer that repeats without end"] = Changed(m => Replace(m, "sum", "RepeatVector", ("n", 2_000_000_000)), "RepeatVector"),
        ["class numbers without end"] = Changed(m => Replace(m, "adapt", "Embedding", ("input_dim", 2_000_000_000), ("output_dim", 2_000_000)), "has more elements than an array can hold"),
        ["padding without end"] = Changed(m => Replace(m, "adapt", "ZeroPadding1D", ("padding", 2_147_483_647)), "$.config.layers"),
        ["models in models in models"] = Of(".nabla", Deep, Config, "expected JSON"),
        ["JSON of 70 MiB in a few bytes"] = Of(".nabla", p => Compressed(p, Config, 70 << 20, (byte)' '), "expected at most 67108864 bytes in member 'config.json'"),
        ["weights of 300 MiB in a few bytes"] = Of(".nabla", p => Compressed(p, Weights, 300 << 20, 0), Weights, "header"),
        ["a header longer than the file"] = Of(".nabla", p => ZipEdit.Member(p, Weights, [255, 255, 255, 255, 255, 255, 255, 127, .. new byte[64]]), Weights, "header"),

        // Classes and compilation.
        ["a layer class that nobody registered"] = Changed(m => Layer(m, "out")["class_name"] = "TheirLayer", "received 'TheirLayer'", "Layer.Register(\"TheirLayer\", config => ...)"),
        ["a model that is a layer"] = Changed(m => Root(m, "Flatten"), "expected a model, received a layer: 'Flatten'"),
        ["an optimizer of another class"] = Changed(m => m["compile_config"]!["optimizer"]!["class_name"] = "System.Reflection.Assembly", "expected one of the optimizers", "received 'System.Reflection.Assembly'"),
        ["an optimizer that remembers something else"] = Changed(Forgetful, "optimizer.safetensors", "adam/adapt/kernel/momentum: not in the model"),
        ["a loss for an output that is not there"] = Changed(m => m["compile_config"]!["loss"] = new JsonObject { ["kind"] = "mse" }, "expected the outputs out in 'loss', received 'kind'"),
        ["too many weights of losses"] = Changed(m => m["compile_config"]!["loss_weights"] = new JsonArray(1, 2), "expected as many items in 'loss_weights' as the model has outputs, 1, received 2"),
        ["a metric that is not known"] = Changed(m => m["compile_config"]!["metrics"] = new JsonArray("os.system"), "received 'os.system'"),
        ["epochs before the first"] = Of(".nabla", p => ZipEdit.Text(p, "training.json", "\"epochs\": 1", "\"epochs\": -1"), "training.json", "expected a whole number of 0 or more for 'epochs', received -1"),

        // The zip around them.
        ["a member that leads out"] = Of(".nabla", p => Plain(p, "../config.json"), "leads out of the file"),
        ["a member at the root of the disk"] = Of(".nabla", p => Plain(p, "/etc/passwd"), "leads out of the file"),
        ["a member twice"] = Of(".nabla", p => Plain(p, Config), "there twice"),
        ["a weight too many"] = Of(".nabla", p => Tensors(p, t => t.Add("adapt/scale", NDArray.Ones(DType.Float32, [4]))), Weights, "adapt/scale: not in the model, float32[4] in the file"),
        ["a weight too few"] = Of(".nabla", p => Tensors(p, t => t.Remove("out/bias")), Weights, "5 of 6 fit", "out/bias: float32[2] in the model, missing in the file"),
        ["a kernel on its side"] = Of(".nabla", p => Tensors(p, t => t["adapt/kernel"] = NDArray.Ones(DType.Float32, [4, 3])), "adapt/kernel: float32[3,4] in the model, float32[4,3] in the file"),
        ["whole numbers for weights"] = Of(".nabla", p => Tensors(p, t => t["out/bias"] = new int[] { 1, 2 }), "out/bias: float32[2] in the model, int32[2] in the file"),

        // Weights alone.
        ["safetensors cut short"] = Of(".safetensors", p => File.WriteAllBytes(p, File.ReadAllBytes(p)[..^5]), "the file is cut short"),
        ["safetensors with something behind"] = Of(".safetensors", p => File.AppendAllText(p, "more"), "was added to"),
        ["safetensors of no bytes"] = Of(".safetensors", p => File.WriteAllBytes(p, []), "header length"),
        ["safetensors with a header of 2^62 bytes"] = Of(".safetensors", p => Bytes(p, (b, _) => b[7] = 0x40), "header"),
        ["safetensors with a name twice"] = Of(".safetensors", p => Header(p, "adapt/kernel", "shared/kernel"), "shared/kernel"),
        ["safetensors with a name that is no UTF-8"] = Of(".safetensors", p => Bytes(p, (b, text) => b[text.IndexOf("adapt/bias", StringComparison.Ordinal)] = 0xff), "header"),
        ["safetensors with absurd dims"] = Of(".safetensors", p => Header(p, "\"shape\":[4,5]", "\"shape\":[4,9000000000]"), "shared/kernel"),
        ["safetensors with other dims"] = Of(".safetensors", p => Header(p, "\"shape\":[4,5]", "\"shape\":[5,4]"), "shared/kernel: float32[4,5] in the model, float32[5,4] in the file"),
        ["safetensors of whole numbers"] = Of(".safetensors", p => Header(p, "\"F32\"", "\"I32\""), "in the model, int32"),
        ["safetensors of unknown numbers"] = Of(".safetensors", p => Header(p, "\"F32\"", "\"F8_\""), "F8_"),
        ["safetensors that overlap"] = Of(".safetensors", p => Header(p, "\"data_offsets\":[48,64]", "\"data_offsets\":[40,56]"), "expected it to begin at 48"),
        ["safetensors that are not numbers"] = Of(".safetensors", p => Bytes(p, (b, _) => b.AsSpan(b.Length - 4, 4).Fill(0xff)), "expected finite weights, received NaN or infinity in 'out/bias'"),
        ["safetensors of another model"] = Of(".safetensors", p => Header(p, "adapt/", "admit/"), "4 of 6 fit, and nothing was changed", "adapt/kernel: float32[3,4] in the model, missing in the file", "admit/kernel: not in the model, float32[3,4] in the file"),
        ["npz cut short"] = Of(".npz", p => File.WriteAllBytes(p, File.ReadAllBytes(p)[..^30]), "npz"),
        ["npz with a bit changed"] = Of(".npz", p => Bytes(p, (b, text) => b[text.IndexOf("adapt/kernel.npy", StringComparison.Ordinal) + 160] ^= 4), "checksum"),
        ["npz without a weight"] = Of(".npz", p => ZipEdit.Member(p, "out/bias.npy", null), "out/bias: float32[2] in the model, missing in the file"),
        ["npz with a stranger"] = Of(".npz", p => ZipEdit.Add(p, "run.py", [1, 2, 3]), "expected only members named *.npy, received 'run.py'"),
        ["npz that leads out"] = Of(".npz", p => Plain(p, "../../out.npy"), "leads out of the file"),
        ["npz of objects"] = Of(".npz", p => Npy(p, "out/bias.npy", "'<f4'", "'|O' "), "out/bias.npy"),
        ["npz of absurd dims"] = Of(".npz", p => Npy(p, "out/bias.npy", "(2,), }       ", "(999999999,),}"), "out/bias.npy"),
        ["npz of 600 MiB in a few bytes"] = Of(".npz", p => Compressed(p, "out/bias.npy", 600 << 20, 0), "bytes of content, more than the allowed"),
        ["npz of text"] = Of(".npz", p => File.WriteAllText(p, "no weights"), "zip"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_with_it_is_refused(string which)
    {
        using TemporaryFile file = new();
        Tampering tampering = All[which];
        string path = Path.ChangeExtension(file.Path, tampering.Extension);
        Model model = Made();
        Save(model, path);
        tampering.Do(path);
        byte[] tampered = File.ReadAllBytes(path);
        float[] weights = [.. model.GetWeights().SelectMany(w => w.ToArray<float>())];

        long before = GC.GetAllocatedBytesForCurrentThread();
        MalformedFileException error = Assert.Throws<MalformedFileException>(() => Load(model, path));
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        // What the layers' code takes to say what is wrong, and no more than a few times the file.
        Assert.InRange(taken, 0, (16 << 20) + (20L * tampered.Length));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.All(tampering.Parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Equal(weights, model.GetWeights().SelectMany(w => w.ToArray<float>()));
        Assert.Equal(tampered, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData(".nabla")]
    [InlineData(".safetensors")]
    [InlineData(".npz")]
    public void Without_a_change_it_is_read(string extension)
    {
        using TemporaryFile file = new();
        string path = Path.ChangeExtension(file.Path, extension);
        Model model = Made();
        Save(model, path);
        Load(model, path);
    }

    private static Model Made()
    {
        (Input a, Input b) = (new(4, "a"), new(3, "b"));
        Dense shared = new(5, "tanh", name: "shared");
        LayerTensor sum = new Add(name: "sum").Call([shared.Call(a), shared.Call(new Dense(4, name: "adapt").Call(b))]);
        Model model = new(new LayerTensor[] { a, b }, new Dense(2, name: "out").Call(sum), "twins", seed: 3);
        model.Compile(new Adam(), "mse", ["mae"], verbose: 0);
        model.Fit([NDArray.Ones(DType.Float32, [2, 4]), NDArray.Ones(DType.Float32, [2, 3])], NDArray.Zeros(DType.Float32, [2, 2]), new FitOptions { Verbose = 0 });
        return model;
    }

    private static void Save(Model model, string path)
    {
        if (path.EndsWith(".nabla", StringComparison.Ordinal))
        {
            model.Save(path);
        }
        else
        {
            model.SaveWeights(path);
        }
    }

    private static void Load(Model model, string path)
    {
        if (path.EndsWith(".nabla", StringComparison.Ordinal))
        {
            Model.Load(path);
        }
        else
        {
            model.LoadWeights(path);
        }
    }

    private static Tampering Changed(Action<JsonNode> change, params string[] parts) => Of(
        ".nabla",
        path =>
        {
            JsonNode root = JsonNode.Parse(ZipEdit.Read(path, Config))!;
            change(root);
            ZipEdit.Member(path, Config, Encoding.UTF8.GetBytes(root.ToJsonString()));
        },
        parts);

    private static Tampering Of(string extension, Action<string> change, params string[] parts) => new(extension, change, parts);

    private static JsonNode Layer(JsonNode root, string name) => root["config"]!["layers"]!.AsArray().First(l => (string?)l!["config"]!["name"] == name)!;

    // The place of the first argument of a layer's first call.
    private static JsonArray History(JsonNode root, string layer)
    {
        JsonNode argument = Layer(root, layer)["inbound_nodes"]![0]!["args"]![0]!;
        return (argument is JsonArray several ? several[0]! : argument)["config"]!["keras_history"]!.AsArray();
    }

    private static void Replace(JsonNode root, string layer, string className, params (string Name, int Value)[] arguments)
    {
        JsonNode envelope = Layer(root, layer);
        envelope["class_name"] = className;
        JsonObject config = new() { ["name"] = layer };
        foreach ((string name, int value) in arguments)
        {
            config[name] = value;
        }

        envelope["config"] = config;
    }

    private static void Root(JsonNode root, string className)
    {
        root["class_name"] = className;
        root["config"] = new JsonObject { ["name"] = "root" };
    }

    private static void Forgetful(JsonNode root)
    {
        JsonNode optimizer = root["compile_config"]!["optimizer"]!;
        optimizer["class_name"] = "SGD";
        optimizer["config"] = new JsonObject { ["name"] = "adam", ["learning_rate"] = 0.01 };
    }

    private static void Deep(string path)
    {
        StringBuilder json = new();
        for (int i = 0; i < 1000; i++)
        {
            json.Append("{\"class_name\":\"Sequential\",\"config\":{\"name\":\"m\",\"layers\":[");
        }

        ZipEdit.Member(path, Config, Encoding.UTF8.GetBytes(json.Insert(json.Length, "]}}", 1000).ToString()));
    }

    private static void Tensors(string path, Action<OrderedDictionary<string, NDArray>> change)
    {
        using MemoryStream stream = new(ZipEdit.Read(path, Weights));
        OrderedDictionary<string, NDArray> tensors = SafeTensorsFile.Read(stream).Tensors;
        change(tensors);
        using MemoryStream changed = new();
        SafeTensorsFile.Write(changed, tensors);
        ZipEdit.Member(path, Weights, changed.ToArray());
    }

    // A member of one byte repeated, compressed to almost nothing.
    private static void Compressed(string path, string member, int length, byte value)
    {
        ZipEdit.Member(path, member, null);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        using Stream content = zip.CreateEntry(member, CompressionLevel.Fastest).Open();
        byte[] block = new byte[1 << 20];
        block.AsSpan().Fill(value);
        for (int i = 0; i < length; i += block.Length)
        {
            content.Write(block);
        }
    }

    // A member under a name that our own writer refuses.
    private static void Plain(string path, string member)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        using Stream content = zip.CreateEntry(member, CompressionLevel.NoCompression).Open();
        content.Write("{}"u8);
    }

    private static void Bytes(string path, Action<byte[], string> change)
    {
        byte[] bytes = File.ReadAllBytes(path);
        change(bytes, Encoding.Latin1.GetString(bytes));
        File.WriteAllBytes(path, bytes);
    }

    // Text in a safetensors header, padded to the header's length.
    private static void Header(string path, string find, string replace)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int length = BitConverter.ToInt32(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, length);
        Assert.Contains(find, header, StringComparison.Ordinal);
        byte[] changed = Encoding.UTF8.GetBytes(header.Replace(find, replace, StringComparison.Ordinal));
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)changed.Length), .. changed, .. bytes[(8 + length)..]]);
    }

    private static void Npy(string path, string member, string find, string replace)
    {
        string text = Encoding.Latin1.GetString(ZipEdit.Read(path, member));
        Assert.Contains(find, text, StringComparison.Ordinal);
        ZipEdit.Member(path, member, Encoding.Latin1.GetBytes(text.Replace(find, replace, StringComparison.Ordinal)));
    }

    private sealed record Tampering(string Extension, Action<string> Do, params string[] Parts);
}
