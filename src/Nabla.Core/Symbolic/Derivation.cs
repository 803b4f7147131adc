using System.Collections.Immutable;

namespace Nabla;

/// <summary>The steps of a derivation, read off the graph: the ops' rules and names, and <see cref="Differentiate"/> of each part.</summary>
internal static class Derivation
{
    private const int MostParts = 1_000;

    public static DiffStep Of(Expr f, ReadOnlySpan<Expr> by)
    {
        ImmutableArray<Expr> variables = Differentiation.Variables(f, by, nameof(Sym.DiffSteps));
        Expr variable = variables.Length == 1 ? variables[0] : throw new ArgumentException($"DiffSteps: expected one symbol, received {variables.Length}. Differentiate the result again for a second derivative.");
        Graph graph = f.ToGraph(variable);
        if (graph.Nodes.Length > MostParts)
        {
            throw new ArgumentException($"DiffSteps: expected an expression of at most {MostParts} parts, received {graph.Nodes.Length}. Give inner parts symbols of their own, or take Diff for the result without its steps.");
        }

        Node wanted = graph.Inputs[0];
        HashSet<Node> active = [wanted];
        Dictionary<Node, DiffStep> steps = [];
        foreach (Node node in graph.Nodes)
        {
            if (node.Inputs.Any(active.Contains))
            {
                active.Add(node);
            }

            if (node.TensorType.DType.IsFloat)
            {
                steps[node] = Step(node, variable, wanted, active, steps);
            }
        }

        return steps[graph.Outputs[0].Node];
    }

    private static DiffStep Step(Node node, Expr variable, Node wanted, HashSet<Node> active, Dictionary<Node, DiffStep> steps)
    {
        Expr function = Sheet.Copy(node);
        if (!active.Contains(node))
        {
            return new DiffStep(function, variable, "constant rule", false, "(c)' = 0", [], [], 0);
        }

        Expr result = Differentiation.Of(new Tensor(node), new Tensor(wanted));
        VjpContext context = new(node, [node.Builder.Constant(1, DType.Float64)], k => active.Contains(node.Inputs[k]));
        if (node == wanted)
        {
            return new DiffStep(function, variable, node.Op.DerivativeRule(context), false, $"({variable.Name})' = 1", [], [], result);
        }

        ImmutableArray<Tensor?> locals = node.Op.Vjp(context);
        int[] moving = [.. Enumerable.Range(0, locals.Length).Where(k => locals[k] is not null && active.Contains(node.Inputs[k]))];

        // Terms of a sum that stand still are steps too: that they vanish is what a learner asks about.
        int[] still = node.Op is Add or Subtract ? [.. Enumerable.Range(0, 2).Where(k => !active.Contains(node.Inputs[k]))] : [];
        int[] shown = [.. moving.Concat(still).Order()];
        bool isChain = moving is [var only] && node.Inputs[only] != wanted && node.Op is not (Multiply or Divide or Add or Subtract or Negate);
        return new DiffStep(
            function, variable, node.Op.DerivativeRule(context), isChain, DerivativeLaw.Of(node, active),
            [.. shown.Select(k => still.Contains(k) ? (Expr)0 : Differentiation.Written(locals[k]!.Node))],
            [.. shown.Select(k => steps[node.Inputs[k]])],
            result);
    }
}
