namespace Nabla;

/// <summary>Expressions as graphs that are ready to be computed in floating numbers.</summary>
internal static class NumberGraph
{
    /// <summary>The graph of one expression over the given symbols, or over those that occur where none are given.</summary>
    /// <exception cref="ArgumentException">A symbol of the expression is not among those given.</exception>
    public static Graph Of(Expr expression, ReadOnlySpan<Expr> symbols)
    {
        Graph graph = Rewriter.Run(expression.ToGraph(symbols), AccurateRules.All);
        if (symbols.Length > 0 && graph.Inputs.Length > symbols.Length)
        {
            string[] missing = [.. graph.Inputs.Skip(symbols.Length).Select(n => $"'{((Leaf)n.Op).Label}'")];
            throw new ArgumentException($"Expression {expression}: expected a value for each symbol, received none for {string.Join(", ", missing)}.");
        }

        return graph;
    }
}
