using System.Collections.Immutable;

namespace Nabla;

/// <summary>An op's derivative rule as a law over parts u and v, written out of the rule itself: <c>(u*v)' = v*u' + u*v'</c>.</summary>
internal static class DerivativeLaw
{
    private static readonly string[] Moving = ["u", "v", "t"];
    private static readonly string[] Still = ["c", "k", "m"];

    /// <summary>The law of a node whose inputs in <paramref name="active"/> vary.</summary>
    public static string Of(Node node, HashSet<Node> active)
    {
        GraphBuilder builder = new(intern: true);
        Dictionary<Node, Node> letters = [];
        List<Node> varying = [];
        foreach (Node input in node.Inputs)
        {
            Copy(input, active, builder, letters, varying);
        }

        Node law = builder.Add(node.Op, [.. node.Inputs.Select(n => letters[n])]);
        ImmutableArray<Tensor?> locals = law.Op.Vjp(new VjpContext(law, [builder.Constant(1, DType.Float64)], k => active.Contains(node.Inputs[k])));
        Formula? sum = null;
        for (int k = 0; k < locals.Length; k++)
        {
            if (locals[k] is { } local && active.Contains(node.Inputs[k]))
            {
                Formula part = new Formula.Symbol(((Leaf)law.Inputs[k].Op).Label + "'");
                Formula term = new Formula.Infix("*", Differentiation.Written(local.Node).ToFormula(), part);
                sum = sum is null ? term : new Formula.Infix("+", sum, term);
            }
        }

        string left = FormulaText.Print(FormulaRenderer.Render(new Tensor(law)));
        return $"({left})' = {FormulaText.Print(sum is null ? new Formula.Number(0) : FormulaTidy.Run(sum))}";
    }

    // Numbers stay, what varies becomes u, v, and what does not c, k; a condition is opened, for it compares such parts.
    private static void Copy(Node input, HashSet<Node> active, GraphBuilder builder, Dictionary<Node, Node> letters, List<Node> varying)
    {
        foreach (Node node in input.TensorType.DType == DType.Boolean ? TopologicalOrder.Of([input]).Where(n => IsOpened(n, input)) : [input])
        {
            if (letters.ContainsKey(node))
            {
                continue;
            }

            if (node.TensorType.DType == DType.Boolean)
            {
                foreach (Node part in node.Inputs.Where(p => !letters.ContainsKey(p)))
                {
                    letters[part] = Letter(part, active, builder, varying);
                }

                letters[node] = builder.Add(node.Op, [.. node.Inputs.Select(n => letters[n])]);
            }
            else
            {
                letters[node] = Letter(node, active, builder, varying);
            }
        }
    }

    private static bool IsOpened(Node node, Node condition) => node == condition || node.TensorType.DType == DType.Boolean;

    private static Node Letter(Node node, HashSet<Node> active, GraphBuilder builder, List<Node> varying)
    {
        if (node.Op is Constant constant)
        {
            return builder.Add(constant);
        }

        bool moves = active.Contains(node);
        int count = varying.Count(n => active.Contains(n) == moves);
        varying.Add(node);
        string[] letters = moves ? Moving : Still;
        return builder.Input(count < letters.Length ? letters[count] : $"{letters[0]}{count + 1}", Sheet.Scalar).Node;
    }
}
