using System.Text.Json;

namespace Nabla.Tests.Layers;

/// <summary>Normalizing and preprocessing layers of real Keras: output, gradients and state after the call.</summary>
public sealed class NormalizationGoldenTests
{
    // Later than this issue: Resizing and CenterCrop. Rescaling is among LayerGoldenTests.
    private static readonly string[] LeftOut = ["Rescaling-0", "Resizing-7", "Resizing-8", "CenterCrop-9"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string area in new[] { "normalization", "preprocessing" })
            {
                foreach (string name in Goldens.Cases($"layers/{area}", _ => true).Select(row => row.Data).Where(n => !LeftOut.Contains(n)))
                {
                    cases.Add(area, name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_gradients_and_state_are_those_of_Keras(string area, string name) => new StoredState(area, name).Check();

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_float32_too(string area, string name) => new StoredState(area, name, DType.Float32).Check();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_graph_of_another_batch_size_is_resized_to_the_same(string area, string name) => new StoredState(area, name).Check(tracedBatch: 5);

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_written_is_read_again_and_says_what_Keras_says(string area, string name)
    {
        StoredState stored = new(area, name);
        using JsonDocument written = JsonDocument.Parse(ConfigText.Of(stored.Layer));
        Assert.Equal(ConfigText.Of(stored.Layer), ConfigText.Of(ConfigText.Read(written.RootElement)));
        JsonElement keras = Goldens.Area($"layers/{area}")[name].GetProperty("layer").GetProperty("config");
        foreach (JsonProperty property in written.RootElement.GetProperty("config").EnumerateObject())
        {
            // Keras' layers of preprocessing leave 'trainable' out.
            if (property.Value.ValueKind is not JsonValueKind.Object && (property.Name != "trainable" || keras.TryGetProperty("trainable", out _)))
            {
                JsonElement expected = keras.GetProperty(property.Name);
                Assert.True(JsonElement.DeepEquals(expected, property.Value), $"{property.Name}: expected {expected}, received {property.Value}");
            }
        }
    }
}
