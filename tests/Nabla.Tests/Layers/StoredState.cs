using System.Text.Json;

namespace Nabla.Tests.Layers;

/// <summary>A stored layer with state: called as Keras called it, in training or not, and compared with all that Keras gave: output, gradients, state after.</summary>
internal sealed class StoredState
{
    private readonly Goldens _goldens;
    private readonly string _name;
    private readonly DType _dtype;
    private readonly bool _training;

    public StoredState(string area, string name, DType dtype = DType.Float64)
    {
        _goldens = Goldens.Area($"layers/{area}");
        _name = name;
        _dtype = dtype;
        JsonElement stored = _goldens[name];
        using JsonDocument config = JsonDocument.Parse(stored.GetProperty("layer").GetRawText().Replace("\"float64\"", $"\"{dtype.Name}\"", StringComparison.Ordinal));
        Layer = ConfigText.Read(config.RootElement);
        _training = stored.GetProperty("call").TryGetProperty("training", out JsonElement training) && training.GetBoolean();
        NDArray x = _goldens.Array(name, "x0");
        Input = x.DType.IsFloat ? x.AsType(dtype) : x;
    }

    public Layer Layer { get; }

    public NDArray Input { get; }

    public NDArray Output => _goldens.Array(_name, "y");

    /// <summary>Gives a built layer Keras' weights and state.</summary>
    public void Fill()
    {
        foreach ((int index, Variable weight) in Layer.TrainableWeights.Index())
        {
            weight.Assign(_goldens.Array(_name, $"w{index}"));
        }

        foreach ((int index, Variable state) in Layer.NonTrainableWeights.Index())
        {
            state.Assign(_goldens.Array(_name, $"s{index}"));
        }
    }

    /// <summary>Compares everything, of a graph recorded for another batch size where one is given.</summary>
    public void Check(int? tracedBatch = null)
    {
        Record(null);
        Fill();
        (Graph graph, CallContext context, Variable[] by) = Record(tracedBatch);
        if (tracedBatch is not null)
        {
            graph = Resize.Run(graph, "batch", Input.Dims[0].Size);
        }

        NDArray g = (_goldens.Optional(_name, "g") ?? NDArray.Ones(_dtype, Output.Dims)).AsType(_dtype);
        NDArray[] values = Executable.Compile(graph).Run([Input, g, .. context.Used.Select(w => w.Value)]);
        Dictionary<string, NDArray> named = graph.Outputs.Zip(values).ToDictionary(p => p.First.Name, p => p.Second);
        Close(Output, named["y"]);
        if (_goldens.Optional(_name, "dx0") is { } dx)
        {
            Close(dx, named["dx"]);
        }

        for (int i = 0; i < by.Length; i++)
        {
            if (_goldens.Optional(_name, $"dw{i}") is { } dw)
            {
                Close(dw, named[$"dw{i}"]);
            }
        }

        foreach ((int index, Variable state) in Layer.NonTrainableWeights.Index())
        {
            Close(_goldens.Array(_name, $"s{index}_after"), named.GetValueOrDefault($"state{index}") ?? state.Value, state.Type.DType);
        }
    }

    private (Graph Graph, CallContext Context, Variable[] By) Record(int? batch)
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, _training, new SeedSource(1));
        Tensor x = builder.Input("x", Named(Input.Type, batch));
        Tensor y = Layer.Apply(x, context);
        Tensor g = builder.Input("g", Named(new TensorType(_dtype, Output.Dims), batch));
        Variable[] by = [.. Layer.TrainableWeights];
        List<GraphOutput> outputs = [new GraphOutput("y", y.Node)];
        if (y.DType.IsFloat && x.DType.IsFloat)
        {
            IReadOnlyList<Tensor> gradients = Differentiate.Gradients((y * g).Sum(), [x, .. by.Select(w => context[w])]);
            outputs.AddRange(gradients.Select((t, i) => new GraphOutput(i == 0 ? "dx" : $"dw{i - 1}", t.Node)));
        }

        foreach ((int index, Variable state) in Layer.NonTrainableWeights.Index())
        {
            if (context.Updates.TryGetValue(state, out Tensor? value))
            {
                outputs.Add(new GraphOutput($"state{index}", value.Node));
            }
        }

        return (new Graph("layer", [x.Node, g.Node, .. context.Leaves], outputs), context, by);
    }

    private static TensorType Named(TensorType type, int? batch) => type with { Dims = type.Dims.With(0, new Dim(batch ?? type.Dims[0].Size, "batch")) };

    // The README's tolerances.
    private void Close(NDArray expected, NDArray actual, DType? type = null)
    {
        Assert.Equal(type ?? (expected.DType.IsFloat ? _dtype : expected.DType), actual.DType);
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
