namespace Nabla.Compiler.Emit;

/// <summary>Gives a kernel its whole range, and puts the body of a loop that turns once in the place of the loop. For printing.</summary>
internal static class LoopUnrolling
{
    /// <summary>The kernel's statements with the range filled in, without loops of one turn.</summary>
    public static LoopStatement WithoutSingleTurns(LoopKernel kernel) => Rewrite(kernel.Body, new Dictionary<string, LoopExpr>
    {
        [kernel.Begin.Name] = LoopExpr.Index(0),
        [kernel.End.Name] = LoopExpr.Index(kernel.Extent),
    });

    private static LoopStatement Rewrite(LoopStatement s, Dictionary<string, LoopExpr> known)
    {
        switch (s)
        {
            case LoopStatement.Block x:
                return new LoopStatement.Block([.. x.Statements.Select(inner => Rewrite(inner, known))]);
            case LoopStatement.For x:
                LoopExpr begin = Fill(x.Begin, known);
                LoopExpr end = Fill(x.End, known);
                return begin is LoopExpr.Number { Value.IsInteger: true } first && end is LoopExpr.Number { Value.IsInteger: true } last && last.Value == first.Value + 1
                    ? Rewrite(x.Body, new Dictionary<string, LoopExpr>(known) { [x.Index.Name] = begin })
                    : x with { Begin = begin, End = end, Body = Rewrite(x.Body, known) };
            case LoopStatement.If x:
                return x with { Condition = Fill(x.Condition, known), Then = Rewrite(x.Then, known) };
            case LoopStatement.While x:
                return x with { Condition = Fill(x.Condition, known), Body = Rewrite(x.Body, known) };
            default:
                return LoopWalk.WithExpressions(s, e => Fill(e, known));
        }
    }

    private static LoopExpr Fill(LoopExpr e, Dictionary<string, LoopExpr> known)
    {
        if (e is LoopExpr.Variable v)
        {
            return known.GetValueOrDefault(v.Name, v);
        }

        LoopExpr filled = LoopWalk.WithOperands(e, operand => Fill(operand, known));
        bool isPlace = filled is LoopExpr.Binary { DType: DType.Int64, Function: BinaryFunction.Add or BinaryFunction.Subtract or BinaryFunction.Multiply };
        return isPlace && !ReferenceEquals(filled, e) ? Affine.Normalize(filled) : filled;
    }
}
