using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nabla.Compiler.Emit;

namespace Nabla.Core.Tests.Compiler.Emit;

/// <summary>Compiles what the printer wrote against Nabla.Core and makes it run.</summary>
internal static class CompiledCSharp
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "Nabla.Core.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static KernelBody Of(LoopKernel kernel) => Of([kernel])[0];

    /// <summary>Many kernels in one compilation, as starting a compilation is what takes the time.</summary>
    public static KernelBody[] Of(IReadOnlyList<LoopKernel> kernels)
    {
        IEnumerable<string> classes = kernels.Select((k, i) => $"public static class K{i}\n{{\npublic {CSharpPrinter.Print(k)}}}\n");
        string source = "using System;\nusing Nabla.Compiler;\n" + string.Concat(classes);
        var compilation = CSharpCompilation.Create(
            "Printed",
            [CSharpSyntaxTree.ParseText(source)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)) + "\n" + source);
        Assembly assembly = Assembly.Load(image.ToArray());
        return [.. kernels.Select((k, i) => assembly.GetType($"K{i}")!.GetMethods(BindingFlags.Static | BindingFlags.Public).Single().CreateDelegate<KernelBody>())];
    }
}
