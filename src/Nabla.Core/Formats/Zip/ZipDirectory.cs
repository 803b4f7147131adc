using System.Buffers.Binary;

namespace Nabla;

/// <summary>Reads a zip file's directory. Every statement is compared with the file before anything is unpacked.</summary>
internal static class ZipDirectory
{
    /// <summary>The most members that a file may have: far above any model, far below what a bomb of empty members needs.</summary>
    internal const int MemberLimit = 65_535;

    private const int EndSize = 22;
    private const int LocatorSize = 20;
    private const int End64Size = 56;
    private const int CentralSize = 46;

    /// <summary>The members in the directory's order, each checked by itself, and where the directory begins.</summary>
    /// <exception cref="MalformedFileException">Anything amiss.</exception>
    internal static (List<ZipMember> Members, long Start) Read(ZipSource source)
    {
        long end = FindEnd(source);
        (ulong count, ulong size, ulong start, long stop) = ReadEnd(source, end);
        if (start > (ulong)stop || size != (ulong)stop - start)
        {
            throw source.Error($"expected the directory to end where its end record begins ({stop}), received {size} bytes from {start}.", end);
        }

        if (count > MemberLimit || count > size / CentralSize)
        {
            throw source.Error($"expected at most {Math.Min(MemberLimit, size / CentralSize)} members in a directory of {size} bytes, received {count}.", end);
        }

        // At most the file's own length, so no promise is trusted here.
        var directory = new byte[size];
        source.Read((long)start, directory);
        var members = new List<ZipMember>((int)count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        int at = 0;
        for (ulong i = 0; i < count; i++)
        {
            long entry = (long)start + at;
            ZipMember member = ReadMember(source, directory, (long)start, ref at);
            if (member.Problem() is { } problem)
            {
                throw source.Error($"member '{Printable(member.Name)}' is refused: {problem}.", entry);
            }

            if (!names.Add(ZipNames.Key(member.Name)))
            {
                throw source.Error($"member '{member.Name}' is there twice.", entry);
            }

            members.Add(member);
        }

        return at == directory.Length
            ? (members, (long)start)
            : throw source.Error($"expected {count} members to fill the directory, but {directory.Length - at} bytes are left.", (long)start + at);
    }

    // The end record is the last thing in the file but for a comment, in which no second end record may hide.
    private static long FindEnd(ZipSource source)
    {
        var tail = new byte[Math.Min(source.Length, EndSize + ushort.MaxValue)];
        source.Read(source.Length - tail.Length, tail);
        int at = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || tail.Length - at < EndSize)
        {
            throw source.Error("expected a zip file, which ends with a directory; none was found. The file is cut short or of another kind.");
        }

        int comment = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 20));
        return tail.Length - at - EndSize == comment
            ? source.Length - tail.Length + at
            : throw source.Error($"expected the file to end {comment} bytes after its end record, received {tail.Length - at - EndSize}.", source.Length - tail.Length + at);
    }

    private static (ulong Count, ulong Size, ulong Start, long Stop) ReadEnd(ZipSource source, long end)
    {
        Span<byte> record = stackalloc byte[EndSize];
        source.Read(end, record);
        ushort disks = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(record[4..]) | BinaryPrimitives.ReadUInt16LittleEndian(record[6..]));
        ushort here = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
        ushort count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (disks is not (0 or ushort.MaxValue) || here != count)
        {
            throw source.Error("expected a zip file in one piece, received a part of one.", end);
        }

        Span<byte> locator = stackalloc byte[LocatorSize];
        bool wide = false;
        if (end >= LocatorSize + End64Size)
        {
            source.Read(end - LocatorSize, locator);
            wide = locator.StartsWith("PK\x06\x07"u8);
        }

        if (!wide)
        {
            return disks == 0 && count != ushort.MaxValue && size != uint.MaxValue && start != uint.MaxValue
                ? (count, size, start, end)
                : throw source.Error("the end record points to a 64-bit one, which is missing.", end);
        }

        // The 64-bit record stands right before its locator: no bytes hide between.
        long at = end - LocatorSize - End64Size;
        Span<byte> record64 = stackalloc byte[End64Size];
        source.Read(at, record64);
        ulong count64 = BinaryPrimitives.ReadUInt64LittleEndian(record64[32..]);
        ulong size64 = BinaryPrimitives.ReadUInt64LittleEndian(record64[40..]);
        ulong start64 = BinaryPrimitives.ReadUInt64LittleEndian(record64[48..]);
        bool agrees = record64.StartsWith("PK\x06\x06"u8)
            && BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]) == (ulong)at
            && BinaryPrimitives.ReadUInt64LittleEndian(record64[4..]) == End64Size - 12
            && BinaryPrimitives.ReadUInt64LittleEndian(record64[16..]) == 0
            && BinaryPrimitives.ReadUInt64LittleEndian(record64[24..]) == count64
            && (count == ushort.MaxValue || count == count64)
            && (size == uint.MaxValue || size == size64)
            && (start == uint.MaxValue || start == start64);
        return agrees
            ? (count64, size64, start64, at)
            : throw source.Error("the two end records do not agree.", at);
    }

    private static ZipMember ReadMember(ZipSource source, ReadOnlySpan<byte> directory, long start, ref int at)
    {
        ReadOnlySpan<byte> rest = directory[at..];
        if (rest.Length < CentralSize || !rest.StartsWith("PK\x01\x02"u8))
        {
            throw source.Error("expected another member in the directory, received something else.", start + at);
        }

        int name = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
        int extra = BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]);
        int comment = BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
        if (rest.Length < CentralSize + name + extra + comment)
        {
            throw source.Error("the directory ends within a member.", start + at);
        }

        Span<ulong> sizes = [BinaryPrimitives.ReadUInt32LittleEndian(rest[24..]), BinaryPrimitives.ReadUInt32LittleEndian(rest[20..]), BinaryPrimitives.ReadUInt32LittleEndian(rest[42..])];
        string text = source.Name(rest.Slice(CentralSize, name), start + at);
        string? problem = ZipExtra.Widen(rest.Slice(CentralSize + name, extra), sizes)
            ?? (BinaryPrimitives.ReadUInt16LittleEndian(rest[34..]) != 0 ? "it is on another disk" : null)
            ?? (IsSpecial(rest[5], BinaryPrimitives.ReadUInt32LittleEndian(rest[38..])) ? "it is a link or a device" : null);
        if (problem is not null)
        {
            throw source.Error($"member '{Printable(text)}' is refused: {problem}.", start + at);
        }

        at += CentralSize + name + extra + comment;
        return new ZipMember(
            text,
            Method: BinaryPrimitives.ReadUInt16LittleEndian(rest[10..]),
            Flags: BinaryPrimitives.ReadUInt16LittleEndian(rest[8..]),
            Crc: BinaryPrimitives.ReadUInt32LittleEndian(rest[16..]),
            StoredSize: (long)sizes[1],
            Size: (long)sizes[0],
            HeaderOffset: (long)sizes[2]);
    }

    // The upper half of the attributes is the file mode where the writer was on Unix (3) or a Mac (19): only plain files and folders pass.
    private static bool IsSpecial(byte writer, uint attributes) =>
        writer is 3 or 19 && ((attributes >> 28) & 0xF) is not (0 or 0x8 or 0x4);

    internal static string Printable(string name) => string.Concat(name.Take(80).Select(c => char.IsControl(c) ? '?' : c));
}
