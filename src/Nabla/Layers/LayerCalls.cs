namespace Nabla;

/// <summary>The two ways of calling a layer from outside: on values, at once, and on types, to be recorded later.</summary>
internal static class LayerCalls
{
    /// <summary>Runs a layer on values. In training its state changes as in a training step.</summary>
    public static NDArray OnValues(Layer layer, Arrays inputs, SeedSource? seeds, bool training)
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, training, seeds ?? new SeedSource(RandomSeed.Next()));
        if (training)
        {
            context.Randomize(builder.Constant(RandomSeed.Next(), DType.Int64), builder.Constant(0, DType.Int64));
        }

        NDArray[] usable = [.. inputs.Select(a => a.DType.IsGraphType ? a : a.AsType(layer.DType))];
        Tensor[] given = [.. usable.Select((a, i) => builder.Input($"x{i}", a.Type))];
        Tensor output = layer.Apply(given, context)[0];
        Graph graph = new(
            layer.Name,
            [.. given.Select(t => t.Node), .. context.Leaves],
            [new GraphOutput("y", output.Node), .. context.Updates.Select(u => new GraphOutput(u.Key.Name, u.Value.Node))]);
        NDArray[] results = Executable.Compile(graph).Run([.. usable, .. context.Used.Select(w => w.Value)]);
        foreach ((Variable state, NDArray value) in context.Updates.Keys.Zip(results[1..]))
        {
            state.Assign(value);
        }

        return results[0];
    }

    /// <summary>Runs a layer on types: its weights come into being, and no value is computed.</summary>
    public static IReadOnlyList<LayerTensor> Symbolic(Layer layer, IReadOnlyList<LayerTensor> inputs)
    {
        if (inputs.Count == 0)
        {
            throw layer.Error("expected one or more inputs, received none.");
        }

        GraphBuilder builder = new();
        CallContext context = new(builder, training: false);
        Tensor[] given = [.. inputs.Select((t, i) => builder.Input($"x{i}", t.Type))];
        IReadOnlyList<Tensor> outputs = layer.Apply(given, context);
        LayerCall call = new(layer, [.. inputs]);
        return call.Give(outputs.Select(o => o.Type));
    }
}
