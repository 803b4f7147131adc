using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Nabla.Tests.Docs;

/// <summary>The examples in the documentation of types: every public type has one, and all of them compile.</summary>
public sealed class DocExampleTests
{
    // What an example may use without saying where it comes from.
    private const string Given = "static void Example(NDArray x, NDArray y, Sequential model, Tensor input, CallContext context)";

    public static TheoryData<string> Assemblies => ["Nabla.Core", "Nabla", "Nabla.Data", "Nabla.Explain", "Nabla.Extensions.DependencyInjection"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_example_in_the_docs_compiles(string assembly)
    {
        string[] files =
        [
            .. Documented(assembly).Where(m => m.Examples.Length > 0).Select((m, i) => $$"""
                using Nabla;
                using Nabla.Data;
                using Nabla.Explain;
                using Microsoft.Extensions.DependencyInjection;
                namespace Examples;
                // {{m.Name}}
                internal static class Of{{i}}
                {
                {{string.Join('\n', m.Examples.Select((e, n) => $"    {Given.Replace("Example", $"Example{n}", StringComparison.Ordinal)}\n    {{\n{e}\n    }}"))}}
                }
                """),
        ];
        Assert.NotEmpty(files);
        using MemoryStream compiled = new();
        string[] errors = ProgramText.Compile(files, OutputKind.DynamicallyLinkedLibrary, compiled);
        Assert.True(errors.Length == 0, $"{string.Join('\n', errors)}\n{string.Join('\n', errors.Length == 0 ? [] : files.Where((_, i) => errors.Any(e => e.Contains($"Of{i}", StringComparison.Ordinal))))}");
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_public_type_has_an_example(string assembly)
    {
        HashSet<string> with = [.. Documented(assembly).Where(m => m.Examples.Length > 0).Select(m => m.Name)];
        string[] without =
        [
            .. System.Reflection.Assembly.Load(assembly).GetExportedTypes()
                .Where(t => !t.IsNested)
                .Select(t => $"T:{t.FullName}")
                .Where(name => !with.Contains(name))
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(without.Length == 0, $"{without.Length} types without an example:\n{string.Join('\n', without)}");
    }

    private static IEnumerable<(string Name, string[] Examples)> Documented(string assembly)
    {
        string file = Path.Combine(AppContext.BaseDirectory, assembly + ".xml");
        foreach (XElement member in XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member"))
        {
            yield return (member.Attribute("name")!.Value, [.. member.Descendants("example").SelectMany(e => e.Descendants("code")).Select(c => c.Value)]);
        }
    }
}
