using System.Globalization;

namespace Nabla;

/// <summary>Arrays as one exact token for printed graphs: the type, then the bytes in base 64, little-endian: <c>float32[2]:AACAPwAAAEA=</c>.</summary>
internal static class ArrayText
{
    public static string Write(NDArray array) =>
        string.Create(CultureInfo.InvariantCulture, $"{TypeText.Write(array.Type)}:{Convert.ToBase64String(array.Bytes)}");

    /// <summary>Fills an array of a type that was read from the token's base 64.</summary>
    /// <exception cref="FormatException">The text is not base 64, or its bytes are not as many as the type has.</exception>
    public static NDArray Read(TensorType type, string base64)
    {
        // Checked against the text before memory is taken for it.
        long expected = (long)type.Dims.Count * type.DType.Size;
        if ((long)base64.Length / 4 * 3 < expected)
        {
            throw new FormatException($"expected {expected} bytes of {type} in base 64, received {base64.Length} characters");
        }

        byte[] bytes = Convert.FromBase64String(base64);
        if (bytes.Length != expected)
        {
            throw new FormatException($"expected {expected} bytes of {type} in base 64, received {bytes.Length}");
        }

        NDArray array = NDArray.Zeros(type.DType, type.Dims);
        bytes.CopyTo(array.Bytes);
        return array;
    }
}
