// Functions of one floating number. Each derivative uses the result y where that spares a second evaluation.
namespace Nabla.Ops;

/// <summary>e to the power x.</summary>
/// <example><code>
/// Tensor e = input.Exp();   // its derivative is e itself: nothing is computed twice
/// </code></example>
public sealed record Exp : UnaryOp
{
    internal static OpInfo Row { get; } = new("exp", "e to the power x.", _ => new Exp());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "exponential rule";

    private protected override Tensor? Derivative(Tensor x, Tensor y) => y;

    private protected override Formula Render(Formula x) => new Formula.Call("exp", [x]);

    internal override Rational? Exactly(Rational x) => x == 0 ? 1 : null;

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Exp(x);
}

/// <summary>The natural logarithm of x.</summary>
/// <example><code>
/// Tensor logarithm = input.Log();   // -inf for 0, NaN below
/// </code></example>
public sealed record Log : UnaryOp
{
    internal static OpInfo Row { get; } = new("log", "The natural logarithm of x.", _ => new Log());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "logarithm rule";

    private protected override Tensor? Derivative(Tensor x, Tensor y) => 1 / x;

    private protected override Formula Render(Formula x) => new Formula.Call("log", [x]);

    internal override Rational? Exactly(Rational x) => x == 1 ? 0 : x == RationalText.E ? 1 : x == 0 ? Rational.NegativeInfinity : null;

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Log(x);
}

/// <summary>log(1 + x), accurate near 0.</summary>
/// <example><code>
/// Tensor small = input.Log1p();   // right to the last digits where 1 + x would round x away
/// </code></example>
public sealed record Log1p : UnaryOp
{
    internal static OpInfo Row { get; } = new("log1p", "log(1 + x), accurate near 0.", _ => new Log1p());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "logarithm rule";

    private protected override Tensor? Derivative(Tensor x, Tensor y) => 1 / (1 + x);

    private protected override Formula Render(Formula x) => new Formula.Call("log1p", [x]);

    internal override Rational? Exactly(Rational x) => x == 0 ? 0 : null;

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Log1p(x);
}

/// <summary>e to the power x, less 1, accurate near 0.</summary>
/// <example><code>
/// Tensor growth = input.Expm1();   // right to the last digits where e^x is nearly 1
/// </code></example>
public sealed record Expm1 : UnaryOp
{
    internal static OpInfo Row { get; } = new("expm1", "e to the power x, less 1, accurate near 0.", _ => new Expm1());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "exponential rule";

    private protected override Tensor? Derivative(Tensor x, Tensor y) => y + 1;

    private protected override Formula Render(Formula x) => new Formula.Call("expm1", [x]);

    internal override Rational? Exactly(Rational x) => x == 0 ? 0 : null;

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Expm1(x);
}

/// <summary>The square root of x.</summary>
/// <example><code>
/// Tensor root = input.Sqrt();   // NaN below 0
/// </code></example>
public sealed record Sqrt : UnaryOp
{
    internal static OpInfo Row { get; } = new("sqrt", "The square root of x.", _ => new Sqrt());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "square root rule";

    private protected override Tensor? Derivative(Tensor x, Tensor y) => 0.5 / y;

    private protected override Formula Render(Formula x) => new Formula.Call("sqrt", [x]);

    internal override Rational? Exactly(Rational x) => Rational.SquareRoot(x);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Sqrt(x);
}

/// <summary>The hyperbolic tangent of x.</summary>
/// <example><code>
/// Tensor squashed = input.Tanh();   // between -1 and 1
/// </code></example>
public sealed record Tanh : UnaryOp
{
    internal static OpInfo Row { get; } = new("tanh", "The hyperbolic tangent of x.", _ => new Tanh());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override Tensor? Derivative(Tensor x, Tensor y) => 1 - y * y;

    private protected override Formula Render(Formula x) => new Formula.Call("tanh", [x]);

    internal override Rational? Exactly(Rational x) => x == 0 ? 0 : null;

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Tanh(x);
}

/// <summary>1 / (1 + exp(-x)).</summary>
/// <example><code>
/// Tensor probability = input.Sigmoid();   // between 0 and 1
/// </code></example>
public sealed record Sigmoid : UnaryOp
{
    internal static OpInfo Row { get; } = new("sigmoid", "1 / (1 + exp(-x)).", _ => new Sigmoid());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override Tensor? Derivative(Tensor x, Tensor y) => y * (1 - y);

    private protected override Formula Render(Formula x) => new Formula.Call("sigmoid", [x]);

    internal override Rational? Exactly(Rational x) => x == 0 ? new Rational(1, 2) : null;

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Sigmoid(x);
}

/// <summary>log(1 + exp(x)), without overflow.</summary>
/// <example><code>
/// Tensor positive = input.Softplus();   // for 1000 gives 1000, not infinity
/// </code></example>
public sealed record Softplus : UnaryOp
{
    internal static OpInfo Row { get; } = new("softplus", "log(1 + exp(x)), without overflow.", _ => new Softplus());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override Tensor? Derivative(Tensor x, Tensor y) => x.Sigmoid();

    private protected override Formula Render(Formula x) => new Formula.Call("softplus", [x]);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Softplus(x);
}

/// <summary>The sine of x in radians.</summary>
/// <example><code>
/// Tensor wave = (2 * input).Sin();
/// </code></example>
public sealed record Sin : UnaryOp
{
    internal static OpInfo Row { get; } = new("sin", "The sine of x in radians.", _ => new Sin());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "sine rule";

    private protected override Tensor? Derivative(Tensor x, Tensor y) => x.Cos();

    private protected override Formula Render(Formula x) => new Formula.Call("sin", [x]);

    internal override Rational? Exactly(Rational x) => x == 0 || x == RationalText.Pi ? 0 : null;

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Sin(x);
}

/// <summary>The cosine of x in radians.</summary>
/// <example><code>
/// Tensor wave = (2 * input).Cos();
/// </code></example>
public sealed record Cos : UnaryOp
{
    internal static OpInfo Row { get; } = new("cos", "The cosine of x in radians.", _ => new Cos());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "cosine rule";

    private protected override Tensor? Derivative(Tensor x, Tensor y) => -x.Sin();

    private protected override Formula Render(Formula x) => new Formula.Call("cos", [x]);

    internal override Rational? Exactly(Rational x) => x == 0 ? 1 : x == RationalText.Pi ? -1 : null;

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Cos(x);
}

/// <summary>The error function: 2/sqrt(pi) times the integral of exp(-t*t) from 0 to x.</summary>
/// <example><code>
/// Tensor share = (1 + (input / 1.4142135623730951).Erf()) / 2;   // the normal distribution function
/// </code></example>
public sealed record Erf : UnaryOp
{
    internal static OpInfo Row { get; } = new("erf", "The error function of x.", _ => new Erf());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "error function rule";

    // 2/sqrt(pi)
    private protected override Tensor? Derivative(Tensor x, Tensor y) => 1.1283791670955126 * (-(x * x)).Exp();

    private protected override Formula Render(Formula x) => new Formula.Call("erf", [x]);

    internal override Rational? Exactly(Rational x) => x == 0 ? 0 : null;

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Erf(x);
}
