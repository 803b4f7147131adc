namespace Nabla.Compiler.Emit;

/// <summary>Which whole numbers of a kernel are never negative: indices almost always, so that their quotients need no rounding towards minus infinity.</summary>
internal sealed class LoopRange
{
    private readonly HashSet<string> _notNegative = [];

    public LoopRange(LoopKernel kernel)
    {
        // Every name that is only ever a loop's index or a Let is a candidate; whatever has a definition that may be negative falls out,
        // until nothing more falls.
        _notNegative.Add(kernel.Begin.Name);
        _notNegative.Add(kernel.End.Name);
        List<LoopStatement> all = [.. LoopWalk.All(kernel.Body)];
        _notNegative.UnionWith(LoopWalk.Defined(kernel.Body));
        for (int before = -1; before != _notNegative.Count;)
        {
            before = _notNegative.Count;
            foreach (LoopStatement s in all)
            {
                (string? name, bool holds) = s switch
                {
                    LoopStatement.For x => (x.Index.Name, NeverNegative(x.Begin)),
                    LoopStatement.Let x => (x.Name.Name, NeverNegative(x.Value)),
                    LoopStatement.Declare x => (x.Name.Name, false),
                    _ => (null, true),
                };
                if (!holds)
                {
                    _notNegative.Remove(name!);
                }
            }
        }
    }

    /// <summary>
    /// Whether the whole number is at least 0 whenever it is evaluated. Known of what is made from loop indices, which do not overflow as they are
    /// places in memory; never of what is loaded.
    /// </summary>
    public bool NeverNegative(LoopExpr e) => e switch
    {
        LoopExpr.Number x => x.Value.Sign >= 0,
        LoopExpr.Variable x => x.DType == DType.Int64 && _notNegative.Contains(x.Name),
        LoopExpr.Select x => NeverNegative(x.WhenTrue) && NeverNegative(x.WhenFalse),
        LoopExpr.Binary { DType: DType.Int64 } x => x.Function switch
        {
            BinaryFunction.Add or BinaryFunction.Multiply or BinaryFunction.Minimum => NeverNegative(x.Left) && NeverNegative(x.Right),
            BinaryFunction.Maximum => NeverNegative(x.Left) || NeverNegative(x.Right),
            BinaryFunction.FloorDivide => NeverNegative(x.Left) && NeverNegative(x.Right),
            BinaryFunction.Modulo => NeverNegative(x.Right),
            _ => false,
        },
        _ => false,
    };
}
