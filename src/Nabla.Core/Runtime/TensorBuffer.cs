using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Memory at a fixed address that plans read and write: parameters, optimizer state, a bound batch. Aligned to 64 bytes where it is its own.
/// Released by the garbage collector; nobody disposes one.
/// </summary>
/// <example><code>
/// TensorBuffer weights = TensorBuffer.Copy(x);
/// weights.Write(x * 0.5);
/// NDArray values = weights.ToArray();
/// </code></example>
public sealed unsafe class TensorBuffer
{
    // A span holds no more than 2 GiB.
    private const long LongestCopy = 1 << 30;

    private GCHandle _pin;
    private readonly void* _own;

    private TensorBuffer(TensorType type, void* pointer, void* own, GCHandle pin)
    {
        Type = type;
        Pointer = (nint)pointer;
        _own = own;
        _pin = pin;
    }

    /// <summary>Element type and dims.</summary>
    public TensorType Type { get; }

    /// <summary>The address of the first element.</summary>
    internal nint Pointer { get; }

    /// <summary>A buffer of zeros.</summary>
    public static TensorBuffer Zeros(TensorType type)
    {
        nuint size = (nuint)Math.Max(64, (long)type.Dims.Count * type.DType.Size);
        void* memory = NativeMemory.AlignedAlloc(size, 64);
        NativeMemory.Clear(memory, size);
        return new TensorBuffer(type, memory, memory, default);
    }

    /// <summary>A buffer with a copy of an array's values.</summary>
    public static TensorBuffer Copy(NDArray values)
    {
        TensorBuffer buffer = Zeros(values.Type);
        buffer.Write(values);
        return buffer;
    }

    /// <summary>A buffer over an array's own memory, held in place: for reading only.</summary>
    internal static TensorBuffer Pin(NDArray values)
    {
        (Array storage, int offset) = values.Memory;
        GCHandle pin = GCHandle.Alloc(storage, GCHandleType.Pinned);
        return new TensorBuffer(values.Type, (byte*)pin.AddrOfPinnedObject() + (long)offset * values.DType.Size, null, pin);
    }

    /// <summary>Lets go of a pinned array at once, for short calls; the buffer must not be used afterwards.</summary>
    internal void Unpin()
    {
        GC.SuppressFinalize(this);
        _pin.Free();
    }

    /// <summary>Overwrites the buffer with an array's values.</summary>
    /// <exception cref="ShapeException">The array's type is not the buffer's.</exception>
    public void Write(NDArray values)
    {
        if (!values.Type.Matches(Type))
        {
            throw new ShapeException($"TensorBuffer: expected values of {Type}, received {values.Type}.");
        }

        values.Bytes.CopyTo(new Span<byte>((void*)Pointer, values.Bytes.Length));
    }

    /// <summary>Overwrites the buffer with as many bytes of an array as it holds, from some byte on.</summary>
    internal void Read(NDArray values, long firstByte)
    {
        long bytes = (long)Type.Dims.Count * Type.DType.Size;
        for (long done = 0; done < bytes; done += LongestCopy)
        {
            int length = (int)Math.Min(LongestCopy, bytes - done);
            values.ByteRun(firstByte + done, length).CopyTo(new Span<byte>((byte*)Pointer + done, length));
        }
    }

    /// <summary>Writes the buffer's bytes over those of an array, from some byte on.</summary>
    internal void WriteTo(NDArray values, long firstByte)
    {
        long bytes = (long)Type.Dims.Count * Type.DType.Size;
        for (long done = 0; done < bytes; done += LongestCopy)
        {
            int length = (int)Math.Min(LongestCopy, bytes - done);
            new ReadOnlySpan<byte>((byte*)Pointer + done, length).CopyTo(values.ByteRun(firstByte + done, length));
        }
    }

    /// <summary>The values as an array of their own.</summary>
    public NDArray ToArray()
    {
        NDArray copy = NDArray.Zeros(Type.DType, Type.Dims);
        new ReadOnlySpan<byte>((void*)Pointer, copy.Bytes.Length).CopyTo(copy.Bytes);
        return copy;
    }

    /// <summary>The elements in place. The buffer must stay referenced while the span is used.</summary>
    internal Span<T> AsSpan<T>()
        where T : unmanaged => new((void*)Pointer, Type.Dims.Count);

    /// <summary>Releases the memory.</summary>
    ~TensorBuffer()
    {
        if (_own is not null)
        {
            NativeMemory.AlignedFree(_own);
        }

        if (_pin.IsAllocated)
        {
            _pin.Free();
        }
    }
}
