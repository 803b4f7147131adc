using System.Collections.Immutable;

namespace Nabla.Core.Tests;

/// <summary>Runs a graph as a compiled plan and by the double interpreter, and demands that they agree.</summary>
internal static class PlanCheck
{
    /// <summary>A graph from a function of its inputs; the outputs are named y0, y1, ...</summary>
    public static Graph Trace(Func<Tensor[], Tensor[]> program, params TensorType[] inputs)
    {
        GraphBuilder builder = new();
        Tensor[] leaves = [.. inputs.Select((t, i) => builder.Input($"x{i}", t))];
        Tensor[] results = program(leaves);
        return new Graph("test", leaves.Select(l => l.Node), results.Select((r, i) => new GraphOutput($"y{i}", r.Node)));
    }

    /// <summary>Values in [0.5, 1.5), whole numbers in [0, 5), mixed truth values: the same for the same seed.</summary>
    public static NDArray Values(TensorType type, int seed)
    {
        Random random = new(seed);
        double[] values = [.. Enumerable.Range(0, type.Dims.Count).Select(_ => random.NextDouble())];
        return type.DType switch
        {
            DType.Float32 => NDArray.Create<float>(Array.ConvertAll(values, v => (float)(v + 0.5)), type.Dims),
            DType.Float64 => NDArray.Create<double>(Array.ConvertAll(values, v => v + 0.5), type.Dims),
            DType.Int32 => NDArray.Create<int>(Array.ConvertAll(values, v => (int)(v * 5)), type.Dims),
            DType.Int64 => NDArray.Create<long>(Array.ConvertAll(values, v => (long)(v * 5)), type.Dims),
            DType.UInt8 => NDArray.Create<byte>(Array.ConvertAll(values, v => (byte)(v * 5)), type.Dims),
            _ => NDArray.Create<bool>(Array.ConvertAll(values, v => v < 0.5), type.Dims),
        };
    }

    /// <summary>Compiles, runs and compares; returns the executable for further questions.</summary>
    public static Executable Agrees(Graph graph, CompileOptions? options = null, int seed = 1)
    {
        NDArray[] inputs = [.. graph.Inputs.Select((n, i) => Values(n.TensorType, seed + i))];
        Executable executable = Executable.Compile(graph, options);
        NDArray[] actual = executable.Run(inputs);
        Compare(graph, inputs, actual);
        return executable;
    }

    /// <summary>Compares results with the interpreter's.</summary>
    public static void Compare(Graph graph, NDArray[] inputs, NDArray[] actual)
    {
        DoubleNumbers math = DoubleNumbers.Instance;
        Dictionary<Node, Value<double>> trace = new Interpreter<double>(math).Trace(graph, [.. inputs.Select(x => Value<double>.From(x, math))]);
        for (int i = 0; i < actual.Length; i++)
        {
            Node node = graph.Outputs[i].Node;
            NDArray expected = trace[node].ToArray(math);
            Assert.Equal(expected.Type.ToString(), actual[i].Type.ToString());
            if (!node.TensorType.DType.IsFloat)
            {
                Assert.Equal(expected.AsType(DType.Int64).AsSpan<long>().ToArray(), actual[i].AsType(DType.Int64).AsSpan<long>().ToArray());
                continue;
            }

            double tolerance = Bound(graph, trace, node.TensorType.DType);
            double[] e = expected.AsType(DType.Float64).AsSpan<double>().ToArray();
            double[] a = actual[i].AsType(DType.Float64).AsSpan<double>().ToArray();
            for (int k = 0; k < e.Length; k++)
            {
                bool same = e[k].Equals(a[k]) || Math.Abs(e[k] - a[k]) <= tolerance;
                if (!same)
                {
                    Assert.Fail($"output {i}, element {k} of {e.Length}: expected {e[k]:R}, received {a[k]:R} (bound {tolerance:E2})\n{graph}\n{Executable.Compile(graph).Explain()}");
                }
            }
        }
    }

    // Every node rounds its result by at most half a unit (functions: 4 units) of the largest value around, every element that a sum
    // combines once more; with inputs around 1 no op of the tests' graphs enlarges an error it receives more than 8 times.
    private static double Bound(Graph graph, Dictionary<Node, Value<double>> trace, DType dtype)
    {
        double unit = dtype == DType.Float32 ? Math.Pow(2, -23) : Math.Pow(2, -52);
        double largest = 1;
        double roundings = 0;
        foreach (Node node in graph.Nodes.Where(n => n.Type is TensorType))
        {
            if (node.TensorType.DType.IsFloat)
            {
                largest = trace[node].Floats.Where(double.IsFinite).Select(Math.Abs).Append(largest).Max();
            }

            roundings += 4 + (node.Op.Lower is Lowering.Reduction or Lowering.Contraction
                ? (double)node.Inputs[0].TensorType.Dims.Count / Math.Max(1, node.TensorType.Dims.Count) : 0);
        }

        return 8 * roundings * unit * largest;
    }
}
