namespace Nabla.Compiler.Emit;

/// <summary>
/// Rewrites a kernel so that it reads as a person would have written it: a name that is used once, in the lines that follow, gives way to its
/// value while the line stays short. For printing; the values are the same.
/// </summary>
internal static class LoopInlining
{
    // Operations in a line, not counting those that work out a place.
    private const int LongestLine = 5;

    /// <summary>The same kernel with names that are used once put in their places.</summary>
    public static LoopKernel Inline(LoopKernel kernel) => kernel with { Body = Rewrite(kernel.Body) };

    private static LoopStatement Rewrite(LoopStatement s)
    {
        List<LoopStatement> lines = [.. LoopWalk.Flat(s).Select(line => line switch
        {
            LoopStatement.For x => x with { Body = Rewrite(x.Body) },
            LoopStatement.If x => x with { Then = Rewrite(x.Then) },
            LoopStatement.While x => x with { Body = Rewrite(x.Body) },
            _ => line,
        })];
        for (int i = lines.Count - 2; i >= 0; i--)
        {
            if (lines[i] is LoopStatement.Let let && TryMove(lines, i, let))
            {
                lines.RemoveAt(i);
            }
        }

        return new LoopStatement.Block([.. lines]);
    }

    private static bool TryMove(List<LoopStatement> lines, int from, LoopStatement.Let let)
    {
        int to = lines.FindIndex(from + 1, line => Uses(line, let.Name.Name, own: false) > 0);
        if (to < 0 || lines[to] is LoopStatement.While || Uses(lines[to], let.Name.Name, own: true) != 1)
        {
            return false;
        }

        // Used once in all, by the line itself and not by one inside it, and no longer than a line.
        bool once = lines.Skip(from + 1).Sum(line => Uses(line, let.Name.Name, own: false)) == 1;
        if (!once || Operations(lines[to]) + Operations(let) > LongestLine)
        {
            return false;
        }

        HashSet<string> reads = [.. LoopWalk.All(let.Value).OfType<LoopExpr.Variable>().Select(v => v.Name), let.Name.Name];
        bool loads = LoopWalk.IsGuarded(let.Value);
        for (int i = from + 1; i < to; i++)
        {
            // What the value is made of must still be the same there.
            if (LoopWalk.Defined(lines[i]).Overlaps(reads) || (loads && LoopWalk.All(lines[i]).Any(s => s is LoopStatement.Store)))
            {
                return false;
            }
        }

        lines[to] = LoopWalk.WithExpressions(lines[to], e => Replace(e, let));
        return true;
    }

    private static LoopExpr Replace(LoopExpr e, LoopStatement.Let let) =>
        e is LoopExpr.Variable v && v.Name == let.Name.Name ? let.Value : LoopWalk.WithOperands(e, operand => Replace(operand, let));

    // Walked as trees: the names that kernels are made of keep expressions small, and a part that is there twice is a use twice.
    private static int Uses(LoopStatement s, string name, bool own) =>
        LoopWalk.Expressions(s).Sum(e => Uses(e, name)) + (own ? 0 : LoopWalk.Inner(s).Sum(inner => Uses(inner, name, own)));

    private static int Uses(LoopExpr e, string name) => e is LoopExpr.Variable v ? (v.Name == name ? 1 : 0) : LoopWalk.Operands(e).Sum(x => Uses(x, name));

    private static int Operations(LoopStatement s) => s is LoopStatement.Store store ? Operations(store.Value) : LoopWalk.Expressions(s).Sum(Operations);

    private static int Operations(LoopExpr e) => e is LoopExpr.Load or LoopExpr.Number or LoopExpr.Variable ? 0 : 1 + LoopWalk.Operands(e).Sum(Operations);
}
