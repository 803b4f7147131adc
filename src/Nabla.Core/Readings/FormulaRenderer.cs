namespace Nabla;

/// <summary>Graphs as mathematics: each op renders itself over the formulas of its inputs.</summary>
/// <example><code>
/// string text = (3 * input.Exp() + 1).ToText();   // 3*exp(x) + 1
/// </code></example>
public static class FormulaRenderer
{
    /// <summary>The formula of one value over its graph's inputs.</summary>
    /// <remarks>A value that is used twice is written twice; name intermediates and render them one by one where that grows too long.</remarks>
    public static Formula Render(Tensor value) => Render(value.Node, new Dictionary<Node, Formula>());

    /// <summary>The formula of one value, where some nodes have a formula already: a name for an intermediate.</summary>
    /// <param name="node">The value.</param>
    /// <param name="known">Formulas of nodes that are not to be opened; receives those of all others on the way.</param>
    public static Formula Render(Node node, IDictionary<Node, Formula> known)
    {
        foreach (Node each in TopologicalOrder.Of([node]))
        {
            if (!known.ContainsKey(each))
            {
                known[each] = each.Op.Render(new RenderContext(each, [.. each.Inputs.Select(n => known[n])]));
            }
        }

        return known[node];
    }

    /// <summary>The formula as a teacher writes it on one line: <c>x*(w*x + b - y)</c>.</summary>
    public static string ToText(this Tensor value) => FormulaText.Print(Render(value));
}
