using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// The form in which results are given: the graph simplified by named rules, then written as its tidied formula, so that what is printed is
/// what is computed.
/// </summary>
internal static class NormalForm
{
    // Folding is ExactRules' own, which knows when a number is too large to be worth its digits.
    private static readonly ImmutableArray<RewriteRule> Rules =
        [.. ExactRules.All, .. Simplify.ExactRules.Concat(Simplify.RelaxedRules).Where(r => r.Name is not ("exact-constants" or "constants"))];

    private const int MostRounds = 4;

    public static Expr Of(Node value)
    {
        Graph graph = new("expression", TopologicalOrder.Of([value]).Where(n => n.Op is Leaf), [new GraphOutput("value", value)]);
        return Of(graph, null);
    }

    public static Expr Of(Graph graph, ICollection<RewriteStep>? steps = null)
    {
        Node value = Rewriter.Run(graph, Rules, steps).Outputs[0].Node;
        if (graph.Nodes.Any(n => n.Op is StopGradient))
        {
            return Sheet.Copy(value); // a formula does not show it
        }

        // Tidying may bring numbers together, which the rules then fold, and the other way round.
        string text = "";
        for (int round = 0; round < MostRounds; round++)
        {
            Formula formula = FormulaRenderer.Render(new Tensor(value));
            Formula tidied = FormulaTidy.Run(formula);
            if (ReferenceEquals(tidied, formula))
            {
                break; // too large to tidy, or a single name or number
            }

            string before = text;
            text = FormulaText.Print(tidied);
            if (Written(text) is not { } written || !written.Node.Type.Equals(value.Type))
            {
                break;
            }

            if (text == before || round == MostRounds - 1)
            {
                return written;
            }

            value = Rewriter.Run(written.ToGraph(), Rules, steps).Outputs[0].Node;
        }

        return Sheet.Copy(value);
    }

    // The graph of the formula's own text: what is printed is read back as this very graph.
    private static Expr? Written(string formula)
    {
        try
        {
            return Sym.Parse(formula);
        }
        catch (ParseException)
        {
            return null; // deeper than the parser goes, or with names of a graph that are no formula's
        }
    }
}
