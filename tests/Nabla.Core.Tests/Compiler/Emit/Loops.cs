using System.Collections.Immutable;

namespace Nabla.Core.Tests.Compiler.Emit;

/// <summary>Short ways to write loop kernels down.</summary>
internal static class Loops
{
    public static LoopExpr.Variable Begin { get; } = new("begin", DType.Int64);

    public static LoopExpr.Variable End { get; } = new("end", DType.Int64);

    public static LoopExpr.Variable I { get; } = new("i", DType.Int64);

    public static LoopExpr.Variable K { get; } = new("k", DType.Int64);

    public static LoopBuffer Buffer(int id, DType dtype, long count) => new(id, "xyzuvwpq"[id].ToString(), dtype, count);

    public static LoopExpr Load(this LoopBuffer buffer, LoopExpr place) => new LoopExpr.Load(buffer.Id, place, buffer.DType);

    public static LoopStatement Store(this LoopBuffer buffer, LoopExpr place, LoopExpr value) => new LoopStatement.Store(buffer.Id, place, value);

    public static LoopStatement Block(params ImmutableArray<LoopStatement> statements) => new LoopStatement.Block(statements);

    public static LoopStatement For(LoopExpr.Variable index, LoopExpr begin, LoopExpr end, LoopKind kind, params ImmutableArray<LoopStatement> body) =>
        new LoopStatement.For(index, begin, end, new LoopStatement.Block(body), kind);

    public static LoopExpr Of(this UnaryFunction function, LoopExpr x) =>
        new LoopExpr.Unary(function, x, function is UnaryFunction.IsFinite or UnaryFunction.Not ? DType.Boolean : x.DType);

    public static LoopExpr Of(this BinaryFunction function, LoopExpr a, LoopExpr b) => function is BinaryFunction.Less or BinaryFunction.LessOrEqual or BinaryFunction.Equal
        ? LoopExpr.Compare(function, a, b)
        : new LoopExpr.Binary(function, a, b, a.DType);

    public static LoopExpr To(this LoopExpr x, DType dtype) => new LoopExpr.Convert(x, dtype);

    public static LoopExpr Number(Rational value, DType dtype) => new LoopExpr.Number(value, dtype);

    public static LoopKernel Kernel(string name, ImmutableArray<LoopBuffer> buffers, long extent, params ImmutableArray<LoopStatement> body) =>
        new(name, buffers, extent, Begin, End, new LoopStatement.Block(body));
}
