namespace Nabla;

/// <summary>
/// Arithmetic over one number type: what the scalar expression of an elementwise op is written in. The interpreter has one for each
/// number type; the compiler has one over loop expressions, so the same line that evaluates an op also lowers it.
/// </summary>
/// <typeparam name="T">Numbers.</typeparam>
/// <typeparam name="TBoolean">Truth values that comparisons give.</typeparam>
internal abstract class ScalarMath<T, TBoolean>
{
    /// <summary>The number type's name, for refusals: <c>double</c>, <c>rational</c>.</summary>
    public abstract string Name { get; }

    public abstract T Constant(Rational value);

    public abstract T Add(T a, T b);

    public abstract T Subtract(T a, T b);

    public abstract T Multiply(T a, T b);

    public abstract T Divide(T a, T b);

    public abstract T Negate(T x);

    public virtual T Power(T a, T b) => throw Refuse("power");

    public virtual T Exp(T x) => throw Refuse("exp");

    public virtual T Log(T x) => throw Refuse("log");

    public virtual T Log1p(T x) => throw Refuse("log1p");

    public virtual T Expm1(T x) => throw Refuse("expm1");

    public virtual T Sqrt(T x) => throw Refuse("sqrt");

    public virtual T Tanh(T x) => throw Refuse("tanh");

    public virtual T Sigmoid(T x) => throw Refuse("sigmoid");

    public virtual T Softplus(T x) => throw Refuse("softplus");

    public virtual T Sin(T x) => throw Refuse("sin");

    public virtual T Cos(T x) => throw Refuse("cos");

    public virtual T Erf(T x) => throw Refuse("erf");

    public virtual T Abs(T x) => throw Refuse("abs");

    public virtual T Sign(T x) => throw Refuse("sign");

    public virtual T Floor(T x) => throw Refuse("floor");

    /// <summary>To the nearest whole number, ties to even.</summary>
    public virtual T Round(T x) => throw Refuse("round");

    /// <summary>NaN where either is NaN.</summary>
    public virtual T Maximum(T a, T b) => throw Refuse("maximum");

    /// <summary>NaN where either is NaN.</summary>
    public virtual T Minimum(T a, T b) => throw Refuse("minimum");

    public virtual TBoolean Less(T a, T b) => throw Refuse("less");

    public virtual TBoolean LessOrEqual(T a, T b) => throw Refuse("less_equal");

    public virtual TBoolean Equal(T a, T b) => throw Refuse("equal");

    public virtual TBoolean IsFinite(T x) => throw Refuse("is_finite");

    public abstract T Select(TBoolean condition, T whenTrue, T whenFalse);

    public abstract TBoolean And(TBoolean a, TBoolean b);

    public abstract TBoolean Or(TBoolean a, TBoolean b);

    public abstract TBoolean Not(TBoolean a);

    /// <summary>The error of an op that this number type cannot do: names both.</summary>
    protected NotSupportedException Refuse(string op) => new($"{op}: not defined over {Name} numbers. Interpret over double instead.");
}
