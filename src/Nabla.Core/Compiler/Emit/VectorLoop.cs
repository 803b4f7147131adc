using System.Collections.Immutable;

namespace Nabla.Compiler.Emit;

/// <summary>
/// A loop that runs in vectors: what of its body varies with the index, what does not, and where its vectors lie in memory. The emitter and
/// the prebuilt kernels both follow this plan, so that their sums meet in the same order and have the same bits.
/// </summary>
internal sealed class VectorLoop
{
    // A larger body gains nothing from being kept whole and would make a method that the runtime compiles badly.
    private const int LargestBody = 1000;

    // With so few operations in the body the sums wait for each other; four of them take turns.
    private const int SmallBody = 12;

    private readonly HashSet<string> _varying;
    private readonly HashSet<string> _sums;
    private DType? _lanes;

    private VectorLoop(LoopStatement.For loop)
    {
        Loop = loop;
        _varying = [loop.Index.Name];
        _sums = [];
        Before = [];
        Body = [];
    }

    /// <summary>The loop.</summary>
    public LoopStatement.For Loop { get; }

    /// <summary>How often the loop runs, where that is a constant.</summary>
    public long? Length => Loop is { Begin: LoopExpr.Number begin, End: LoopExpr.Number end } ? Math.Max(0, end.ToInteger() - begin.ToInteger()) : null;

    /// <summary>
    /// Whether the rest behind the last whole vector may be done by calls. A row of a loop outside comes too often for that, and with a call in the
    /// method the runtime's compiler keeps partial results in memory in the loop before it as well, which triples the time of a sum.
    /// </summary>
    public bool IsRestCalled => Length is null && _sums.Count == 0;

    /// <summary>The floating type of all values that vary.</summary>
    public DType Lanes => _lanes ?? DType.Float32;

    /// <summary>Names that do not vary: to be given their values before the loop, where it runs at all.</summary>
    public ImmutableArray<LoopStatement.Let> Before { get; private set; }

    /// <summary>What remains in the loop: names that vary, stores and accumulations.</summary>
    public ImmutableArray<LoopStatement> Body { get; private set; }

    /// <summary>Accumulations with one partial result in each lane of each of this many vectors.</summary>
    public int Copies { get; private set; } = 1;

    /// <summary>The plan, or null where something in the body cannot be done in vectors and the loop must run index by index.</summary>
    public static VectorLoop? TryCreate(LoopStatement.For loop)
    {
        if (loop.Kind != LoopKind.Vector)
        {
            return null;
        }

        var plan = new VectorLoop(loop);
        return plan.TryRead() ? plan : null;
    }

    /// <summary>Whether a value changes from one index to the next.</summary>
    public bool Varies(LoopExpr e) => LoopWalk.Reads(e, _varying);

    /// <summary>For a place that grows by one with the index: what is added to the index.</summary>
    public LoopExpr Offset(LoopExpr place) => LoopWalk.Affine(place, Loop.Index.Name, _varying)!.Value.Offset;

    private bool TryRead()
    {
        List<LoopStatement> all = [.. LoopWalk.Flat(Loop.Body)];
        if (!all.TrueForAll(s => s is LoopStatement.Let or LoopStatement.Store or LoopStatement.Accumulate))
        {
            return false;
        }

        _sums.UnionWith(all.OfType<LoopStatement.Accumulate>().Select(s => s.Name.Name));
        if (all.OfType<LoopStatement.Accumulate>().GroupBy(s => s.Name.Name).Any(g => g.Select(s => s.Combine).Distinct().Count() > 1))
        {
            return false;
        }

        HashSet<int> stored = [.. all.OfType<LoopStatement.Store>().Select(s => s.Buffer)];
        List<LoopStatement.Let> before = [];
        List<LoopStatement> body = [];
        int size = 0;
        bool heavy = false;
        var whole = new Dictionary<string, LoopExpr.Load>();
        foreach (LoopStatement read in all)
        {
            if (read is LoopStatement.Let { Value: LoopExpr.Load { DType: DType.UInt8 or DType.Int32 } element } wholeName && Varies(element))
            {
                // Pixels and whole numbers become vectors where they become floating numbers, so their names stand for the loads until then.
                whole[wholeName.Name.Name] = element;
                _varying.Add(wholeName.Name.Name);
                continue;
            }

            LoopStatement s = whole.Count == 0 ? read : LoopWalk.WithExpressions(read, e => WithLoads(e, whole));
            if (!ReferenceEquals(s, read) && !Equals(s, read) && body.Exists(b => b is LoopStatement.Store))
            {
                // What was loaded before a store must not be loaded behind it.
                return false;
            }

            if (!Allows(s))
            {
                return false;
            }

            foreach (LoopExpr e in LoopWalk.Expressions(s).SelectMany(LoopWalk.All))
            {
                size++;
                heavy |= e is LoopExpr.Uniform or LoopExpr.Binary { Function: BinaryFunction.Power } or LoopExpr.Unary
                {
                    Function: UnaryFunction.Exp or UnaryFunction.Log or UnaryFunction.Log1p
                    or UnaryFunction.Expm1 or UnaryFunction.Tanh or UnaryFunction.Sigmoid or UnaryFunction.Softplus or UnaryFunction.Sin or UnaryFunction.Cos or UnaryFunction.Erf
                };

                // A sum so far, or an element that another iteration writes, has no value that holds for a whole vector.
                if (e is LoopExpr.Variable v && _sums.Contains(v.Name) || e is LoopExpr.Load load && stored.Contains(load.Buffer) && !Varies(load.Place))
                {
                    return false;
                }
            }

            if (s is LoopStatement.Let let && !Varies(let.Value))
            {
                before.Add(let);
            }
            else
            {
                body.Add(s);
                _ = s is LoopStatement.Let named && _varying.Add(named.Name.Name);
            }
        }

        Before = [.. before];
        Body = [.. body];
        Copies = _sums.Count > 0 && !heavy && size <= SmallBody ? 4 : 1;
        return body.Count > 0 && size <= LargestBody;
    }

    private static LoopExpr WithLoads(LoopExpr e, Dictionary<string, LoopExpr.Load> loads) =>
        e is LoopExpr.Convert { Operand: LoopExpr.Variable name } convert && loads.TryGetValue(name.Name, out LoopExpr.Load? load)
            ? convert with { Operand = load }
            : LoopWalk.WithOperands(e, operand => WithLoads(operand, loads));

    private bool Allows(LoopStatement s) => s switch
    {
        LoopStatement.Let x => !Varies(x.Value) || AllowsValue(x.Value),
        LoopStatement.Store x => IsContiguous(x.Place) && AllowsValue(x.Value),
        LoopStatement.Accumulate x => AllowsValue(x.Value) && x.Name.DType == x.Value.DType && (x.Name.DType == DType.Boolean
            ? x.Combine is BinaryFunction.And or BinaryFunction.Or
            : x.Combine is BinaryFunction.Add or BinaryFunction.Maximum or BinaryFunction.Minimum),
        _ => false,
    };

    // A value that becomes a vector: of the one floating type, or a truth value.
    private bool AllowsValue(LoopExpr e)
    {
        if (e.DType != DType.Boolean && !IsLane(e.DType))
        {
            return false;
        }

        return !Varies(e) || e switch
        {
            LoopExpr.Variable x => x.Name != Loop.Index.Name,
            LoopExpr.Load x => IsContiguous(x.Place),
            LoopExpr.Unary x => AllowsValue(x.Operand) && (x.Operand.DType == DType.Boolean) == (x.Function == UnaryFunction.Not),
            LoopExpr.Binary x => x.Left.DType == x.Right.DType && AllowsValue(x.Left) && AllowsValue(x.Right) && Allows(x.Function, x.Left.DType == DType.Boolean),
            LoopExpr.Select x => AllowsCondition(x.Condition) && AllowsValue(x.WhenTrue) && AllowsValue(x.WhenFalse),
            LoopExpr.Convert { Operand: LoopExpr.Load { DType: DType.UInt8 or DType.Int32 } load } => e.DType != DType.Boolean && IsContiguous(load.Place),
            LoopExpr.Convert x => AllowsValue(x.Operand),
            LoopExpr.Uniform x => !Varies(x.Seed) && !Varies(x.Stream) && IsContiguous(x.Element),
            _ => false,
        };
    }

    // A condition that does not vary chooses for whole vectors and may be about whole numbers.
    private bool AllowsCondition(LoopExpr e) => !Varies(e) || AllowsValue(e);

    private static bool Allows(BinaryFunction function, bool overTruth) => function switch
    {
        BinaryFunction.And or BinaryFunction.Or => overTruth,
        BinaryFunction.Equal => true,
        BinaryFunction.FloorDivide or BinaryFunction.Modulo => false,
        _ => !overTruth,
    };

    private bool IsLane(DType dtype)
    {
        if (!dtype.IsFloat)
        {
            return false;
        }

        _lanes ??= dtype;
        return _lanes == dtype;
    }

    private bool IsContiguous(LoopExpr place) => LoopWalk.Affine(place, Loop.Index.Name, _varying) is (1, _);
}
