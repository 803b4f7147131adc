using System.IO.Compression;
using System.Text;

namespace Nabla;

/// <summary>Writes zip files whose bytes depend on names and content alone: no clock, no user, no machine.</summary>
/// <remarks>Nothing is there until <see cref="Finish"/> has written the directory. Members of 4 GiB and more get the 64-bit fields.</remarks>
internal sealed class ZipWriter(Stream stream)
{
    private const ushort Version = 20;
    private const ushort Version64 = 45;
    private const ushort Unix = 3 << 8;
    private const ushort NewYear1980 = 0x0021;
    private const uint PlainFileMode = 0x81A4u << 16;
    private const ushort Zip64 = 0x0001;

    private readonly long _start = stream.Position;
    private readonly List<ZipMember> _members = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Writes a member.</summary>
    /// <param name="name">Its name; parts are separated by <c>/</c>.</param>
    /// <param name="length">The exact number of bytes that <paramref name="write"/> writes.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="compress">Whether to deflate; stored by default, so that the file's bytes do not hang on a compressor's version.</param>
    /// <exception cref="ArgumentException">The name is refused by readers, or there already.</exception>
    internal void Add(string name, long length, Action<Stream> write, bool compress = false)
    {
        if (ZipNames.Problem(name) is { } problem || name.EndsWith('/'))
        {
            throw new ArgumentException($"Zip member '{ZipDirectory.Printable(name)}': {ZipNames.Problem(name) ?? "its name is a folder's"}. Use letters, digits and '/'.");
        }

        if (!_names.Add(ZipNames.Key(name)))
        {
            throw new ArgumentException($"Zip member '{name}' is there already. Give each member a name of its own.");
        }

        long header = stream.Position;
        var member = new ZipMember(
            name,
            compress ? ZipMember.Deflated : ZipMember.Stored,
            Ascii.IsValid(name) ? (ushort)0 : ZipMember.Utf8Name,
            Crc: 0,
            StoredSize: 0,
            Size: length,
            HeaderOffset: header - _start);

        // Deflate may lengthen what does not compress, by far less than this.
        bool wide = length + (length >> 8) + 1024 >= uint.MaxValue;
        WriteHeader(member, wide);
        long data = stream.Position;
        var counted = new CountingStream(compress ? new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true) : stream);
        write(counted);
        if (compress)
        {
            counted.Inner.Dispose();
        }

        if (counted.Count != length)
        {
            throw new InvalidOperationException($"Zip member '{name}': expected {length} bytes of content, received {counted.Count}.");
        }

        long end = stream.Position;
        member = member with { Crc = counted.Crc, StoredSize = end - data };
        stream.Position = header;
        WriteHeader(member, wide);
        stream.Position = end;
        _members.Add(member);
    }

    /// <summary>Writes the directory.</summary>
    internal void Finish()
    {
        long directory = stream.Position - _start;
        foreach (ZipMember member in _members)
        {
            WriteCentral(member);
        }

        long size = stream.Position - _start - directory;
        if (_members.Count >= ushort.MaxValue || directory + size >= uint.MaxValue)
        {
            WriteEnd64(directory, size);
        }

        using var record = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        record.Write("PK\x05\x06"u8);
        record.Write(0);
        record.Write((ushort)Math.Min(_members.Count, ushort.MaxValue));
        record.Write((ushort)Math.Min(_members.Count, ushort.MaxValue));
        record.Write((uint)Math.Min(size, uint.MaxValue));
        record.Write((uint)Math.Min(directory, uint.MaxValue));
        record.Write((ushort)0);
    }

    private void WriteHeader(ZipMember member, bool wide)
    {
        byte[] name = Encoding.UTF8.GetBytes(member.Name);
        using var header = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        header.Write("PK\x03\x04"u8);
        header.Write(wide ? Version64 : Version);
        WriteCommon(header, member);
        header.Write(wide ? uint.MaxValue : (uint)member.StoredSize);
        header.Write(wide ? uint.MaxValue : (uint)member.Size);
        header.Write((ushort)name.Length);
        header.Write((ushort)(wide ? 20 : 0));
        header.Write(name);
        if (wide)
        {
            header.Write(Zip64);
            header.Write((ushort)16);
            header.Write(member.Size);
            header.Write(member.StoredSize);
        }
    }

    private static void WriteCommon(BinaryWriter header, ZipMember member)
    {
        header.Write(member.Flags);
        header.Write(member.Method);
        header.Write((ushort)0);
        header.Write(NewYear1980);
        header.Write(member.Crc);
    }

    private void WriteCentral(ZipMember member)
    {
        byte[] name = Encoding.UTF8.GetBytes(member.Name);
        long[] wide = [.. new[] { member.Size, member.StoredSize, member.HeaderOffset }.Where(v => v >= uint.MaxValue)];
        using var header = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        header.Write("PK\x01\x02"u8);
        header.Write((ushort)(Unix | (wide.Length > 0 ? Version64 : Version)));
        header.Write(wide.Length > 0 ? Version64 : Version);
        WriteCommon(header, member);
        header.Write((uint)Math.Min(member.StoredSize, uint.MaxValue));
        header.Write((uint)Math.Min(member.Size, uint.MaxValue));
        header.Write((ushort)name.Length);
        header.Write((ushort)(wide.Length > 0 ? 4 + (8 * wide.Length) : 0));
        header.Write((ushort)0);
        header.Write((ushort)0);
        header.Write((ushort)0);
        header.Write(PlainFileMode);
        header.Write((uint)Math.Min(member.HeaderOffset, uint.MaxValue));
        header.Write(name);
        if (wide.Length > 0)
        {
            header.Write(Zip64);
            header.Write((ushort)(8 * wide.Length));
            foreach (long value in wide)
            {
                header.Write(value);
            }
        }
    }

    private void WriteEnd64(long directory, long size)
    {
        long at = stream.Position - _start;
        using var record = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        record.Write("PK\x06\x06"u8);
        record.Write(44L);
        record.Write((ushort)(Unix | Version64));
        record.Write(Version64);
        record.Write(0L);
        record.Write((long)_members.Count);
        record.Write((long)_members.Count);
        record.Write(size);
        record.Write(directory);
        record.Write("PK\x06\x07"u8);
        record.Write(0);
        record.Write(at);
        record.Write(1);
    }
}
