// Questions about numbers, answers about truth, and the choice between two values. None but the choice has a derivative.
using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>An elementwise comparison of two inputs of one type; the result is boolean and has no derivative.</summary>
/// <example><code>
/// Tensor positive = input.GreaterThan(0);   // records less(0, input): there is no op of its own for the other way round
/// bool compares = positive.Node.Op is Nabla.Ops.ComparisonOp;   // true
/// </code></example>
public abstract record ComparisonOp : Op
{
    private protected ComparisonOp()
    {
    }

    private protected abstract string Operator { get; }

    /// <summary>The operator that says the same from the right to the left; null where that would be recorded as another graph.</summary>
    private protected virtual string? Turned => null;

    internal abstract TBoolean Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b);

    /// <inheritdoc/>
    public sealed override IrType Infer(OperandTypes operands)
    {
        operands.Expect(2);
        operands.Expect(0, d => d.IsFloat || d.IsInteger, "numbers");
        return operands.ExpectSame(0, 1) with { DType = DType.Boolean };
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<Tensor?> Vjp(VjpContext context) => context.None();

    /// <inheritdoc/>
    public sealed override Formula Render(RenderContext context) => context.Inputs is [Formula.Number number, var x and not Formula.Number] && Turned is { } turned
        ? new Formula.Infix(turned, x, number) // x > 0 is recorded as 0 < x
        : new Formula.Infix(Operator, context.Inputs[0], context.Inputs[1]);

    internal sealed override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> a = context.Inputs[0];
        Value<T> b = context.Inputs[1];
        return a.TensorType.DType.IsFloat
            ? context.FillBooleans(i => Scalar(context.Math, a.Floats[i], b.Floats[i]))
            : context.FillBooleans(i => Scalar(IntegerMath.Instance, a.Integers[i], b.Integers[i]));
    }

    internal sealed override Lowering Lower => new Lowering.Element(c =>
        Scalar(new LoopMath(c.Node.Inputs[0].TensorType.DType), c.Input(0, c.Index), c.Input(1, c.Index)));
}

/// <summary>Whether a equals b; NaN equals nothing.</summary>
/// <example><code>
/// Tensor zeros = input.EqualTo(0);   // bool, of input's dims
/// </code></example>
public sealed record Equal : ComparisonOp
{
    internal static OpInfo Row { get; } = new("equal", "Whether a equals b; NaN equals nothing.", _ => new Equal());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override string Operator => "==";

    internal override TBoolean Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Equal(a, b);
}

/// <summary>Whether a is below b; false where either is NaN.</summary>
/// <example><code>
/// Tensor cold = input.LessThan(20);
/// </code></example>
public sealed record Less : ComparisonOp
{
    internal static OpInfo Row { get; } = new("less", "Whether a is below b; false where either is NaN.", _ => new Less());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override string Operator => "<";

    private protected override string? Turned => ">";

    internal override TBoolean Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Less(a, b);
}

/// <summary>Whether a is at most b; false where either is NaN.</summary>
/// <example><code>
/// Tensor passed = input.AtMost(1);
/// </code></example>
public sealed record LessOrEqual : ComparisonOp
{
    internal static OpInfo Row { get; } = new("less_equal", "Whether a is at most b; false where either is NaN.", _ => new LessOrEqual());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override string Operator => "<=";

    private protected override string? Turned => ">=";

    internal override TBoolean Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.LessOrEqual(a, b);
}

/// <summary>An elementwise op on truth values.</summary>
/// <example><code>
/// bool logical = input.IsFinite().Not().Node.Op is Nabla.Ops.LogicalOp;   // true
/// </code></example>
public abstract record LogicalOp : Op
{
    private protected LogicalOp()
    {
    }

    private protected abstract int Operands { get; }

    internal abstract TBoolean Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, TBoolean a, TBoolean b);

    /// <inheritdoc/>
    public sealed override IrType Infer(OperandTypes operands)
    {
        operands.Expect(Operands);
        operands.Expect(0, d => d == DType.Boolean, "truth values");
        return operands.ExpectSame(0, Operands - 1);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<Tensor?> Vjp(VjpContext context) => context.None();

    /// <inheritdoc/>
    public sealed override Formula Render(RenderContext context) => context.Inputs is [Formula.Infix { Operator: "==" } equality]
        ? equality with { Operator = "!=" }
        : Operands == 1 ? new Formula.Prefix(Name, context.Inputs[0])
        : new Formula.Infix(Name, context.Inputs[0], context.Inputs[1]);

    internal sealed override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        bool[] a = context.Inputs[0].Booleans;
        bool[] b = context.Inputs[Operands - 1].Booleans;
        return context.FillBooleans(i => Scalar(context.Math, a[i], b[i]));
    }

    internal sealed override Lowering Lower => new Lowering.Element(c =>
        Scalar(new LoopMath(DType.Boolean), c.Input(0, c.Index), c.Input(Operands - 1, c.Index)));
}

/// <summary>Whether both hold.</summary>
/// <example><code>
/// Tensor inside = input.AtLeast(0).And(input.AtMost(1));
/// </code></example>
public sealed record And : LogicalOp
{
    internal static OpInfo Row { get; } = new("and", "Whether both hold.", _ => new And());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override int Operands => 2;

    internal override TBoolean Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, TBoolean a, TBoolean b) => math.And(a, b);
}

/// <summary>Whether at least one holds.</summary>
/// <example><code>
/// Tensor outside = input.LessThan(0).Or(input.GreaterThan(1));
/// </code></example>
public sealed record Or : LogicalOp
{
    internal static OpInfo Row { get; } = new("or", "Whether at least one holds.", _ => new Or());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override int Operands => 2;

    internal override TBoolean Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, TBoolean a, TBoolean b) => math.Or(a, b);
}

/// <summary>Whether it does not hold.</summary>
/// <example><code>
/// Tensor missing = input.IsFinite().Not();
/// </code></example>
public sealed record Not : LogicalOp
{
    internal static OpInfo Row { get; } = new("not", "Whether it does not hold.", _ => new Not());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override int Operands => 1;

    internal override TBoolean Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, TBoolean a, TBoolean b) => math.Not(a);
}

/// <summary>Whether a number is neither NaN nor infinite.</summary>
/// <example><code>
/// Tensor share = input.IsFinite().Cast(DType.Float32).Mean();   // how many elements are numbers, from 0 to 1
/// </code></example>
public sealed record IsFinite : Op
{
    internal static OpInfo Row { get; } = new("is_finite", "Whether x is neither NaN nor infinite.", _ => new IsFinite());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        return operands.Expect(0, d => d.IsFloat, "a floating tensor") with { DType = DType.Boolean };
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => context.None();

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call("is_finite", context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context) =>
        context.FillBooleans(i => context.Math.IsFinite(context.Inputs[0].Floats[i]));

    internal override Lowering Lower => new Lowering.Element(c =>
        new LoopMath(c.Node.Inputs[0].TensorType.DType).IsFinite(c.Input(0, c.Index)));
}

/// <summary>One of two values, element by element. The value not chosen gets a cotangent of exactly 0.</summary>
/// <example><code>
/// Tensor leaky = Tensor.Select(input.GreaterThan(0), input, 0.1 * input);
/// </code></example>
public sealed record Select : Op
{
    internal static OpInfo Row { get; } = new("select", "a where the condition holds, b elsewhere.", _ => new Select());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => ReluOf(context.Node) is null ? "case rule" : "relu rule";

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(3);
        TensorType condition = operands.Expect(0, d => d == DType.Boolean, "truth values");
        TensorType type = operands.ExpectSame(1, 2);
        return condition.Dims.SameSizes(type.Dims) ? type : throw operands.Error("expected a condition of the values' dims. Broadcast it");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        Tensor condition = context.Input(0);
        Tensor zero = context.Cotangent.Like(0);
        return [null, Tensor.Select(condition, context.Cotangent, zero), Tensor.Select(condition, zero, context.Cotangent)];
    }

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => ReluOf(context.Node) is null
        ? new Formula.Call("where", context.Inputs)
        : new Formula.Call("relu", [context.Inputs[2]]);

    // What relu is made of is read as relu: 0 where x is at most 0, and x elsewhere.
    private static Node? ReluOf(Node node) =>
        node.Inputs is [{ Op: LessOrEqual, Inputs: [var compared, var bound] }, var low, var x] && compared == x
        && new Tensor(bound).AsConstant() == Rational.Zero && new Tensor(low).AsConstant() == Rational.Zero ? x : null;

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        bool[] condition = context.Inputs[0].Booleans;
        Value<T> a = context.Inputs[1];
        Value<T> b = context.Inputs[2];
        return context.Fill(
            i => condition[i] ? a.Floats[i] : b.Floats[i],
            i => condition[i] ? a.Integers[i] : b.Integers[i],
            i => condition[i] ? a.Booleans[i] : b.Booleans[i]);
    }

    internal override Lowering Lower => new Lowering.Element(c =>
        new LoopExpr.Select(c.Input(0, c.Index), c.Input(1, c.Index), c.Input(2, c.Index)));
}
