namespace Nabla.Explain;

/// <summary>Values of any shape in one cell: the number, a few numbers, or what the many have in common.</summary>
internal static class TensorCells
{
    private const int MostNumbers = 4;

    public static string Of(IReadOnlyList<double> values, IReadOnlyList<int> dims, Wording words) => dims.Count == 0
        ? words.Number(values[0])
        : values.Count <= MostNumbers
            ? $"[{string.Join(", ", values.Select(words.Number))}]"
            : $"{Short(values.Min())} to {Short(values.Max())}, rms {Short(Rms(values))}";

    /// <summary>The shape: 25x10; nothing for a scalar.</summary>
    public static string Shape(IReadOnlyList<int> dims) => string.Join('x', dims);

    /// <summary>The indices of an element: [3,2].</summary>
    public static string Place(int element, IReadOnlyList<int> dims)
    {
        int[] place = new int[dims.Count];
        for (int axis = dims.Count - 1; axis >= 0; axis--)
        {
            place[axis] = element % dims[axis];
            element /= dims[axis];
        }

        return place.Length == 0 ? "" : $"[{string.Join(',', place)}]";
    }

    /// <summary>A number of a summary: four digits tell enough.</summary>
    public static string Short(double value) => Numerals.Brief(value);

    public static double Rms(IReadOnlyList<double> values) => values.Count == 0 ? 0 : Math.Sqrt(values.Average(v => v * v));
}
