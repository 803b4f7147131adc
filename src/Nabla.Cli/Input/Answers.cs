using System.Globalization;

namespace Nabla.Cli.Input;

/// <summary>What a model's outputs mean: classes with probabilities, or quantities.</summary>
internal sealed class Answers
{
    private readonly double[] _values;
    private readonly int _columns;

    private Answers(double[] values, int columns, IReadOnlyList<string> classNames) => (_values, _columns, ClassNames) = (values, columns, classNames);

    /// <summary>No answers, for no samples.</summary>
    public static Answers None { get; } = new([], 1, []);

    /// <summary>What each class is called; empty where the outputs are quantities.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of samples.</summary>
    public int Count => _values.Length / _columns;

    /// <summary>The quantities of a sample, or the probability of each class.</summary>
    public ReadOnlySpan<double> this[int row] => _values.AsSpan(row * _columns, _columns);

    /// <summary>The most likely class of a sample; the first of equals.</summary>
    public int Class(int row) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(this[row]);

    /// <summary>Reads outputs as the model's file and loss say.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outputs">What it gave: [samples, ..., outputs].</param>
    public static Answers Of(Model model, NDArray outputs)
    {
        string step = model.Metadata?.OutputStep ?? "none";
        int columns = Math.Max(1, outputs.Dims[1..].Count);
        double[] values = outputs.AsType(DType.Float64).ToArray<double>();
        switch (step)
        {
            case "softmax":
                for (int row = 0; row < values.Length; row += columns)
                {
                    Softmax(values.AsSpan(row, columns));
                }

                break;
            case "sigmoid":
                values = Array.ConvertAll(values, z => 1 / (1 + Math.Exp(-z)));
                break;
        }

        bool classes = step != "none" || model.Metadata?.Classes is not null || GivesProbabilities(model);
        if (classes && columns == 1)
        {
            // One output is the probability of the second of two classes.
            (values, columns) = ([.. values.SelectMany(p => new[] { 1 - p, p })], 2);
        }

        if (model.Metadata?.Schema?.Target is { Classes: null } target)
        {
            values = Array.ConvertAll(values, v => v * target.Scale + target.Mean);
        }

        return new Answers(values, columns, classes ? Names(model, columns) : []);
    }

    private static void Softmax(Span<double> values)
    {
        double largest = System.Numerics.Tensors.TensorPrimitives.Max<double>(values);
        double sum = 0;
        foreach (ref double value in values)
        {
            sum += value = Math.Exp(value - largest);
        }

        foreach (ref double value in values)
        {
            value /= sum;
        }
    }

    private static bool GivesProbabilities(Model model) =>
        model.Loss is SparseCategoricalCrossentropy or CategoricalCrossentropy or BinaryCrossentropy
        || (model.Layers[^1] is Dense { Activation: var last } && (last == Activation.Softmax || last == Activation.Sigmoid));

    private static IReadOnlyList<string> Names(Model model, int columns) =>
        model.Metadata?.Classes is { } names && names.Count == columns
            ? names
            : [.. Enumerable.Range(0, columns).Select(c => c.ToString(CultureInfo.InvariantCulture))];
}
