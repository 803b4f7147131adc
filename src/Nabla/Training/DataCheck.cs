namespace Nabla;

/// <summary>Checks data against a model and brings them to the types that its plans take.</summary>
internal static class DataCheck
{
    /// <summary>Checks samples, labels and weights, building the model first where needed.</summary>
    /// <param name="model">The model, compiled.</param>
    /// <param name="method">Who asks.</param>
    /// <param name="x">The samples of each input.</param>
    /// <param name="y">The labels of each output.</param>
    /// <param name="sampleWeight">What each sample counts, or null.</param>
    /// <param name="classWeight">What each class counts, or null.</param>
    /// <param name="xName">What to call the samples.</param>
    /// <param name="yName">What to call the labels.</param>
    /// <exception cref="TrainingDataException">Anything that cannot be learned from; everything found is named.</exception>
    public static TrainingData Run(
        Model model, string method, Arrays x, Arrays y, NDArray? sampleWeight = null, IReadOnlyDictionary<int, double>? classWeight = null, string xName = "x", string yName = "y")
    {
        List<string> problems = [];
        string who = $"{model.ClassName} '{model.Name}': {method}";
        NDArray[] inputs = Inputs(model, who, x, xName, problems, finite: true);
        int samples = inputs[0].Rank == 0 ? 0 : inputs[0].Dims[0].Size;
        if (!model.Built)
        {
            Count(y[0], yName, samples, inputs[0], xName, problems);
            throw new TrainingDataException(who, problems);
        }

        IReadOnlyList<Goal> goals = model.Compilation!.Goals;
        NDArray[] given = y.InOrder(model.OutputNames, $"{who}: {yName}");
        if (classWeight is not null && given.Length > 1)
        {
            problems.Add($"classWeight: expected a model of one output, received one of {given.Length} ({string.Join(", ", model.OutputNames)}), which have different classes. Give a loss of your own, or sampleWeight.");
            classWeight = null;
        }

        var labels = new NDArray[given.Length];
        var weights = new NDArray?[given.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            string name = Named(yName, model.OutputNames, i);
            Count(given[i], name, samples, inputs[0], xName, problems);
            labels[i] = LabelCheck.Run(model.OutputTypes[i], goals[i].Loss, model.DType, given[i], name, problems);
            weights[i] = WeightCheck.For(labels[i], goals[i].Loss, sampleWeight, classWeight, samples, model.DType, problems);
        }

        return problems.Count == 0 ? new TrainingData(inputs, labels, weights) : throw new TrainingDataException(who, problems);
    }

    /// <summary>Checks samples alone, for a prediction.</summary>
    /// <exception cref="TrainingDataException">Samples that do not fit the model.</exception>
    public static NDArray[] Inputs(Model model, string method, Arrays x)
    {
        List<string> problems = [];
        string who = $"{model.ClassName} '{model.Name}': {method}";
        NDArray[] inputs = Inputs(model, who, x, "x", problems, finite: false);
        return problems.Count == 0 ? inputs : throw new TrainingDataException(who, problems);
    }

    private static NDArray[] Inputs(Model model, string who, Arrays x, string name, List<string> problems, bool finite)
    {
        if (x.Count == 0)
        {
            throw new ArgumentException($"{who}: {name}: expected one or more arrays, received none.");
        }

        NDArray[] given = model.Built ? x.InOrder(model.InputNames, $"{who}: {name}") : [.. x];
        string Name(int i) => given.Length == 1 ? name : model.Built ? Named(name, model.InputNames, i) : $"{name}[{i}]";
        NDArray[] inputs = [.. given.Select((a, i) => InputCheck.Run(model.Built ? model.InputTypes[i] : null, model.DType, a, Name(i), problems, finite))];
        for (int i = 1; i < inputs.Length; i++)
        {
            if (problems.Count == 0 && inputs[i].Dims[0].Size != inputs[0].Dims[0].Size)
            {
                problems.Add($"{Name(i)}: expected as many samples as {Name(0)} has, {inputs[0].Dims[0].Size}, received {inputs[i].Dims[0].Size}. Were rows dropped from one of them?");
            }
        }

        if (problems.Count == 0)
        {
            model.BuildFor([.. inputs.Select(a => a.Type)]);
            problems.AddRange(inputs.SelectMany((a, i) => model.ProblemOf(a, i) is { } problem ? new[] { $"{Name(i)}: {problem}" } : []));
        }

        return inputs;
    }

    private static void Count(NDArray y, string yName, int samples, NDArray x, string xName, List<string> problems)
    {
        if (y.Rank == 0 || y.Dims[0].Size != samples)
        {
            problems.Add($"{yName}: expected one label for each of the {samples} samples in {xName}, received {(y.Rank == 0 ? "a scalar" : $"{y.Dims[0].Size}")} ({xName} is {x.Type}, {yName} is {y.Type}). Were rows dropped from one of them?");
        }
    }

    private static string Named(string name, IReadOnlyList<string> names, int i) => names.Count == 1 ? name : $"{name}['{names[i]}']";
}
