using System.IO.Compression;

namespace Nabla;

/// <summary>One member's content, front to back. At the end, size and checksum must be what the directory said, and no packed byte may be left.</summary>
internal sealed class ZipMemberStream : Stream
{
    private readonly ZipSource _source;
    private readonly ZipMember _member;
    private readonly Packed _packed;
    private readonly Stream _content;
    private long _read;
    private uint _crc = Crc32.Empty;

    internal ZipMemberStream(ZipSource source, ZipMember member)
    {
        (_source, _member) = (source, member);
        _packed = new Packed(source, member);
        _content = member.Method == ZipMember.Stored ? _packed : new DeflateStream(_packed, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
        {
            return 0;
        }

        int read;
        try
        {
            read = _content.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw Error($"its packed data are damaged ({e.Message})", e);
        }

        _read += read;
        _crc = Crc32.Append(_crc, buffer[..read]);
        if (_read > _member.Size)
        {
            throw Error($"expected {_member.Size} bytes of content, received more");
        }

        if (read == 0)
        {
            CheckEnd();
        }

        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckEnd()
    {
        if (_read != _member.Size)
        {
            throw Error($"expected {_member.Size} bytes of content, received {_read}");
        }

        if (_packed.Remaining != 0)
        {
            throw Error("bytes are left after its packed data");
        }

        if (_crc != _member.Crc)
        {
            throw Error($"expected the checksum {_member.Crc:x8}, computed {_crc:x8}: the content is damaged");
        }
    }

    private MalformedFileException Error(string reason, Exception? cause = null) =>
        _source.Error($"member '{_member.Name}': {reason}.", _member.DataOffset, cause);

    // The member's bytes in the file. The last one is handed out alone: the inflater asks for it only if it needs it, which shows
    // whether anything was left over (it does not tell how much of its last buffer it used).
    private sealed class Packed(ZipSource source, ZipMember member) : Stream
    {
        internal long Remaining { get; private set; } = member.StoredSize;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, Remaining > 1 ? Remaining - 1 : Remaining);
            source.Read(member.DataOffset + member.StoredSize - Remaining, buffer[..count]);
            Remaining -= count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
