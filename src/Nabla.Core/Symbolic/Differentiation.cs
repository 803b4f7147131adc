using System.Collections.Immutable;

namespace Nabla;

/// <summary>Derivatives of expressions by <see cref="Differentiate"/>.</summary>
internal static class Differentiation
{
    public static Expr Run(Expr f, ReadOnlySpan<Expr> by)
    {
        foreach (Expr variable in Variables(f, by, nameof(Sym.Diff)))
        {
            f = Once(f, variable);
        }

        return f;
    }

    /// <summary>What to differentiate by: what is named, or the only symbol there is.</summary>
    public static ImmutableArray<Expr> Variables(Expr f, ReadOnlySpan<Expr> by, string who)
    {
        ArgumentNullException.ThrowIfNull(f);
        if (f.IsCondition)
        {
            throw new ArgumentException($"{who}: expected a number to differentiate, received the condition {f}. Choose numbers by it with Where.");
        }

        foreach (Expr variable in by)
        {
            Expr.SymbolNode(variable, who);
        }

        if (by.Length > 0)
        {
            return [.. by];
        }

        ImmutableArray<Expr> free = f.FreeSymbols;
        return free switch
        {
            [var only] => [only],
            [] => throw new ArgumentException($"{who}: expected the symbol to differentiate {f} by, for it has none. Name one: {who}(f, w)."),
            _ => throw new ArgumentException($"{who}: expected the symbol to differentiate {f} by, for it has {free.Length}: {string.Join(", ", free.Select(s => s.Name))}. Name one: {who}(f, {free[0].Name})."),
        };
    }

    private static Expr Once(Expr f, Expr variable)
    {
        Graph graph = f.ToGraph(variable);
        return Of(new Tensor(graph.Outputs[0].Node), new Tensor(graph.Inputs[0]));
    }

    /// <summary>The derivative of a value of an interned graph by one of its inputs.</summary>
    public static Expr Of(Tensor value, Tensor variable) => Written(Differentiate.Gradients(value, variable)[0].Node);

    /// <summary>What a derivative rule made, as people write it: without what only guards the machine.</summary>
    public static Expr Written(Node slope)
    {
        Graph derivative = new("derivative", TopologicalOrder.Of([slope]).Where(n => n.Op is Leaf), [new GraphOutput("derivative", slope)]);
        return NormalForm.Of(Rewriter.Run(derivative, [Simplify.DropStopGradient, .. GuardRules.All]));
    }
}
