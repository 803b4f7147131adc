namespace Nabla.Tests;

/// <summary>Small data to learn from, always the same.</summary>
internal static class Problems
{
    /// <summary>Images of 16 pixels around ten centres, and their classes.</summary>
    public static (NDArray X, NDArray Y) Digits(int count, int features = 16, int classes = 10)
    {
        RandomStream random = new(7, 1);
        var x = new float[count, features];
        var y = new int[count];
        for (int row = 0; row < count; row++)
        {
            y[row] = row % classes;
            for (int column = 0; column < features; column++)
            {
                double centre = Math.Sin((y[row] + 1) * (column + 1));
                x[row, column] = (float)(centre + 0.3 * (random.Uniform(row * features + column) - 0.5));
            }
        }

        return (x, y);
    }

    /// <summary>Two numbers a sample and whether their product is positive.</summary>
    public static (NDArray X, NDArray Y) Signs(int count)
    {
        RandomStream random = new(8, 1);
        var x = new double[count, 2];
        var y = new double[count, 1];
        for (int row = 0; row < count; row++)
        {
            x[row, 0] = 2 * random.Uniform(2 * row) - 1;
            x[row, 1] = 2 * random.Uniform(2 * row + 1) - 1;
            y[row, 0] = x[row, 0] * x[row, 1] > 0 ? 1 : 0;
        }

        return (x, y);
    }
}
