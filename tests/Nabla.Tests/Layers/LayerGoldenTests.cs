using System.Text.Json;

namespace Nabla.Tests.Layers;

/// <summary>Outputs and gradients of real Keras' layers, made from Keras' own configurations.</summary>
public sealed class LayerGoldenTests
{
    private static readonly string[] Areas = ["core", "activation", "merging", "reshaping"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string area in Areas)
            {
                foreach (string name in Goldens.Cases($"layers/{area}", _ => true).Select(row => row.Data))
                {
                    cases.Add(area, name);
                }
            }

            cases.Add("preprocessing", "Rescaling-0");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_and_gradients_are_those_of_Keras(string area, string name) => new StoredLayer(area, name).Check();

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_float32_too(string area, string name) => new StoredLayer(area, name, DType.Float32).Check();

    /// <summary>What training does for the last, smaller batch: the graph of another batch size, resized, without running the layer's code again.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_graph_of_another_batch_size_is_resized_to_the_same(string area, string name) => new StoredLayer(area, name).Check(tracedBatch: 5);

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_written_is_read_again_and_says_what_Keras_says(string area, string name)
    {
        StoredLayer stored = new(area, name);
        using JsonDocument written = JsonDocument.Parse(ConfigText.Of(stored.Layer));
        Assert.Equal(ConfigText.Of(stored.Layer), ConfigText.Of(ConfigText.Read(written.RootElement)));
        JsonElement own = written.RootElement.GetProperty("config");
        JsonElement keras = Goldens.Area($"layers/{area}")[name].GetProperty("layer").GetProperty("config");
        foreach (JsonProperty property in own.EnumerateObject())
        {
            JsonElement expected = keras.GetProperty(property.Name);
            if (property.Value.ValueKind is not JsonValueKind.Object)
            {
                Assert.True(JsonElement.DeepEquals(expected, property.Value), $"{property.Name}: expected {expected}, received {property.Value}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_a_functional_model_its_type_is_known_before_values_and_it_answers_the_same(string area, string name)
    {
        StoredLayer stored = new(area, name);
        Input[] inputs = [.. stored.Inputs.Select(x => new Input(x.Dims[1..], dtype: x.DType))];
        Model model = new(inputs, stored.Layer.Call(inputs));
        Assert.Equal(stored.Output.Dims[1..].Sizes, model.OutputType!.Dims[1..].Sizes);
        Assert.Equal(stored.Output.DType, model.OutputType.DType);
        stored.SetWeights();
        Goldens.Close(stored.Output, model.Predict((Arrays)stored.Inputs.ToArray())[0]);
    }
}
