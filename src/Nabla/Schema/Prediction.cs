namespace Nabla;

/// <summary>
/// An answer in the words and units of a person's data: a class with its probability, <c>("versicolor", 0.93)</c>, or a number. Deconstructs:
/// <c>var (label, probability) = model.Predict(row);</c>
/// </summary>
/// <example><code>
/// Prediction answer = SchemaTarget.OfClasses("answer", ["no", "yes"]).Decode([2.0], "sigmoid");
/// var (label, probability) = answer;                              // yes, 0.88
/// </code></example>
public sealed class Prediction
{
    private readonly SchemaTarget _target;
    private readonly double[] _values;
    private readonly int _best;

    internal Prediction(SchemaTarget target, params double[] values)
    {
        (_target, _values) = (target, values);
        _best = Math.Max(0, System.Numerics.Tensors.TensorPrimitives.IndexOfMax(values));
    }

    /// <summary>Whether the answer is a class instead of a number.</summary>
    public bool IsClass => _target.Classes is not null;

    /// <summary>The most likely class; the first of equals.</summary>
    /// <exception cref="InvalidOperationException">The answer is a number.</exception>
    public string Label => Classes(nameof(Label))[_best];

    /// <summary>The number of the most likely class, from 0.</summary>
    /// <exception cref="InvalidOperationException">The answer is a number.</exception>
    public int ClassIndex => Classes(nameof(ClassIndex)).Count > 0 ? _best : 0;

    /// <summary>How likely that class is, from 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">The answer is a number.</exception>
    public double Probability => Classes(nameof(Probability)).Count > 0 ? _values[_best] : 0;

    /// <summary>How likely each class is, in the order of the classes.</summary>
    /// <exception cref="InvalidOperationException">The answer is a number.</exception>
    public IReadOnlyList<KeyValuePair<string, double>> Probabilities => [.. Classes(nameof(Probabilities)).Zip(_values, KeyValuePair.Create)];

    /// <summary>The number, in the data's own unit.</summary>
    /// <exception cref="InvalidOperationException">The answer is a class.</exception>
    public double Value => IsClass
        ? throw new InvalidOperationException($"Prediction: expected a number to ask Value for, but '{_target.Name}' has classes. Read Label and Probability.")
        : _values[0];

    /// <summary>The class and its probability.</summary>
    public void Deconstruct(out string label, out double probability) => (label, probability) = (Label, Probability);

    /// <summary><c>versicolor (0.93)</c>, or the number; the same in every country.</summary>
    public override string ToString() => IsClass ? FormattableString.Invariant($"{Label} ({Probability:0.00##})") : CellText.Of(Value);

    private IReadOnlyList<string> Classes(string asked) => _target.Classes
        ?? throw new InvalidOperationException($"Prediction: expected a class to ask {asked} for, but '{_target.Name}' is a number. Read Value.");
}
