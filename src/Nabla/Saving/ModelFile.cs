using System.Globalization;
using System.Text.Json;

namespace Nabla;

/// <summary>
/// The <c>.nabla</c> file: a zip with <c>metadata.json</c> (version, columns, classes), <c>config.json</c> (layers and compilation in Keras' shape),
/// <c>weights.safetensors</c> and, where training can go on, <c>optimizer.safetensors</c> and <c>training.json</c>. Data only: reading chooses
/// from closed lists and runs nothing that a file says.
/// </summary>
internal static class ModelFile
{
    private const int Version = 1;
    private const int JsonLimit = 64 << 20;
    private const string ConfigMember = "config.json";
    private const string MetadataMember = "metadata.json";
    private const string WeightsMember = "weights.safetensors";
    private const string OptimizerMember = "optimizer.safetensors";
    private const string TrainingMember = "training.json";

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static void Save(Model model, string path, ModelMetadata? metadata, bool includeOptimizer)
    {
        model.RequireBuilt(nameof(Model.Save));
        if (model is not Sequential sequential)
        {
            throw new NotSupportedException($"{model.ClassName} '{model.Name}': Save expected a Sequential.");
        }

        // What could not be loaded again must not replace what can.
        string[] broken = [.. model.Weights.Where(w => !DataScan.AllFinite(w.Value)).Select(w => w.Name)];
        if (broken.Length > 0)
        {
            throw new InvalidOperationException($"{model.ClassName} '{model.Name}': Save expected finite weights, received NaN or infinity in {string.Join(", ", broken)}. Save a model before it diverges, or train a new one with a smaller learning rate.");
        }

        // Before the first step the state is zeros; stored all the same, so that a file without it is known to be damaged.
        OptimizerState? state = includeOptimizer && model.Compilation is { } compiled ? compiled.State ?? new OptimizerState(compiled.Optimizer, model.TrainableWeights) : null;
        ModelMetadata kept = metadata ?? new ModelMetadata();

        // All content is made before the file is touched: what cannot be saved leaves no half of it.
        List<(string Name, byte[] Content)> members =
        [
            (MetadataMember, Json(c => MetadataJson.Write(c, Version, kept, model))),
            (ConfigMember, Json(c => SequentialConfig.WriteModel(sequential, c, includeOptimizer))),
            (WeightsMember, Tensors(model.Weights)),
        ];
        if (state is not null)
        {
            members.Add((OptimizerMember, Tensors(state.All)));
        }

        if (includeOptimizer)
        {
            members.Add((TrainingMember, Json(c => WriteTraining(c, model))));
        }

        AtomicFile.Write(path, stream =>
        {
            ZipWriter zip = new(stream);
            foreach ((string name, byte[] content) in members)
            {
                zip.Add(name, content.Length, s => s.Write(content));
            }

            zip.Finish();
        });
        model.Metadata = kept;
    }

    public static Sequential Load(string path)
    {
        using SafeZip zip = SafeZip.Open(path);
        foreach (ZipMember member in zip.Members)
        {
            if (member.Name is not (ConfigMember or MetadataMember or WeightsMember or OptimizerMember or TrainingMember))
            {
                throw new MalformedFileException(path, "nabla", null, $"expected only the members of a model, received '{ZipDirectory.Printable(member.Name)}'.");
            }
        }

        ModelMetadata metadata = ReadJson(zip, path, MetadataMember, c => MetadataJson.Read(c, Version));
        SafeTensorsFile weights = ReadTensors(zip, path, WeightsMember);
        SafeTensorsFile? optimizer = zip.Contains(OptimizerMember) ? ReadTensors(zip, path, OptimizerMember) : null;
        Sequential model = ReadJson(zip, path, ConfigMember, c => SequentialConfig.ReadModel(c, weights));
        model.Metadata = metadata;
        StoredWeights.RequireFinite(weights, path, WeightsMember);
        StoredWeights.Into(model.Weights, weights, path, WeightsMember);
        if (optimizer is not null)
        {
            if (model.Compilation is not { } compilation)
            {
                throw new MalformedFileException(path, "nabla", null, $"'{OptimizerMember}' is there, but '{ConfigMember}' says no optimizer.");
            }

            StoredWeights.Into([.. compilation.EnsureState().All], optimizer, path, OptimizerMember);
        }
        else if (model.Compilation is { } compilation)
        {
            throw new MalformedFileException(path, "nabla", null, $"'{ConfigMember}' names the optimizer '{compilation.Optimizer.Name}', but its state, '{OptimizerMember}', is missing. Save the model again, with includeOptimizer: false if training need not go on.");
        }

        if (zip.Contains(TrainingMember))
        {
            (model.Progress.Seed, model.Progress.Epochs) = ReadJson(zip, path, TrainingMember, c => (c.Integer("seed", 0)!.Value, c.Long("epochs")));
        }

        return model;
    }

    private static void WriteTraining(ConfigWriter config, Model model)
    {
        config.Integer("seed", model.Progress.Seed);
        config.Long("epochs", model.Progress.Epochs);
    }

    private static byte[] Json(Action<ConfigWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Indented))
        {
            json.WriteStartObject();
            write(new ConfigWriter(json));
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static byte[] Tensors(IEnumerable<Variable> variables)
    {
        using MemoryStream stream = new();
        SafeTensorsFile.Write(stream, variables.Select(v => new KeyValuePair<string, NDArray>(v.Name, v.Value)));
        return stream.ToArray();
    }

    private static SafeTensorsFile ReadTensors(SafeZip zip, string path, string member)
    {
        using Stream stream = zip.OpenMember(member);
        return SafeTensorsFile.Read(stream, $"{path}/{member}");
    }

    // The reader appends its place under its own names for it.
    private static string Reason(JsonException e)
    {
        int end = e.Message.IndexOf(" Path: ", StringComparison.Ordinal) is >= 0 and int path ? path : e.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    private static T ReadJson<T>(SafeZip zip, string path, string member, Func<ConfigReader, T> read)
    {
        string file = $"{path}/{member}";
        try
        {
            // Depth: nested models would each take four levels; a hostile file cannot exhaust the stack.
            using JsonDocument document = JsonDocument.Parse(zip.ReadMember(member, JsonLimit), new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
            ConfigReader reader = new(document.RootElement, file, "$");
            T result = read(reader);
            reader.Done();
            return result;
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $" at line {line + 1}, byte {e.BytePositionInLine + 1}") : "";
            throw new MalformedFileException(file, "nabla", null, $"expected JSON, received something else{place}: {Reason(e)} The file is damaged: save the model again.", e);
        }
    }
}
