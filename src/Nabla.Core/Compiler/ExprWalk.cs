using System.Collections.Immutable;

namespace Nabla;

/// <summary>Walks over loop expressions. They stay shallow: lowering names every node's value, and bounds the nodes of a kernel.</summary>
internal static class ExprWalk
{
    /// <summary>The direct parts of an expression.</summary>
    public static ImmutableArray<LoopExpr> Children(LoopExpr e) => e switch
    {
        LoopExpr.Load x => [x.Place],
        LoopExpr.Unary x => [x.Operand],
        LoopExpr.Binary x => [x.Left, x.Right],
        LoopExpr.Select x => [x.Condition, x.WhenTrue, x.WhenFalse],
        LoopExpr.Convert x => [x.Operand],
        LoopExpr.Uniform x => [x.Seed, x.Stream, x.Element],
        _ => [],
    };

    /// <summary>The same expression with other parts.</summary>
    public static LoopExpr Rebuild(LoopExpr e, Func<LoopExpr, LoopExpr> part) => e switch
    {
        LoopExpr.Load x => x with { Place = part(x.Place) },
        LoopExpr.Unary x => x with { Operand = part(x.Operand) },
        LoopExpr.Binary x => x with { Left = part(x.Left), Right = part(x.Right) },
        LoopExpr.Select x => new LoopExpr.Select(part(x.Condition), part(x.WhenTrue), part(x.WhenFalse)),
        LoopExpr.Convert x => x with { Operand = part(x.Operand) },
        LoopExpr.Uniform x => x with { Seed = part(x.Seed), Stream = part(x.Stream), Element = part(x.Element) },
        _ => e,
    };

    /// <summary>Whether a variable occurs.</summary>
    public static bool Mentions(LoopExpr e, LoopExpr.Variable variable) => Any(e, x => x is LoopExpr.Variable v && v.Equals(variable));

    /// <summary>Whether any part has a property.</summary>
    public static bool Any(LoopExpr e, Func<LoopExpr, bool> has)
    {
        if (has(e))
        {
            return true;
        }

        foreach (LoopExpr child in Children(e))
        {
            if (Any(child, has))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The number of parts, the expression itself among them.</summary>
    public static int Size(LoopExpr e) => 1 + Children(e).Sum(Size);

    /// <summary>The work of evaluating an expression once, in additions; loads and index arithmetic are free.</summary>
    public static int Cost(LoopExpr e)
    {
        int cost = e switch
        {
            LoopExpr.Unary { Function: UnaryFunction.Negate or UnaryFunction.Abs or UnaryFunction.Not or UnaryFunction.Floor or UnaryFunction.Round or UnaryFunction.IsFinite or UnaryFunction.Sign } => 1,
            LoopExpr.Unary { Function: UnaryFunction.Sqrt } => 4,
            LoopExpr.Unary => 12,
            LoopExpr.Binary { Function: BinaryFunction.Divide } => 4,
            LoopExpr.Binary { Function: BinaryFunction.Power } => 30,
            LoopExpr.Uniform => 30,
            LoopExpr.Binary or LoopExpr.Select or LoopExpr.Convert => 1,
            _ => 0,
        };
        return e is LoopExpr.Load ? 0 : cost + Children(e).Sum(Cost);
    }
}
