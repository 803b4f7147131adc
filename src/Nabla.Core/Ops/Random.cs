using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>
/// Random numbers in [0, 1), each from the seed, the stream and its own place in row-major order by the counter-based generator Philox:
/// the same seed and stream give the same numbers, however the work is split. Inputs: seed and stream, int64 scalars.
/// </summary>
/// <param name="Target">The dims of the result.</param>
/// <param name="DType">float32 (24 random bits) or float64 (53).</param>
/// <example><code>
/// GraphBuilder builder = input.Builder;
/// Tensor seed = builder.Constant(7, DType.Int64), stream = builder.Constant(0, DType.Int64);
/// Tensor draws = builder.Uniform(seed, stream, [2, 3]);   // the same numbers in [0, 1) in every run
/// </code></example>
public sealed record Uniform(Dims Target, DType DType) : Op
{
    internal static OpInfo Row { get; } = new("uniform", "Random numbers in [0, 1) from seed, stream and place.", r => new Uniform(r.Dims("dims"), r.DType("dtype")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("dims", Target), new("dtype", DType)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(2);
        bool keys = operands[0].Matches(TensorType.Scalar(DType.Int64)) && operands[1].Matches(TensorType.Scalar(DType.Int64));
        return keys && DType.IsFloat ? new TensorType(DType, Target) : throw operands.Error("expected seed and stream as int64 scalars and a floating element type");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => context.None();

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        ulong seed = unchecked((ulong)context.Inputs[0].Integers[0]);
        ulong stream = unchecked((ulong)context.Inputs[1].Integers[0]);
        return context.Fill(
            i => context.Math.FromDouble(DType == DType.Float32 ? Philox.UniformSingle(seed, stream, i) : Philox.UniformDouble(seed, stream, i)),
            _ => 0,
            _ => false);
    }

    internal override Lowering Lower => new Lowering.Element(c =>
    {
        int[] strides = Target.Strides();
        LoopExpr? element = null;
        for (int i = 0; i < strides.Length; i++)
        {
            LoopExpr term = strides[i] == 1 ? c.Index[i] : c.Index[i] * strides[i];
            element = element is null ? term : element + term;
        }

        return new LoopExpr.Uniform(c.Input(0), c.Input(1), element ?? LoopExpr.Index(0), DType);
    });

    internal override Op Resized(string dimName, int size) => this with { Target = Target.Resized(dimName, size) };
}
