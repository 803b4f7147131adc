using System.Collections.Immutable;

namespace Nabla.Compiler.Emit;

/// <summary>Questions about loop expressions and statements that every reading of them asks.</summary>
/// <remarks>Expressions may be graphs with shared parts, so walks remember by reference what they have seen.</remarks>
internal static class LoopWalk
{
    /// <summary>The expressions that an expression is made of.</summary>
    public static ImmutableArray<LoopExpr> Operands(LoopExpr e) => e switch
    {
        LoopExpr.Load x => [x.Place],
        LoopExpr.Unary x => [x.Operand],
        LoopExpr.Binary x => [x.Left, x.Right],
        LoopExpr.Select x => [x.Condition, x.WhenTrue, x.WhenFalse],
        LoopExpr.Convert x => [x.Operand],
        LoopExpr.Uniform x => [x.Seed, x.Stream, x.Element],
        _ => [],
    };

    /// <summary>The same expression with each operand replaced; itself where nothing changed.</summary>
    public static LoopExpr WithOperands(LoopExpr e, Func<LoopExpr, LoopExpr> replace)
    {
        ImmutableArray<LoopExpr> old = Operands(e);
        LoopExpr[] changed = [.. old.Select(replace)];
        if (old.AsSpan().SequenceEqual(changed, ReferenceEqualityComparer.Instance))
        {
            return e;
        }

        return e switch
        {
            LoopExpr.Load x => x with { Place = changed[0] },
            LoopExpr.Unary x => x with { Operand = changed[0] },
            LoopExpr.Binary x => x with { Left = changed[0], Right = changed[1] },
            LoopExpr.Select => new LoopExpr.Select(changed[0], changed[1], changed[2]),
            LoopExpr.Convert x => x with { Operand = changed[0] },
            LoopExpr.Uniform x => x with { Seed = changed[0], Stream = changed[1], Element = changed[2] },
            _ => e,
        };
    }

    /// <summary>The expressions that a statement itself evaluates, without those of statements inside it.</summary>
    public static ImmutableArray<LoopExpr> Expressions(LoopStatement s) => s switch
    {
        LoopStatement.For x => [x.Begin, x.End],
        LoopStatement.Let x => [x.Value],
        LoopStatement.Declare x => [x.Initial],
        LoopStatement.Assign x => [x.Value],
        LoopStatement.Accumulate x => [x.Value],
        LoopStatement.Store x => [x.Place, x.Value],
        LoopStatement.If x => [x.Condition],
        LoopStatement.While x => [x.Condition],
        _ => [],
    };

    /// <summary>The same statement with each expression of <see cref="Expressions"/> replaced.</summary>
    public static LoopStatement WithExpressions(LoopStatement s, Func<LoopExpr, LoopExpr> replace) => s switch
    {
        LoopStatement.For x => x with { Begin = replace(x.Begin), End = replace(x.End) },
        LoopStatement.Let x => x with { Value = replace(x.Value) },
        LoopStatement.Declare x => x with { Initial = replace(x.Initial) },
        LoopStatement.Assign x => x with { Value = replace(x.Value) },
        LoopStatement.Accumulate x => x with { Value = replace(x.Value) },
        LoopStatement.Store x => x with { Place = replace(x.Place), Value = replace(x.Value) },
        LoopStatement.If x => x with { Condition = replace(x.Condition) },
        LoopStatement.While x => x with { Condition = replace(x.Condition) },
        _ => s,
    };

    /// <summary>The statements inside a statement.</summary>
    public static ImmutableArray<LoopStatement> Inner(LoopStatement s) => s switch
    {
        LoopStatement.Block x => x.Statements,
        LoopStatement.For x => [x.Body],
        LoopStatement.If x => [x.Then],
        LoopStatement.While x => [x.Body],
        _ => [],
    };

    /// <summary>The statement and all statements inside it, outermost first.</summary>
    public static IEnumerable<LoopStatement> All(LoopStatement root)
    {
        var open = new Stack<LoopStatement>([root]);
        while (open.TryPop(out LoopStatement? s))
        {
            yield return s;
            foreach (LoopStatement inner in Inner(s).Reverse())
            {
                open.Push(inner);
            }
        }
    }

    /// <summary>The statements in order without blocks around them: a block only groups, names live on behind it.</summary>
    public static IEnumerable<LoopStatement> Flat(LoopStatement s) =>
        s is LoopStatement.Block block ? block.Statements.SelectMany(Flat) : [s];

    /// <summary>The expression and all expressions inside it, each once.</summary>
    public static IEnumerable<LoopExpr> All(LoopExpr root)
    {
        var seen = new HashSet<LoopExpr>(ReferenceEqualityComparer.Instance) { root };
        var open = new Stack<LoopExpr>([root]);
        while (open.TryPop(out LoopExpr? e))
        {
            yield return e;
            foreach (LoopExpr operand in Operands(e))
            {
                if (seen.Add(operand))
                {
                    open.Push(operand);
                }
            }
        }
    }

    /// <summary>The names that a statement or one inside it gives a value.</summary>
    public static HashSet<string> Defined(LoopStatement root)
    {
        var names = new HashSet<string>();
        foreach (LoopStatement s in All(root))
        {
            _ = s switch
            {
                LoopStatement.For x => names.Add(x.Index.Name),
                LoopStatement.Let x => names.Add(x.Name.Name),
                LoopStatement.Declare x => names.Add(x.Name.Name),
                LoopStatement.Assign x => names.Add(x.Name.Name),
                LoopStatement.Accumulate x => names.Add(x.Name.Name),
                _ => false,
            };
        }

        return names;
    }

    /// <summary>Whether the expression reads one of the names.</summary>
    public static bool Reads(LoopExpr root, HashSet<string> names) => All(root).Any(e => e is LoopExpr.Variable v && names.Contains(v.Name));

    /// <summary>Whether evaluating the expression where it is not asked for could fault: it loads, or divides whole numbers.</summary>
    public static bool IsGuarded(LoopExpr root) => All(root).Any(e => e
        is LoopExpr.Load
        or LoopExpr.Binary { Function: BinaryFunction.FloorDivide or BinaryFunction.Modulo, Right: not LoopExpr.Number { Value.IsInteger: true, Value.Sign: not 0 } });

    /// <summary>The expression as stride * index + offset, where nothing else in it varies; null where it is not of that form.</summary>
    /// <param name="e">A whole-number expression.</param>
    /// <param name="index">The running index.</param>
    /// <param name="varying">The names that change from one index to the next, the index among them.</param>
    public static (long Stride, LoopExpr Offset)? Affine(LoopExpr e, string index, HashSet<string> varying)
    {
        if (!Reads(e, varying))
        {
            return (0, e);
        }

        switch (e)
        {
            case LoopExpr.Variable v when v.Name == index:
                return (1, LoopExpr.Index(0));
            case LoopExpr.Binary { Function: BinaryFunction.Add } sum when Both(sum) is var (a, b):
                return (a.Stride + b.Stride, Plus(a.Offset, b.Offset));
            case LoopExpr.Binary { Function: BinaryFunction.Subtract } difference when Both(difference) is var (a, b):
                return (a.Stride - b.Stride, IsZero(b.Offset) ? a.Offset : a.Offset - b.Offset);
            case LoopExpr.Binary { Function: BinaryFunction.Multiply } product:
                return Scaled(product.Left, product.Right) ?? Scaled(product.Right, product.Left);
            default:
                return null;
        }

        ((long Stride, LoopExpr Offset) A, (long Stride, LoopExpr Offset) B)? Both(LoopExpr.Binary x) =>
            Affine(x.Left, index, varying) is { } a && Affine(x.Right, index, varying) is { } b ? (a, b) : null;

        (long Stride, LoopExpr Offset)? Scaled(LoopExpr x, LoopExpr by) =>
            by is LoopExpr.Number { Value.IsInteger: true } number && Affine(x, index, varying) is { } a
                ? (a.Stride * (long)number.Value.Numerator, IsZero(a.Offset) ? a.Offset : a.Offset * number)
                : null;
    }

    private static LoopExpr Plus(LoopExpr a, LoopExpr b) => IsZero(a) ? b : IsZero(b) ? a : a + b;

    private static bool IsZero(LoopExpr e) => e is LoopExpr.Number { Value.Sign: 0, Value.IsFinite: true };
}
