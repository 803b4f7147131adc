namespace Nabla;

/// <summary>Checks samples against a model and brings them to a type that its plans take.</summary>
internal static class InputCheck
{
    /// <summary>The samples ready for the plan; what does not fit is added to <paramref name="problems"/>.</summary>
    /// <param name="expected">The input for which the model was built; null while it is not built.</param>
    /// <param name="dtype">The model's element type.</param>
    /// <param name="x">The samples.</param>
    /// <param name="name">What to call them.</param>
    /// <param name="problems">Grows by what is found.</param>
    /// <param name="finite">Whether NaN and infinity are refused: predictions pass them on.</param>
    public static NDArray Run(TensorType? expected, DType dtype, NDArray x, string name, List<string> problems, bool finite)
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

        // One number a sample: a column, unless the model takes just that.
        NDArray input = x.Rank == 1 && expected?.Dims.Rank != 1 ? x.Reshape(-1, 1) : x;
        CheckDims(expected, input, name, problems);
        if (expected is { DType.IsInteger: true })
        {
            return Whole(input, expected.DType, name, problems);
        }

        // Integers stay whole while nobody has said what the first layer takes.
        input = input.DType == DType.UInt8 || (expected is null && input.DType.IsInteger) ? input : input.AsType(expected?.DType ?? dtype);
        if (finite && DataScan.NotFinite(name, input) is { } problem)
        {
            problems.Add(problem);
        }

        return input;
    }

    private static NDArray Whole(NDArray x, DType dtype, string name, List<string> problems)
    {
        ReadOnlySpan<double> values = x.AsType(DType.Float64).AsSpan<double>();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != Math.Floor(values[i]))
            {
                problems.Add($"{name}: expected whole numbers ({dtype.Name}), received {LogText.Exact(values[i])} at {DataScan.Place(x.Dims, i)}.");
                return x;
            }
        }

        return x.AsType(dtype);
    }

    /// <summary>Whether samples for a prediction can be taken as they are. Allocates nothing: the common case of a server.</summary>
    public static bool IsReady(Model model, NDArray x)
    {
        if (model.ChecksData || model.InputTypes is not [{ } built] || x.Rank != built.Dims.Rank || x.DType != built.DType || x.Dims[0].Size == 0)
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

    private static void CheckDims(TensorType? built, NDArray x, string name, List<string> problems)
    {
        if (built is null || built.Dims[1..].SameSizes(x.Dims[1..]))
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
