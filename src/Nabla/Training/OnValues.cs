namespace Nabla;

/// <summary>Runs a small computation on values at once.</summary>
internal static class OnValues
{
    /// <summary>Records <paramref name="compute"/> for inputs of the given arrays' types and runs it on them.</summary>
    public static NDArray Run(Func<Tensor[], Tensor> compute, params NDArray[] inputs) => Run(t => [compute(t)], inputs)[0];

    /// <summary>The same with several results.</summary>
    public static NDArray[] Run(Func<Tensor[], Tensor[]> compute, params NDArray[] inputs)
    {
        GraphBuilder builder = new();
        NDArray[] usable = [.. inputs.Select(Usable)];
        Tensor[] tensors = [.. usable.Select((a, i) => builder.Input($"x{i}", a.Type))];
        Graph graph = new("eager", tensors.Select(t => t.Node), compute(tensors).Select((t, i) => new GraphOutput($"y{i}", t.Node)));
        return Executable.Compile(graph).Run(usable);
    }

    // Storage-only types enter as float64, which holds every one of their values that a label or score can have.
    private static NDArray Usable(NDArray array) => array.DType.IsGraphType ? array : array.AsType(DType.Float64);
}
