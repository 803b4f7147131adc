using System.IO.Compression;

namespace Nabla.Data;

/// <summary>
/// Compressed bytes as a stream that watches what the decompressor takes. The last byte is always handed out alone: it is asked for only
/// where the compressed data goes on to it, so that all being taken means that the data ends exactly there.
/// </summary>
internal sealed class GzipFeed : Stream
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly bool _oneByOne;

    /// <summary>A feed.</summary>
    /// <param name="bytes">Deflate data (RFC 1951), and perhaps more.</param>
    /// <param name="oneByOne">Hands out single bytes: slow, but <see cref="Taken"/> is then exact wherever the data ends.</param>
    public GzipFeed(ReadOnlyMemory<byte> bytes, bool oneByOne)
    {
        (_bytes, _oneByOne) = (bytes, oneByOne);
        Content = new DeflateStream(this, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>The decompressed content; ends where the compressed data ends, or the bytes.</summary>
    public DeflateStream Content { get; }

    /// <summary>How many bytes were handed out.</summary>
    public int Taken { get; private set; }

    /// <summary>Whether every byte was needed.</summary>
    public bool AllTaken => Taken == _bytes.Length;

    /// <summary>Whether the compressed data did not end with the bytes.</summary>
    public bool AskedForMore { get; private set; }

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
        int left = _bytes.Length - Taken;
        int count = Math.Min(buffer.Length, _oneByOne ? Math.Min(1, left) : left > 1 ? left - 1 : left);
        AskedForMore |= left == 0;
        _bytes.Span.Slice(Taken, count).CopyTo(buffer);
        Taken += count;
        return count;
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
            Content.Dispose();
        }

        base.Dispose(disposing);
    }
}
