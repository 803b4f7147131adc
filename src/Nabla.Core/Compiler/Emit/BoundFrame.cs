using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>What one call of a prebuilt kernel works on. Lives on the stack, so that a kernel may run on many threads and allocates nothing.</summary>
internal unsafe struct BoundFrame
{
    /// <summary>The table of pointers that the kernel was called with.</summary>
    public nint* Buffers;

    /// <summary>The values of names, 8 bytes each.</summary>
    public long* Slots;

    /// <summary>Chunks of vector loops, aligned to 64 bytes.</summary>
    public byte* Scratch;
}

/// <summary>An expression ready to be evaluated. Whole numbers of every type are carried as <see cref="long"/>.</summary>
internal unsafe delegate T BoundValue<T>(BoundFrame* frame);

/// <summary>A statement ready to run.</summary>
internal unsafe delegate void BoundStatement(BoundFrame* frame);

/// <summary>Where names have their values, and how much memory a call needs.</summary>
internal sealed class BoundScope(SimdWidth simd)
{
    private readonly Dictionary<string, int> _slots = [];

    /// <summary>The width of vectors.</summary>
    public SimdWidth Simd => simd;

    /// <summary>How many names there are.</summary>
    public int Slots => _slots.Count;

    /// <summary>Bytes of scratch memory for the vector loop that needs most.</summary>
    public int ScratchBytes { get; set; }

    /// <summary>The slot of a name. One name has one slot: a later value takes the place of an earlier one, as in the loops.</summary>
    public int this[LoopExpr.Variable name]
    {
        get
        {
            if (!_slots.TryGetValue(name.Name, out int slot))
            {
                slot = _slots.Count;
                _slots[name.Name] = slot;
            }

            return slot;
        }
    }
}
