using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nabla.Tests.Docs;

/// <summary>The README's code is compiled and run as a reader would: as the whole of a program.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<int, string> Examples => new()
    {
        { 0, @"accuracy.*0\.9" },
        { 1, @"^2\.0 -4\.0 2\.0\s*$" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_code_example_of_the_README_compiles_and_prints_what_it_says(int index, string expected)
    {
        string output = Run(CodeBlock().Matches(File.ReadAllText(Path.Combine(Root(), "README.md")))[index].Groups[1].Value);
        Assert.Matches(expected, output);
    }

    [Fact]
    public void Every_code_example_of_the_README_is_tested() =>
        Assert.Equal(CodeBlock().Count(File.ReadAllText(Path.Combine(Root(), "README.md"))), Examples.Count);

    private static string Run(string code)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        const string implicitUsings = "global using System; global using System.Linq; global using System.Collections.Generic; global using System.IO;";
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText(implicitUsings), CSharpSyntaxTree.ParseText(code)],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release));
        using MemoryStream assembly = new();
        var result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));

        string folder = Directory.CreateTempSubdirectory("nabla-readme").FullName;
        string before = Directory.GetCurrentDirectory();
        TextWriter console = Console.Out;
        StringWriter output = new();
        try
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(output);
            MethodInfo entry = Assembly.Load(assembly.ToArray()).EntryPoint!;
            entry.Invoke(null, entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(before);
            Directory.Delete(folder, recursive: true);
        }

        return output.ToString();
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Nabla.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
