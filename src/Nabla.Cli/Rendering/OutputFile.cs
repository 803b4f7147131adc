namespace Nabla.Cli.Rendering;

/// <summary>Finds out before the work begins whether its result can be written.</summary>
internal static class OutputFile
{
    /// <summary>Checks a file that is to be written; null is none.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Check(string option, string? path)
    {
        if (path is null)
        {
            return;
        }

        string target = PlainFile.Target(path);
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
}
