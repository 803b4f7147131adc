using System.Text.Json;

namespace Nabla.Tests.Layers;

/// <summary>A layer as Keras stored it, with inputs, weights, output and gradients.</summary>
internal sealed class StoredLayer
{
    private readonly Goldens _goldens;
    private readonly string _name;
    private readonly DType _dtype;

    public StoredLayer(string area, string name, DType dtype = DType.Float64)
    {
        _goldens = Goldens.Area($"layers/{area}");
        _name = name;
        _dtype = dtype;
        JsonElement stored = _goldens[name];
        using JsonDocument config = JsonDocument.Parse(stored.GetProperty("layer").GetRawText().Replace("\"float64\"", $"\"{dtype.Name}\"", StringComparison.Ordinal));
        Layer = ConfigText.Read(config.RootElement);
        Inputs = [.. Enumerable.Range(0, stored.GetProperty("n_inputs").GetInt32()).Select(i => InType(goldens: _goldens.Array(name, $"x{i}")))];
    }

    public Layer Layer { get; }

    public IReadOnlyList<NDArray> Inputs { get; }

    public NDArray Output => _goldens.Array(_name, "y");

    /// <summary>Fills a built layer's weights.</summary>
    public void SetWeights() => Layer.SetWeights([.. Enumerable.Range(0, Layer.Weights.Count).Select(i => _goldens.Array(_name, $"w{i}"))]);

    /// <summary>Compares output and gradients, of a graph recorded for another batch size where one is given.</summary>
    public void Check(int? tracedBatch = null)
    {
        // The first recording builds the layer.
        Record(null);
        SetWeights();
        (Graph graph, CallContext context) = Record(tracedBatch);
        if (tracedBatch is not null)
        {
            graph = Resize.Run(graph, "batch", Inputs[0].Dims[0].Size);
        }

        NDArray g = InType(_goldens.Array(_name, "g"));
        NDArray[] values = Executable.Compile(graph).Run([.. Inputs, g, .. context.Used.Select(w => w.Value)]);
        Close(Output, values[0]);
        int at = 1;
        for (int i = 0; i < Inputs.Count; i++)
        {
            if (Inputs[i].DType.IsFloat)
            {
                Close(_goldens.Array(_name, $"dx{i}"), values[at++]);
            }
        }

        for (int i = 0; i < Layer.Weights.Count; i++)
        {
            Close(_goldens.Array(_name, $"dw{i}"), values[at++]);
        }

        Assert.Equal(values.Length, at);
    }

    private (Graph Graph, CallContext Context) Record(int? batch)
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, training: false, new SeedSource(1));
        Tensor[] inputs = [.. Inputs.Select((x, i) => builder.Input($"x{i}", Named(x.Type, batch)))];
        Tensor y = Layer.Apply(inputs, context)[0];
        Tensor g = builder.Input("g", Named(new TensorType(_dtype, _goldens.Array(_name, "g").Dims), batch));
        Tensor[] by = [.. inputs.Where(x => x.DType.IsFloat), .. Layer.Weights.Select(w => context[w])];
        IReadOnlyList<Tensor> gradients = Differentiate.Gradients((y * g).Sum(), by);
        return (new Graph("layer", [.. inputs.Select(x => x.Node), g.Node, .. context.Leaves], [new GraphOutput("y", y.Node), .. gradients.Select((t, i) => new GraphOutput($"d{i}", t.Node))]), context);
    }

    private static TensorType Named(TensorType type, int? batch) => type with { Dims = type.Dims.With(0, new Dim(batch ?? type.Dims[0].Size, "batch")) };

    private NDArray InType(NDArray goldens) => goldens.DType.IsFloat ? goldens.AsType(_dtype) : goldens;

    // The README's tolerances.
    private void Close(NDArray expected, NDArray actual)
    {
        Assert.Equal(_dtype, actual.DType);
        if (_dtype == DType.Float64)
        {
            Goldens.Close(expected, actual);
        }
        else
        {
            double largest = expected.AsType(DType.Float64).ToArray<double>().Select(Math.Abs).DefaultIfEmpty().Max();
            Goldens.Close(expected, actual, 2e-5, 2e-6 * largest);
        }
    }
}
