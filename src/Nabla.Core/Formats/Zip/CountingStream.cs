namespace Nabla;

/// <summary>Passes bytes on, counting them and keeping their checksum.</summary>
internal sealed class CountingStream(Stream inner) : Stream
{
    /// <summary>Where the bytes go.</summary>
    internal Stream Inner => inner;

    /// <summary>The bytes so far.</summary>
    internal long Count { get; private set; }

    /// <summary>Their checksum.</summary>
    internal uint Crc { get; private set; } = Crc32.Empty;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Count += buffer.Length;
        Crc = Crc32.Append(Crc, buffer);
        inner.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
