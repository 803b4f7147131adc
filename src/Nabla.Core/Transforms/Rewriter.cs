namespace Nabla;

/// <summary>
/// Rebuilds a graph bottom-up in an interning builder, so that common subexpressions become one node and unused ones vanish,
/// applying a list of rules to every node until none fires.
/// </summary>
internal static class Rewriter
{
    // A rule list that undoes itself would go on for ever; no sensible chain at one node is this long.
    private const int MostStepsAtOneNode = 100;

    /// <summary>The rebuilt graph. <paramref name="steps"/>, where given, receives every firing in order.</summary>
    public static Graph Run(Graph graph, IReadOnlyList<RewriteRule> rules, ICollection<RewriteStep>? steps = null)
    {
        GraphBuilder builder = new(intern: true);
        Dictionary<Node, Node> copies = new(graph.Nodes.Length);
        foreach (Node node in graph.Nodes)
        {
            using IDisposable _ = builder.Enter(node.Scope, node.Source);
            copies[node] = Simplest(builder.Add(node.Op, [.. node.Inputs.Select(n => copies[n])]), rules, steps);
        }

        return new Graph(graph.Name, graph.Inputs.Select(n => copies[n]), graph.Outputs.Select(o => o with { Node = copies[o.Node] }));
    }

    private static Node Simplest(Node node, IReadOnlyList<RewriteRule> rules, ICollection<RewriteStep>? steps)
    {
        for (int i = 0; i < MostStepsAtOneNode; i++)
        {
            if (FirstThatApplies(node, rules) is not ({ } rule, { } next))
            {
                return node;
            }

            steps?.Add(new RewriteStep(rule.Name, node.ToString(), next.ToString()));
            node = next;
        }

        throw new InvalidOperationException($"Rewriter: the rules {string.Join(", ", rules.Select(r => r.Name))} do not come to an end at {node}.");
    }

    private static (RewriteRule? Rule, Node? Next) FirstThatApplies(Node node, IReadOnlyList<RewriteRule> rules)
    {
        foreach (RewriteRule rule in rules)
        {
            if (rule.Apply(node) is { } next && next != node)
            {
                return next.Type.Equals(node.Type)
                    ? (rule, next)
                    : throw new InvalidOperationException($"Rewriter: rule '{rule.Name}' changed the type of {node} to {next.Type}.");
            }
        }

        return (null, null);
    }
}
