using System.Globalization;

namespace Nabla;

/// <summary>Arrays as one exact token for printed graphs: the type, then the bytes in base 64: <c>float32[2]:AACAPwAAAEA=</c>.</summary>
internal static class ArrayText
{
    public static string Write(NDArray array) => string.Create(CultureInfo.InvariantCulture, $"{array.Type}:{Convert.ToBase64String(array.Bytes)}");
}
