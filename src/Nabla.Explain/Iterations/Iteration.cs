namespace Nabla.Explain;

/// <summary>Where the parameters stand after some steps of training.</summary>
/// <param name="Steps">How many steps were made.</param>
/// <param name="Cost">The result there.</param>
/// <param name="Parameters">The parameters there.</param>
/// <param name="Gradients">The derivative of the result with respect to each of them there.</param>
/// <example><code>
/// Iteration start = Iterations.Of("J = w^2", new TraceOptions { Optimizer = new SGD(0.1) }, 4, ("w", 3)).Rows[0];
/// Console.WriteLine($"{start.Cost}, gradient {start.Gradients[0]}");   // 9, gradient 6
/// </code></example>
public sealed record Iteration(int Steps, double Cost, IReadOnlyList<double> Parameters, IReadOnlyList<double> Gradients);
