using System.Collections.Immutable;
using System.Globalization;
using Nabla.Compiler.Kernels;

namespace Nabla;

/// <summary>A batched matrix product: packed panels run it, plain loops print it.</summary>
internal static class LowerContraction
{
    // Multiply-adds are 16 to 32 times as fast as the additions that work is counted in.
    private const int ProductsPerAddition = 16;

    public static StepDraft Run(Node node, string name, Func<Node, Storage> storageOf, int shards)
    {
        var product = (Lowering.Contraction)node.Op.Lower;
        Matrix left = new(StridedOperand.Of(node.Inputs[0]), product.TransposeLeft);
        Matrix right = new(StridedOperand.Of(node.Inputs[1]), product.TransposeRight);
        Matrix result = new(new StridedOperand(node, 0, [.. node.TensorType.Dims.Strides().Select(s => (long)s)]), IsTransposed: false);
        Dims dims = node.TensorType.Dims;
        (int m, int n) = (dims[-2].Size, dims[-1].Size);
        int k = node.Inputs[0].TensorType.Dims[product.TransposeLeft ? -2 : -1].Size;
        Dims batch = dims[..^2];
        DType dtype = node.TensorType.DType;

        KernelBuffers buffers = new();
        int a = buffers.Id(storageOf(left.Operand.Base));
        int b = buffers.Id(storageOf(right.Operand.Base));
        int y = buffers.Id(storageOf(node));
        GemmPlan gemm = GemmPlan.Create(
            new GemmShape(m, n, k, (nint)left.Row, (nint)left.Column, (nint)right.Row, (nint)right.Column, n, Accumulate: false), dtype, SimdChoice.Current);
        List<Storage> storages = [.. buffers.Storages];
        GemmStep step = new(
            gemm, new GemmOperand(a, Starts(left, batch, dtype)), new GemmOperand(b, Starts(right, batch, dtype)), new GemmOperand(y, Starts(result, batch, dtype)), storages.Count);
        storages.Add(new Storage("scratch", DType.UInt8, step.ScratchBytes * shards) { Kind = StorageKind.Arena });
        LoopKernel loops = Loops(name, buffers.All, dims, k, (a, left), (b, right), y);
        var draft = new StepDraft
        {
            Kernel = loops,
            Product = step,
            Storages = storages,
            Grain = 1,
            Work = 2L * batch.Count * m * n * k / ProductsPerAddition,
            Summary = string.Create(CultureInfo.InvariantCulture, $"{node.Op.Name} {(batch.Count == 1 ? "" : $"{batch.Count} times ")}{m}x{k} by {k}x{n}"),
        };
        draft.Touches.Add(new Touch(storages[a], Writes: false, null, 0));
        draft.Touches.Add(new Touch(storages[b], Writes: false, null, 0));
        draft.Touches.Add(new Touch(storages[y], Writes: true, null, 0));
        return draft;
    }

    // Row-major over the batch axes.
    private static ImmutableArray<long> Starts(Matrix matrix, Dims batch, DType dtype)
    {
        long[] starts = [matrix.Operand.Offset];
        for (int axis = 0; axis < batch.Rank; axis++)
        {
            long stride = matrix.Operand.Strides[axis];
            starts = [.. starts.SelectMany(start => Enumerable.Range(0, batch[axis].Size).Select(i => start + (i * stride)))];
        }

        return [.. starts.Select(start => start * dtype.Size)];
    }

    private static LoopKernel Loops(
        string name, ImmutableArray<LoopBuffer> buffers, Dims dims, long k, (int Buffer, Matrix Matrix) left, (int Buffer, Matrix Matrix) right, int result)
    {
        LoopExpr.Variable[] axes = [.. Enumerable.Range(0, dims.Rank).Select(i => Index(i == dims.Rank - 2 ? "row" : i == dims.Rank - 1 ? "column" : $"batch{i}"))];
        LoopExpr.Variable inner = Index("inner");
        DType dtype = buffers[result].DType;
        LoopExpr aElement = new LoopExpr.Load(left.Buffer, left.Matrix.Place(axes[..^2], axes[^2], inner), dtype);
        LoopExpr bElement = new LoopExpr.Load(right.Buffer, right.Matrix.Place(axes[..^2], inner, axes[^1]), dtype);
        LoopExpr place = Affine.Place(axes, dims.Strides()).ToExpression();
        LoopExpr.Variable sum = new("sum", dtype);
        LoopStatement body = new LoopStatement.Block([
            new LoopStatement.Declare(sum, LoopExpr.Constant(0, dtype)),
            Loop(inner, LoopExpr.Index(0), LoopExpr.Index(k), new LoopStatement.Accumulate(sum, BinaryFunction.Add, aElement * bElement)),
            new LoopStatement.Store(result, place, sum)]);
        for (int axis = dims.Rank - 1; axis >= 0; axis--)
        {
            body = axis == 0
                ? Loop(axes[axis], LowerNest.Begin, LowerNest.End, body)
                : Loop(axes[axis], LoopExpr.Index(0), LoopExpr.Index(dims[axis].Size), body);
        }

        return new LoopKernel(name, buffers, dims[0].Size, LowerNest.Begin, LowerNest.End, body);
    }

    private static LoopExpr.Variable Index(string name) => new(name, DType.Int64);

    private static LoopStatement.For Loop(LoopExpr.Variable index, LoopExpr begin, LoopExpr end, LoopStatement body) =>
        new(index, begin, end, body, LoopKind.Sequential);

    private sealed record Matrix(StridedOperand Operand, bool IsTransposed)
    {
        public long Row => Operand.Strides[IsTransposed ? ^1 : ^2];

        public long Column => Operand.Strides[IsTransposed ? ^2 : ^1];

        public LoopExpr Place(LoopExpr.Variable[] batch, LoopExpr.Variable row, LoopExpr.Variable column)
        {
            LoopExpr place = LoopExpr.Index(Operand.Offset);
            for (int axis = 0; axis < batch.Length; axis++)
            {
                place += batch[axis] * Operand.Strides[axis];
            }

            return Affine.Normalize(place + (row * Row) + (column * Column));
        }
    }
}
