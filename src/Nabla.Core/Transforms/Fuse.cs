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

    // Truth values are cheap to compute again and slow to store: as bytes they break vector loops.
    private const int LongestTruthChain = 4;

    private readonly Dictionary<Node, Uses> _uses = [];
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
        Uses uses = _uses.GetValueOrDefault(node) ?? new Uses();
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

    private void PlaceElement(Node node, Lowering.Element element, Uses uses, bool isOutput)
    {
        ProbeResult probe = Probe.Of(node, element, FusedGroup.Identity(node.TensorType.Dims));
        bool stored = isOutput || uses.NeedsBuffer;
        List<FusedGroup> groups = [.. uses.Sites.Select(s => s.Group).Distinct()];
        if (!stored && IsRepeatable(node, probe) && groups.TrueForAll(g => HasRoom(g, probe)))
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

        FusedGroup? home = Latest(uses);
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

            home = NewGroup(GroupKind.Nest, FusedGroup.Squeeze(node.TensorType.Dims));
        }

        home.Stored.Add(node);
        Evaluation evaluation = Evaluate(home, node, element, FusedGroup.Identity(node.TensorType.Dims));
        Connect(home, evaluation, uses);
    }

    // A view is memory under other dims; one that only adds or drops axes of size 1 also is an index under other dims.
    private void PlaceView(Node node, Uses uses, bool isOutput)
    {
        Node input = node.Inputs[0];
        Uses inner = UsesOf(input);
        ImmutableArray<int> squeezed = FusedGroup.Squeeze(node.TensorType.Dims);
        bool isIndex = squeezed.SequenceEqual(FusedGroup.Squeeze(input.TensorType.Dims));
        if (isOutput || uses.NeedsBuffer || (!isIndex && uses.Sites.Count > 0))
        {
            inner.NeedsBuffer = true;
            inner.LatestBuffer = Math.Max(inner.LatestBuffer, Math.Max(uses.LatestBuffer, uses.Sites.Select(s => s.Group.Id).DefaultIfEmpty(-1).Max()));
        }

        if (!isIndex)
        {
            return;
        }

        foreach (Site site in uses.Sites)
        {
            inner.Sites.Add(site with { Index = TrivialView(node, site.Index) });
        }
    }

    /// <summary>The index into a view's input that an index into the view means, where both have the same axes but for those of size 1.</summary>
    internal static IndexVector TrivialView(Node view, IndexVector index)
    {
        Dims outer = view.TensorType.Dims;
        Queue<LoopExpr> items = new(index.Items.Where((_, i) => outer[i].Size != 1));
        return new IndexVector([.. view.Inputs[0].TensorType.Dims.Select(d => d.Size == 1 ? LoopExpr.Index(0) : items.Dequeue())]);
    }

    private void PlaceReduction(Node node, Lowering.Reduction reduction, Uses uses, bool isOutput)
    {
        Dims dims = node.Inputs[0].TensorType.Dims;
        ImmutableArray<int> axes = FusedGroup.Squeeze(dims);
        ImmutableArray<int> kept = FusedGroup.Squeeze(node.TensorType.Dims);
        if (axes.Length == kept.Length)
        {
            PlaceElement(node, Degenerate(node, reduction), uses, isOutput);
            return;
        }

        bool inner = IsInner(dims, reduction.Axes);
        FusedGroup? home = Latest(uses);
        if (home is not null)
        {
            string? reason = !inner ? "it combines axes that are not the innermost"
                : !home.CanSplit(axes, kept.Length) ? "its axes do not nest in that loop's"
                : home.Split is null && home.Full.Length > 0 && axes[kept.Length..].Aggregate(1L, (n, s) => n * s) > LongestRow ? "its rows are long"
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
            home = NewGroup(inner ? GroupKind.Nest : GroupKind.Reduction, axes, node);
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
        UsesOf(node.Inputs[0]).Sites.Add(new Site(home, FusedGroup.Identity(dims), evaluation));
    }

    /// <summary>A reduction along axes of size 1 only: one element, combined with the initial value and finished.</summary>
    internal static Lowering.Element Degenerate(Node node, Lowering.Reduction reduction)
    {
        Dims dims = node.Inputs[0].TensorType.Dims;
        return new Lowering.Element(c =>
        {
            Queue<LoopExpr> kept = new(c.Index);
            LoopExpr element = c.Input(0, [.. Enumerable.Range(0, dims.Rank).Select(a => reduction.Axes.Contains(a) ? LoopExpr.Index(0) : kept.Dequeue())]);
            return reduction.Finish is null ? element : reduction.Finish(new ReductionContext(node, 1), element);
        });
    }

    private static bool IsInner(Dims dims, Axes reduced)
    {
        bool seen = false;
        for (int axis = 0; axis < dims.Rank; axis++)
        {
            if (dims[axis].Size != 1)
            {
                bool gone = reduced.Contains(axis);
                if (seen && !gone)
                {
                    return false;
                }

                seen |= gone;
            }
        }

        return true;
    }

    // Whether an index is that of the outer axes of whatever group it is read in.
    private static bool PrefixOf(Node node, IndexVector index) => index.Equals(FusedGroup.Identity(node.TensorType.Dims));

    private void PlaceWhole(Node node, GroupKind kind)
    {
        FusedGroup group = NewGroup(kind, FusedGroup.Squeeze(node.TensorType.Dims), node);
        group.Stored.Add(node);
        foreach (Node input in node.Inputs)
        {
            Uses uses = UsesOf(kind == GroupKind.Contraction ? StridedOperand.Of(input).Base : input);
            uses.NeedsBuffer = true;
            uses.LatestBuffer = Math.Max(uses.LatestBuffer, group.Id);
        }
    }

    // Constants, indices and moved elements cost nothing again; short chains of truth values little.
    private bool IsRepeatable(Node node, ProbeResult probe) =>
        probe.Moves || probe.Accesses.IsEmpty || (node.TensorType.DType == DType.Boolean && TruthChain(node) <= LongestTruthChain);

    private static int TruthChain(Node node)
    {
        // Counts at most a few levels: the walk is bounded by the limit.
        int length = 0;
        List<Node> level = [node];
        while (level.Count > 0 && length <= LongestTruthChain)
        {
            length++;
            level = [.. level.SelectMany(n => n.Inputs).Where(n => n.TensorType.DType == DType.Boolean && n.Op.Lower is Lowering.Element).Distinct()];
        }

        return length;
    }

    private static bool HasRoom(FusedGroup group, ProbeResult probe) =>
        group.Evaluations.Count < (probe.Cost > 0 ? MostEvaluations : MostMovements);

    private static string? WhyNotInside(Node node, FusedGroup group, List<Site> sites)
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

    private static bool SamePosition(Node node, FusedGroup home, Uses uses)
    {
        List<Position> positions = [.. uses.Sites.Where(s => s.Group == home).Select(s => home.PositionOf(node, s.Index)).Distinct()];
        return positions is [Position.Point or Position.Row];
    }

    private static FusedGroup? Latest(Uses uses) => uses.Sites.Count == 0 ? null : uses.Sites.MaxBy(s => s.Group.Id).Group;

    private void EvaluateAll(Node node, Lowering.Element element, Uses uses)
    {
        foreach (Site site in uses.Sites)
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
            Uses uses = UsesOf(node.Inputs[access.Input]);
            if (access.NeedsBuffer)
            {
                uses.NeedsBuffer = true;
                uses.LatestBuffer = Math.Max(uses.LatestBuffer, group.Id);
            }
            else
            {
                uses.Sites.Add(new Site(group, access.Index, evaluation));
            }
        }

        return evaluation;
    }

    private static void Connect(FusedGroup home, Evaluation evaluation, Uses uses)
    {
        foreach (Site site in uses.Sites)
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

    private Uses UsesOf(Node node)
    {
        if (!_uses.TryGetValue(node, out Uses? uses))
        {
            _uses.Add(node, uses = new Uses());
        }

        return uses;
    }

    private void Note(Node node, FusedGroup group, string reason) => _notes.Add(string.Create(
        CultureInfo.InvariantCulture, $"%{_order[node]} {node.Op.Name} : {node.Type} is not computed in the loop of {Describe(group)}: {reason}."));

    private string Describe(FusedGroup group) => group.Stored.Count > 0
        ? string.Create(CultureInfo.InvariantCulture, $"%{_order[group.Stored[0]]} {group.Stored[0].Op.Name}")
        : string.Create(CultureInfo.InvariantCulture, $"%{_order[group.Reductions[0].Node]} {group.Reductions[0].Node.Op.Name}");

    private readonly record struct Site(FusedGroup Group, IndexVector Index, Evaluation Consumer);

    // Who reads a node: at which index of which group, and whether some reader needs it as memory.
    private sealed class Uses
    {
        public List<Site> Sites { get; } = [];

        public bool NeedsBuffer { get; set; }

        /// <summary>The latest made group that reads the buffer; -1 for none.</summary>
        public int LatestBuffer { get; set; } = -1;
    }
}
