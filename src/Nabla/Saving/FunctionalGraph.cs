using System.Text.Json;

namespace Nabla;

/// <summary>The layers and calls of a functional model while it is read: calls are made as soon as what they take is there.</summary>
/// <param name="config">The model's configuration, for errors.</param>
internal sealed class FunctionalGraph(ConfigReader config)
{
    private const int CallLimit = 100_000;

    private readonly Dictionary<string, Part> _parts = new(StringComparer.Ordinal);
    private int _calls;

    /// <summary>Takes a layer in, with its calls still to be made.</summary>
    public void Add(ConfigReader envelope)
    {
        Part part = envelope.RequiredText("class_name") == "InputLayer" ? InputOf(envelope) : LayerOf(envelope);
        if (!_parts.TryAdd(part.Name, part))
        {
            throw envelope.Error($"expected layers with names of their own, received '{ZipDirectory.Printable(part.Name)}' twice.");
        }
    }

    /// <summary>Makes all calls, each after those that it needs.</summary>
    /// <exception cref="MalformedFileException">A call needs a layer that is not there, or itself.</exception>
    public void MakeCalls()
    {
        Queue<Call> ready = [];
        foreach (Call call in _parts.Values.SelectMany(p => p.Calls))
        {
            // The calls of one layer come in their order: that is how they are numbered.
            HashSet<Call> needed = [.. call.Arguments.Select(a => Find(a.Place, call.Config)).OfType<Call>()];
            if (call.Number > 0)
            {
                needed.Add(call.Part.Calls[call.Number - 1]);
            }

            call.Waiting = needed.Count;
            foreach (Call source in needed)
            {
                source.Followers.Add(call);
            }

            if (needed.Count == 0)
            {
                ready.Enqueue(call);
            }
        }

        int made = 0;
        while (ready.TryDequeue(out Call? call))
        {
            made++;
            call.Outputs = call.Config.Checked(() => call.Part.Layer!.CallMany(Given(call)));
            foreach (Call follower in call.Followers.Where(f => --f.Waiting == 0))
            {
                ready.Enqueue(follower);
            }
        }

        if (made < _calls)
        {
            string[] circle = [.. _parts.Values.Where(p => p.Calls.Exists(c => c.Waiting > 0)).Select(p => $"'{ZipDirectory.Printable(p.Name)}'")];
            throw config.Error($"expected calls that do not wait for each other in a circle, but none of {string.Join(", ", circle.Take(8))} can be the first.");
        }
    }

    /// <summary>The model's inputs.</summary>
    public LayerTensors Inputs()
    {
        const string name = "input_layers";
        LayerTensors inputs = Ends(name);
        return inputs.FirstOrDefault(t => t is not Input) is { } other
            ? throw config.Error($"expected inputs of the model in '{name}', received '{ZipDirectory.Printable(other.Layer!.Name)}'.")
            : inputs;
    }

    /// <summary>The model's outputs.</summary>
    public LayerTensors Outputs() => Ends("output_layers");

    // A place, several in a list, or several by name.
    private LayerTensors Ends(string name)
    {
        JsonElement ends = config.Any(name) ?? throw config.Error($"expected '{name}', but it is missing.");
        if (ends.ValueKind == JsonValueKind.Object)
        {
            Dictionary<string, LayerTensor> named = [];
            foreach (JsonProperty end in ends.EnumerateObject())
            {
                named.Add(end.Name, Tensor(Place.Read(end.Value, config, name), config));
            }

            return named;
        }

        if (ends.ValueKind != JsonValueKind.Array)
        {
            throw config.Error($"expected a list or an object for '{name}'.");
        }

        return ends.GetArrayLength() > 0 && ends[0].ValueKind == JsonValueKind.String
            ? Tensor(Place.Read(ends, config, name), config)
            : (LayerTensor[])[.. ends.EnumerateArray().Select(e => Tensor(Place.Read(e, config, name), config))];
    }

    private static Part InputOf(ConfigReader envelope)
    {
        var layer = (InputLayer)LayerConfig.Read(envelope);
        return new Part(layer.Name, null, new Input(layer.InputShape!.Value, layer.Name, layer.SaysDType ? layer.DType : DType.Float32));
    }

    private Part LayerOf(ConfigReader envelope)
    {
        Layer layer = LayerConfig.Read(envelope);
        Part part = new(layer.Name, layer, null);
        foreach ((JsonElement json, string path) in envelope.Items("inbound_nodes"))
        {
            ConfigReader call = new(json, envelope.File, path);
            if (_calls++ == CallLimit)
            {
                throw call.Error($"expected at most {CallLimit} calls.");
            }

            part.Calls.Add(new Call(part, part.Calls.Count, call, [.. Arguments(call)]));
        }

        return part;
    }

    private static IEnumerable<(string? Key, Place Place)> Arguments(ConfigReader call)
    {
        List<(string? Key, Place Place)> found = [];
        foreach ((JsonElement value, string path) in call.Items("args"))
        {
            Collect(null, value, path);
        }

        // What a call says beside its tensors is either nothing, or something that would be lost.
        call.Object("kwargs")?.Done();
        call.Done();
        return found.Count > 0 ? found : throw call.Error("expected a call of one or more tensors, received none.");

        void Collect(string? key, JsonElement value, string path)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Collect(null, item, path);
                }

                return;
            }

            ConfigReader tensor = new(value, call.File, path);
            if (tensor.OptionalText("class_name") == "__keras_tensor__")
            {
                found.Add((key, Place.Read(tensor.RequiredObject("config").Any("keras_history") ?? throw tensor.Error("expected 'keras_history', but it is missing."), tensor, "keras_history")));
                return;
            }

            foreach (JsonProperty item in value.EnumerateObject())
            {
                Collect(item.Name, item.Value, $"{path}.{item.Name}");
            }
        }
    }

    private LayerTensor[] Given(Call call)
    {
        IEnumerable<(string? Key, Place Place)> arguments = call.Arguments;
        if (call.Part.Layer is Model { Built: true } model && call.Arguments.All(a => a.Key is not null && model.InputNames.Contains(a.Key)))
        {
            arguments = arguments.OrderBy(a => model.InputNames.ToList().IndexOf(a.Key!));
        }

        return [.. arguments.Select(a => Tensor(a.Place, call.Config))];
    }

    // The call that gives what stands at a place; null for an input.
    private Call? Find(Place place, ConfigReader at)
    {
        if (!_parts.TryGetValue(place.Layer, out Part? part))
        {
            throw at.Error($"expected a layer of this model, received '{ZipDirectory.Printable(place.Layer)}', which is not among them.");
        }

        int number = place.Call - (part.Layer is null ? 0 : FunctionalConfig.FirstCall(part.Layer));
        int count = part.Input is null ? part.Calls.Count : 1;
        if (number < 0 || number >= count)
        {
            throw at.Error($"expected one of the {count} calls of '{ZipDirectory.Printable(place.Layer)}', received number {place.Call}.");
        }

        return part.Input is null ? part.Calls[number] : null;
    }

    private LayerTensor Tensor(Place place, ConfigReader at)
    {
        IReadOnlyList<LayerTensor> outputs = Find(place, at)?.Outputs ?? [_parts[place.Layer].Input!];
        return place.Output >= 0 && place.Output < outputs.Count
            ? outputs[place.Output]
            : throw at.Error($"expected one of the {outputs.Count} outputs of '{ZipDirectory.Printable(place.Layer)}', received number {place.Output}.");
    }

    /// <summary>Where a tensor comes from: <c>[layer, call, output]</c>.</summary>
    private readonly record struct Place(string Layer, int Call, int Output)
    {
        public static Place Read(JsonElement json, ConfigReader at, string name) =>
            json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 3 && json[0].ValueKind == JsonValueKind.String
            && json[1].ValueKind == JsonValueKind.Number && json[1].TryGetInt32(out int call)
            && json[2].ValueKind == JsonValueKind.Number && json[2].TryGetInt32(out int output)
                ? new Place(at.TextOf(json[0]), call, output)
                : throw at.Error($"expected a layer, a call's number and an output's number in '{name}', received {ConfigReader.Describe(json)}.");
    }

    private sealed record Part(string Name, Layer? Layer, Input? Input)
    {
        public List<Call> Calls { get; } = [];
    }

    private sealed class Call(Part part, int number, ConfigReader config, IReadOnlyList<(string? Key, Place Place)> arguments)
    {
        public Part Part => part;

        public int Number => number;

        public ConfigReader Config => config;

        public IReadOnlyList<(string? Key, Place Place)> Arguments => arguments;

        public List<Call> Followers { get; } = [];

        public int Waiting { get; set; }

        public IReadOnlyList<LayerTensor>? Outputs { get; set; }
    }
}
