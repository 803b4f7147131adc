using System.Globalization;
using System.Text;
using Nabla.Compiler.Emit;

namespace Nabla.Export;

/// <summary>Arrays as C#: numbers that a person can read where there are few, else base64 of their bytes.</summary>
internal static class CSharpArrays
{
    private const int MostReadable = 256;
    private const int LineLength = 120;

    /// <summary>The reader of the bytes of an element type: its name, and the type's size.</summary>
    public static string Reader(DType dtype) => dtype switch
    {
        DType.Float32 => "Floats",
        DType.Float64 => "Doubles",
        DType.Int32 => "Ints",
        DType.Int64 => "Longs",
        _ => "Bytes",
    };

    /// <summary>Whether an array is written as bytes.</summary>
    public static bool IsPacked(NDArray values) => values.Count > MostReadable && values.DType != DType.Boolean;

    /// <summary>The value of a field.</summary>
    public static string Initializer(NDArray values, string indent)
    {
        if (IsPacked(values))
        {
            return $"{Reader(values.DType)}(@\"\n{Wrap(System.Convert.ToBase64String(LittleEndian(values)), LineLength)}\")";
        }

        string[] numbers = Numbers(values);
        return $"new {CSharpExpressions.TypeName(values.DType)}[]\n{indent}{{\n{Lines(numbers, values.Rank > 1 ? values.Dims[-1].Size : numbers.Length, indent + "    ")}{indent}}}";
    }

    /// <summary>A text as a C# literal of ASCII letters, whatever is in it.</summary>
    public static string Text(string value)
    {
        StringBuilder text = new("\"");
        foreach (char c in value)
        {
            text.Append(c is >= ' ' and <= '~' and not ('"' or '\\') ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
        }

        return text.Append('"').ToString();
    }

    private static string[] Numbers(NDArray values) => values.DType switch
    {
        DType.Float32 => Array.ConvertAll(values.ToArray<float>(), CSharpExpressions.Literal),
        DType.Float64 => Array.ConvertAll(values.ToArray<double>(), CSharpExpressions.Literal),
        DType.Int64 => Array.ConvertAll(values.ToArray<long>(), v => v == long.MinValue ? "long.MinValue" : v.ToString(CultureInfo.InvariantCulture)),
        DType.Boolean => Array.ConvertAll(values.ToArray<bool>(), v => v ? "true" : "false"),
        _ => Array.ConvertAll(values.AsType(DType.Int64).ToArray<long>(), v => v == int.MinValue ? "int.MinValue" : v.ToString(CultureInfo.InvariantCulture)),
    };

    // A row of a matrix begins a line, and goes on over as many as it needs.
    private static string Lines(string[] numbers, int row, string indent)
    {
        StringBuilder text = new();
        int length = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            bool begins = i % row == 0 || length + numbers[i].Length + 2 > LineLength;
            if (begins)
            {
                text.Append(i == 0 ? "" : "\n").Append(indent);
                length = indent.Length;
            }

            string item = (begins ? "" : " ") + numbers[i] + ",";
            text.Append(item);
            length += item.Length;
        }

        return text.Append(numbers.Length > 0 ? "\n" : "").ToString();
    }

    private static string Wrap(string text, int length)
    {
        StringBuilder lines = new(text.Length + text.Length / length + 1);
        for (int i = 0; i < text.Length; i += length)
        {
            lines.Append(i == 0 ? "" : "\n").Append(text, i, Math.Min(length, text.Length - i));
        }

        return lines.ToString();
    }

    private static byte[] LittleEndian(NDArray values)
    {
        byte[] bytes = values.Bytes.ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < bytes.Length; i += values.DType.Size)
            {
                Array.Reverse(bytes, i, values.DType.Size);
            }
        }

        return bytes;
    }
}
