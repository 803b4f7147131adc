namespace Nabla;

/// <summary>
/// What a weight must fulfil: after each step of training it is brought back to the nearest value that does. A string stands for one with
/// its default arguments. A class of your own says in <see cref="Apply"/> what becomes of the weight.
/// </summary>
/// <example><code>
/// Constraint rule = "non_neg";
/// NDArray value = rule.Call(new[] { 3.0, -4.0 });   // 3, 0
/// </code></example>
public abstract class Constraint
{
    // Keras' epsilon, added to lengths by which it divides.
    private protected const double Epsilon = 1e-7;

    /// <summary>Keras' name of the class, as saved: <c>MaxNorm</c>.</summary>
    public virtual string ClassName => GetType().Name;

    /// <summary>The constraint of a name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator Constraint(string name) =>
        ConstraintTable.ByName.TryGetValue(name ?? "", out Func<Constraint>? make) ? make() : throw DidYouMean.Unknown("Constraint", name, ConstraintTable.ByName.Keys, "A Constraint object is taken as well.");

    /// <summary>The value that fulfils the constraint, of the weight's type.</summary>
    /// <param name="weight">The weight after a step: float32 or float64.</param>
    public abstract Tensor Apply(Tensor weight);

    /// <summary>What becomes of given values; whole numbers are taken as floating ones.</summary>
    public NDArray Call(NDArray weight) => OnValues.Run(t => Apply(t[0]), weight.AsType(Promotion.Float(weight.DType)));

    /// <summary>Writes the constructor's arguments under Keras' names.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"{ClassName}: a constraint class of your own cannot be saved; only the built-in ones can. Save the weights alone instead.");

    /// <summary>The lengths (L2) along axes, which stay with size 1.</summary>
    private protected static Tensor Lengths(Tensor weight, Axes axes) => weight.Square().Sum([.. axes], keepDims: true).Sqrt();
}
