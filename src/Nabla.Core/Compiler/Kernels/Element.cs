using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Compiler.Kernels;

/// <summary>Conversions of <see cref="float"/> and <see cref="double"/> seen through a type parameter; each folds to nothing or one instruction.</summary>
internal static class Element
{
    /// <summary>Whether the processor multiplies and adds with one rounding. The software substitute is some forty times slower, so nobody wants it.</summary>
    public static bool HasFusedMultiplyAdd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fma.IsSupported || AdvSimd.IsSupported;
    }

    /// <summary>Whether <typeparamref name="T"/> is float; otherwise it is double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFloat<T>() => typeof(T) == typeof(float);

    /// <summary>The element nearest to <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T From<T>(double value)
        where T : unmanaged
        => IsFloat<T>() ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);

    /// <summary>The value, widened where it is a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble<T>(T value)
        where T : unmanaged
        => IsFloat<T>() ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);

    /// <summary>The element with these bits; a float takes the low half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FromBits<T>(ulong bits)
        where T : unmanaged
        => IsFloat<T>() ? Unsafe.BitCast<uint, T>((uint)bits) : Unsafe.BitCast<ulong, T>(bits);

    /// <summary>The element's bits, zero-extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToBits<T>(T value)
        where T : unmanaged
        => IsFloat<T>() ? Unsafe.BitCast<T, uint>(value) : Unsafe.BitCast<T, ulong>(value);
}
