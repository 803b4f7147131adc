using System.Collections.Immutable;

namespace Nabla;

/// <summary>How a loop may be run.</summary>
internal enum LoopKind
{
    /// <summary>In order, one index after the other.</summary>
    Sequential,

    /// <summary>
    /// In order of vectors: the body holds only <see cref="LoopStatement.Let"/>, <see cref="LoopStatement.Store"/> and
    /// <see cref="LoopStatement.Accumulate"/>; iterations are independent but for accumulators; every load and store is contiguous in the
    /// index (place grows by 1 with it) or does not depend on it; all values that vary with it are of one floating type, or booleans, or loads of
    /// uint8 and int32 that are converted to it. Emit.VectorLoop decides; a loop that asks for more runs in order.
    /// </summary>
    Vector,
}

/// <summary>A statement of the loop language: what a step of the compiled plan does. Small, explicit, printable as C#.</summary>
internal abstract record LoopStatement
{
    /// <summary>One after the other.</summary>
    public sealed record Block(ImmutableArray<LoopStatement> Statements) : LoopStatement;

    /// <summary>A loop whose index runs from <paramref name="Begin"/> up to, not including, <paramref name="End"/>.</summary>
    public sealed record For(LoopExpr.Variable Index, LoopExpr Begin, LoopExpr End, LoopStatement Body, LoopKind Kind) : LoopStatement;

    /// <summary>Names a value that does not change.</summary>
    public sealed record Let(LoopExpr.Variable Name, LoopExpr Value) : LoopStatement;

    /// <summary>Makes a variable that can be assigned, or accumulated into by a loop inside.</summary>
    public sealed record Declare(LoopExpr.Variable Name, LoopExpr Initial) : LoopStatement;

    /// <summary>Assigns a declared variable.</summary>
    public sealed record Assign(LoopExpr.Variable Name, LoopExpr Value) : LoopStatement;

    /// <summary>Combines a value into a declared variable. In a vector loop each lane has a partial result; they meet in a fixed order at its end.</summary>
    public sealed record Accumulate(LoopExpr.Variable Name, BinaryFunction Combine, LoopExpr Value) : LoopStatement;

    /// <summary>Writes an element of a buffer, by its place in row-major order.</summary>
    public sealed record Store(int Buffer, LoopExpr Place, LoopExpr Value) : LoopStatement;

    /// <summary>Runs a statement where a truth value holds.</summary>
    public sealed record If(LoopExpr Condition, LoopStatement Then) : LoopStatement;

    /// <summary>Repeats a statement while a truth value holds.</summary>
    public sealed record While(LoopExpr Condition, LoopStatement Body) : LoopStatement;
}

/// <summary>Memory that a kernel reads or writes: its number in <see cref="LoopExpr.Load"/> and <see cref="LoopStatement.Store"/>.</summary>
/// <param name="Id">The place of its pointer in the table that the kernel is called with.</param>
/// <param name="Name">For printing: a C# identifier.</param>
/// <param name="DType">The element type; booleans are bytes of 0 and 1.</param>
/// <param name="Count">The number of elements.</param>
internal sealed record LoopBuffer(int Id, string Name, DType DType, long Count);

/// <summary>
/// One step of a plan as loops. Called with a table of pointers and a range of its outermost, independent index, so that threads can share it:
/// <paramref name="Begin"/> and <paramref name="End"/> are variables of the body.
/// </summary>
/// <param name="Name">For printing: a C# identifier.</param>
/// <param name="Buffers">What it reads and writes.</param>
/// <param name="Extent">The size of the outermost index; whoever calls with 0 and this does all the work.</param>
/// <param name="Begin">Where the range of a call begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Body">The statements.</param>
internal sealed record LoopKernel(
    string Name, ImmutableArray<LoopBuffer> Buffers, long Extent, LoopExpr.Variable Begin, LoopExpr.Variable End, LoopStatement Body);

/// <summary>A kernel ready to run: <paramref name="buffers"/> is a table of pointers by <see cref="LoopBuffer.Id"/>.</summary>
internal unsafe delegate void KernelBody(nint* buffers, long begin, long end);
