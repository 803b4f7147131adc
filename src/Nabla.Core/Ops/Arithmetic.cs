// Sum, difference, product, quotient, power, negative, and the larger or smaller of two.
namespace Nabla.Ops;

/// <summary>a + b.</summary>
/// <example><code>
/// Tensor sum = input + 1;   // records add(input, 1 broadcast to input's dims)
/// </code></example>
public sealed record Add : BinaryOp
{
    internal static OpInfo Row { get; } = new("add", "a + b.", _ => new Add());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "sum rule";

    private protected override Tensor? LeftDerivative(Tensor a, Tensor b, Tensor y) => y.Like(1);

    private protected override Tensor? RightDerivative(Tensor a, Tensor b, Tensor y) => y.Like(1);

    private protected override Formula Render(Formula a, Formula b) => new Formula.Infix("+", a, b);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Add(a, b);
}

/// <summary>a - b.</summary>
/// <example><code>
/// Tensor rest = 1 - input;
/// </code></example>
public sealed record Subtract : BinaryOp
{
    internal static OpInfo Row { get; } = new("subtract", "a - b.", _ => new Subtract());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "difference rule";

    private protected override Tensor? LeftDerivative(Tensor a, Tensor b, Tensor y) => y.Like(1);

    private protected override Tensor? RightDerivative(Tensor a, Tensor b, Tensor y) => y.Like(-1);

    private protected override Formula Render(Formula a, Formula b) => new Formula.Infix("-", a, b);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Subtract(a, b);
}

/// <summary>a · b.</summary>
/// <example><code>
/// Tensor square = input * input;   // one node with two edges from input: its derivative is 2·input
/// </code></example>
public sealed record Multiply : BinaryOp
{
    internal static OpInfo Row { get; } = new("multiply", "a * b.", _ => new Multiply());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => context.IsWanted(0) && context.IsWanted(1) ? "product rule" : "constant factor rule";

    private protected override Tensor? LeftDerivative(Tensor a, Tensor b, Tensor y) => b;

    private protected override Tensor? RightDerivative(Tensor a, Tensor b, Tensor y) => a;

    private protected override Formula Render(Formula a, Formula b) => new Formula.Infix("*", a, b);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Multiply(a, b);
}

/// <summary>a / b, of floating numbers.</summary>
/// <example><code>
/// Tensor half = input / 2;   // whole numbers are refused: cast them first
/// </code></example>
public sealed record Divide : BinaryOp
{
    internal static OpInfo Row { get; } = new("divide", "a / b.", _ => new Divide());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => context.IsWanted(1) ? "quotient rule" : "constant factor rule";

    private protected override bool TakesIntegers => false;

    private protected override Tensor? LeftDerivative(Tensor a, Tensor b, Tensor y) => 1 / b;

    private protected override Tensor? RightDerivative(Tensor a, Tensor b, Tensor y) => -(y / b);

    private protected override Formula Render(Formula a, Formula b) => new Formula.Infix("/", a, b);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Divide(a, b);
}

/// <summary>a to the power b, of floating numbers.</summary>
/// <remarks>
/// Where a is 0 the derivative with respect to b is taken as 0, and where b is 0 that with respect to a is: the products that define them
/// would be 0 · ∞.
/// </remarks>
/// <example><code>
/// Tensor cube = input.Pow(3);   // derivative 3·input²
/// </code></example>
public sealed record Power : BinaryOp
{
    internal static OpInfo Row { get; } = new("power", "a to the power b.", _ => new Power());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => !context.IsWanted(1) ? "power rule" : context.IsWanted(0) ? "power rule for a varying exponent" : "exponential rule";

    private protected override bool TakesIntegers => false;

    private protected override Tensor? LeftDerivative(Tensor a, Tensor b, Tensor y)
    {
        if (b.AsConstant() is { } exponent)
        {
            return exponent.Sign == 0 ? null : exponent == 1 ? y.Like(1) : exponent == 2 ? 2 * a : b * a.Pow(b.Like(exponent - 1));
        }

        return Tensor.Select(b.EqualTo(b.Like(0)), y.Like(0), b * a.Pow(b - 1));
    }

    private protected override Tensor? RightDerivative(Tensor a, Tensor b, Tensor y)
    {
        // The logarithm is masked inside, not only outside: otherwise its own derivative would be infinite times zero.
        Tensor zero = a.EqualTo(a.Like(0));
        return Tensor.Select(zero, y.Like(0), y * Tensor.Select(zero, a.Like(1), a).Log());
    }

    private protected override Formula Render(Formula a, Formula b) => new Formula.Power(a, b);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Power(a, b);
}

/// <summary>-x.</summary>
/// <example><code>
/// Tensor negative = -input;
/// </code></example>
public sealed record Negate : UnaryOp
{
    internal static OpInfo Row { get; } = new("negate", "-x.", _ => new Negate());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "constant factor rule";

    private protected override bool TakesIntegers => true;

    private protected override Tensor? Derivative(Tensor x, Tensor y) => y.Like(-1);

    private protected override Formula Render(Formula x) => new Formula.Prefix("-", x);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Negate(x);
}

/// <summary>The larger of a and b; NaN where either is. At a tie each side has half of the derivative.</summary>
/// <example><code>
/// Tensor positive = input.Maximum(0);   // like relu, but for the derivative at 0: 1/2
/// </code></example>
public sealed record Maximum : BinaryOp
{
    internal static OpInfo Row { get; } = new("maximum", "The larger of a and b; a tie splits the derivative in half.", _ => new Maximum());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "max rule";

    private protected override Tensor? LeftDerivative(Tensor a, Tensor b, Tensor y) => Ties.Share(a, b, b.LessThan(a));

    private protected override Tensor? RightDerivative(Tensor a, Tensor b, Tensor y) => Ties.Share(a, b, a.LessThan(b));

    private protected override Formula Render(Formula a, Formula b) => new Formula.Call("max", [a, b]);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Maximum(a, b);
}

/// <summary>The smaller of a and b; NaN where either is. At a tie each side has half of the derivative.</summary>
/// <example><code>
/// Tensor capped = input.Minimum(6);
/// </code></example>
public sealed record Minimum : BinaryOp
{
    internal static OpInfo Row { get; } = new("minimum", "The smaller of a and b; a tie splits the derivative in half.", _ => new Minimum());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "min rule";

    private protected override Tensor? LeftDerivative(Tensor a, Tensor b, Tensor y) => Ties.Share(a, b, a.LessThan(b));

    private protected override Tensor? RightDerivative(Tensor a, Tensor b, Tensor y) => Ties.Share(a, b, b.LessThan(a));

    private protected override Formula Render(Formula a, Formula b) => new Formula.Call("min", [a, b]);

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Minimum(a, b);
}

/// <summary>The derivative shares of <see cref="Maximum"/> and <see cref="Minimum"/>.</summary>
internal static class Ties
{
    /// <summary>1 where this side won, 1/2 at a tie, 0 where it lost.</summary>
    public static Tensor Share(Tensor a, Tensor b, Tensor won) =>
        Tensor.Select(won, a.Like(1), Tensor.Select(a.EqualTo(b), a.Like(new Rational(1, 2)), a.Like(0)));
}
