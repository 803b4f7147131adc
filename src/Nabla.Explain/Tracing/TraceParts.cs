// Parts of a trace that only some programs have: samples, layers, the run, the work.
namespace Nabla.Explain;

/// <summary>One sample of a batch: its own loss, answer and gradients. The gradient of the batch is the mean of these.</summary>
/// <param name="Row">The sample's place in the batch.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="Outputs">What the model answered.</param>
/// <param name="Gradients">For each parameter, in the order of the parameters among the nodes, the derivative of this sample's loss.</param>
/// <example><code>
/// foreach (TraceExample example in model.Explain(x, y).Examples)
/// {
///     Console.WriteLine($"{example.Row}: {example.Loss}");
/// }
/// </code></example>
public sealed record TraceExample(int Row, double Loss, IReadOnlyList<double> Outputs, IReadOnlyList<IReadOnlyList<double>> Gradients);

/// <summary>A layer of the network: which nodes are its input, weights, z and a.</summary>
/// <param name="Name">The layer's name: <c>dense_1</c>.</param>
/// <param name="Kind">Its class: <c>Dense</c>.</param>
/// <param name="Number">Its number l among layers with weights, as in W^[l], from 1; 0 for a layer without weights.</param>
/// <param name="Activation">The name of its activation; empty for none.</param>
/// <param name="Input">The node that goes in.</param>
/// <param name="Weights">The nodes of its weights: kernel, then bias.</param>
/// <param name="PreActivation">The node z before the activation; null where the layer has none.</param>
/// <param name="Output">The node a that comes out.</param>
/// <example><code>
/// foreach (TraceLayer layer in model.Explain(x, y).Layers)
/// {
///     Console.WriteLine($"{layer.Name}: {layer.Kind}");
/// }
/// </code></example>
public sealed record TraceLayer(string Name, string Kind, int Number, string Activation, int Input, IReadOnlyList<int> Weights, int? PreActivation, int Output);

/// <summary>Where in a training a step was.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step since the beginning, from 1.</param>
/// <param name="Seed">The seed of the training.</param>
/// <param name="Rows">The rows of the data that the batch was made of.</param>
/// <param name="Loss">The loss that the run itself computed, in the precision of the model.</param>
/// <param name="Precision">The precision of the run: <c>float32</c>.</param>
/// <example><code>
/// TraceRun? run = model.Explain(x, y).Run;   // null: not a step of a training
/// </code></example>
public sealed record TraceRun(int Epoch, long Step, long Seed, IReadOnlyList<int> Rows, double Loss, string Precision);

/// <summary>Work counted: why derivatives are taken backwards.</summary>
/// <param name="Nodes">N: values computed on the way, as named.</param>
/// <param name="Parameters">P: numbers that training changes.</param>
/// <param name="Operations">Ops of the graph as the engine sees it, without leaves and constants.</param>
/// <param name="RuleApplications">How often the engine asked an op for its derivative rule: once each at most.</param>
/// <example><code>
/// TraceWork work = Trace.Of("c = w*x; a = c + b; d = a - y; J = d^2/2", ("w", 2), ("b", 8), ("x", -2), ("y", 2)).Work;
/// Console.WriteLine($"{work.Backward} visits against {work.Nudging}");   // 6 visits against 8
/// </code></example>
public sealed record TraceWork(long Nodes, long Parameters, int Operations, int RuleApplications)
{
    /// <summary>Visits of backpropagation: N + P.</summary>
    public long Backward => Nodes + Parameters;

    /// <summary>Visits of nudging each parameter by itself: N · P.</summary>
    public long Nudging => Nodes * Parameters;
}
