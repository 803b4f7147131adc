namespace Nabla;

/// <summary>The checksum of zip members (polynomial 0xEDB88320), eight bytes at a time.</summary>
/// <remarks>The framework's own zip reader does not compare it before .NET 11, and its package of checksums is no dependency of ours.</remarks>
internal static class Crc32
{
    // Tables[k][b]: what byte b contributes when k more bytes follow it in a group of eight.
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>The checksum of nothing.</summary>
    internal const uint Empty = 0;

    /// <summary>The checksum of all earlier bytes (<paramref name="crc"/>) and these.</summary>
    internal static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint state = ~crc;
        uint[][] t = Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = state ^ (bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16) | ((uint)bytes[3] << 24));
            state = t[7][low & 0xFF] ^ t[6][(low >> 8) & 0xFF] ^ t[5][(low >> 16) & 0xFF] ^ t[4][low >> 24]
                ^ t[3][bytes[4]] ^ t[2][bytes[5]] ^ t[1][bytes[6]] ^ t[0][bytes[7]];
        }

        foreach (byte b in bytes)
        {
            state = (state >> 8) ^ t[0][(state ^ b) & 0xFF];
        }

        return ~state;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        tables[0] = new uint[256];
        for (uint b = 0; b < 256; b++)
        {
            uint value = b;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            }

            tables[0][b] = value;
        }

        for (int k = 1; k < 8; k++)
        {
            tables[k] = Array.ConvertAll(tables[k - 1], value => (value >> 8) ^ tables[0][value & 0xFF]);
        }

        return tables;
    }
}
