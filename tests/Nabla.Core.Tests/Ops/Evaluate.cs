namespace Nabla.Core.Tests.Ops;

/// <summary>Traces a function of arrays and interprets it in double.</summary>
internal static class Evaluate
{
    public static NDArray Of(Func<Tensor, Tensor> function, NDArray x) => OfAll(t => function(t[0]), x);

    public static NDArray Of(Func<Tensor, Tensor, Tensor> function, NDArray a, NDArray b) => OfAll(t => function(t[0], t[1]), a, b);

    public static NDArray OfAll(Func<Tensor[], Tensor> function, params NDArray[] inputs)
    {
        GraphBuilder builder = new();
        Tensor[] tensors = [.. inputs.Select((a, i) => builder.Input($"x{i}", a.Type))];
        Tensor result = function(tensors);
        Graph graph = new("test", tensors.Select(t => t.Node), [new GraphOutput("y", result.Node)]);
        Verifier.Check(graph, "trace");
        Interpreter<double> interpreter = new(DoubleNumbers.Instance);
        return interpreter.Run(graph, [.. inputs.Select(a => Value<double>.From(a, DoubleNumbers.Instance))])[0].ToArray(DoubleNumbers.Instance);
    }

    /// <summary>The gradient of sum(f(x) * weights) where weights are 1, 2, 3, ... in row-major order.</summary>
    public static NDArray Gradient(Func<Tensor, Tensor> function, NDArray x) => OfAll(
        t =>
        {
            Tensor y = function(t[0]);
            double[] weights = [.. Enumerable.Range(1, y.Dims.Count).Select(i => (double)i)];
            Tensor cotangent = y.Builder.Literal(NDArray.Create<double>(weights, y.Dims));
            return Differentiate.VectorJacobian(y, cotangent, t[0])[0];
        },
        x);

    public static double[] Doubles(this NDArray array) => array.AsType(DType.Float64).AsSpan<double>().ToArray();

    public static int[] Ints(this NDArray array) => array.AsType(DType.Int32).AsSpan<int>().ToArray();
}
