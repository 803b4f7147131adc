namespace Nabla;

/// <summary>
/// Reading a file front to back, with every error naming file, format, offset and reason. Nothing is allocated on a header's word: where
/// the length is known it is compared first, elsewhere memory grows with the bytes that really come.
/// </summary>
internal sealed class FileCursor
{
    private const int Chunk = 1 << 20;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly string _format;
    private readonly long? _length;

    /// <summary>A cursor at the stream's position.</summary>
    /// <param name="stream">Where the bytes come from; stays open.</param>
    /// <param name="file">The name for errors.</param>
    /// <param name="format">The format for errors.</param>
    internal FileCursor(Stream stream, string file, string format)
    {
        (_stream, _file, _format) = (stream, file, format);
        _length = stream.CanSeek ? stream.Length - stream.Position : null;
    }

    /// <summary>Bytes read so far.</summary>
    internal long Position { get; private set; }

    /// <summary>Bytes still to come, where the stream tells.</summary>
    internal long? Remaining => _length - Position;

    /// <summary>An error at this place, or at another.</summary>
    internal MalformedFileException Error(string reason, long? at = null, Exception? cause = null) =>
        new(_file, _format, at ?? Position, reason, cause);

    /// <summary>Fills <paramref name="buffer"/>.</summary>
    /// <exception cref="MalformedFileException">The file ends before.</exception>
    internal void Read(Span<byte> buffer, string what)
    {
        RequireRemaining(buffer.Length, what);
        int read = 0;
        try
        {
            read = _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            // The caller's own stream unpacks something (gzip, say) that is damaged.
            throw Error($"the data could not be unpacked: {e.Message}", cause: e);
        }

        Position += read;
        if (read < buffer.Length)
        {
            throw Truncated(buffer.Length, read, what);
        }
    }

    /// <summary>Reads a header whose length the file itself states.</summary>
    /// <param name="length">The stated length.</param>
    /// <param name="limit">The most that the format allows.</param>
    /// <param name="what">What is read, for errors.</param>
    /// <exception cref="MalformedFileException">Longer than allowed, or the file ends before.</exception>
    internal byte[] ReadHeader(ulong length, int limit, string what)
    {
        if (length > (ulong)limit)
        {
            throw Error($"expected a {what} of at most {limit} bytes, received a stated length of {length}.");
        }

        RequireRemaining((long)length, what);
        var header = new byte[Math.Min((int)length, Chunk)];
        Read(header, what);
        while (header.Length < (int)length)
        {
            int filled = header.Length;
            Array.Resize(ref header, (int)Math.Min((long)length, 2L * filled));
            Read(header.AsSpan(filled), what);
        }

        return header;
    }

    /// <summary>Reads elements as they lie in the file.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="dims">The dims of the result.</param>
    /// <param name="bigEndian">Whether the file's numbers have their highest byte first.</param>
    /// <exception cref="MalformedFileException">The file ends before, or a bool is neither 0 nor 1.</exception>
    internal NDArray ReadElements(DType dtype, Dims dims, bool bigEndian)
    {
        const string What = "array's values";
        long bytes = (long)dims.Count * dtype.Size;
        RequireRemaining(bytes, What);
        NDArray array = NDArray.Zeros(dtype, [Remaining is null ? Math.Min(dims.Count, Chunk / dtype.Size) : dims.Count]);
        long filled = 0;
        while (filled < bytes)
        {
            if (filled == (long)array.Count * dtype.Size)
            {
                array = Grown(array, (int)Math.Min(dims.Count, 2L * array.Count));
            }

            int part = (int)Math.Min(Chunk, ((long)array.Count * dtype.Size) - filled);
            Span<byte> run = array.ByteRun(filled, part);
            Read(run, What);
            if (dtype == DType.Boolean && run.ContainsAnyExceptInRange((byte)0, (byte)1))
            {
                throw Error("expected 0 or 1 for every bool, received another byte.", Position - part);
            }

            if (bigEndian == BitConverter.IsLittleEndian)
            {
                ElementBytes.Swap(run, dtype);
            }

            filled += part;
        }

        return array.WithDims(dims);
    }

    /// <summary>Requires that nothing follows.</summary>
    /// <exception cref="MalformedFileException">There are more bytes.</exception>
    internal void ExpectEnd(string what)
    {
        if (Remaining is > 0 || (Remaining is null && _stream.ReadByte() >= 0))
        {
            throw Error($"expected the file to end after the {what}, but more bytes follow.");
        }
    }

    private void RequireRemaining(long needed, string what)
    {
        if (Remaining is { } remaining && needed > remaining)
        {
            throw Truncated(needed, remaining, what);
        }
    }

    private MalformedFileException Truncated(long needed, long received, string what) =>
        Error($"expected {needed} bytes of the {what}, received {received}: the file is cut short, or its header is wrong.");

    private static NDArray Grown(NDArray array, int count)
    {
        NDArray grown = NDArray.Zeros(array.DType, [count]);
        long bytes = (long)array.Count * array.DType.Size;
        for (long at = 0; at < bytes; at += Chunk)
        {
            int part = (int)Math.Min(Chunk, bytes - at);
            array.ByteRun(at, part).CopyTo(grown.ByteRun(at, part));
        }

        return grown;
    }
}
