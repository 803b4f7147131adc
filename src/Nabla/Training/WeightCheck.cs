namespace Nabla;

/// <summary>What each sample counts: its own weight, times its class'.</summary>
internal static class WeightCheck
{
    /// <summary>The weights of an output's samples in the model's type; null where all count 1. What does not fit is added to <paramref name="problems"/>.</summary>
    public static NDArray? For(
        NDArray labels, Loss? loss, NDArray? sampleWeight, IReadOnlyDictionary<int, double>? classWeight, int samples, DType dtype, List<string> problems)
    {
        NDArray? own = sampleWeight is null ? null : Checked(sampleWeight, labels, samples, dtype, problems);
        if (classWeight is null || problems.Count > 0)
        {
            return own;
        }

        foreach ((int label, double weight) in classWeight)
        {
            if (!double.IsFinite(weight) || weight < 0)
            {
                problems.Add($"classWeight: expected finite weights of 0 or more, received {LogText.Exact(weight)} for class {label}.");
                return own;
            }
        }

        if (Classes(labels, samples) is not { } classes)
        {
            problems.Add($"classWeight: expected one class a sample, received labels {labels.Type}. For labels of several values give sampleWeight.");
            return own;
        }

        ReadOnlySpan<double> factors = own is null ? default : own.AsType(DType.Float64).AsSpan<double>();
        int per = own is null ? 1 : own.Count / Math.Max(1, samples);
        var weights = new double[samples * per];
        for (int i = 0; i < weights.Length; i++)
        {
            double label = classes[i / per];
            weights[i] = (factors.IsEmpty ? 1 : factors[i]) * (label == Math.Floor(label) && classWeight.TryGetValue((int)label, out double weight) ? weight : 1);
        }

        return NDArray.Create<double>(weights, own?.Dims ?? [samples]).AsType(dtype);
    }

    private static NDArray Checked(NDArray weight, NDArray labels, int samples, DType dtype, List<string> problems)
    {
        NDArray converted = weight.AsType(dtype);
        if (weight.Rank == 0 || weight.Dims[0].Size != samples)
        {
            problems.Add($"sampleWeight: expected one weight for each of the {samples} samples, received {weight.Type}.");
        }
        else if (weight.Rank > labels.Rank && weight.Dims[1..].Count > 1)
        {
            problems.Add($"sampleWeight: expected dims [{samples}], or those of the labels without their last axis ({labels.Type}), received {weight.Type}.");
        }
        else if (DataScan.NotFinite("sampleWeight", converted) is { } problem)
        {
            problems.Add(problem);
        }

        return converted;
    }

    // Class numbers, a column of them, or the place of the 1 in a row.
    private static double[]? Classes(NDArray labels, int samples)
    {
        double[] values = labels.AsType(DType.Float64).AsSpan<double>().ToArray();
        if (labels.Count == samples)
        {
            return values;
        }

        if (labels.Rank != 2)
        {
            return null;
        }

        int classes = labels.Dims[1].Size;
        return [.. Enumerable.Range(0, samples).Select(row => (double)Array.IndexOf(values, values.Skip(row * classes).Take(classes).Max(), row * classes) - (row * classes))];
    }
}
