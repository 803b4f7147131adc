namespace Nabla;

/// <summary>
/// A penalty on a weight, or on what a layer gives: a number that is added to the loss. A string stands for one with its default arguments.
/// A class of your own says the penalty in <see cref="Apply"/>.
/// </summary>
/// <example><code>
/// Regularizer penalty = "l2";                  // 0.01 times the sum of squares
/// NDArray value = penalty.Call(new[] { 3.0, 4.0 });   // 0.25
/// </code></example>
public abstract class Regularizer
{
    /// <summary>Keras' name of the class, as saved: <c>L2</c>.</summary>
    public virtual string ClassName => GetType().Name;

    /// <summary>The regularizer of a name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator Regularizer(string name) =>
        RegularizerTable.ByName.TryGetValue(name ?? "", out Func<Regularizer>? make) ? make() : throw DidYouMean.Unknown("Regularizer", name, RegularizerTable.ByName.Keys, "A Regularizer object is taken as well.");

    /// <summary>The penalty: a scalar of the weight's element type.</summary>
    /// <param name="weight">The weight: float32 or float64.</param>
    public abstract Tensor Apply(Tensor weight);

    /// <summary>The penalty of given values; whole numbers are taken as floating ones.</summary>
    public NDArray Call(NDArray weight) => OnValues.Run(t => Apply(t[0]), weight.AsType(Promotion.Float(weight.DType)));

    /// <summary>Writes the constructor's arguments under Keras' names.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"{ClassName}: a regularizer class of your own cannot be saved; only the built-in ones can. Save the weights alone instead.");
}
