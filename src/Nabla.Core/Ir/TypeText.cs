using System.Globalization;

namespace Nabla;

/// <summary>Types, dims and quoted text as printed graphs have them: as their own <c>ToString</c>, but names of dims that are not plain words are quoted.</summary>
internal static class TypeText
{
    public static string Write(IrType type)
    {
        switch (type)
        {
            case TensorType tensor:
                return tensor.DType.Name + Write(tensor.Dims);
            case TupleType tuple:
                System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
                return $"({string.Join(", ", tuple.Items.Select(Write))})";
            default:
                throw new InvalidOperationException($"TypeText: no text form for {type.GetType().Name}.");
        }
    }

    public static string Write(Dims dims) => $"[{string.Join(',', dims.Select(Write))}]";

    /// <summary>Whether a name needs no quotes: letters, digits and underscores, not beginning with a digit.</summary>
    public static bool IsWord(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(IsWordPart);

    public static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    public static string Quote(string text)
    {
        System.Text.StringBuilder quoted = new(text.Length + 2);
        quoted.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => quoted.Append("\\\\"),
                '"' => quoted.Append("\\\""),
                '\n' => quoted.Append("\\n"),
                // Other controls and lone surrogates, which would not survive a file, as their code.
                _ when char.IsControl(c) || char.IsSurrogate(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static string Write(Dim dim) => dim.Name is { } name && !IsWord(name)
        ? string.Create(CultureInfo.InvariantCulture, $"{Quote(name)}={dim.Size}")
        : dim.ToString();
}
