namespace Nabla.Cli.Input;

/// <summary>Brings features and labels into the forms that models take.</summary>
internal static class Columns
{
    /// <summary>Far above any set of classes that a command line is used for; a label beyond is a quantity or a mistake.</summary>
    private const int MaxClasses = 10_000;

    /// <summary>Features with one sample a row; labels as int32 classes [samples], or quantities [samples, outputs].</summary>
    /// <exception cref="InvalidDataException">They cannot be samples and their labels.</exception>
    public static (NDArray X, NDArray Y) Check(string name, NDArray x, NDArray y)
    {
        if (x.Rank == 0 || y.Rank == 0 || x.Dims[0].Size != y.Dims[0].Size)
        {
            throw new InvalidDataException($"{name}: expected as many labels as samples along the first axis, received features {x.Type} and labels {y.Type}.");
        }

        if (x.Count == 0)
        {
            throw new InvalidDataException($"{name}: expected samples with features, received none ({x.Type}).");
        }

        return (Features(x.Rank == 1 ? x.Reshape(-1, 1) : x), LabelColumn(name, y));
    }

    /// <summary>Bytes and floating numbers stay; other whole numbers become float32.</summary>
    public static NDArray Features(NDArray x) => x.DType is DType.UInt8 or DType.Float32 or DType.Float64 ? x : x.AsType(DType.Float32);

    private static NDArray LabelColumn(string name, NDArray y)
    {
        int samples = y.Dims[0].Size;
        if (y.DType is DType.Float32 or DType.Float64)
        {
            return y.Rank <= 2 ? y.Reshape(samples, -1) : throw new InvalidDataException($"{name}: expected labels with one row a sample, received {y.Type}.");
        }

        if (y.Count != samples)
        {
            throw new InvalidDataException($"{name}: expected one class number a sample, received {y.Type}. Take the arg max of one-hot labels.");
        }

        ReadOnlySpan<long> classes = y.AsType(DType.Int64).AsSpan<long>();
        for (int row = 0; row < classes.Length; row++)
        {
            if (classes[row] is < 0 or >= MaxClasses)
            {
                throw new InvalidDataException($"{name}: expected class numbers from 0 to {MaxClasses - 1}, received {classes[row]} in row {row}. Save quantities as floating numbers.");
            }
        }

        return y.AsType(DType.Int32).Reshape(samples);
    }
}
