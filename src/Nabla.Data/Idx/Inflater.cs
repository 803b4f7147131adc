namespace Nabla.Data;

/// <summary>
/// Decompresses deflate data (RFC 1951). The framework's own stream reads ahead and passes in silence over whatever follows the compressed
/// data; this one stops at the exact byte where it ends, so that garbage there is seen.
/// </summary>
internal sealed class Inflater(BitReader bits, IdxBuffer output)
{
    private const int EndOfBlock = 256;

    private static readonly ushort[] LengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly byte[] LengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private static readonly ushort[] DistanceBase = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
    private static readonly byte[] DistanceBits = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    // The order in which the lengths of the code-length code are written: the likely ones first.
    private static readonly byte[] CodeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly HuffmanCode _literals = new();
    private readonly HuffmanCode _distances = new();
    private readonly byte[] _lengths = new byte[288 + 32];

    /// <summary>Decompresses blocks up to and including the last.</summary>
    public void Inflate()
    {
        int start = output.Length;
        bool last;
        do
        {
            last = bits.Read(1) == 1;
            switch (bits.Read(2))
            {
                case 0:
                    Stored();
                    break;
                case 1:
                    FixedCodes();
                    Compressed(start);
                    break;
                case 2:
                    DynamicCodes();
                    Compressed(start);
                    break;
                default:
                    throw bits.Error("the compressed data has a block of an unknown kind.");
            }
        }
        while (!last);
    }

    private void Stored()
    {
        bits.AlignToByte();
        uint length = bits.Read(16);
        if (bits.Read(16) != (~length & 0xFFFF))
        {
            throw bits.Error("the compressed data has a stored block whose two lengths disagree.");
        }

        for (; length > 0; length--)
        {
            output.Append((byte)bits.Read(8));
        }
    }

    private void FixedCodes()
    {
        _lengths.AsSpan(0, 144).Fill(8);
        _lengths.AsSpan(144, 112).Fill(9);
        _lengths.AsSpan(256, 24).Fill(7);
        _lengths.AsSpan(280, 8).Fill(8);
        _lengths.AsSpan(288, 32).Fill(5);
        _literals.Build(_lengths.AsSpan(0, 288));
        _distances.Build(_lengths.AsSpan(288, 32));
    }

    private void DynamicCodes()
    {
        int literals = (int)bits.Read(5) + 257;
        int distances = (int)bits.Read(5) + 1;
        int codeLengths = (int)bits.Read(4) + 4;
        if (literals > 286 || distances > 30)
        {
            throw bits.Error($"the compressed data has a block with {literals} literals and {distances} distances; expected up to 286 and 30.");
        }

        Span<byte> lengths = _lengths.AsSpan(0, literals + distances);
        lengths.Clear();
        Span<byte> meta = stackalloc byte[19];
        meta.Clear();
        for (int i = 0; i < codeLengths; i++)
        {
            meta[CodeLengthOrder[i]] = (byte)bits.Read(3);
        }

        if (_literals.Build(meta) != 0)
        {
            throw bits.Error("the compressed data has a block whose code lengths make no code.");
        }

        for (int i = 0; i < lengths.Length;)
        {
            int symbol = _literals.Decode(bits);
            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }

            byte repeated = symbol == 16 && i > 0 ? lengths[i - 1] : (byte)0;
            int times = symbol switch
            {
                16 => 3 + (int)bits.Read(2),
                17 => 3 + (int)bits.Read(3),
                _ => 11 + (int)bits.Read(7),
            };
            if ((symbol == 16 && i == 0) || times > lengths.Length - i)
            {
                throw bits.Error("the compressed data has a block that repeats a code length where there is none.");
            }

            lengths.Slice(i, times).Fill(repeated);
            i += times;
        }

        if (lengths[EndOfBlock] == 0)
        {
            throw bits.Error("the compressed data has a block without an end.");
        }

        // Only a code of one symbol (or no distance at all) may leave codes unused.
        if (!Usable(_literals.Build(lengths[..literals]), lengths[..literals]) || !Usable(_distances.Build(lengths[literals..]), lengths[literals..]))
        {
            throw bits.Error("the compressed data has a block whose codes do not fit together.");
        }
    }

    private static bool Usable(int unused, ReadOnlySpan<byte> lengths) =>
        unused == 0 || (unused > 0 && lengths.Length - lengths.Count((byte)0) <= 1 && !lengths.ContainsAnyInRange((byte)2, (byte)15));

    private void Compressed(int start)
    {
        while (true)
        {
            int symbol = _literals.Decode(bits);
            if (symbol < EndOfBlock)
            {
                output.Append((byte)symbol);
                continue;
            }

            if (symbol == EndOfBlock)
            {
                return;
            }

            symbol -= EndOfBlock + 1;
            if (symbol >= LengthBase.Length)
            {
                throw bits.Error("the compressed data has a length that is not defined.");
            }

            int length = LengthBase[symbol] + (int)bits.Read(LengthBits[symbol]);
            symbol = _distances.Decode(bits);
            if (symbol >= DistanceBase.Length)
            {
                throw bits.Error("the compressed data has a distance that is not defined.");
            }

            int distance = DistanceBase[symbol] + (int)bits.Read(DistanceBits[symbol]);
            if (distance > output.Length - start)
            {
                throw bits.Error("the compressed data refers to bytes before its beginning.");
            }

            output.Repeat(distance, length);
        }
    }
}
