namespace Nabla;

/// <summary>A file that is damaged, hostile or of another kind. Nothing of it has been used.</summary>
/// <example><code>
/// try
/// {
///     _ = NpyFile.Read(new MemoryStream([1, 2, 3]), "upload.npy");
/// }
/// catch (MalformedFileException e)
/// {
///     Console.WriteLine($"{e.File} is no {e.Format} file (byte {e.Offset})");   // nothing of it has been used
/// }
/// </code></example>
public sealed class MalformedFileException : IOException
{
    /// <summary>An error without a message.</summary>
    public MalformedFileException()
    {
    }

    /// <summary>An error with its message.</summary>
    public MalformedFileException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and cause.</summary>
    public MalformedFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error that names the file, its format, where in it the trouble is, and what the trouble is.</summary>
    /// <param name="file">The path or the name the caller knows the data by.</param>
    /// <param name="format">The format that was expected: <c>npy</c>, <c>safetensors</c>, ...</param>
    /// <param name="offset">Bytes from the start of the file, or null where no place can be named.</param>
    /// <param name="reason">What was expected, what came, and what to try.</param>
    /// <param name="innerException">The cause, if another exception told.</param>
    public MalformedFileException(string file, string format, long? offset, string reason, Exception? innerException = null)
        : base(offset is { } at ? $"{format} '{file}' at byte {at}: {reason}" : $"{format} '{file}': {reason}", innerException)
    {
        File = file;
        Format = format;
        Offset = offset;
    }

    /// <summary>The path or the name the caller knows the data by.</summary>
    public string? File { get; }

    /// <summary>The format that was expected.</summary>
    public string? Format { get; }

    /// <summary>Bytes from the start of the file, where a place can be named.</summary>
    public long? Offset { get; }
}
