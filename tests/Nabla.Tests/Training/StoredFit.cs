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
        JsonElement config = Case.GetProperty("model").GetProperty("config");
        List<Layer> layers = [];
        foreach (JsonElement layer in config.GetProperty("layers").EnumerateArray())
        {
            layers.Add(ConfigReader.FromEnvelope(KerasConfigs.Reader(layer), "layer", LayerTable.ByClass));
        }

        Model = new Sequential(layers, name: config.GetProperty("name").GetString(), dtype: DType.Float64);
        Model.SetWeights([.. Enumerable.Range(0, Model.Weights.Count).Select(i => Array($"w0_{i}"))]);
        JsonElement compile = Case.GetProperty("compile");
        ConfigReader optimizer = KerasConfigs.Reader(compile.GetProperty("optimizer").GetProperty("config"));
        JsonElement loss = compile.GetProperty("loss");
        Model.Compile(
            OptimizerTable.ByClass[compile.GetProperty("optimizer").GetProperty("class_name").GetString()!](optimizer),
            loss.ValueKind == JsonValueKind.String ? loss.GetString()! : LossTable.ByClass[loss.GetProperty("class_name").GetString()!](KerasConfigs.Reader(loss.GetProperty("config"))),
            [.. compile.GetProperty("metrics").EnumerateArray().Where(m => m.ValueKind == JsonValueKind.String).Select(m => (Metric)m.GetString()!)]);
    }

    public JsonElement Case { get; }

    public Sequential Model { get; }

    public IEnumerable<string> HistoryKeys => Case.GetProperty("history_keys").EnumerateArray().Select(k => k.GetString()!);

    public NDArray Array(string array) => _goldens.Array(_name, array);

    public History Run(int? threads = null)
    {
        JsonElement fit = Case.GetProperty("fit");
        double split = fit.TryGetProperty("validation_split", out JsonElement s) ? s.GetDouble() : 0;
        return Model.Fit(
            Array("x"), Array("y"), fit.GetProperty("batch_size").GetInt32(), fit.GetProperty("epochs").GetInt32(), verbose: 0,
            validationSplit: split, shuffle: false, threads: threads);
    }
}
