using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Checks gradients by two ways that share nothing with them: five-point differences and dual numbers.
/// <c>CheckGradients.Of((w, x) => Nn.Softmax(x.MatMul(w)), w, x).ThrowIfFailed();</c>
/// </summary>
/// <remarks>
/// The function's floating results, weighted by signed random numbers and added up, are differentiated by reverse mode and compared
/// with differences of two agreeing steps (exact powers of two, divided by the distance really gone; rtol 1e-8, atol 1e-10), and with forward mode
/// over dual numbers (1e-13 of the sum of absolute terms). All of it runs in double whatever the types, over the interpreter, with casts that
/// do not round; what stop_gradient hides is held. A zero cotangent must give exact zeros, and the same call the same bits.
/// Where the slopes of both sides stay apart, a kink is reported instead of an error, if the derivative lies between them.
/// </remarks>
/// <example><code>
/// GradientReport report = CheckGradients.Of((Tensor w) =&gt; Nn.Softmax(w).Log().Sum(), new[] { 0.5, -1.0, 2.0 });
/// report.ThrowIfFailed();
/// </code></example>
public static class CheckGradients
{
    /// <summary>Checks a function of one tensor.</summary>
    /// <param name="function">The function; its result may have any dims.</param>
    /// <param name="x">Where.</param>
    /// <param name="options">How strictly; null for the defaults.</param>
    /// <param name="expression">Filled in by the compiler: the names of the parameters are read from it.</param>
    public static GradientReport Of(
        Func<Tensor, Tensor> function, NDArray x, GradientCheckOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Of(Differentiable.Of(function, expression), [x], options);

    /// <summary>Checks a function of two tensors.</summary>
    /// <param name="function">The function; its result may have any dims.</param>
    /// <param name="a">The first argument.</param>
    /// <param name="b">The second argument.</param>
    /// <param name="options">How strictly; null for the defaults.</param>
    /// <param name="expression">Filled in by the compiler: the names of the parameters are read from it.</param>
    public static GradientReport Of(
        Func<Tensor, Tensor, Tensor> function, NDArray a, NDArray b, GradientCheckOptions? options = null, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Of(Differentiable.Of(function, expression), [a, b], options);

    /// <summary>Checks a function of three tensors.</summary>
    /// <param name="function">The function; its result may have any dims.</param>
    /// <param name="a">The first argument.</param>
    /// <param name="b">The second argument.</param>
    /// <param name="c">The third argument.</param>
    /// <param name="options">How strictly; null for the defaults.</param>
    /// <param name="expression">Filled in by the compiler: the names of the parameters are read from it.</param>
    public static GradientReport Of(
        Func<Tensor, Tensor, Tensor, Tensor> function,
        NDArray a,
        NDArray b,
        NDArray c,
        GradientCheckOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string expression = "") =>
        Of(Differentiable.Of(function, expression), [a, b, c], options);

    /// <summary>Checks a differentiable function at its arguments.</summary>
    /// <param name="function">The function; its result may have any dims.</param>
    /// <param name="at">The arguments.</param>
    /// <param name="options">How strictly; null for the defaults.</param>
    public static GradientReport Of(Differentiable function, ReadOnlySpan<NDArray> at, GradientCheckOptions? options = null)
    {
        NDArray[] arguments = function.Arguments(at);
        return Of(function.Trace([.. arguments.Select(a => a.Type)]), arguments, options);
    }

    /// <summary>Checks all floating outputs of a graph with respect to all its floating inputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">The values of its inputs in order.</param>
    /// <param name="options">How strictly; null for the defaults.</param>
    /// <exception cref="ArgumentException">The graph has no floating output or input, or the values are not its inputs'.</exception>
    public static GradientReport Of(Graph graph, ReadOnlySpan<NDArray> inputs, GradientCheckOptions? options = null) =>
        new GradientChecker(graph, inputs.ToArray(), options ?? new GradientCheckOptions()).Run();
}
