namespace Nabla.Data;

/// <summary>
/// A canonical Huffman code as deflate defines it: codes of up to 15 bits, told by their lengths alone. Short codes are looked up at once;
/// longer ones are walked bit by bit, so that building a code costs little however often a hostile file asks for it.
/// </summary>
internal sealed class HuffmanCode
{
    private const int FastBits = 10;
    private const int MaxBits = 15;

    // symbol << 4 | length by the next bits; 0 where the code is longer than FastBits or there is none.
    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private readonly ushort[] _count = new ushort[MaxBits + 1];
    private readonly ushort[] _symbols = new ushort[288];

    /// <summary>
    /// Builds the code; a length of 0 means that the symbol has none. Returns how much of the code space stays unused: 0 for a whole code,
    /// less than 0 for one with more codes than fit (unusable).
    /// </summary>
    public int Build(ReadOnlySpan<byte> lengths)
    {
        Array.Clear(_count);
        foreach (byte length in lengths)
        {
            _count[length]++;
        }

        _count[0] = 0;
        int left = 1;
        Span<int> firstCode = stackalloc int[MaxBits + 2];
        Span<int> offset = stackalloc int[MaxBits + 2];
        for (int length = 1; length <= MaxBits; length++)
        {
            left = 2 * left - _count[length];
            if (left < 0)
            {
                return left;
            }

            firstCode[length + 1] = (firstCode[length] + _count[length]) << 1;
            offset[length + 1] = offset[length] + _count[length];
        }

        Array.Clear(_fast);
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
            {
                continue;
            }

            _symbols[offset[length]++] = (ushort)symbol;
            int code = firstCode[length]++;
            for (int i = Reverse(code, length); length <= FastBits && i < _fast.Length; i += 1 << length)
            {
                _fast[i] = (ushort)(symbol << 4 | length);
            }
        }

        return left;
    }

    /// <summary>The next symbol.</summary>
    /// <exception cref="MalformedFileException">The bits are no code, or end too early.</exception>
    public int Decode(BitReader bits)
    {
        ulong next = bits.Peek(MaxBits);
        int entry = _fast[(int)next & ((1 << FastBits) - 1)];
        if (entry != 0)
        {
            bits.Skip(entry & 15);
            return entry >> 4;
        }

        int code = 0, first = 0, index = 0;
        for (int length = 1; length <= MaxBits; length++)
        {
            code |= (int)next & 1;
            next >>= 1;
            int count = _count[length];
            if (code - count < first)
            {
                bits.Skip(length);
                return _symbols[index + code - first];
            }

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        bits.Skip(MaxBits);
        throw bits.Error("the compressed data has bits that are no code.");
    }

    // Codes are packed from their most significant bit, everything else from the least.
    private static int Reverse(int code, int length)
    {
        int reversed = 0;
        for (int i = 0; i < length; i++)
        {
            reversed = reversed << 1 | code >> i & 1;
        }

        return reversed;
    }
}
