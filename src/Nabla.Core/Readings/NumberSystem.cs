namespace Nabla;

/// <summary>A number type that the interpreter can carry floating values in.</summary>
/// <typeparam name="T">The number type.</typeparam>
internal abstract class NumberSystem<T> : ScalarMath<T, bool>
{
    /// <summary>Takes in a value given as a double, exactly where the type can hold it.</summary>
    public abstract T FromDouble(double value);

    /// <summary>The nearest double: for results and for tests.</summary>
    public abstract double ToDouble(T value);

    /// <summary>Rounds to an element type, for casts: only <c>float</c> and <c>double</c> numbers know how; others keep the value.</summary>
    public virtual T RoundTo(T value, DType dtype) => value;

    /// <summary>The value alone, for stop_gradient: number types that carry a derivative drop it.</summary>
    public virtual T WithoutDerivative(T value) => value;

    /// <summary>Whether this is 0 with all that it carries: nothing that is multiplied by it is left.</summary>
    public virtual bool IsZero(T value) => Equal(value, Constant(Rational.Zero));

    /// <summary>One of several equal numbers; number types that carry a derivative let all of them share it equally.</summary>
    public virtual T Tie(IReadOnlyList<T> equal) => equal[0];

    public sealed override T Select(bool condition, T whenTrue, T whenFalse) => condition ? whenTrue : whenFalse;

    public sealed override bool And(bool a, bool b) => a && b;

    public sealed override bool Or(bool a, bool b) => a || b;

    public sealed override bool Not(bool a) => !a;
}
