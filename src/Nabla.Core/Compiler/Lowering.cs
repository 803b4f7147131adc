namespace Nabla;

/// <summary>How the compiled plan computes an op: the few kinds that the compiler knows.</summary>
internal abstract record Lowering
{
    private Lowering()
    {
    }

    /// <summary>Nothing is computed: the value is given (inputs, literals), or packing that the plan resolves when it is made.</summary>
    public static Lowering Bound { get; } = new BoundLowering();

    /// <summary>Each element of the result is one expression of elements of the inputs: elementwise ops and movement. These fuse.</summary>
    /// <param name="Expression">The element at <see cref="ElementContext.Index"/>.</param>
    public sealed record Element(Func<ElementContext, LoopExpr> Expression) : Lowering;

    /// <summary>The input's memory under other dims.</summary>
    public sealed record View : Lowering;

    /// <summary>Elements along some axes combined into one, in a fixed order; the axes vanish.</summary>
    /// <param name="Combine">Add, Maximum, Minimum, And or Or.</param>
    /// <param name="Initial">What an empty reduction gives, as the first operand of the first combination.</param>
    /// <param name="Axes">The axes of the input that vanish.</param>
    /// <param name="Finish">Applied once to the combined value (mean divides), or null.</param>
    public sealed record Reduction(BinaryFunction Combine, Rational Initial, Axes Axes, Func<ReductionContext, LoopExpr, LoopExpr>? Finish = null) : Lowering;

    /// <summary>A batched matrix product of inputs 0 and 1.</summary>
    public sealed record Contraction(bool TransposeLeft, bool TransposeRight) : Lowering;

    /// <summary>Loops of its own over the inputs and the result: scans, sorts, scatters.</summary>
    /// <param name="Write">Writes the statements; every element of the result must be stored.</param>
    public sealed record Statements(Action<StatementContext> Write) : Lowering;

    private sealed record BoundLowering : Lowering;
}

/// <summary>What an element's expression is made from.</summary>
internal abstract class ElementContext
{
    /// <summary>The place of the element in the result, one whole number an axis.</summary>
    public abstract IReadOnlyList<LoopExpr> Index { get; }

    /// <summary>The node being lowered.</summary>
    public abstract Node Node { get; }

    /// <summary>An input's element: a load, or, where the input is fused, its own expression.</summary>
    public abstract LoopExpr Input(int input, params IReadOnlyList<LoopExpr> index);

    /// <summary>An input's element where <paramref name="condition"/> holds and <paramref name="otherwise"/> elsewhere; never reads outside.</summary>
    /// <param name="condition">A truth value.</param>
    /// <param name="input">Which input.</param>
    /// <param name="index">The place; where the condition fails it may lie outside along <paramref name="guarded"/>, or along any axis.</param>
    /// <param name="otherwise">The value where the condition fails.</param>
    /// <param name="guarded">The only axis along which the place may lie outside, if it is known: the others then stay contiguous.</param>
    public abstract LoopExpr InputIf(LoopExpr condition, int input, IReadOnlyList<LoopExpr> index, LoopExpr otherwise, int? guarded = null);
}

/// <summary>What the end of a reduction may use.</summary>
/// <param name="Node">The node being lowered.</param>
/// <param name="Count">How many elements were combined into one.</param>
internal sealed record ReductionContext(Node Node, int Count);

/// <summary>Writes statements of the loop language.</summary>
internal abstract class StatementContext
{
    /// <summary>The node being lowered.</summary>
    public abstract Node Node { get; }

    /// <summary>An element of an input by index.</summary>
    public abstract LoopExpr Input(int input, params IReadOnlyList<LoopExpr> index);

    /// <summary>An element of the result as stored so far.</summary>
    public abstract LoopExpr Output(params IReadOnlyList<LoopExpr> index);

    /// <summary>Stores an element of the result.</summary>
    public abstract void Store(LoopExpr value, params IReadOnlyList<LoopExpr> index);

    /// <summary>A loop from 0 up to <paramref name="extent"/>; its index is given to the body.</summary>
    public abstract void For(long extent, Action<LoopExpr> body);

    /// <summary>Statements run only where a truth value holds.</summary>
    public abstract void If(LoopExpr condition, Action then);

    /// <summary>Statements repeated while a truth value holds; variables in the condition are read anew each time.</summary>
    public abstract void While(LoopExpr condition, Action body);

    /// <summary>A variable that can be assigned.</summary>
    public abstract LoopExpr.Variable Local(LoopExpr initial);

    /// <summary>Assigns a variable.</summary>
    public abstract void Assign(LoopExpr.Variable variable, LoopExpr value);

    /// <summary>Scratch memory of the op's own; elements are read and written by place.</summary>
    public abstract ScratchBuffer Scratch(DType dtype, long count);

    /// <summary>Reads scratch memory.</summary>
    public abstract LoopExpr Read(ScratchBuffer scratch, LoopExpr place);

    /// <summary>Writes scratch memory.</summary>
    public abstract void Write(ScratchBuffer scratch, LoopExpr place, LoopExpr value);
}

/// <summary>Scratch memory of a statement lowering.</summary>
internal sealed record ScratchBuffer(int Id, DType DType, long Count);
