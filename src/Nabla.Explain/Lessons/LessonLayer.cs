namespace Nabla.Explain;

/// <summary>One layer of a lesson's network, by the names of its scalars: what matrix notation stacks.</summary>
/// <param name="Activation">The activation's name: <c>sigmoid</c>.</param>
/// <param name="Inputs">What goes in, one name an entry of the vector a^[l-1].</param>
/// <param name="Weights">A row for each neuron, a column for each input.</param>
/// <param name="Biases">The bias of each neuron; neurons may share one.</param>
/// <param name="PreActivations">z of each neuron.</param>
/// <param name="Outputs">a of each neuron.</param>
/// <example><code>
/// LessonLayer last = Lessons.Named("mazur").Layers[^1];
/// Console.WriteLine($"{last.Weights.Count} x {last.Inputs.Count}");   // 2 x 2
/// </code></example>
public sealed record LessonLayer(
    string Activation,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<IReadOnlyList<string>> Weights,
    IReadOnlyList<string> Biases,
    IReadOnlyList<string> PreActivations,
    IReadOnlyList<string> Outputs);
