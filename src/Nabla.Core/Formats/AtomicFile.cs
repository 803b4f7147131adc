namespace Nabla;

/// <summary>Writing a file so that a crash at any moment leaves either the old one or the new one, never half of either.</summary>
internal static class AtomicFile
{
    /// <summary>Called on this thread before and after each thing that is done to the disk; tests fail or end the process there.</summary>
    [ThreadStatic]
    internal static Action? Moment;

    /// <summary>
    /// Writes to a temporary file beside the target, flushes it to the disk and renames it over the target. Whatever fails, the temporary
    /// file is removed and the target is as it was.
    /// </summary>
    /// <param name="path">The target. A symbolic link is followed; anything but a plain file is refused.</param>
    /// <param name="write">Writes the content to a stream that can seek.</param>
    /// <exception cref="IOException">The file could not be written; the message names <paramref name="path"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to write there; the message names <paramref name="path"/>.</exception>
    internal static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = PlainFile.Target(path);
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Could not write '{path}': the folder '{folder}' does not exist. Create it first, or write elsewhere.");
        }

        // A short name of its own: the target's may already be as long as the file system allows.
        string temporary = Path.Combine(folder, $".nabla-{Guid.NewGuid():N}.tmp");
        try
        {
            Moment?.Invoke();
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                KeepMode(target, temporary);
                write(Moment is { } moment ? new WatchedStream(stream, moment) : stream);
                Moment?.Invoke();
                stream.Flush(flushToDisk: true);
            }

            Moment?.Invoke();
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e)
        {
            Remove(temporary);
            throw e switch
            {
                MalformedFileException => e,
                IOException => new IOException($"Could not write '{path}': {e.Message}", e),
                UnauthorizedAccessException => new UnauthorizedAccessException($"Could not write '{path}': {e.Message}", e),
                _ => e,
            };
        }

        Moment?.Invoke();

        // The file is whole either way; this makes its new name survive a power cut, too.
        PlainFile.FlushFolder(folder);
    }

    // A file that only its owner could read stays so.
    private static void KeepMode(string target, string temporary)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
        }
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }
}
