using System.Text.RegularExpressions;

namespace Nabla.Core.Tests.House;

/// <summary>The rules of the house that a machine can hold us to.</summary>
public sealed partial class HouseTests
{
    private static readonly string Root = RepositoryFiles.Root;

    /// <summary>What people read: C#, and what the pages are made of.</summary>
    private static readonly string[] Extensions = [".cs", ".js", ".css", ".html"];

    public static TheoryData<string> SourceFiles => [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
        .Where(path => Extensions.Contains(Path.GetExtension(path)))
        .Select(path => Path.GetRelativePath(Root, path)).Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Order()];

    [Theory]
    [MemberData(nameof(SourceFiles))]
    public void A_source_file_is_short_or_says_why_not(string path)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root, path));
        Assert.True(lines.Length <= 400 || lines[0].Contains("Long because", StringComparison.Ordinal), $"{path} has {lines.Length} lines: split it, or begin with a comment 'Long because ...'.");
    }

    [Fact]
    public void The_engine_depends_on_the_framework_and_the_exchange_type_only()
    {
        string[] packages = [.. PackageReference().Matches(File.ReadAllText(Path.Combine(Root, "src", "Nabla.Core", "Nabla.Core.csproj"))).Select(m => m.Groups[1].Value)];
        Assert.Equal(["System.Numerics.Tensors"], packages);
        Assert.All(
            typeof(Graph).Assembly.GetReferencedAssemblies(),
            name => Assert.True(name.Name!.StartsWith("System.", StringComparison.Ordinal) || name.Name == "System", $"Nabla.Core references {name.Name}"));
    }

    [Fact]
    public void Every_package_has_its_reason_in_the_docs()
    {
        string reasons = File.ReadAllText(Path.Combine(Root, "docs", "dependencies.md"));
        foreach (Match package in PackageVersion().Matches(File.ReadAllText(Path.Combine(Root, "Directory.Packages.props"))))
        {
            Assert.Contains(package.Groups[1].Value, reasons, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_op_stands_in_the_table_once()
    {
        Type[] ops = [.. typeof(Op).Assembly.GetTypes().Where(t => t.IsSealed && t.IsSubclassOf(typeof(Op)))];
        Assert.Equal(ops.Length, OpCatalog.All.Length);
        Assert.Equal(OpCatalog.All.Length, OpCatalog.All.Select(o => o.Name).Distinct().Count());
    }

    [GeneratedRegex("<PackageReference Include=\"([^\"]+)\"")]
    private static partial Regex PackageReference();

    [GeneratedRegex("<PackageVersion Include=\"([^\"]+)\"")]
    private static partial Regex PackageVersion();
}
