using System.Text;

namespace Nabla;

/// <summary>The bytes of a zip file at any place, with errors that name file, place and reason.</summary>
internal sealed class ZipSource(Stream stream, string file)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly long _start = stream.Position;

    /// <summary>Bytes in all.</summary>
    internal long Length { get; } = stream.Length - stream.Position;

    /// <summary>The name for errors.</summary>
    internal string File => file;

    /// <summary>An error at a place.</summary>
    internal MalformedFileException Error(string reason, long? at = null, Exception? cause = null) => new(file, "zip", at, reason, cause);

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/>.</summary>
    /// <exception cref="MalformedFileException">That is not all within the file.</exception>
    internal void Read(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset > Length - buffer.Length)
        {
            throw Error($"expected {buffer.Length} bytes here, but the file has {Length} in all: it is cut short or damaged.", offset);
        }

        stream.Position = _start + offset;
        stream.ReadExactly(buffer);
    }

    /// <summary>A name as text.</summary>
    internal string Name(ReadOnlySpan<byte> bytes, long at)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw Error("a member's name is not UTF-8.", at, e);
        }
    }
}
