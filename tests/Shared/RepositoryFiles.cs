namespace Nabla.Tests.Shared;

/// <summary>Files of the repository, found from wherever the tests run. Compiled into every test project.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file of stored values.</summary>
    public static string Golden(string name) => Path.Combine(Root, "tests", "goldens", name);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nabla.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Expected the tests to run somewhere below the folder that holds Nabla.slnx.");
    }
}
