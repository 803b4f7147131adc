using System.Globalization;

namespace Nabla.Cli.Input;

/// <summary>What labels mean: classes with names, or quantities.</summary>
/// <param name="ClassNames">What each class number means; empty for quantities.</param>
internal sealed record Labels(IReadOnlyList<string> ClassNames)
{
    /// <summary>Whether labels are class numbers.</summary>
    public bool IsClasses => ClassNames.Count > 0;

    /// <summary>What the labels themselves tell: whole numbers are classes, called by their numbers.</summary>
    /// <param name="name">The data's name, for errors.</param>
    /// <param name="labels">All labels there are.</param>
    /// <exception cref="InvalidDataException">There are fewer than two classes.</exception>
    public static Labels Of(string name, params ReadOnlySpan<NDArray> labels)
    {
        int largest = 0;
        foreach (NDArray part in labels)
        {
            if (part.DType != DType.Int32)
            {
                return new Labels([]);
            }

            foreach (int label in part.AsSpan<int>())
            {
                largest = Math.Max(largest, label);
            }
        }

        return largest > 0
            ? new Labels([.. Enumerable.Range(0, largest + 1).Select(c => c.ToString(CultureInfo.InvariantCulture))])
            : throw new InvalidDataException($"{name}: expected labels of two classes or more, received only 0. Save quantities as floating numbers.");
    }
}
