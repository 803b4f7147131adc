namespace Nabla;

/// <summary>Checks samples against a model and brings them to a type that its plans take.</summary>
internal static class InputCheck
{
    /// <summary>The samples ready for the plan; what does not fit is added to <paramref name="problems"/>.</summary>
    /// <param name="model">Built from these samples where it is not built yet and they could be used.</param>
    /// <param name="x">The samples.</param>
    /// <param name="name">What to call them.</param>
    /// <param name="problems">Grows by what is found.</param>
    /// <param name="finite">Whether NaN and infinity are refused: predictions pass them on.</param>
    public static NDArray Run(Model model, NDArray x, string name, List<string> problems, bool finite = true)
    {
        if (x.Rank == 0)
        {
            problems.Add($"{name}: expected samples along a first axis, received a scalar ({x.Type}). Use x.Reshape(1, -1) for one sample.");
            return x;
        }

        if (x.DType == DType.Complex128)
        {
            problems.Add($"{name}: expected real numbers, received {x.Type}. Take the real part or the magnitude first.");
            return x;
        }

        if (x.Dims[0].Size == 0)
        {
            problems.Add($"{name}: expected at least one sample, received none ({x.Type}). Was the file read, and did a filter drop every row?");
            return x;
        }

        // One number a sample: a column.
        NDArray input = x.Rank == 1 ? x.Reshape(-1, 1) : x;
        int before = problems.Count;
        CheckDims(model, input, name, problems);
        input = input.DType == DType.UInt8 ? input : input.AsType(model.DType);
        if (finite && DataScan.NotFinite(name, input) is { } problem)
        {
            problems.Add(problem);
        }

        if (problems.Count == before && !model.Built)
        {
            model.BuildFor(input.Type);
        }

        return input;
    }

    /// <summary>Whether samples for a prediction can be taken as they are. Allocates nothing: the common case of a server.</summary>
    public static bool IsReady(Model model, NDArray x)
    {
        if (model.InputType is not { } built || x.Rank != built.Dims.Rank || x.DType != model.DType || x.Dims[0].Size == 0)
        {
            return false;
        }

        for (int axis = 1; axis < x.Rank; axis++)
        {
            if (x.Dims[axis].Size != built.Dims[axis].Size)
            {
                return false;
            }
        }

        return true;
    }

    private static void CheckDims(Model model, NDArray x, string name, List<string> problems)
    {
        if (model.InputType is not { } built || built.Dims[1..].SameSizes(x.Dims[1..]))
        {
            return;
        }

        Dims sample = built.Dims[1..];
        string advice = sample.Count == x.Dims[1..].Count
            ? $"Use {name}.Reshape(-1, {string.Join(", ", sample.Sizes)})."
            : x.Dims.SameSizes(sample) ? $"For one sample use {name}.Reshape(1, {string.Join(", ", sample.Sizes)})."
            : "Were columns added or dropped since the model was built?";
        problems.Add($"{name}: expected {Features(sample)}, for which the model was built, received {Features(x.Dims[1..])} ({name} is {x.Type}). {advice}");
    }

    private static string Features(Dims sample) => sample.Rank == 1 ? $"{sample[0].Size} feature{(sample[0].Size == 1 ? "" : "s")} a sample" : $"samples of dims {sample}";
}
