using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Kernels;

/// <summary>Conversions of <see cref="float"/> and <see cref="double"/> seen through a type parameter; each folds to nothing or one instruction.</summary>
/// <remarks>
/// The kernels ask <c>typeof(T) == typeof(float)</c> and <c>Fma.IsSupported</c> in place, not through a helper: so the compiler drops the other branch while it
/// reads the code, before inlining, and a sum stays in its register (a helper cost one move for every multiply-add of the matrix kernel).
/// </remarks>
internal static class Element
{
    /// <summary>Whether <typeparamref name="T"/> is float; otherwise it is double.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static bool IsFloat<T>() => typeof(T) == typeof(float);

    /// <summary>The element nearest to <paramref name="value"/>.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static T From<T>(double value)
        where T : unmanaged
        => typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);

    /// <summary>The value, widened where it is a float.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static double ToDouble<T>(T value)
        where T : unmanaged
        => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);

    /// <summary>The element with these bits; a float takes the low half.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static T FromBits<T>(ulong bits)
        where T : unmanaged
        => typeof(T) == typeof(float) ? Unsafe.BitCast<uint, T>((uint)bits) : Unsafe.BitCast<ulong, T>(bits);

    /// <summary>The element's bits, zero-extended.</summary>
    [MethodImpl(SmallFunctions.Inlined)]
    public static ulong ToBits<T>(T value)
        where T : unmanaged
        => typeof(T) == typeof(float) ? Unsafe.BitCast<T, uint>(value) : Unsafe.BitCast<T, ulong>(value);
}
