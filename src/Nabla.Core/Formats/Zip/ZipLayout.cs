using System.Buffers.Binary;

namespace Nabla;

/// <summary>Compares every member's own header with the directory, and requires that members and directory fill the file without gap or overlap.</summary>
/// <remarks>What is not accounted for could be another file to another reader; what is counted twice is how small files unpack to petabytes.</remarks>
internal static class ZipLayout
{
    private const int HeaderSize = 30;

    /// <summary>The members in the given order, now with the places of their data.</summary>
    /// <exception cref="MalformedFileException">A header disagrees, or bytes are left over or used twice.</exception>
    internal static List<ZipMember> Check(ZipSource source, List<ZipMember> members, long directory)
    {
        int[] order = [.. Enumerable.Range(0, members.Count).OrderBy(i => members[i].HeaderOffset)];
        var placed = new ZipMember[members.Count];
        long expected = 0;
        for (int i = 0; i < order.Length; i++)
        {
            ZipMember member = members[order[i]];
            long next = i + 1 < order.Length ? members[order[i + 1]].HeaderOffset : directory;
            if (member.HeaderOffset != expected)
            {
                throw source.Error($"expected member '{member.Name}' to begin at {expected}, received {member.HeaderOffset}: members overlap, or bytes lie between them.", member.HeaderOffset);
            }

            long data = CheckHeader(source, member);
            if (data > next || member.StoredSize > next - data)
            {
                throw source.Error($"member '{member.Name}' overlaps what follows it.", member.HeaderOffset);
            }

            placed[order[i]] = member with { DataOffset = data };
            expected = data + member.StoredSize;
            if ((member.Flags & ZipMember.SizesAfterData) != 0)
            {
                CheckSizesAfterData(source, member, expected, next);
                expected = next;
            }
        }

        return expected == directory
            ? [.. placed]
            : throw source.Error($"{directory - expected} bytes lie between the last member and the directory.", expected);
    }

    // Returns where the data begin.
    private static long CheckHeader(ZipSource source, ZipMember member)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        source.Read(member.HeaderOffset, header);
        int name = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        var rest = new byte[name + BinaryPrimitives.ReadUInt16LittleEndian(header[28..])];
        source.Read(member.HeaderOffset + HeaderSize, rest);
        Span<ulong> sizes = [BinaryPrimitives.ReadUInt32LittleEndian(header[22..]), BinaryPrimitives.ReadUInt32LittleEndian(header[18..])];
        uint crc = BinaryPrimitives.ReadUInt32LittleEndian(header[14..]);

        // Written to a pipe, a member's header may leave checksum and sizes open; they follow the data.
        bool open = (member.Flags & ZipMember.SizesAfterData) != 0;
        string? problem = ZipExtra.Widen(rest.AsSpan(name), sizes) ?? (
            !header.StartsWith("PK\x03\x04"u8) ? "its header is missing" :
            source.Name(rest.AsSpan(0, name), member.HeaderOffset) != member.Name ? "its header has another name than the directory" :
            BinaryPrimitives.ReadUInt16LittleEndian(header[6..]) != member.Flags ? "its header has other flags than the directory" :
            BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) != member.Method ? "its header has another method than the directory" :
            !Agrees(crc, member.Crc, open) ? "its header has another checksum than the directory" :
            !Agrees(sizes[0], (ulong)member.Size, open) || !Agrees(sizes[1], (ulong)member.StoredSize, open) ? "its header has other sizes than the directory" :
            null);
        return problem is null
            ? member.HeaderOffset + HeaderSize + rest.Length
            : throw source.Error($"member '{member.Name}' is refused: {problem}.", member.HeaderOffset);
    }

    private static bool Agrees(ulong header, ulong directory, bool open) => header == directory || (open && header == 0);

    // Checksum and two sizes of 4 or 8 bytes, with or without a signature: what it is shows in the distance to the next header.
    private static void CheckSizesAfterData(ZipSource source, ZipMember member, long from, long to)
    {
        long length = to - from;
        if (length is not (12 or 16 or 20 or 24))
        {
            throw source.Error($"expected checksum and sizes after member '{member.Name}', received {length} bytes.", from);
        }

        Span<byte> record = stackalloc byte[(int)length];
        source.Read(from, record);
        bool signed = length is 16 or 24;
        bool agrees = !signed || record.StartsWith("PK\x07\x08"u8);
        record = signed ? record[4..] : record;
        agrees &= BinaryPrimitives.ReadUInt32LittleEndian(record) == member.Crc;
        agrees &= record.Length == 12
            ? BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) == member.StoredSize && BinaryPrimitives.ReadUInt32LittleEndian(record[8..]) == member.Size
            : BinaryPrimitives.ReadUInt64LittleEndian(record[4..]) == (ulong)member.StoredSize && BinaryPrimitives.ReadUInt64LittleEndian(record[12..]) == (ulong)member.Size;
        if (!agrees)
        {
            throw source.Error($"checksum and sizes after member '{member.Name}' differ from the directory.", from);
        }
    }
}
