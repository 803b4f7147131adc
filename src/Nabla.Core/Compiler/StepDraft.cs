namespace Nabla;

/// <summary>One step while the plan is made: a kernel, the memory behind its buffers, and what it reads and writes where.</summary>
internal sealed class StepDraft
{
    public required LoopKernel Kernel { get; init; }

    /// <summary>What runs instead of the kernel's loops where the step is a matrix product.</summary>
    public GemmStep? Product { get; init; }

    /// <summary>The memory of each buffer, by the buffer's id.</summary>
    public required List<Storage> Storages { get; init; }

    /// <summary>Memory that the kernel reads or writes, with the place in terms of its axes; null for places that are not known.</summary>
    public List<Touch> Touches { get; } = [];

    /// <summary>Whether the outermost index may be cut anywhere that is a multiple of this; 0 where one thread must do all.</summary>
    public int Grain { get; init; }

    /// <summary>An estimate of the work, in additions, by which the plan decides whether threads are worth waking.</summary>
    public long Work { get; init; }

    /// <summary>The nodes that are computed, for people.</summary>
    public required string Summary { get; init; }

    /// <summary>The nodes whose values the step stores; none for a copy.</summary>
    public IReadOnlyList<Node> Stored { get; set; } = [];

    public bool Reads(Storage storage) => Touches.Exists(t => !t.Writes && t.Storage == storage);

    public bool Writes(Storage storage) => Touches.Exists(t => t.Writes && t.Storage == storage);

    /// <summary>
    /// Whether <paramref name="written"/> may lie in the memory of <paramref name="read"/>: each element is read at its own place only, and
    /// not in a later pass than the one that writes it.
    /// </summary>
    public bool CanOverlay(Storage read, Storage written)
    {
        if (read.DType.Size != written.DType.Size || read.Count != written.Count)
        {
            return false;
        }

        // Scratch memory is written at places that nobody noted, while the inputs are still read.
        if (!Writes(written))
        {
            return false;
        }

        foreach (Touch write in Touches.Where(t => t.Writes && t.Storage == written))
        {
            if (write.Place is null || Touches.Exists(t => t.Storage == read && (t.Writes || t.Place is null || !t.Place.Equals(write.Place) || t.Pass > write.Pass)))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A read or a write of memory in a kernel.</summary>
/// <param name="Storage">The memory.</param>
/// <param name="Writes">Whether it is written.</param>
/// <param name="Place">The element's place in terms of the kernel's axes; null where it is not known.</param>
/// <param name="Pass">The pass over the inner axes in which it happens.</param>
internal sealed record Touch(Storage Storage, bool Writes, Affine? Place, int Pass);
