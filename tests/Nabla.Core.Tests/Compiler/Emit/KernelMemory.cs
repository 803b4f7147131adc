using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla.Core.Tests.Compiler.Emit;

/// <summary>Native memory for a kernel's buffers, each between stretches of a known byte that nothing may overwrite.</summary>
internal sealed unsafe class KernelMemory : IDisposable
{
    private const int Margin = 192;
    private const byte Untouched = 0xA5;

    private readonly ImmutableArray<LoopBuffer> _buffers;
    private readonly Dictionary<int, int> _offsets;
    private readonly byte* _memory;
    private readonly long _size;
    private readonly nint[] _table;

    /// <param name="buffers">The kernel's buffers; those of one alias share memory.</param>
    /// <param name="misalignment">By how many bytes each buffer misses a multiple of 64.</param>
    /// <param name="alias">For the id of a buffer the id of the one whose memory it shares.</param>
    public KernelMemory(ImmutableArray<LoopBuffer> buffers, int misalignment = 0, IReadOnlyDictionary<int, int>? alias = null)
    {
        _buffers = buffers;
        _offsets = [];
        long size = 0;
        foreach (LoopBuffer buffer in buffers)
        {
            if (alias is not null && alias.TryGetValue(buffer.Id, out int other))
            {
                _offsets[buffer.Id] = _offsets[other];
                continue;
            }

            _offsets[buffer.Id] = (int)(size + Margin + misalignment);
            size += ((2 * Margin) + misalignment + (buffer.Count * buffer.DType.Size) + 63) / 64 * 64;
        }

        _size = size + 64;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)_size, 64);
        new Span<byte>(_memory, (int)_size).Fill(Untouched);
        _table = new nint[buffers.Length == 0 ? 1 : buffers.Max(b => b.Id) + 1];
        foreach (LoopBuffer buffer in buffers)
        {
            _table[buffer.Id] = (nint)(_memory + _offsets[buffer.Id]);
            new Span<byte>(_memory + _offsets[buffer.Id], (int)buffer.Count * buffer.DType.Size).Clear();
        }
    }

    public Span<T> Values<T>(int id)
        where T : unmanaged => Values<T>(id, (int)_buffers.Single(b => b.Id == id).Count);

    public void Run(KernelBody body, long begin, long end)
    {
        fixed (nint* table = _table)
        {
            body(table, begin, end);
        }
    }

    /// <summary>
    /// The bytes of all buffers, each NaN as the same NaN: which of two comes out of a sum depends on the order in which the machine gets them.
    /// Fails where a byte between the buffers was written.
    /// </summary>
    public byte[] Snapshot(params IEnumerable<int> without)
    {
        var bytes = new List<byte>();
        var inside = new bool[_size];
        foreach (LoopBuffer buffer in _buffers)
        {
            int length = (int)buffer.Count * buffer.DType.Size;
            inside.AsSpan(_offsets[buffer.Id], length).Fill(true);
            if (!without.Contains(buffer.Id))
            {
                bytes.AddRange(buffer.DType switch
                {
                    DType.Float32 => Canonical<float>(buffer.Id),
                    DType.Float64 => Canonical<double>(buffer.Id),
                    _ => Values<byte>(buffer.Id, length),
                });
            }
        }

        for (long i = 0; i < _size; i++)
        {
            Assert.True(inside[i] || _memory[i] == Untouched, $"The kernel wrote outside its buffers, at byte {i}.");
        }

        return [.. bytes];
    }

    private Span<T> Values<T>(int id, int count)
        where T : unmanaged => new(_memory + _offsets[id], count);

    private Span<byte> Canonical<T>(int id)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        MemoryMarshal.AsBytes(Array.ConvertAll(Values<T>(id).ToArray(), v => T.IsNaN(v) ? T.NaN : v).AsSpan());

    public void Dispose() => NativeMemory.AlignedFree(_memory);
}
