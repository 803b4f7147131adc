namespace Nabla;

/// <summary>Samples and labels that were checked against a model, in the types that its plans take.</summary>
/// <param name="X">uint8, or the model's type.</param>
/// <param name="Y">int32 class numbers, or numbers of the model's type.</param>
internal sealed record TrainingData(NDArray X, NDArray Y)
{
    /// <summary>The number of samples.</summary>
    public int Count => X.Dims[0].Size;

    /// <summary>Some of the samples, sharing memory: <c>data[..100]</c>.</summary>
    public TrainingData Slice(int start, int length) => new(X[start..(start + length)], Y[start..(start + length)]);

    /// <summary>Checks samples and labels, building the model first where needed.</summary>
    /// <exception cref="TrainingDataException">Anything that cannot be learned from; everything found is named.</exception>
    public static TrainingData Check(Model model, string method, NDArray x, NDArray y, string xName, string yName)
    {
        List<string> problems = [];
        NDArray input = InputCheck.Run(model, x, xName, problems);
        if (y.Rank == 0 || x.Rank == 0 || y.Dims[0].Size != x.Dims[0].Size)
        {
            problems.Add($"{yName}: expected one label for each of the {(x.Rank == 0 ? 0 : x.Dims[0].Size)} samples in {xName}, received {(y.Rank == 0 ? "a scalar" : $"{y.Dims[0].Size}")} ({xName} is {x.Type}, {yName} is {y.Type}). Were rows dropped from one of them?");
        }

        NDArray labels = model.OutputType is null || problems.Count > 0 && !model.Built
            ? y
            : LabelCheck.Run(model, model.Compilation!.Loss!, y, yName, problems);
        return problems.Count == 0 ? new TrainingData(input, labels) : throw new TrainingDataException($"{model.ClassName} '{model.Name}': {method}", problems);
    }

    /// <summary>Checks samples alone, for a prediction.</summary>
    /// <exception cref="TrainingDataException">Samples that do not fit the model.</exception>
    public static NDArray CheckInput(Model model, string method, NDArray x)
    {
        List<string> problems = [];
        NDArray input = InputCheck.Run(model, x, "x", problems, finite: false);
        return problems.Count == 0 ? input : throw new TrainingDataException($"{model.ClassName} '{model.Name}': {method}", problems);
    }
}
