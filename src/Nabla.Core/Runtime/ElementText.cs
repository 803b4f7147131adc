using System.Globalization;
using System.Numerics;

namespace Nabla;

/// <summary>Elements of any type as words of one width. The floating types go by <see cref="FloatText"/>.</summary>
internal static class ElementText
{
    /// <summary>A lone element, with all its digits.</summary>
    internal static string Scalar(NDArray array) => array.DType switch
    {
        DType.Float16 => FloatText.Scalar(array.AsSpan<Half>()[0]),
        DType.BFloat16 => FloatText.Scalar((float)array.AsSpan<BFloat16>()[0]),
        DType.Float32 => FloatText.Scalar(array.AsSpan<float>()[0]),
        DType.Float64 => FloatText.Scalar(array.AsSpan<double>()[0]),
        _ => Column(array, [0])[0],
    };

    /// <summary>The elements at the given flat positions, all of one width.</summary>
    internal static string[] Column(NDArray array, List<int> shown) => array.DType switch
    {
        DType.Boolean => PadLeft(Array.ConvertAll(Pick<bool>(array, shown), static v => v ? "True" : "False")),
        DType.Int8 => Integers<sbyte>(array, shown),
        DType.Int16 => Integers<short>(array, shown),
        DType.Int32 => Integers<int>(array, shown),
        DType.Int64 => Integers<long>(array, shown),
        DType.UInt8 => Integers<byte>(array, shown),
        DType.UInt16 => Integers<ushort>(array, shown),
        DType.UInt32 => Integers<uint>(array, shown),
        DType.UInt64 => Integers<ulong>(array, shown),
        DType.Float16 => PadLeft(FloatText.Column(Pick<Half>(array, shown))),
        DType.BFloat16 => PadLeft(FloatText.Column(Array.ConvertAll(Pick<BFloat16>(array, shown), static v => (float)v))),
        DType.Float32 => PadLeft(FloatText.Column(Pick<float>(array, shown))),
        DType.Float64 => PadLeft(FloatText.Column(Pick<double>(array, shown))),
        _ => Complexes(Pick<Complex>(array, shown)),
    };

    private static string[] Integers<T>(NDArray array, List<int> shown)
        where T : unmanaged, IFormattable =>
        PadLeft(Array.ConvertAll(Pick<T>(array, shown), static v => v.ToString(null, CultureInfo.InvariantCulture)));

    private static string[] Complexes(Complex[] values)
    {
        string[] real = PadLeft(FloatText.Column(Array.ConvertAll(values, static v => v.Real)));
        string[] imaginary = FloatText.Column(Array.ConvertAll(values, static v => v.Imaginary));
        for (int i = 0; i < values.Length; i++)
        {
            string signed = imaginary[i].StartsWith('-') ? imaginary[i] : "+" + imaginary[i];
            string digits = signed.TrimEnd();
            imaginary[i] = digits + "j" + signed[digits.Length..];
        }

        imaginary = PadLeft(imaginary);
        return [.. real.Zip(imaginary, static (re, im) => re + im)];
    }

    private static string[] PadLeft(string[] words)
    {
        int width = words.Max(w => w.Length);
        return Array.ConvertAll(words, w => w.PadLeft(width));
    }

    private static T[] Pick<T>(NDArray array, List<int> shown)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = array.AsSpan<T>();
        var picked = new T[shown.Count];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = values[shown[i]];
        }

        return picked;
    }
}
