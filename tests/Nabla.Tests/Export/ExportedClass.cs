using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nabla.Tests.Export;

/// <summary>An exported file, compiled with nothing but the framework: without implicit usings, without unsafe code, warnings being errors.</summary>
internal sealed class ExportedClass
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Type _type;

    private ExportedClass(Type type) => _type = type;

    /// <summary>Compiles a file and finds its class.</summary>
    public static ExportedClass Of(string source, LanguageVersion version = LanguageVersion.Latest, NullableContextOptions nullable = NullableContextOptions.Enable)
    {
        CSharpCompilation compilation = Compilation(source, version, nullable);
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Take(5)) + "\n" + source);
        return new ExportedClass(Assert.Single(Assembly.Load(image.ToArray()).GetExportedTypes()));
    }

    public static CSharpCompilation Compilation(string source, LanguageVersion version = LanguageVersion.Latest, NullableContextOptions nullable = NullableContextOptions.Enable) =>
        CSharpCompilation.Create(
            "Exported",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(version))],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                generalDiagnosticOption: ReportDiagnostic.Error,
                nullableContextOptions: version < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : nullable));

    public string FullName => _type.FullName!;

    public bool SelfCheck() => (bool)_type.GetMethod("SelfCheck")!.Invoke(null, null)!;

    public T[] Predict<T>(T[] sample) => (T[])Call("Predict", sample);

    public TResult[] Predict<T, TResult>(T[] sample) => (TResult[])Call("Predict", sample);

    public T[] Probabilities<T>(T[] sample) => (T[])Call("Probabilities", sample);

    public (string Class, T Probability) Classify<T>(T[] sample)
    {
        object?[] arguments = [sample, null];
        var name = (string)_type.GetMethod("Classify")!.Invoke(null, arguments)!;
        return (name, (T)arguments[1]!);
    }

    public bool Has(string method) => _type.GetMethod(method) is not null;

    private object Call(string method, object sample)
    {
        try
        {
            return _type.GetMethod(method)!.Invoke(null, [sample])!;
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }
}
