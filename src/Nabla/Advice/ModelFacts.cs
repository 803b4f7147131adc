namespace Nabla;

/// <summary>What rules look at: the model, what compiling was given, and what is known of the data.</summary>
/// <param name="Model">The model, built or not.</param>
/// <param name="Compilation">What compiling was given; null before.</param>
internal record ModelFacts(Model Model, Compilation? Compilation)
{
    /// <summary>The labels of each output; empty where no data are at hand.</summary>
    public IReadOnlyList<NDArray> Labels { get; init; } = [];

    /// <summary>The number of samples, the samples of a step, and the epochs; null where nothing is fitted.</summary>
    public (int Samples, int BatchSize, int Epochs)? Fit { get; init; }

    /// <summary>Each output with the layer that gives it, where known, and what is asked of it. Before the model is built the first alone.</summary>
    public IReadOnlyList<OutputFacts> Outputs =>
        Model.Network is { } network && Compilation is not null
            ? [.. Compilation.Goals.Select((g, i) => new OutputFacts(g.Name, network.Outputs[i].Layer, g.Loss, [.. g.All.Select(m => m.Metric)], network.Outputs[i].Type))]
            : [new OutputFacts("output", Model.OutputLayer, Compilation?.Loss, Compilation?.Metrics ?? [], Model.OutputType)];
}

/// <summary>What is known of one output.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="Layer">The layer that gives it.</param>
/// <param name="Loss">What is made small.</param>
/// <param name="Metrics">What is watched.</param>
/// <param name="Type">What comes out; null before the model is built.</param>
internal sealed record OutputFacts(string Name, Layer? Layer, Loss? Loss, IReadOnlyList<Metric> Metrics, TensorType? Type)
{
    /// <summary>The name of the last activation; null where it is not known.</summary>
    public string? Activation => Model.ActivationOf(Layer)?.Name;

    /// <summary>The function that makes probabilities of the output, as it is called in code.</summary>
    public string Probabilities => Loss is BinaryCrossentropy ? "Sigmoid" : "Softmax";
}
