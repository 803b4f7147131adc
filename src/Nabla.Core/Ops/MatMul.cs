using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>
/// The matrix product of the last two axes, for each place of the axes before them: [.., m, k] times [.., k, n] is [.., m, n].
/// A transposed operand is given as [.., k, m] or [.., n, k] and read transposed.
/// </summary>
/// <param name="TransposeLeft">Whether the left operand is read transposed.</param>
/// <param name="TransposeRight">Whether the right operand is read transposed.</param>
/// <example><code>
/// Tensor gram = input.MatMul(input, transposeLeft: true);   // inputᵀ·input, read transposed instead of copied
/// </code></example>
public sealed record MatMul(bool TransposeLeft, bool TransposeRight) : Op
{
    internal static OpInfo Row { get; } = new("matmul", "The matrix product over the last two axes, batched over the others.", r => new MatMul(r.Bool("transpose_left"), r.Bool("transpose_right")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("transpose_left", TransposeLeft), new("transpose_right", TransposeRight)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(2);
        TensorType left = operands.Expect(0, d => d.IsFloat, "a floating tensor");
        TensorType right = operands[1];
        int rank = left.Dims.Rank;
        if (rank < 2 || right.Dims.Rank != rank || left.DType != right.DType || !left.Dims[..(rank - 2)].SameSizes(right.Dims[..(rank - 2)]))
        {
            throw operands.Error("expected two tensors of one element type and rank (2 or more) with the same dims before the last two");
        }

        (Dim m, Dim k) = TransposeLeft ? (left.Dims[-1], left.Dims[-2]) : (left.Dims[-2], left.Dims[-1]);
        (Dim k2, Dim n) = TransposeRight ? (right.Dims[-1], right.Dims[-2]) : (right.Dims[-2], right.Dims[-1]);
        return k.Size == k2.Size
            ? left with { Dims = left.Dims[..(rank - 2)].Concat([m, n]) }
            : throw operands.Error($"expected inner sizes that agree, received {k.Size} and {k2.Size}");
    }

    /// <summary>dA = dY·Bᵀ and dB = Aᵀ·dY, with the transposes moved to where the operands are already stored so.</summary>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        Tensor a = context.Input(0);
        Tensor b = context.Input(1);
        Tensor dy = context.Cotangent;
        Tensor Product(Tensor left, Tensor right, bool transposeLeft, bool transposeRight) => dy.Builder.Apply(new MatMul(transposeLeft, transposeRight), left, right);
        return
        [
            !context.IsWanted(0) ? null : TransposeLeft ? Product(b, dy, TransposeRight, true) : Product(dy, b, false, !TransposeRight),
            !context.IsWanted(1) ? null : TransposeRight ? Product(dy, a, true, TransposeLeft) : Product(a, dy, !TransposeLeft, false),
        ];
    }

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(
        "matmul", [Turned(context.Inputs[0], TransposeLeft), Turned(context.Inputs[1], TransposeRight)]);

    private static Formula Turned(Formula operand, bool isTransposed) => isTransposed ? new Formula.Call("transpose", [operand]) : operand;

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> a = context.Inputs[0];
        Value<T> b = context.Inputs[1];
        Dims dims = context.Type.Dims;
        (int m, int n) = (dims[-2].Size, dims[-1].Size);
        int k = a.Dims[TransposeLeft ? -2 : -1].Size;
        (int aRow, int aColumn) = TransposeLeft ? (1, m) : (k, 1);
        (int bRow, int bColumn) = TransposeRight ? (1, k) : (n, 1);
        NumberSystem<T> math = context.Math;
        return context.Fill(
            place =>
            {
                (int row, int column, int batch) = (place / n % m, place % n, place / n / m);
                T sum = math.Constant(0);
                for (int i = 0; i < k; i++)
                {
                    sum = math.Add(sum, math.Multiply(a.Floats[batch * m * k + row * aRow + i * aColumn], b.Floats[batch * k * n + i * bRow + column * bColumn]));
                }

                return sum;
            },
            _ => 0,
            _ => false);
    }

    internal override Lowering Lower => new Lowering.Contraction(TransposeLeft, TransposeRight);
}
