using System.Text.Json;

namespace Nabla;

/// <summary>
/// What the configuration of a functional <see cref="Model"/> says: each layer with its calls (<c>inbound_nodes</c>), and which of their
/// results are the model's inputs and outputs. A result has the place <c>[layer, call, output]</c>.
/// </summary>
internal static class FunctionalConfig
{
    public static void Write(Model model, ConfigWriter config)
    {
        Network network = model.Network!;
        config.Integer("seed", model.Seed);
        Dictionary<LayerTensor, (string Layer, int Call, int Output)> places = [];
        HashSet<string> taken = [.. network.Layers.Select(l => l.Name)];
        foreach ((LayerTensor input, string name) in network.Inputs.Zip(network.InputNames))
        {
            places.Add(input, (Free((input as Input)?.Name ?? name, taken), 0, 0));
        }

        Dictionary<Layer, List<LayerCall>> calls = network.Layers.ToDictionary(l => l, _ => new List<LayerCall>());
        foreach (LayerCall call in network.Calls)
        {
            List<LayerCall> same = calls[call.Layer];
            foreach (LayerTensor output in call.Outputs)
            {
                // A tensor that a model starts from may be one that a layer gives.
                places.TryAdd(output, (call.Layer.Name, same.Count + FirstCall(call.Layer), output.Index));
            }

            same.Add(call);
        }

        config.List("layers", (IEnumerable<object>)[.. network.Inputs, .. network.Layers], item =>
        {
            if (item is LayerTensor input)
            {
                config.InputLayer(places[input].Layer, input.Type, () =>
                {
                    config.Text("name", places[input].Layer);
                    config.List<string>("inbound_nodes", [], config.Item);
                });
                return;
            }

            Layer layer = (Layer)item;
            LayerConfig.Write(config, null, layer, () =>
            {
                LayerConfig.WriteBuild(config, layer);
                config.Text("name", layer.Name);
                config.List("inbound_nodes", calls[layer], call => config.ObjectItem(() => WriteCall(config, call, places)));
            });
        });
        WriteEnds(config, "input_layers", network.Inputs, places);
        WriteEnds(config, "output_layers", network.Outputs, places);
    }

    /// <summary>Makes the model, built; its weights are not drawn.</summary>
    public static Model Read(ConfigReader config)
    {
        FunctionalGraph graph = new(config);
        foreach (ConfigReader envelope in LayerConfig.Envelopes(config, "layers"))
        {
            graph.Add(envelope);
        }

        graph.MakeCalls();
        return new Model(graph.Inputs(), graph.Outputs(), config.RequiredText("name"), config.Boolean("trainable", true), config.DType(), config.Integer("seed", null));
    }

    /// <summary>The number of a layer's first call: of a functional model in a model it is 1, because Keras counts the model's own making as 0.</summary>
    public static int FirstCall(Layer layer) => layer.GetType() == typeof(Model) ? 1 : 0;

    private static void WriteCall(ConfigWriter config, LayerCall call, Dictionary<LayerTensor, (string Layer, int Call, int Output)> places)
    {
        config.List("args", [call], _ =>
        {
            if (call.Inputs.Count == 1)
            {
                WriteTensor(call.Inputs[0]);
            }
            else
            {
                config.List(null, call.Inputs, WriteTensor);
            }
        });
        config.Object("kwargs", () => { });

        void WriteTensor(LayerTensor tensor) => config.ObjectItem(() =>
        {
            config.Text("class_name", "__keras_tensor__");
            config.Object("config", () =>
            {
                config.BatchShape("shape", tensor.Type.Dims[1..]);
                config.Text("dtype", tensor.Type.DType.Name);
                config.Place("keras_history", places[tensor]);
            });
        });
    }

    private static void WriteEnds(ConfigWriter config, string name, LayerTensors ends, Dictionary<LayerTensor, (string Layer, int Call, int Output)> places)
    {
        if (ends.Names is { } names)
        {
            config.Object(name, () =>
            {
                foreach ((string key, LayerTensor end) in names.Zip(ends))
                {
                    config.Place(key, places[end]);
                }
            });
        }
        else if (ends.Count == 1)
        {
            config.Place(name, places[ends[0]]);
        }
        else
        {
            config.List(name, ends, end => config.Place(null, places[end]));
        }
    }

    private static string Free(string name, HashSet<string> taken)
    {
        string free = name;
        for (int n = 1; !taken.Add(free); n++)
        {
            free = $"{name}_{n}";
        }

        return free;
    }
}
