using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>A block of native memory aligned to cache lines, cleared when made, released by the garbage collector.</summary>
internal sealed unsafe class Arena
{
    private readonly void* _memory;

    public Arena(long bytes)
    {
        nuint size = (nuint)Math.Max(64, bytes);
        _memory = NativeMemory.AlignedAlloc(size, 64);
        NativeMemory.Clear(_memory, size);
    }

    ~Arena() => NativeMemory.AlignedFree(_memory);

    /// <summary>The address of the first byte. The arena must stay referenced while it is used.</summary>
    public nint Pointer => (nint)_memory;
}
