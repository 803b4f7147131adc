using System.Collections.Immutable;
using System.Diagnostics;

namespace Nabla;

/// <summary>What the nodes of a group have in common.</summary>
internal enum GroupKind
{
    /// <summary>Elementwise ops over one set of axes, and reductions over the inner ones of these: one loop nest.</summary>
    Nest,

    /// <summary>One reduction over axes that are not the innermost, with the elementwise ops that feed it.</summary>
    Reduction,

    /// <summary>One matrix product.</summary>
    Contraction,

    /// <summary>One op with loops of its own.</summary>
    Statements,
}

/// <summary>The place of an element, one whole number an axis, in terms of a group's axes; axes of size 1 have 0. Equal by content.</summary>
internal readonly struct IndexVector(ImmutableArray<LoopExpr> items) : IEquatable<IndexVector>
{
    public ImmutableArray<LoopExpr> Items => items;

    public bool Equals(IndexVector other) => items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override bool Equals(object? obj) => obj is IndexVector other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (LoopExpr item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}

/// <summary>Where in its group a node is evaluated.</summary>
internal enum Position
{
    /// <summary>Once at each point of the group's axes.</summary>
    Point,

    /// <summary>Once at each point of the outer axes: a value of its row.</summary>
    Row,

    /// <summary>At an index of its own: repeated, transposed or shifted.</summary>
    Free,
}

/// <summary>A node evaluated in a group at an index.</summary>
internal sealed class Evaluation(Node node, IndexVector index, int order)
{
    public Node Node => node;

    public IndexVector Index => index;

    /// <summary>The node's place in the graph: inputs come before.</summary>
    public int Order => order;

    /// <summary>Evaluations of the same group that this one takes values from.</summary>
    public List<Evaluation> Inputs { get; } = [];

    /// <summary>Work at one point, in additions.</summary>
    public int Cost { get; set; }
}

/// <summary>Nodes that one step of the plan computes.</summary>
/// <param name="id">Its place in the order of making. Groups are made from the outputs backwards: a smaller id runs later.</param>
/// <param name="kind">What its nodes have in common.</param>
/// <param name="full">The sizes of its axes, without those of size 1.</param>
internal sealed class FusedGroup(int id, GroupKind kind, ImmutableArray<int> full)
{
    // Indices are named, not numbered by object: equal in all groups, so that index vectors compare.
    private static readonly LoopExpr.Variable[] Variables = [.. Enumerable.Range(0, 64).Select(i => new LoopExpr.Variable($"i{i}", DType.Int64))];

    public int Id => id;

    public GroupKind Kind => kind;

    public ImmutableArray<int> Full { get; private set; } = full;

    /// <summary>How many axes are outer where a reduction splits them; null where none does.</summary>
    public int? Split { get; private set; }

    /// <summary>The one node of a reduction, contraction or statements group.</summary>
    public Node? Anchor { get; init; }

    /// <summary>Every node that the group computes, at each index.</summary>
    public Dictionary<(Node, IndexVector), Evaluation> Evaluations { get; } = [];

    /// <summary>Reductions over the inner axes of a nest.</summary>
    public List<Evaluation> Reductions { get; } = [];

    /// <summary>The nodes whose buffer this group writes.</summary>
    public List<Node> Stored { get; } = [];

    /// <summary>The ops that do something, in order, or those that only move where there are no others.</summary>
    public string Summary
    {
        get
        {
            List<Evaluation> ordered = [.. Evaluations.Values.OrderBy(e => e.Order)];
            List<Evaluation> working = ordered.FindAll(e => e.Cost > 0);
            return string.Join(", ", (working.Count > 0 ? working : ordered).Select(e => e.Node.Op.Name));
        }
    }

    /// <summary>The running index of an axis.</summary>
    public static LoopExpr.Variable Axis(int axis) => Variables[axis];

    /// <summary>Whether a variable is the index of some axis.</summary>
    public static bool IsAxis(LoopExpr.Variable variable) => variable.Name[0] == 'i' && Variables.Contains(variable);

    /// <summary>The index of each element of dims in terms of the axes of a group with these sizes.</summary>
    public static IndexVector Identity(Dims dims)
    {
        var items = ImmutableArray.CreateBuilder<LoopExpr>(dims.Rank);
        int axis = 0;
        foreach (Dim dim in dims)
        {
            items.Add(dim.Size == 1 ? LoopExpr.Index(0) : Axis(axis++));
        }

        return new IndexVector(items.MoveToImmutable());
    }

    /// <summary>The sizes that are not 1.</summary>
    public static ImmutableArray<int> Squeeze(Dims dims) => [.. dims.Sizes.Where(s => s != 1)];

    /// <summary>Where a node read at an index is evaluated.</summary>
    public Position PositionOf(Node node, IndexVector index)
    {
        Dims dims = node.TensorType.Dims;
        int axis = 0;
        for (int i = 0; i < dims.Rank; i++)
        {
            if (dims[i].Size == 1)
            {
                continue;
            }

            if (axis >= Full.Length || Full[axis] != dims[i].Size || !index.Items[i].Equals(Axis(axis)))
            {
                return Position.Free;
            }

            axis++;
        }

        return axis == Full.Length ? Position.Point : axis == Split ? Position.Row : Position.Free;
    }

    /// <summary>Whether nodes of this position in a group with other axes keep their place when the axes become these.</summary>
    public bool CanSplit(ImmutableArray<int> axes, int outer) => Kind == GroupKind.Nest && (Split == outer || Split is null)
        && (Full.SequenceEqual(axes) || (Split is null && Full.SequenceEqual(axes[..outer])));

    /// <summary>Makes the axes after the first <paramref name="outer"/> inner ones.</summary>
    public void SplitAt(ImmutableArray<int> axes, int outer)
    {
        Debug.Assert(CanSplit(axes, outer), "Only asked where it can.");
        Full = axes;
        Split = outer;
    }

    /// <summary>How often a value at an index is computed: once in each turn of the innermost loop whose index it mentions.</summary>
    public long Points(IndexVector index)
    {
        for (int axis = Full.Length - 1; axis >= 0; axis--)
        {
            if (index.Items.Any(e => ExprWalk.Mentions(e, Axis(axis))))
            {
                return Full[..(axis + 1)].Aggregate(1L, (n, size) => n * size);
            }
        }

        return 1;
    }
}
