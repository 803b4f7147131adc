using System.Collections.Immutable;
using Nabla.Compiler.Kernels;

namespace Nabla;

/// <summary>A matrix product over packed panels as a step of a plan: a range of it is a range of tiles, batch after batch.</summary>
/// <param name="plan">The product of one batch.</param>
/// <param name="left">Where the left operand's pointer stands in the table, its first element in bytes for each batch.</param>
/// <param name="right">The same of the right operand.</param>
/// <param name="result">The same of the result.</param>
/// <param name="scratch">Where the pointer of scratch memory stands.</param>
internal sealed unsafe class GemmStep(GemmPlan plan, GemmOperand left, GemmOperand right, GemmOperand result, int scratch)
{
    /// <summary>Bytes of scratch memory that each shard needs.</summary>
    public long ScratchBytes => (plan.ScratchBytes + 63) / 64 * 64;

    /// <summary>The number of tiles of all batches.</summary>
    public long Extent => (long)plan.TileCount * result.Starts.Length;

    /// <summary>Computes tiles from <paramref name="begin"/> up to <paramref name="end"/>.</summary>
    public void Run(nint* buffers, long begin, long end)
    {
        int tiles = plan.TileCount;
        for (long next = begin; next < end;)
        {
            int batch = (int)(next / tiles);
            int first = (int)(next - ((long)batch * tiles));
            int last = (int)Math.Min(tiles, first + (end - next));
            plan.Run(left.At(buffers, batch), right.At(buffers, batch), result.At(buffers, batch), (byte*)buffers[scratch], first, last);
            next += last - first;
        }
    }
}

/// <summary>A matrix of a product.</summary>
/// <param name="Buffer">Where its pointer stands in the step's table.</param>
/// <param name="Starts">For each batch the distance of its first element in bytes.</param>
internal sealed unsafe record GemmOperand(int Buffer, ImmutableArray<long> Starts)
{
    /// <summary>The address of a batch's first element.</summary>
    public void* At(nint* buffers, int batch) => (byte*)buffers[Buffer] + Starts[batch];
}
