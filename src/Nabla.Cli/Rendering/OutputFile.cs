namespace Nabla.Cli.Rendering;

/// <summary>Finds out before the work begins whether its result can be written.</summary>
internal static class OutputFile
{
    /// <summary>Checks a file that is to be written; null is none.</summary>
    /// <param name="option">The option that names it, for messages.</param>
    /// <param name="path">The file.</param>
    /// <param name="read">What the command reads, where that are files: none of them may be written over.</param>
    /// <exception cref="UsageException">It is one of the files that are read.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Check(string option, string? path, params IEnumerable<string> read)
    {
        if (path is null)
        {
            return;
        }

        string target = PlainFile.Target(path);
        if (read.Any(file => File.Exists(file) && IsSame(file, target)))
        {
            throw new UsageException($"{option}: '{path}' is a file that this command reads: its content would be lost. Name another.");
        }

        string folder = Path.GetDirectoryName(target) ?? target;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{option}: could not write '{path}': there is no folder '{folder}'. Make it first, or name another.");
        }

        try
        {
            using FileStream probe = new(
                Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{option}: could not write '{path}': writing to the folder '{folder}' is not allowed. Name another.", e);
        }
    }

    /// <summary>Whether two paths lead to one file, by links too.</summary>
    public static bool IsSame(string path, string other) =>
        string.Equals(Resolved(path), Resolved(other), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static string Resolved(string path) => new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
}
