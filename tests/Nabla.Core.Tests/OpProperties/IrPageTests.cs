namespace Nabla.Core.Tests.OpProperties;

public sealed class IrPageTests
{
    [Fact]
    public void The_page_of_ops_is_what_the_table_of_ops_says()
    {
        string path = Path.Combine(RepositoryFiles.Root, "docs", "ir.md");
        string page = IrPage.Render();
        if (Environment.GetEnvironmentVariable("NABLA_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.True(File.Exists(path), "docs/ir.md is missing: run the tests with NABLA_UPDATE_DOCS=1.");
        Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
