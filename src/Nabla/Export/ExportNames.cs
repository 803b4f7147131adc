using Nabla.Compiler.Emit;

namespace Nabla.Export;

/// <summary>The names of the printed class and its namespace: given ones are checked, so that nothing but a name gets into the file.</summary>
internal static class ExportNames
{
    /// <summary>What the file names itself.</summary>
    public static readonly string[] Reserved =
    [
        "Predict", "Probabilities", "Classify", "SelfCheck", "Forward", "Fingerprint", "InputCount", "OutputCount", "Columns", "Classes", "Tolerance",
        "Floats", "Doubles", "Ints", "Longs", "Bytes", "Mix", "RecordedSamples", "RecordedOutputs", "Scale", "Offset", "TargetScale", "TargetMean",
        "Math", "Array", "Buffer", "Convert", "BitConverter", "ArgumentException", "ArgumentNullException", "IReadOnlyList", "String", "Object",
    ];

    /// <summary>The class' name.</summary>
    public static string Class(Model model, CSharpExport options)
    {
        if (options.ClassName is not { } name)
        {
            string made = CSharpForward.Pascal(model.Name);
            return made.EndsWith("Model", StringComparison.Ordinal) ? made : made + "Model";
        }

        if (!IsIdentifier(name))
        {
            throw new ArgumentException($"ToCSharp: expected a class name of letters, digits and underscores, received '{CSharpForward.OneLine(name)}'. Use one such as '{CSharpForward.Pascal(name)}'.");
        }

        return Reserved.Contains(name)
            ? throw new ArgumentException($"ToCSharp: expected a class name that the file does not use itself, received '{name}'. Use one such as '{name}Model'.")
            : name;
    }

    /// <summary>Checks the namespace.</summary>
    public static void CheckNamespace(string? name)
    {
        if (name is not null && !name.Split('.').All(IsIdentifier))
        {
            throw new ArgumentException($"ToCSharp: expected a namespace of C# names with dots between them, such as 'MyShop.Models', received '{CSharpForward.OneLine(name)}'.");
        }
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !CSharpNames.IsKeyword(name);
}
