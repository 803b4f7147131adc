using System.Buffers.Binary;

namespace Nabla;

/// <summary>The extra fields behind a member's name: only the 64-bit sizes matter, and a second name is refused.</summary>
internal static class ZipExtra
{
    private const ushort Zip64 = 0x0001;
    private const ushort UnicodePath = 0x7075;

    /// <summary>Replaces the values that are all ones by those of the 64-bit field, in order.</summary>
    /// <returns>What is wrong, or null.</returns>
    internal static string? Widen(ReadOnlySpan<byte> extra, Span<ulong> values)
    {
        ReadOnlySpan<byte> wide = default;
        bool found = false;
        while (extra.Length > 0)
        {
            if (extra.Length < 4 || extra.Length - 4 < BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]))
            {
                return "its extra fields are cut short";
            }

            ushort id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            ushort length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (id == UnicodePath || (id == Zip64 && found))
            {
                return id == Zip64 ? "it has two 64-bit fields" : "it has a second name";
            }

            if (id == Zip64)
            {
                wide = extra.Slice(4, length);
                found = true;
            }

            extra = extra[(4 + length)..];
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != uint.MaxValue)
            {
                continue;
            }

            if (wide.Length < 8)
            {
                return "its 64-bit sizes are missing";
            }

            values[i] = BinaryPrimitives.ReadUInt64LittleEndian(wide);
            wide = wide[8..];
            if (values[i] > long.MaxValue)
            {
                return "its sizes are beyond any file";
            }
        }

        return null;
    }
}
