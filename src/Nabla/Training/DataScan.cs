namespace Nabla;

/// <summary>Looks through data for values that nothing can be learned from.</summary>
internal static class DataScan
{
    /// <summary>Whether no value is NaN or infinite.</summary>
    public static bool AllFinite(NDArray data) => FirstNotFinite(data) < 0;

    /// <summary>What is wrong with the values of <paramref name="data"/>, or null: the first that is NaN or infinite, with its row, and how many there are.</summary>
    public static string? NotFinite(string name, NDArray data)
    {
        int first = FirstNotFinite(data);
        if (first < 0)
        {
            return null;
        }

        int count = Count(data);
        double value = data.DType == DType.Float32 ? data.AsSpan<float>()[first] : data.AsSpan<double>()[first];
        string what = double.IsNaN(value) ? "NaN" : value > 0 ? "infinity" : "-infinity";
        return $"{name}: expected finite numbers, received {what} at {Place(data.Dims, first)} ({count} of {data.Count} values are not finite). Remove those rows, or fill in a value such as the column's mean.";
    }

    /// <summary>Where a flat position lies: <c>row 3, column 17</c>.</summary>
    public static string Place(Dims dims, int flat)
    {
        int[] strides = dims.Strides();
        string[] index = [.. strides.Select((s, axis) => $"{flat / s % Math.Max(1, dims[axis].Size)}")];
        return index.Length switch
        {
            0 => "the only value",
            1 => $"row {index[0]}",
            2 => $"row {index[0]}, column {index[1]}",
            _ => $"row {index[0]}, place [{string.Join(",", index[1..])}]",
        };
    }

    private static int FirstNotFinite(NDArray data)
    {
        switch (data.DType)
        {
            case DType.Float32:
                ReadOnlySpan<float> singles = data.AsSpan<float>();
                for (int i = 0; i < singles.Length; i++)
                {
                    if (!float.IsFinite(singles[i]))
                    {
                        return i;
                    }
                }

                return -1;
            case DType.Float64:
                ReadOnlySpan<double> doubles = data.AsSpan<double>();
                for (int i = 0; i < doubles.Length; i++)
                {
                    if (!double.IsFinite(doubles[i]))
                    {
                        return i;
                    }
                }

                return -1;
            default:
                return -1;
        }
    }

    private static int Count(NDArray data)
    {
        int count = 0;
        if (data.DType == DType.Float32)
        {
            foreach (float value in data.AsSpan<float>())
            {
                count += float.IsFinite(value) ? 0 : 1;
            }
        }
        else
        {
            foreach (double value in data.AsSpan<double>())
            {
                count += double.IsFinite(value) ? 0 : 1;
            }
        }

        return count;
    }
}
