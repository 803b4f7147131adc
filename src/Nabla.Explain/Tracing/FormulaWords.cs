namespace Nabla.Explain;

/// <summary>Formulas of a trace: over names, over numbers, simplified.</summary>
internal static class FormulaWords
{
    // A longer line explains nothing.
    private const int Longest = 300;

    /// <summary>A value's formula as it was written; null where it would be too long.</summary>
    public static string? Of(Node node) => Print(FormulaRenderer.Render(node, new Dictionary<Node, Formula>()));

    /// <summary>A value's formula over values that have names; null where it would be too long.</summary>
    public static string? Of(Node node, Func<Node, string?> nameOf)
    {
        Dictionary<Node, Formula> known = [];
        foreach (Node part in TopologicalOrder.Of([node]))
        {
            if (nameOf(part) is { } name)
            {
                known[part] = new Formula.Symbol(name);
            }
        }

        return Print(FormulaRenderer.Render(node, known));
    }

    /// <summary>A value's formula in the shortest form that the rules of simplifying know; null where it would be too long.</summary>
    public static string? Simplified(Node node)
    {
        Graph simple = Simplify.Run(new Graph("formula", TopologicalOrder.Of([node]).Where(n => n.Op is Leaf), [new GraphOutput("value", node)]), relaxed: true);
        return Print(FormulaTidy.Run(FormulaRenderer.Render(simple.Outputs[0].Node, new Dictionary<Node, Formula>())));
    }

    /// <summary>A value's formula with numbers in the place of its inputs; null where it would be too long.</summary>
    public static string? WithNumbers(Node node, Func<string, double> valueOf)
    {
        Dictionary<Node, Formula> known = [];
        foreach (Node leaf in TopologicalOrder.Of([node]).Where(n => n.Op is Leaf))
        {
            // Decimals, not fractions: what stands here is what was computed with.
            string shown = Numerals.Of(valueOf(((Leaf)leaf.Op).Label));
            known[leaf] = shown.StartsWith('-') ? new Formula.Prefix("-", new Formula.Symbol(shown[1..])) : new Formula.Symbol(shown);
        }

        return Print(FormulaRenderer.Render(node, known));
    }

    private static string? Print(Formula formula)
    {
        try
        {
            return FormulaText.Print(formula, Longest);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
