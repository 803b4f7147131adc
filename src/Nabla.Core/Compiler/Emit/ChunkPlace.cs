namespace Nabla.Compiler.Emit;

/// <summary>Where a chunked loop is. Lives on the stack of the call.</summary>
internal unsafe struct ChunkPlace
{
    /// <summary>The index of the chunk's first element.</summary>
    public long Index;

    /// <summary>Elements in the chunk.</summary>
    public int Count;

    /// <summary>Bytes from one row of scratch memory to the next; a row holds one value for each element of a chunk.</summary>
    public int RowBytes;

    /// <summary>The first row.</summary>
    public byte* Rows;

    /// <summary>The partial results of accumulations.</summary>
    public byte* Sums;
}

/// <summary>One loop over the elements of a chunk.</summary>
internal unsafe delegate void ChunkStep(BoundFrame* frame, ChunkPlace* at);

/// <summary>Where the values of a chunk lie: in a row of scratch memory or in a buffer.</summary>
internal unsafe delegate byte* ChunkAddress(BoundFrame* frame, ChunkPlace* at);
