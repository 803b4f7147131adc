namespace Nabla.Data.Tests;

/// <summary>The project's shared data folder, where there is one: files that were not made by the packaged sets' own script.</summary>
internal static class SharedData
{
    /// <summary>The path of a file in it; skips the test, visibly, where the folder is absent (a stranger's clone).</summary>
    public static string Path(string relative)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string shared = System.IO.Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(shared))
            {
                return System.IO.Path.Combine(shared, relative);
            }
        }

        Assert.Skip("There is no shared/data above this checkout to compare with.");
        return string.Empty;
    }
}
