namespace Nabla;

/// <summary>
/// What a layer will give in a functional model, before there are values: a type, and the call that it comes from. Keras calls it KerasTensor.
/// </summary>
/// <example><code>
/// LayerTensor features = new Input(784);
/// LayerTensor hidden = new Dense(25, "relu").Call(features);
/// Model network = new(features, new Dense(10).Call(hidden));
/// </code></example>
public class LayerTensor
{
    internal LayerTensor(TensorType type, LayerCall? source, int index)
    {
        Type = type;
        Source = source;
        Index = index;
    }

    /// <summary>Element type and dims; the first axis is the batch, its size meaningless.</summary>
    public TensorType Type { get; }

    /// <summary>The layer that gives it; null for an <see cref="Input"/>.</summary>
    public Layer? Layer => Source?.Layer;

    /// <summary>The call that it comes from.</summary>
    internal LayerCall? Source { get; }

    /// <summary>Which of the call's outputs it is.</summary>
    internal int Index { get; }

    /// <summary><c>dense: float32[batch=2,25]</c>.</summary>
    public override string ToString() => $"{(this as Input)?.Name ?? Layer?.Name}: {Type}";
}

/// <summary>One use of a layer in a functional model. A shared layer has several.</summary>
/// <param name="layer">What is called.</param>
/// <param name="inputs">On what.</param>
internal sealed class LayerCall(Layer layer, IReadOnlyList<LayerTensor> inputs)
{
    public Layer Layer => layer;

    public IReadOnlyList<LayerTensor> Inputs => inputs;

    public IReadOnlyList<LayerTensor> Outputs { get; private set; } = [];

    /// <summary>Says what comes out.</summary>
    public IReadOnlyList<LayerTensor> Give(IEnumerable<TensorType> types) => Outputs = [.. types.Select((t, i) => new LayerTensor(t, this, i))];
}
