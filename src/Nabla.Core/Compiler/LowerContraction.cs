namespace Nabla;

/// <summary>A matrix product as plain loops: what is bound where no packed kernel is, and what the C# text of a plan shows.</summary>
internal static class LowerContraction
{
    public static StepDraft Run(Node node, string name, Func<Node, Storage> storageOf)
    {
        var product = (Lowering.Contraction)node.Op.Lower;
        Dims dims = node.TensorType.Dims;
        Dims left = node.Inputs[0].TensorType.Dims;
        (long m, long n, long k) = (dims[-2].Size, dims[-1].Size, left[product.TransposeLeft ? -2 : -1].Size);
        long batches = dims[..^2].Count;
        KernelBuffers buffers = new();
        Storage result = storageOf(node);
        (int a, int b, int y) = (buffers.Id(storageOf(node.Inputs[0])), buffers.Id(storageOf(node.Inputs[1])), buffers.Id(result));
        DType dtype = node.TensorType.DType;

        LoopExpr.Variable row = Index("row");
        LoopExpr.Variable column = Index("column");
        LoopExpr.Variable inner = Index("inner");
        LoopExpr.Variable batch = Index("batch");
        LoopExpr.Variable line = Index("line");
        LoopExpr.Variable scale = new("left", dtype);
        LoopExpr.Variable sum = new("sum", dtype);
        LoopExpr aPlace = batch * (m * k) + (product.TransposeLeft ? inner * m + line : line * k + inner);
        LoopExpr bPlace = batch * (k * n) + (product.TransposeRight ? column * k + inner : inner * n + column);
        LoopExpr yPlace = row * n + column;
        LoopExpr aElement = new LoopExpr.Load(a, aPlace, dtype);
        LoopExpr bElement = new LoopExpr.Load(b, bPlace, dtype);
        LoopExpr zero = LoopExpr.Constant(0, dtype);

        // Vectors run along whichever axis is contiguous in the right operand.
        LoopStatement body = product.TransposeRight
            ? Loop(column, n, LoopKind.Sequential,
                new LoopStatement.Declare(sum, zero),
                Loop(inner, k, product.TransposeLeft ? LoopKind.Sequential : LoopKind.Vector, new LoopStatement.Accumulate(sum, BinaryFunction.Add, aElement * bElement)),
                new LoopStatement.Store(y, yPlace, sum))
            : new LoopStatement.Block([
                Loop(column, n, LoopKind.Vector, new LoopStatement.Store(y, yPlace, zero)),
                Loop(inner, k, LoopKind.Sequential,
                    new LoopStatement.Let(scale, aElement),
                    Loop(column, n, LoopKind.Vector, new LoopStatement.Store(y, yPlace, new LoopExpr.Load(y, yPlace, dtype) + scale * bElement)))]);
        LoopStatement rows = new LoopStatement.For(
            row, LowerNest.Begin, LowerNest.End,
            new LoopStatement.Block([
                new LoopStatement.Let(batch, new LoopExpr.Binary(BinaryFunction.FloorDivide, row, LoopExpr.Index(Math.Max(1, m)), DType.Int64)),
                new LoopStatement.Let(line, row - batch * m),
                body]),
            LoopKind.Sequential);
        var draft = new StepDraft
        {
            Kernel = new LoopKernel(name, buffers.All, batches * m, LowerNest.Begin, LowerNest.End, rows),
            Storages = buffers.Storages,
            Grain = 1,
            Work = 2 * batches * m * n * k,
            Summary = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{node.Op.Name} {(batches == 1 ? "" : $"{batches} times ")}{m}x{k} by {k}x{n}"),
        };
        draft.Touches.Add(new Touch(storageOf(node.Inputs[0]), Writes: false, null, 0));
        draft.Touches.Add(new Touch(storageOf(node.Inputs[1]), Writes: false, null, 0));
        draft.Touches.Add(new Touch(result, Writes: true, null, 0));
        return draft;
    }

    private static LoopExpr.Variable Index(string name) => new(name, DType.Int64);

    private static LoopStatement.For Loop(LoopExpr.Variable index, long size, LoopKind kind, params LoopStatement[] body) =>
        new(index, LoopExpr.Index(0), LoopExpr.Index(size), body is [var only] ? only : new LoopStatement.Block([.. body]), kind);
}
