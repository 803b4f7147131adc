namespace Nabla;

/// <summary>
/// A tensor as a formula over whole tensors, as lectures write layers: <c>x W^[1] + b^[1]</c>, <c>δ ⊙ σ(z)</c>. What matrices have no sign for (sums along
/// an axis, an exponential of each element) has no such form; <see cref="IndexFormulas"/> writes it element by element.
/// </summary>
internal static class MatrixFormulas
{
    /// <summary>The product of elements at the same places.</summary>
    public const string Elementwise = "⊙";

    /// <summary>The formula; null where there is none over whole tensors.</summary>
    /// <param name="node">The value.</param>
    /// <param name="leafOf">The formula of a leaf by its label.</param>
    public static Formula? Of(Node node, Func<string, Formula> leafOf)
    {
        Dictionary<Node, Formula?> known = [];
        foreach (Node each in TopologicalOrder.Of([node]))
        {
            known[each] = each.Op is Leaf leaf ? leafOf(leaf.Label) : Written(each, known);
        }

        return known[node];
    }

    private static Formula? Written(Node node, Dictionary<Node, Formula?> known)
    {
        Formula?[] inputs = [.. node.Inputs.Select(n => known[n])];
        if (node.Op is Constant || node.Inputs.All(IsNumber))
        {
            return inputs.All(f => f is not null) ? node.Op.Render(new RenderContext(node, [.. inputs!])) : null;
        }

        // A relu reads its condition by itself.
        bool isRelu = node.Op is Ops.Select && inputs[2] is not null && node.Op.Render(new RenderContext(node, [inputs[2]!, inputs[2]!, inputs[2]!])) is Formula.Call { Function: "relu" };
        if (isRelu)
        {
            return new Formula.Call("relu", [inputs[2]!]);
        }

        if (inputs.Any(f => f is null))
        {
            return null;
        }

        switch (node.Op)
        {
            case Ops.Multiply when !node.Inputs.Any(IsNumber):
                return new Formula.Infix(Elementwise, inputs[0]!, inputs[1]!);
            case Ops.Divide when !IsNumber(node.Inputs[1]):
                return null;
            case Ops.Cast or Ops.StopGradient or Ops.Broadcast:
                return inputs[0];
            case Ops.Transpose when node.TensorType.Dims.Rank == 2:
                return new Formula.Call("transpose", [inputs[0]!]);
            case Ops.MatMul when node.TensorType.Dims.Rank != 2:
                return null;
        }

        return node.Op.Lower is Lowering.Contraction || (node.Op.Lower is Lowering.Element && node.Op is not Ops.MovementOp)
            ? node.Op.Render(new RenderContext(node, [.. inputs!])) switch
            {
                // Of matrices these are something else than of each element.
                Formula.Call { Function: "exp" or "where" or "sqrt" or "abs" or "clip" or "max" or "min" } or Formula.Power => null,
                Formula.Infix { Operator: not ("+" or "-" or "*" or "/") } => null,
                var rendered => rendered,
            }
            : null;
    }

    private static bool IsNumber(Node node) => node.TensorType.Dims.Rank == 0 || new Tensor(node).AsConstant() is not null;
}
