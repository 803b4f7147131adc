using System.Collections.Concurrent;

namespace Nabla;

/// <summary>
/// Runs a function of symbolic handles at once on values: traces it, which is cheap, and runs the plan of the traced graph, which is made
/// once for each function, element type and size, and kept. So a line on arrays uses the same ops as a model.
/// </summary>
internal static class Eager
{
    // Each plan is a few kilobytes. A program that goes through more shapes than this starts over now and then.
    private const int MostPlans = 1024;

    // Up to here prebuilt kernels finish before machine code would have been made.
    private const int FewElements = 4096;

    private static readonly ConcurrentDictionary<string, Executable> Plans = new(StringComparer.Ordinal);

    /// <summary>The plans kept now: for tests.</summary>
    internal static int Count => Plans.Count;

    /// <summary>The value of a function of arrays. The arrays' element types must be ones that graphs compute in.</summary>
    public static NDArray RunAll(Func<Tensor[], Tensor> function, params ReadOnlySpan<NDArray> inputs)
    {
        GraphBuilder builder = new();
        var tensors = new Tensor[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            tensors[i] = builder.Input(i == 0 ? "x" : i == 1 ? "y" : "z", inputs[i].Type);
        }

        Graph graph = new("eager", tensors.Select(t => t.Node), [new GraphOutput("result", function(tensors).Node)]);
        string key = graph.ToString();
        if (!Plans.TryGetValue(key, out Executable? plan))
        {
            if (Plans.Count >= MostPlans)
            {
                Plans.Clear();
            }

            bool isSmall = graph.Nodes.Sum(n => (long)n.TensorType.Dims.Count) <= FewElements;
            plan = Plans.GetOrAdd(key, Executable.Compile(graph, new CompileOptions { DynamicCode = isSmall ? false : null }));
        }

        return plan.Run(inputs)[0];
    }

    /// <summary>The value of a function of one array, converted to a type that the function takes.</summary>
    public static NDArray Run(Func<Tensor, Tensor> function, NDArray x) => RunAll(t => function(t[0]), x);

    /// <summary>The value of a function of two arrays of one element type.</summary>
    public static NDArray Run(Func<Tensor, Tensor, Tensor> function, NDArray a, NDArray b) => RunAll(t => function(t[0], t[1]), a, b);
}
