using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nabla.Tests.Docs;

/// <summary>Code in documents and samples, compiled and run as a reader would: as the whole of a program.</summary>
internal static partial class ProgramText
{
    private const string ImplicitUsings =
        "global using System; global using System.Linq; global using System.Collections.Generic; global using System.IO; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The folder that holds Nabla.slnx.</summary>
    public static string Root => RepositoryFiles.Root;

    /// <summary>The blocks of C# in a Markdown file, in order.</summary>
    public static string[] Blocks(string file) => [.. CodeBlock().Matches(File.ReadAllText(Path.Combine(Root, file))).Select(m => m.Groups[1].Value)];

    /// <summary>What is wrong with some code, warnings with it where asked; nothing where it compiles.</summary>
    /// <param name="code">Files of one program. Lines of a file-based program that begin with #: are for the command, not the compiler.</param>
    /// <param name="kind">A program, or a library.</param>
    /// <param name="assembly">Receives the compiled assembly.</param>
    /// <param name="strict">Whether warnings count, as they do in this repository's builds.</param>
    public static string[] Compile(IEnumerable<string> code, OutputKind kind, MemoryStream assembly, bool strict = false)
    {
        // CS8620: this compiler's version finds fault with the nullability of numbers given to params spans; the SDK's does not.
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Example" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(ImplicitUsings), .. code.Select(c => CSharpSyntaxTree.ParseText(Directive().Replace(c, "")))],
            References.Value,
            new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.Emit(assembly).Diagnostics.Where(d => d.Severity >= (strict ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error) && d.Id != "CS8620").Select(d => d.ToString())];
    }

    /// <summary>Runs a program in a folder of its own; returns what it prints.</summary>
    public static string Run(string code, bool strict = false)
    {
        using MemoryStream assembly = new();
        Assert.Empty(Compile([code], OutputKind.ConsoleApplication, assembly, strict));
        string folder = Directory.CreateTempSubdirectory("nabla-program").FullName;
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

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^#:.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();
}

/// <summary>Programs that print take the console and the working folder for themselves: one at a time.</summary>
[CollectionDefinition(nameof(OneProgramAtATime), DisableParallelization = true)]
public sealed class OneProgramAtATime;
