using System.Collections.Immutable;
using System.Globalization;

namespace Nabla;

/// <summary>An input's element that an op's element asks for.</summary>
/// <param name="Input">Which input.</param>
/// <param name="Index">At which index.</param>
/// <param name="NeedsBuffer">
/// Whether the input must lie in memory: the index depends on values that are computed, as in a gather, or is long, as in a pad of a pad
/// of a pad, where each level names the last several times.
/// </param>
internal readonly record struct Access(int Input, IndexVector Index, bool NeedsBuffer);

/// <summary>Asks an elementwise op for its element without making code: which inputs it reads where, what it costs, and whether it only moves.</summary>
internal sealed class Probe : ElementContext
{
    private const int LongestIndex = 40;

    private readonly List<Access> _accesses = [];

    private Probe(Node node, IndexVector index)
    {
        Node = node;
        Index = index.Items;
    }

    public override IReadOnlyList<LoopExpr> Index { get; }

    public override Node Node { get; }

    /// <summary>What a node reads when it is evaluated at an index.</summary>
    public static ProbeResult Of(Node node, Lowering.Element lowering, IndexVector index)
    {
        Probe probe = new(node, index);
        LoopExpr element = lowering.Expression(probe);
        return new ProbeResult([.. probe._accesses], ExprWalk.Cost(element), element is LoopExpr.Variable v && IsValue(v));
    }

    public override LoopExpr Input(int input, params IReadOnlyList<LoopExpr> index)
    {
        TensorType type = Node.Inputs[input].TensorType;
        IndexVector normal = Normalize(type.Dims, index);
        bool needsBuffer = normal.Items.Any(e => ExprWalk.Any(e, x => x is LoopExpr.Variable v && IsValue(v))) || normal.Items.Sum(ExprWalk.Size) > LongestIndex;
        _accesses.Add(new Access(input, normal, needsBuffer));
        return new LoopExpr.Variable(string.Create(CultureInfo.InvariantCulture, $"${_accesses.Count}"), type.DType);
    }

    public override LoopExpr InputIf(LoopExpr condition, int input, IReadOnlyList<LoopExpr> index, LoopExpr otherwise, int? guarded = null) =>
        Guarded(this, condition, input, index, otherwise, guarded);

    /// <summary>One normal form of an index: sums sorted, 0 along axes of size 1.</summary>
    public static IndexVector Normalize(Dims dims, IReadOnlyList<LoopExpr> index) =>
        new([.. index.Select((e, i) => dims[i].Size == 1 ? LoopExpr.Index(0) : Affine.Normalize(e))]);

    /// <summary>Reads place 0 of each axis where the condition fails, so that nothing outside is ever read; the value read there is not used.</summary>
    public static LoopExpr Guarded(ElementContext context, LoopExpr condition, int input, IReadOnlyList<LoopExpr> index, LoopExpr otherwise, int? guarded)
    {
        if (context.Node.Inputs[input].TensorType.Dims.Count == 0)
        {
            return otherwise; // there is no place 0, and no index inside either
        }

        LoopExpr value = context.Input(input, [.. index.Select((e, axis) => guarded is null || guarded == axis ? new LoopExpr.Select(condition, e, LoopExpr.Index(0)) : e)]);
        return new LoopExpr.Select(condition, value, otherwise);
    }

    private static bool IsValue(LoopExpr.Variable variable) => variable.Name[0] == '$';
}

/// <summary>What a probe found.</summary>
/// <param name="Accesses">The elements of inputs that are read.</param>
/// <param name="Cost">The op's work at one point, in additions.</param>
/// <param name="Moves">Whether the element is an input's element as it is.</param>
internal sealed record ProbeResult(ImmutableArray<Access> Accesses, int Cost, bool Moves);
