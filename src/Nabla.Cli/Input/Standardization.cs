namespace Nabla.Cli.Input;

/// <summary>What brings each column to mean 0 and deviation 1: x · scale + offset. A column that never changes is only shifted.</summary>
/// <param name="Scale">One a column.</param>
/// <param name="Offset">One a column.</param>
internal sealed record Standardization(IReadOnlyList<double> Scale, IReadOnlyList<double> Offset)
{
    /// <summary>Measures the columns of training samples, all axes but the first taken as columns.</summary>
    /// <param name="name">The data's name, for errors.</param>
    /// <param name="x">The samples.</param>
    /// <exception cref="InvalidDataException">A value is NaN or infinite.</exception>
    public static Standardization Measure(string name, NDArray x)
    {
        int rows = x.Dims[0].Size;
        int columns = x.Dims[1..].Count;
        ReadOnlySpan<double> values = x.AsType(DType.Float64).AsSpan<double>();
        var scale = new double[columns];
        var offset = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            double sum = 0;
            for (int row = 0; row < rows; row++)
            {
                double value = values[row * columns + column];
                sum += double.IsFinite(value)
                    ? value
                    : throw new InvalidDataException($"{name}: expected finite numbers, received {(double.IsNaN(value) ? "NaN" : "infinity")} in training row {row}, column {column}. Remove the row, or fill in a value such as the column's mean.");
            }

            double mean = sum / rows;
            double squares = 0;
            for (int row = 0; row < rows; row++)
            {
                double difference = values[row * columns + column] - mean;
                squares += difference * difference;
            }

            // Below the rounding of the values themselves there is nothing to measure.
            double deviation = Math.Sqrt(squares / rows);
            scale[column] = deviation > 1e-7 * Math.Abs(mean) && deviation > 0 ? 1 / deviation : 1;
            offset[column] = -mean * scale[column];
        }

        return new Standardization(scale, offset);
    }
}
