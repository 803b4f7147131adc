namespace Nabla.Explain.Tests.Text;

/// <summary>A model's step as text.</summary>
public sealed class ModelTextTests
{
    private static readonly Lazy<Trace> Step = new(() =>
    {
        Sequential model = new([new InputLayer(4), new Dense(3, "relu", name: "first"), new Dense(2, "softmax", name: "second")], seed: 3);
        model.Compile(new Adam(0.001), "sparse_categorical_crossentropy", verbose: 0);
        return model.Explain(
            new float[,] { { 1, 2, 3, 4 }, { 0.5f, -1, 0.25f, 2 }, { -1, 1, 0, 3 } }, NDArray.Create<int>([0, 1, 1], [3]), rows: [0, 1, 2]);
    });

    [Fact]
    [Trait("Lesson", "L12")]
    [Trait("Lesson", "L106")]
    [Trait("Lesson", "L112")]
    public void Layers_samples_and_all_parameters_are_listed()
    {
        string text = Step.Value.ToText();
        Assert.All(new[] { "LAYERS", "FORWARD", "BACKWARD", "SAMPLES (3;", "UPDATE (Adam", "first", "second", "dJ/dW^[1]", "W^[2]", "b^[2]", " mean " }, part => Assert.Contains(part, text.Replace("  mean", "  mean ", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.True(text.All(char.IsAscii), text);
        Assert.Equal(4, Step.Value.Update!.Parameters.Count);
    }

    [Theory]
    [Trait("Lesson", "L88")]
    [InlineData("W^[1][3,2]")]
    [InlineData("first.kernel[3,2]")]
    [InlineData("first/kernel[3,2]")]
    public void One_element_is_opened_with_the_gradient_of_each_sample(string words)
    {
        Trace trace = Step.Value;
        TraceElement element = TraceElement.Of(trace, words);
        Assert.Equal(("W^[1]", 11), (trace.Nodes[element.Node].Name, element.Index));
        string text = trace.ToText(new TextOptions { Elements = [words] });
        Assert.Contains("ELEMENT W^[1][3,2]", text, StringComparison.Ordinal);
        Assert.Contains("   of row 2: ", text, StringComparison.Ordinal);
        int place = trace.Nodes.Where(n => n.Role == TraceRole.Parameter).ToList().FindIndex(n => n.Name == "W^[1]");
        Assert.Equal(trace["W^[1]"].Gradient![11], trace.Examples.Average(e => e.Gradients[place][11]), 1e-15);
    }

    [Theory]
    [InlineData("W^[1][9,9]", "expected 2 indices below 4x3")]
    [InlineData("W^[1]", "expected 2 indices below 4x3")]
    [InlineData("W^[1][1]", "expected 2 indices")]
    [InlineData("W^[1][a,b]", "expected 2 indices")]
    [InlineData("W^[9][0,0]", "received 'W^[9]'. Did you mean")]
    public void An_element_that_is_not_there_is_told(string words, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Step.Value.ToText(new TextOptions { Elements = [words] })).Message, StringComparison.Ordinal);

    [Fact]
    [Trait("Lesson", "L120")]
    public void The_work_of_a_network_is_counted_from_its_graph()
    {
        // 4x3 and 3x2 forward; backward once for each kernel, and once more to carry the error from the second layer to the first.
        Sequential model = new([new InputLayer(4), new Dense(3, "relu"), new Dense(2)], seed: 3);
        model.Compile("sgd", "mse", verbose: 0);
        Trace trace = model.Explain(new float[,] { { 1, 2, 3, 4 } }, new float[,] { { 1, 0 } });
        Assert.Equal((12 + 6, 12 + 6 + 6), SpeedCheck.Count(trace));
    }
}
