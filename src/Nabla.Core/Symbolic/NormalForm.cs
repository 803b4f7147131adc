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

        // Tidying may bring numbers together, which the rules then fold; two rounds are enough for that.
        for (int round = 0; round < 2; round++)
        {
            Formula formula = FormulaRenderer.Render(new Tensor(value));
            Formula tidied = FormulaTidy.Run(formula);
            GraphBuilder builder = new(intern: true);
            if (ReferenceEquals(tidied, formula) || FormulaGraph.Build(tidied, builder) is not { } rebuilt || !rebuilt.Type.Equals(value.TensorType))
            {
                break; // too large to tidy, or a single name or number
            }

            value = Rewriter.Run(new Graph("expression", TopologicalOrder.Of([rebuilt.Node]).Where(n => n.Op is Leaf), [new GraphOutput("value", rebuilt.Node)]), Rules, steps).Outputs[0].Node;
        }

        return Sheet.Copy(value);
    }
}
