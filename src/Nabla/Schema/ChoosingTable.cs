namespace Nabla;

/// <summary>
/// Which output layer and loss a target wants: two values, sigmoid; several classes, softmax; any number, linear; a number never below 0, relu.
/// Sigmoid and softmax are taken from logits: the last layer is linear and the loss does the rest without rounding away digits.
/// </summary>
/// <example><code>
/// OutputChoice price = ChoosingTable.For(ChoosingTable.KindOf([120_000, 95_500, 310_000.5]));
/// Console.WriteLine(price.Reason);
/// </code></example>
public static class ChoosingTable
{
    /// <summary>So many whole numbers from 0 or 1 on, none left out, are taken for the numbers of classes; more for counts.</summary>
    public const int MostNumberedClasses = 10;

    /// <summary>The choice for a kind of target.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="classes">The number of classes, where the target has classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes.</exception>
    public static OutputChoice For(TargetKind kind, int classes = 2) => kind switch
    {
        _ when classes < 2 => throw new ArgumentOutOfRangeException(nameof(classes), $"ChoosingTable: expected 2 classes or more, received {classes}. With one class there is nothing to tell apart."),
        TargetKind.Binary => new(1, Activation.Linear, new BinaryCrossentropy(fromLogits: true), "sigmoid", "two values, so one output as a logit: sigmoid and binary cross-entropy"),
        TargetKind.Classes => new(classes, Activation.Linear, new SparseCategoricalCrossentropy(fromLogits: true), "softmax", $"{classes} classes, so {classes} outputs as logits: softmax and cross-entropy"),
        TargetKind.NonNegative => new(1, Activation.Relu, new MeanSquaredError(), "none", "a number never below 0, so one relu output: mean squared error"),
        _ => new(1, Activation.Linear, new MeanSquaredError(), "none", "a number of either sign, so one linear output: mean squared error"),
    };

    /// <summary>The kind of a target whose values are numbers; NaN counts as missing.</summary>
    /// <remarks>Two different values are two classes. Up to ten whole numbers from 0 or 1 on without a gap are class numbers. All others are quantities.</remarks>
    public static TargetKind KindOf(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        HashSet<double> different = [];
        bool negative = false;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                negative |= value < 0;
                if (different.Count <= MostNumberedClasses)
                {
                    different.Add(value);
                }
            }
        }

        if (different.Count == 2)
        {
            return TargetKind.Binary;
        }

        double first = different.Count > 0 ? different.Min() : 0;
        bool numbered = different.Count is > 2 and <= MostNumberedClasses && first is 0 or 1 && different.All(v => v == Math.Floor(v)) && different.Max() - first == different.Count - 1;
        return numbered ? TargetKind.Classes : negative ? TargetKind.Real : TargetKind.NonNegative;
    }
}
