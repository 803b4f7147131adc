using System.Collections.Immutable;
using System.Globalization;

namespace Nabla;

/// <summary>
/// Decides which nodes share a loop and which get memory. Walks the graph once from the outputs backwards: a node is evaluated inside the
/// group of its consumers where that costs nothing twice, joins their loop and is stored by it where others need it too, and starts a
/// group of its own otherwise.
/// </summary>
/// <remarks>
/// A node only ever joins the group that was made last among its consumers', or a group of its own; so reading the groups from the last
/// made to the first is a valid order, without any search for cycles. Every decision to keep two nodes apart is written down.
/// </remarks>
internal sealed class Fuse
{
    // Machine code of a few hundred values in one loop is still compiled well; longer chains are cut, which keeps the cost linear.
    private const int MostEvaluations = 160;

    // Index-only evaluations (broadcasts, transposes) may go over: they cost no instructions.
    private const int MostMovements = 400;

    // Rows longer than this leave the first-level cache between two passes; separate kernels then share the work of more threads.
    private const int LongestRow = 1 << 15;

    private readonly Dictionary<Node, NodeUses> _uses = [];
    private readonly Dictionary<Node, int> _order;
    private readonly List<FusedGroup> _groups = [];
    private readonly HashSet<Node> _outputs;
    private readonly List<string> _notes = [];

    private Fuse(Graph graph, ImmutableArray<Node> nodes)
    {
        _order = new Dictionary<Node, int>(nodes.Length);
        foreach (Node node in nodes)
        {
            _order.Add(node, _order.Count);
        }

        _outputs = [.. graph.Outputs.Select(o => o.Node)];
    }

    /// <summary>The groups in the order in which they run, and why nodes were kept apart.</summary>
    /// <param name="graph">A prepared graph.</param>
    /// <param name="last">Places of outputs that should be computed last: those that overwrite inputs which others read.</param>
    public static (ImmutableArray<FusedGroup> Groups, ImmutableArray<string> Notes) Run(Graph graph, IEnumerable<int> last)
    {
        HashSet<int> isLast = [.. last];
        ImmutableArray<Node> nodes = TopologicalOrder.Of(
            [.. graph.Inputs, .. graph.Outputs.Select((o, i) => (o.Node, isLast.Contains(i))).OrderBy(x => x.Item2).Select(x => x.Node)]);
        Fuse fuse = new(graph, nodes);
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            fuse.Place(nodes[i]);
        }

        fuse._groups.Reverse();
        return ([.. fuse._groups], [.. fuse._notes]);
    }

    private void Place(Node node)
    {
        bool isOutput = _outputs.Contains(node);
        NodeUses uses = _uses.GetValueOrDefault(node) ?? new NodeUses();
        if (!isOutput && !uses.NeedsBuffer && uses.Sites.Count == 0)
        {
            return; // only its type was asked for
        }

        switch (node.Op.Lower)
        {
            case Lowering.Element element:
                PlaceElement(node, element, uses, isOutput);
                break;
            case Lowering.View:
                PlaceView(node, uses, isOutput);
                break;
            case Lowering.Reduction reduction:
                PlaceReduction(node, reduction, uses, isOutput);
                break;
            case Lowering.Contraction:
                PlaceWhole(node, GroupKind.Contraction);
                break;
            case Lowering.Statements:
                PlaceWhole(node, GroupKind.Statements);
                break;
        }
    }

    private void PlaceElement(Node node, Lowering.Element element, NodeUses uses, bool isOutput)
    {
        ProbeResult probe = Probe.Of(node, element, FusedGroup.Identity(node.TensorType.Dims));
        bool stored = isOutput || uses.NeedsBuffer;
        List<FusedGroup> groups = [.. uses.Sites.Select(s => s.Group).Distinct()];
        if (!stored && FuseRules.IsRepeatable(node, probe) && groups.TrueForAll(g => HasRoom(g, probe)))
        {
            EvaluateAll(node, element, uses);
            return;
        }

        if (!stored && groups is [var only])
        {
            string? obstacle = WhyNotInside(node, only, uses.Sites);
            if (obstacle is null)
            {
                EvaluateAll(node, element, uses);
                return;
            }

            Note(node, only, obstacle);
        }

        FusedGroup? home = uses.LatestGroup;
        string? reason = home is null ? null
            : home.Kind != GroupKind.Nest ? $"{home.Kind} has loops of its own"
            : uses.LatestBuffer >= home.Id ? "a reader of its buffer runs then or earlier"
            : !HasRoom(home, probe) ? "the loop is full"
            : SamePosition(node, home, uses) ? null
            : "it is read at other places than it is computed at";
        if (home is null || reason is not null)
        {
            if (reason is not null)
            {
                Note(node, home!, reason);
            }

            ImmutableArray<int> axes = FusedGroup.Squeeze(node.TensorType.Dims);
            home = Sibling(node, uses, g => g.Full.SequenceEqual(axes) && HasRoom(g, probe)) ?? NewGroup(GroupKind.Nest, axes);
        }

        home.Stored.Add(node);
        Evaluation evaluation = Evaluate(home, node, element, FusedGroup.Identity(node.TensorType.Dims));
        Connect(home, evaluation, uses);
    }

    // A view is memory under other dims; one that only adds or drops axes of size 1 also is an index under other dims.
    private void PlaceView(Node node, NodeUses uses, bool isOutput)
    {
        Node input = node.Inputs[0];
        NodeUses inner = UsesOf(input);
        ImmutableArray<int> squeezed = FusedGroup.Squeeze(node.TensorType.Dims);
        bool isIndex = squeezed.SequenceEqual(FusedGroup.Squeeze(input.TensorType.Dims));
        if (isOutput || uses.NeedsBuffer || (!isIndex && uses.Sites.Count > 0))
        {
            inner.AddBuffer(Math.Max(uses.LatestBuffer, uses.LatestGroup?.Id ?? -1));
        }

        if (!isIndex)
        {
            return;
        }

        foreach (UseSite site in uses.Sites)
        {
            inner.Sites.Add(site with { Index = FuseRules.TrivialView(node, site.Index) });
        }
    }

    private void PlaceReduction(Node node, Lowering.Reduction reduction, NodeUses uses, bool isOutput)
    {
        Dims dims = node.Inputs[0].TensorType.Dims;
        ImmutableArray<int> axes = FusedGroup.Squeeze(dims);
        ImmutableArray<int> kept = FusedGroup.Squeeze(node.TensorType.Dims);
        if (axes.Length == kept.Length)
        {
            PlaceElement(node, FuseRules.OverNothing(node, reduction), uses, isOutput);
            return;
        }

        bool inner = FuseRules.IsInner(dims, reduction.Axes);
        FusedGroup? home = uses.LatestGroup;
        if (home is not null)
        {
            string? reason = !inner ? "it combines axes that are not the innermost"
                : !home.CanSplit(axes, kept.Length) ? "its axes do not nest in that loop's"
                : IsLong(home, axes, kept.Length) ? "its rows are long"
                : uses.LatestBuffer >= home.Id ? "a reader of its buffer runs then or earlier"
                : home.Evaluations.Count >= MostEvaluations ? "the loop is full"
                : uses.Sites.Where(s => s.Group == home).All(s => PrefixOf(node, s.Index)) ? null
                : "it is read at other places than it is computed at";
            if (reason is not null)
            {
                Note(node, home, reason);
                home = null;
            }
        }

        if (home is null)
        {
            home = inner ? Sibling(node, uses, g => g.CanSplit(axes, kept.Length) && g.Full.SequenceEqual(axes) && !IsLong(g, axes, kept.Length) && g.Evaluations.Count < MostEvaluations) : null;
            home ??= NewGroup(inner ? GroupKind.Nest : GroupKind.Reduction, axes, node);
        }

        if (inner)
        {
            home.SplitAt(axes, kept.Length);
        }

        if (isOutput || uses.NeedsBuffer || uses.Sites.Count == 0 || uses.Sites.Any(s => s.Group != home))
        {
            home.Stored.Add(node);
        }

        var evaluation = new Evaluation(node, FusedGroup.Identity(node.TensorType.Dims), _order[node]) { Cost = 1 };
        home.Evaluations.Add((node, evaluation.Index), evaluation);
        home.Reductions.Add(evaluation);
        Connect(home, evaluation, uses);
        UsesOf(node.Inputs[0]).Sites.Add(new UseSite(home, FusedGroup.Identity(dims), evaluation));
    }

    private static bool IsLong(FusedGroup group, ImmutableArray<int> axes, int outer) =>
        group.Split is null && group.Full.Length > 0 && axes[outer..].Aggregate(1L, (n, size) => n * size) > LongestRow;

    // A loop over the same axes that reads one of the same values anyway, and runs before everybody who reads this node.
    private FusedGroup? Sibling(Node node, NodeUses uses, Func<FusedGroup, bool> fits)
    {
        int readers = Math.Max(uses.LatestBuffer, uses.LatestGroup?.Id ?? -1);
        foreach (Node input in node.Inputs)
        {
            if (input.Type is TensorType && _uses.TryGetValue(input, out NodeUses? shared) && shared.Sites.Count > 0)
            {
                (FusedGroup group, IndexVector index, _) = shared.Sites[^1];
                if (group.Id > readers && group.Kind == GroupKind.Nest && group.PositionOf(input, index) == Position.Point && fits(group))
                {
                    return group;
                }
            }
        }

        return null;
    }

    // Whether an index is that of the outer axes of whatever group it is read in.
    private static bool PrefixOf(Node node, IndexVector index) => index.Equals(FusedGroup.Identity(node.TensorType.Dims));

    private void PlaceWhole(Node node, GroupKind kind)
    {
        FusedGroup group = NewGroup(kind, FusedGroup.Squeeze(node.TensorType.Dims), node);
        group.Stored.Add(node);
        foreach (Node input in node.Inputs)
        {
            NodeUses uses = UsesOf(kind == GroupKind.Contraction ? StridedOperand.Of(input).Base : input);
            uses.AddBuffer(group.Id);
        }
    }

    private static bool HasRoom(FusedGroup group, ProbeResult probe) =>
        group.Evaluations.Count < (probe.Cost > 0 ? MostEvaluations : MostMovements);

    private static string? WhyNotInside(Node node, FusedGroup group, List<UseSite> sites)
    {
        if (group.Evaluations.Count >= MostEvaluations)
        {
            return "the loop is full";
        }

        List<IndexVector> indices = [.. sites.Select(s => s.Index).Distinct()];
        if (indices is [var index] && group.PositionOf(node, index) != Position.Free)
        {
            return null;
        }

        long points = indices.Sum(group.Points);
        return points <= node.TensorType.Dims.Count
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"it would be computed {points} times for {node.TensorType.Dims.Count} elements");
    }

    private static bool SamePosition(Node node, FusedGroup home, NodeUses uses)
    {
        List<Position> positions = [.. uses.Sites.Where(s => s.Group == home).Select(s => home.PositionOf(node, s.Index)).Distinct()];
        return positions is [Position.Point or Position.Row];
    }

    private void EvaluateAll(Node node, Lowering.Element element, NodeUses uses)
    {
        foreach (UseSite site in uses.Sites)
        {
            site.Consumer.Inputs.Add(Evaluate(site.Group, node, element, site.Index));
        }
    }

    private Evaluation Evaluate(FusedGroup group, Node node, Lowering.Element element, IndexVector index)
    {
        if (group.Evaluations.TryGetValue((node, index), out Evaluation? evaluation))
        {
            return evaluation;
        }

        ProbeResult probe = Probe.Of(node, element, index);
        evaluation = new Evaluation(node, index, _order[node]) { Cost = probe.Cost };
        group.Evaluations.Add((node, index), evaluation);
        foreach (Access access in probe.Accesses)
        {
            NodeUses uses = UsesOf(node.Inputs[access.Input]);
            if (access.NeedsBuffer)
            {
                uses.AddBuffer(group.Id);
            }
            else
            {
                uses.Sites.Add(new UseSite(group, access.Index, evaluation));
            }
        }

        return evaluation;
    }

    private static void Connect(FusedGroup home, Evaluation evaluation, NodeUses uses)
    {
        foreach (UseSite site in uses.Sites)
        {
            if (site.Group == home)
            {
                site.Consumer.Inputs.Add(evaluation);
            }
        }
    }

    private FusedGroup NewGroup(GroupKind kind, ImmutableArray<int> axes, Node? anchor = null)
    {
        FusedGroup group = new(_groups.Count, kind, axes) { Anchor = anchor };
        _groups.Add(group);
        return group;
    }

    private NodeUses UsesOf(Node node)
    {
        if (!_uses.TryGetValue(node, out NodeUses? uses))
        {
            _uses.Add(node, uses = new NodeUses());
        }

        return uses;
    }

    private void Note(Node node, FusedGroup group, string reason) => _notes.Add(string.Create(
        CultureInfo.InvariantCulture, $"%{_order[node]} {node.Op.Name} : {node.Type} is not computed in the loop of {Describe(group)}: {reason}."));

    private string Describe(FusedGroup group) => group.Stored.Count > 0
        ? string.Create(CultureInfo.InvariantCulture, $"%{_order[group.Stored[0]]} {group.Stored[0].Op.Name}")
        : string.Create(CultureInfo.InvariantCulture, $"%{_order[group.Reductions[0].Node]} {group.Reductions[0].Node.Op.Name}");
}
