using System.Collections.Immutable;

namespace Nabla;

/// <summary>Orders nodes so that each comes after its inputs. Iterative: a chain of any length must not overflow the stack.</summary>
internal static class TopologicalOrder
{
    /// <summary>All nodes that <paramref name="roots"/> need, depth first in the order of the roots.</summary>
    public static ImmutableArray<Node> Of(ReadOnlySpan<Node> roots)
    {
        var order = ImmutableArray.CreateBuilder<Node>();
        HashSet<Node> done = [];
        Stack<(Node Node, int Next)> path = new();
        foreach (Node root in roots)
        {
            path.Push((root, 0));
            while (path.TryPop(out (Node Node, int Next) at))
            {
                if (done.Contains(at.Node))
                {
                    continue;
                }

                if (at.Next < at.Node.Inputs.Length)
                {
                    path.Push((at.Node, at.Next + 1));
                    path.Push((at.Node.Inputs[at.Next], 0));
                }
                else
                {
                    done.Add(at.Node);
                    order.Add(at.Node);
                }
            }
        }

        return order.ToImmutable();
    }
}
