// Steps and kinks: their derivatives at the kink are chosen, not derived; the choice is stated in each summary.
using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>The absolute value; its derivative at 0 is taken as 0.</summary>
/// <example><code>
/// Tensor size = input.Abs();
/// </code></example>
public sealed record Abs : UnaryOp
{
    internal static OpInfo Row { get; } = new("abs", "The absolute value; the derivative at 0 is 0.", _ => new Abs());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "absolute value rule";

    private protected override bool TakesIntegers => true;

    private protected override Tensor? Derivative(Tensor x, Tensor y) => x.Sign();

    private protected override Formula Render(Formula x) => new Formula.Call("abs", [x]);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Abs(x);
}

/// <summary>-1, 0 or 1; the derivative is 0 everywhere.</summary>
/// <example><code>
/// Tensor direction = input.Sign();
/// </code></example>
public sealed record Sign : UnaryOp
{
    internal static OpInfo Row { get; } = new("sign", "-1, 0 or 1; the derivative is 0 everywhere.", _ => new Sign());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override bool TakesIntegers => true;

    private protected override Tensor? Derivative(Tensor x, Tensor y) => null;

    private protected override Formula Render(Formula x) => new Formula.Call("sign", [x]);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Sign(x);
}

/// <summary>The largest whole number not above x; the derivative is 0 everywhere.</summary>
/// <example><code>
/// Tensor fraction = input - input.Floor();
/// </code></example>
public sealed record Floor : UnaryOp
{
    internal static OpInfo Row { get; } = new("floor", "The largest whole number not above x; the derivative is 0 everywhere.", _ => new Floor());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override Tensor? Derivative(Tensor x, Tensor y) => null;

    private protected override Formula Render(Formula x) => new Formula.Call("floor", [x]);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Floor(x);
}

/// <summary>The nearest whole number, ties to even; the derivative is 0 everywhere.</summary>
/// <example><code>
/// Tensor nearest = input.Round();   // 0.5 becomes 0, 1.5 becomes 2
/// </code></example>
public sealed record Round : UnaryOp
{
    internal static OpInfo Row { get; } = new("round", "The nearest whole number, ties to even; the derivative is 0 everywhere.", _ => new Round());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override Tensor? Derivative(Tensor x, Tensor y) => null;

    private protected override Formula Render(Formula x) => new Formula.Call("round", [x]);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Round(x);
}

/// <summary>x held between two bounds; the derivative is 1 on the closed interval and 0 outside.</summary>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
/// <example><code>
/// Tensor share = input.Clip(0, 1);
/// </code></example>
public sealed record Clip(Rational Low, Rational High) : UnaryOp
{
    internal static OpInfo Row { get; } = new("clip", "x held between two bounds; the derivative is 1 on the closed interval.", r => new Clip(r.Rational("low"), r.Rational("high")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("low", Low), new("high", High)];

    private protected override Tensor? Derivative(Tensor x, Tensor y) =>
        Tensor.Select(x.LessThan(x.Like(Low)).Or(x.Like(High).LessThan(x)), x.Like(0), x.Like(1));

    private protected override Formula Render(Formula x) => new Formula.Call("clip", [x, new Formula.Number(Low), new Formula.Number(High)]);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Select(math.Less(x, math.Constant(Low)), math.Constant(Low), math.Select(math.Less(math.Constant(High), x), math.Constant(High), x));
}
