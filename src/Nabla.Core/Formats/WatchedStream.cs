namespace Nabla;

/// <summary>A stream that says when it writes: before, in the middle of, and after each piece.</summary>
/// <param name="inner">Where everything goes.</param>
/// <param name="moment">Who is told.</param>
internal sealed class WatchedStream(Stream inner, Action moment) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        moment();
        inner.Write(buffer[..(buffer.Length / 2)]);
        inner.Flush();
        moment();
        inner.Write(buffer[(buffer.Length / 2)..]);
        inner.Flush();
        moment();
    }
}
