namespace Nabla;

/// <summary>Checks labels against a model's output and loss and brings them to a type that its plans take.</summary>
internal static class LabelCheck
{
    /// <summary>The labels ready for the plan; what does not fit is added to <paramref name="problems"/>.</summary>
    public static NDArray Run(TensorType output, Loss? given, DType dtype, NDArray y, string name, List<string> problems)
    {
        if (y.Rank == 0 || y.DType == DType.Complex128)
        {
            problems.Add($"{name}: expected real labels along a first axis, received {y.Type}.");
            return y;
        }

        if (given is null)
        {
            return y.AsType(dtype);
        }

        Loss loss = given.Resolve(y.Type, output);
        int classAxis = output.Dims.Axis(loss.ClassAxis, loss.ClassName);
        Dims expected = loss.TakesClasses ? output.Dims.Without(classAxis)[1..] : output.Dims[1..];
        Dims received = y.Dims[1..];
        bool column = received.Rank == expected.Rank + 1 && received[-1].Size == 1;
        bool row = !loss.TakesClasses && received.Rank + 1 == expected.Rank && expected[-1].Size == 1;
        if (!(received.SameSizes(expected) || (column && received[..^1].SameSizes(expected)) || (row && received.SameSizes(expected[..^1]))))
        {
            problems.Add($"{name}: expected labels of dims {Shown(expected)} for an output of {Shown(output.Dims[1..])} and {loss.ClassName}, received {Shown(received)} ({name} is {y.Type}). {Advice(loss, received, expected, output)}");
            return y;
        }

        return loss.TakesClasses ? Classes(loss, y, name, output.Dims[classAxis].Size, problems) : Numbers(loss, y, name, dtype, problems);
    }

    private static NDArray Numbers(Loss loss, NDArray y, string name, DType dtype, List<string> problems)
    {
        NDArray labels = y.AsType(dtype);
        if (DataScan.NotFinite(name, labels) is { } problem)
        {
            problems.Add(problem);
        }
        else if (loss is BinaryCrossentropy or CategoricalCrossentropy)
        {
            ReadOnlySpan<double> values = labels.AsType(DType.Float64).AsSpan<double>();
            int first = FirstOutside(values, 0, 1);
            if (first >= 0)
            {
                problems.Add($"{name}: expected labels from 0 to 1 for {loss.ClassName}, received {LogText.Exact(values[first])} at {DataScan.Place(y.Dims, first)}. {(loss is BinaryCrossentropy ? "Use 0 for no and 1 for yes; -1 and 1 become (y + 1) / 2." : "Use one-hot labels, or SparseCategoricalCrossentropy for class numbers.")}");
            }
        }

        return labels;
    }

    private static NDArray Classes(Loss loss, NDArray y, string name, int classes, List<string> problems)
    {
        ReadOnlySpan<double> values = y.AsType(DType.Float64).AsSpan<double>();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != Math.Floor(values[i]))
            {
                problems.Add($"{name}: expected class numbers (0, 1, 2, ...), received {LogText.Exact(values[i])} at {DataScan.Place(y.Dims, i)}. For numbers to be hit exactly use MeanSquaredError.");
                return y;
            }
        }

        int low = loss.LabelBase;
        int high = low + classes - 1;
        int first = -1;
        int count = 0;
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == loss.IgnoredClass)
            {
                continue;
            }

            (least, most) = (Math.Min(least, values[i]), Math.Max(most, values[i]));
            if (values[i] < low || values[i] > high)
            {
                first = first < 0 ? i : first;
                count++;
            }
        }

        if (first < 0)
        {
            return y.AsType(DType.Int32);
        }

        string advice = LabelsFromOne.Suggestion(least, most, classes, low)
            ?? $"Give the last layer as many units as there are classes ({LogText.Exact(most - low + 1)}), or correct the labels.";
        problems.Add($"{name}: expected classes from {low} to {high} for {classes} outputs, received {LogText.Exact(values[first])} at {DataScan.Place(y.Dims, first)} ({count} of {values.Length} labels are out of range). {advice}");
        return y;
    }

    private static int FirstOutside(ReadOnlySpan<double> values, double low, double high)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < low || values[i] > high)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Advice(Loss loss, Dims received, Dims expected, TensorType output) => loss.TakesClasses
        ? received.Rank == output.Dims.Rank - 1 && received[-1].Size == output.Dims[-1].Size
            ? "The labels look one-hot: use CategoricalCrossentropy, or take the place of the 1 in each row."
            : "This loss takes one class number a sample."
        : received.Rank == 0
            ? $"The labels look like class numbers: use SparseCategoricalCrossentropy; or change the last layer to 1 unit{(expected.Rank == 1 ? "" : " and flatten")}."
            : $"Give the last layer {received[-1].Size} units, or reshape the labels.";

    private static string Shown(Dims sample) => sample.Rank == 0 ? "[batch]" : $"[batch,{string.Join(",", sample.Sizes)}]";
}
