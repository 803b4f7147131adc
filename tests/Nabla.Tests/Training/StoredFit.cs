using System.Text.Json;

namespace Nabla.Tests.Training;

/// <summary>A training of real Keras: its model made from Keras' own configuration, ready to run.</summary>
internal sealed class StoredFit
{
    private readonly Goldens _goldens;
    private readonly string _name;

    public StoredFit(string name)
    {
        _name = name;
        _goldens = Goldens.Area($"fits/{name}");
        Case = _goldens[name];
        JsonElement stored = Case.GetProperty("model");
        Model = stored.GetProperty("class_name").GetString() == "Sequential" ? Chain(stored.GetProperty("config")) : Shared();
        Model.SetWeights([.. Enumerable.Range(0, Model.Weights.Count).Select(i => Array($"w0_{i}"))]);
        JsonElement compile = Case.GetProperty("compile");
        Model.Compile(
            FromEnvelope(compile.GetProperty("optimizer"), OptimizerTable.ByClass),
            compile.GetProperty("loss") is { ValueKind: JsonValueKind.String } loss ? loss.GetString()! : FromEnvelope(compile.GetProperty("loss"), LossTable.ByClass),
            Metrics(compile.GetProperty("metrics")),
            Metrics(compile.GetProperty("weighted_metrics")),
            verbose: 0);
    }

    public JsonElement Case { get; }

    public Model Model { get; }

    public IEnumerable<string> HistoryKeys => Case.GetProperty("history_keys").EnumerateArray().Select(k => k.GetString()!);

    public Arrays X => _goldens.Optional(_name, "x") is { } x ? x : [Array("x0"), Array("x1")];

    public NDArray Array(string array) => _goldens.Array(_name, array);

    public History Run(int? threads = null, bool asStream = false)
    {
        JsonElement fit = Case.GetProperty("fit");
        FitOptions options = new()
        {
            BatchSize = fit.GetProperty("batch_size").GetInt32(),
            Epochs = fit.GetProperty("epochs").GetInt32(),
            ValidationSplit = fit.TryGetProperty("validation_split", out JsonElement split) ? split.GetDouble() : 0,
            ValidationData = _goldens.Optional(_name, "x_val") is { } x ? new ValidationData(x, Array("y_val")) : null,
            ClassWeight = fit.TryGetProperty("class_weight", out JsonElement weights) ? weights.EnumerateObject().ToDictionary(w => int.Parse(w.Name, System.Globalization.CultureInfo.InvariantCulture), w => w.Value.GetDouble()) : null,
            SampleWeight = asStream ? null : _goldens.Optional(_name, "sample_weight"),
            Callbacks = [.. Case.GetProperty("callbacks").EnumerateArray().Select(Made)],
            Shuffle = false,
            Verbose = 0,
            Threads = threads,
        };
        return asStream ? Model.Fit(Batches(options.BatchSize), options) : Model.Fit(X, Array("y"), options);
    }

    /// <summary>The same samples as a stream of batches.</summary>
    private IEnumerable<Batch> Batches(int size)
    {
        int count = X[0].Dims[0].Size;
        for (int start = 0; start < count; start += size)
        {
            int end = Math.Min(count, start + size);
            yield return new Batch(X.Select(a => a[start..end]).ToArray(), Array("y")[start..end], _goldens.Optional(_name, "sample_weight")?[start..end]);
        }
    }

    private static Sequential Chain(JsonElement config) => new(
        [.. config.GetProperty("layers").EnumerateArray().Select(l => FromEnvelope(l, LayerTable.ByClass))], name: config.GetProperty("name").GetString(), dtype: DType.Float64);

    // The only stored network that is not a chain: two inputs through one layer.
    private static Model Shared()
    {
        Input left = new(4, "left", DType.Float64);
        Input right = new(3, "right", DType.Float64);
        Dense shared = new(5, "tanh", name: "shared");
        LayerTensor a = shared.Call(left);
        LayerTensor b = shared.Call(new Dense(4, name: "adapt").Call(right));
        LayerTensor both = new Concatenate().Call([a, b, new Multiply().Call([a, b])]);
        return new Model([left, right], new Dense(2, name: "dense_13").Call(both));
    }

    private static Metric[] Metrics(JsonElement stored) => stored.ValueKind == JsonValueKind.Null
        ? []
        : [.. stored.EnumerateArray().Select(m => m.ValueKind == JsonValueKind.String ? m.GetString()! : FromEnvelope(m, MetricTable.ByClass))];

    private static Callback Made(JsonElement stored)
    {
        ConfigReader c = KerasConfigs.Reader(stored.GetProperty("config"));
        return stored.GetProperty("class_name").GetString() switch
        {
            "EarlyStopping" => new EarlyStopping(c.RequiredText("monitor"), patience: c.Integer("patience", 0)!.Value, restoreBestWeights: c.Boolean("restore_best_weights", false)),
            "ReduceLROnPlateau" => new ReduceLROnPlateau(
                c.RequiredText("monitor"), c.RequiredNumber("factor"), c.Integer("patience", 10)!.Value, cooldown: c.Integer("cooldown", 0)!.Value, minDelta: c.RequiredNumber("min_delta")),
            string other => throw new InvalidOperationException($"The stored callback '{other}' is not known here."),
            null => throw new InvalidOperationException("A stored callback has no class."),
        };
    }

    private static T FromEnvelope<T>(JsonElement json, IReadOnlyDictionary<string, Func<ConfigReader, T>> table) =>
        table[json.GetProperty("class_name").GetString()!](KerasConfigs.Reader(json.GetProperty("config")));
}
