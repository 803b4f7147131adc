using System.Globalization;
using System.Text;
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
    private const string ProgressMember = "progress.safetensors";

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static void Save(Model model, string path, ModelMetadata? metadata, bool includeOptimizer)
    {
        model.RequireBuilt(nameof(Model.Save));
        // What could not be loaded again must not replace what can.
        WeightFile.RequireFinite(model, nameof(Model.Save));

        // Before the first step the state is zeros; stored all the same, so that a file without it is known to be damaged.
        OptimizerState? state = includeOptimizer && model.Compilation is { } compiled ? compiled.State ?? new OptimizerState(compiled.Optimizer, model.TrainableWeights) : null;
        ModelMetadata kept = metadata ?? new ModelMetadata();

        // All content is made before the file is touched: what cannot be saved leaves no half of it.
        List<(string Name, byte[] Content)> members =
        [
            (MetadataMember, Json(c => MetadataJson.Write(c, Version, kept, model))),
            (ConfigMember, Json(c => ModelConfig.Write(model, c, includeOptimizer))),
            (WeightsMember, Tensors(model.WeightPaths)),
        ];
        if (state is not null)
        {
            members.Add((OptimizerMember, Tensors(Named(state))));
        }

        if (includeOptimizer)
        {
            members.Add((TrainingMember, Json(c => TrainingJson.Write(c, model.Progress))));
            if (model.Compilation is { } training && (training.Running?.Capture() ?? training.Position) is { } position)
            {
                members.Add((ProgressMember, Progress(position)));
            }
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

    public static Model Load(string path)
    {
        using SafeZip zip = SafeZip.Open(path);
        foreach (ZipMember member in zip.Members)
        {
            if (member.Name is not (ConfigMember or MetadataMember or WeightsMember or OptimizerMember or TrainingMember or ProgressMember))
            {
                throw new MalformedFileException(path, "nabla", null, $"expected only the members of a model, received '{ZipDirectory.Printable(member.Name)}'.");
            }
        }

        ModelMetadata metadata = ReadJson(zip, path, MetadataMember, c => MetadataJson.Read(c, Version));
        StoredWeights weights = ReadTensors(zip, path, WeightsMember);
        StoredWeights? optimizer = zip.Contains(OptimizerMember) ? ReadTensors(zip, path, OptimizerMember) : null;
        Model model = ReadJson(zip, path, ConfigMember, ModelConfig.Read);
        model.Metadata = metadata;
        weights.RequireFinite();

        // The first files' paths began with the layer; both are read.
        weights.Into(model.WeightPaths, $"{model.ClassName} '{ZipDirectory.Printable(model.Name)}'", model.Name);
        if (optimizer is not null)
        {
            if (model.Compilation is not { } compilation)
            {
                throw new MalformedFileException(path, "nabla", null, $"'{OptimizerMember}' is there, but '{ConfigMember}' says no optimizer.");
            }

            optimizer.Into(Named(compilation.EnsureState()), $"the optimizer '{ZipDirectory.Printable(compilation.Optimizer.Name)}'");
        }
        else if (model.Compilation is { } compilation)
        {
            throw new MalformedFileException(path, "nabla", null, $"'{ConfigMember}' names the optimizer '{compilation.Optimizer.Name}', but its state, '{OptimizerMember}', is missing. Save the model again, with includeOptimizer: false if training need not go on.");
        }

        if (zip.Contains(TrainingMember))
        {
            ReadJson(zip, path, TrainingMember, TrainingJson.Read)(model.Progress);
        }

        if (zip.Contains(ProgressMember))
        {
            Compilation interrupted = model.Compilation
                ?? throw new MalformedFileException(path, "nabla", null, $"'{ProgressMember}' is there, but '{ConfigMember}' says no optimizer.");
            using Stream progress = zip.OpenMember(ProgressMember);
            string file = $"{path}/{ProgressMember}";
            interrupted.Position = TrainingPosition.Read(SafeTensorsFile.Read(progress, file), file);
        }

        return model;
    }

    /// <summary>A model's configuration as text.</summary>
    public static string ToJson(Model model) => Encoding.UTF8.GetString(Json(c => ModelConfig.Write(model, c, includeOptimizer: true)));

    /// <summary>The model of such a text.</summary>
    public static Model FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json), "the given text", ModelConfig.Read);
    }

    private static byte[] Progress(TrainingPosition position)
    {
        using MemoryStream stream = new();
        SafeTensorsFile.Write(stream, position.Arrays, position.Notes);
        return stream.ToArray();
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

    private static byte[] Tensors(IEnumerable<(string Path, Variable Variable)> variables)
    {
        using MemoryStream stream = new();
        SafeTensorsFile.Write(stream, WeightFile.Arrays(variables));
        return stream.ToArray();
    }

    private static IReadOnlyList<(string Path, Variable Variable)> Named(OptimizerState state) => WeightPaths.Unique(state.All.Select(v => (v.Name, v)));

    private static StoredWeights ReadTensors(SafeZip zip, string path, string member)
    {
        using Stream stream = zip.OpenMember(member);
        string file = $"{path}/{member}";
        return new StoredWeights(file, "nabla", SafeTensorsFile.Read(stream, file).Tensors);
    }

    // The reader appends its place under its own names for it.
    private static string Reason(JsonException e)
    {
        int end = e.Message.IndexOf(" Path: ", StringComparison.Ordinal) is >= 0 and int path ? path : e.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    private static T ReadJson<T>(SafeZip zip, string path, string member, Func<ConfigReader, T> read) => Parse(zip.ReadMember(member, JsonLimit), $"{path}/{member}", read);

    private static T Parse<T>(byte[] json, string file, Func<ConfigReader, T> read)
    {
        try
        {
            // Depth: each model in a model takes four levels; a hostile file cannot exhaust the stack.
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
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
