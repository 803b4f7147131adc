namespace Nabla.Data;

/// <summary>Bits of a stream, the least significant of each byte first, as deflate packs them. Knows exactly where it stands.</summary>
internal sealed class BitReader(Stream stream, string file)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _next;
    private int _end;
    private ulong _bits;
    private int _count;
    private long _taken;

    /// <summary>Bytes consumed; one that is consumed in part counts.</summary>
    public long Position => _taken - _count / 8;

    /// <summary>The next bits without consuming them, zeros beyond the end; at least <paramref name="wanted"/> (up to 56) where there are as many.</summary>
    public ulong Peek(int wanted)
    {
        if (_count < wanted)
        {
            Fill();
        }

        return _bits;
    }

    /// <summary>Consumes bits that <see cref="Peek"/> showed.</summary>
    public void Skip(int count)
    {
        if (count > _count)
        {
            throw Error("the compressed data is cut short.");
        }

        _bits >>= count;
        _count -= count;
    }

    /// <summary>The next <paramref name="count"/> (up to 32) bits, the first least significant.</summary>
    public uint Read(int count)
    {
        ulong bits = Peek(count) & ((1UL << count) - 1);
        Skip(count);
        return (uint)bits;
    }

    /// <summary>Goes on to the next whole byte.</summary>
    public void AlignToByte() => Skip(_count & 7);

    /// <summary>Whether nothing is left. Only at a byte's start.</summary>
    public bool AtEnd
    {
        get
        {
            Peek(8);
            return _count == 0;
        }
    }

    public MalformedFileException Error(string reason) => new(file, "gzip", Position, reason);

    private void Fill()
    {
        while (_count <= 56)
        {
            if (_next == _end)
            {
                (_next, _end) = (0, stream.Read(_buffer));
                if (_end == 0)
                {
                    return;
                }
            }

            _bits |= (ulong)_buffer[_next++] << _count;
            _count += 8;
            _taken++;
        }
    }
}
