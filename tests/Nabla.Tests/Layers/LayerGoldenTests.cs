using System.Text.Json;

namespace Nabla.Tests.Layers;

/// <summary>Outputs and gradients of real Keras' layers, made from Keras' own configurations.</summary>
public sealed class LayerGoldenTests
{
    private static readonly string[] Built = ["Dense", "Flatten", "Rescaling"];

    // Dense-14 has a kernel_regularizer and an activity_regularizer, which are not built yet.
    private static readonly string[] LeftOut = ["layers/core:Dense-14"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string area in new[] { "layers/core", "layers/reshaping", "layers/preprocessing" })
            {
                foreach (string name in Goldens.Cases(area, c => Built.Contains(c.GetProperty("layer").GetProperty("class_name").GetString())).Select(row => row.Data))
                {
                    if (!LeftOut.Contains($"{area}:{name}") && IsChannelsLast(Goldens.Area(area)[name]))
                    {
                        cases.Add(area, name);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_and_gradients_are_those_of_Keras(string area, string name)
    {
        Goldens goldens = Goldens.Area(area);
        Layer layer = ConfigReader.FromEnvelope(KerasConfigs.Reader(goldens[name].GetProperty("layer")), "layer", LayerTable.ByClass);
        NDArray x = goldens.Array(name, "x0");
        layer.Call(x);
        layer.SetWeights([.. Enumerable.Range(0, layer.Weights.Count).Select(i => goldens.Array(name, $"w{i}"))]);
        Goldens.Close(goldens.Array(name, "y"), layer.Call(x));

        GraphBuilder builder = new();
        CallContext context = new(builder, training: false);
        Tensor input = builder.Input("x", x.Type);
        Tensor g = builder.Input("g", goldens.Array(name, "g").Type);
        Tensor total = (layer.Apply(input, context, new SeedSource(1)) * g).Sum();
        var gradients = Differentiate.Gradients(total, [input, .. layer.Weights.Select(w => context[w])]);
        Graph graph = new("gradients", [input.Node, g.Node, .. context.Leaves], gradients.Select((t, i) => new GraphOutput($"d{i}", t.Node)));
        NDArray[] values = Executable.Compile(graph).Run([x, goldens.Array(name, "g"), .. context.Used.Select(w => w.Value)]);
        Goldens.Close(goldens.Array(name, "dx0"), values[0]);
        for (int i = 0; i < layer.Weights.Count; i++)
        {
            Goldens.Close(goldens.Array(name, $"dw{i}"), values[i + 1]);
        }
    }

    private static bool IsChannelsLast(JsonElement stored) =>
        !stored.GetProperty("layer").GetProperty("config").TryGetProperty("data_format", out JsonElement format) || format.GetString() == "channels_last";
}
