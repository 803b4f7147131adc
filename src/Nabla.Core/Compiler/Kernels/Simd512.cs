using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Compiler.Kernels;

/// <summary>The dictionary of 512-bit vectors: as <see cref="Simd256{T}"/>, twice as wide.</summary>
internal readonly unsafe struct Simd512<T> : ISimd<Vector512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Width
    {
        [MethodImpl(SmallFunctions.Inlined)]
        get => Vector512<T>.Count;
    }

    public static Vector512<T> Zero
    {
        [MethodImpl(SmallFunctions.Inlined)]
        get => Vector512<T>.Zero;
    }

    public static Vector512<T> Indices
    {
        [MethodImpl(SmallFunctions.Inlined)]
        get => Vector512<T>.Indices;
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(SmallFunctions.Inlined)]
    public static void Store(T* target, Vector512<T> value) => value.Store(target);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> LoadFirst(T* source, int count)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<T> mask = Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(Element.From<T>(count)));
            return typeof(T) == typeof(float)
                ? Avx512F.MaskLoad((float*)source, mask.As<T, float>(), Vector512<float>.Zero).As<float, T>()
                : Avx512F.MaskLoad((double*)source, mask.As<T, double>(), Vector512<double>.Zero).As<double, T>();
        }

        int half = Vector256<T>.Count;
        return count >= half
            ? Vector512.Create(Vector256.Load(source), Simd256<T>.LoadFirst(source + half, count - half))
            : Vector512.Create(Simd256<T>.LoadFirst(source, count), Vector256<T>.Zero);
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static void StoreFirst(T* target, Vector512<T> value, int count)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<T> mask = Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(Element.From<T>(count)));
            if (typeof(T) == typeof(float))
            {
                Avx512F.MaskStore((float*)target, mask.As<T, float>(), value.As<T, float>());
            }
            else
            {
                Avx512F.MaskStore((double*)target, mask.As<T, double>(), value.As<T, double>());
            }

            return;
        }

        int half = Vector256<T>.Count;
        if (count >= half)
        {
            value.GetLower().Store(target);
            Simd256<T>.StoreFirst(target + half, value.GetUpper(), count - half);
        }
        else
        {
            Simd256<T>.StoreFirst(target, value.GetLower(), count);
        }
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Constant(double value)
        => typeof(T) == typeof(float) ? Vector512.Create((float)value).As<float, T>() : Vector512.Create(value).As<double, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> FromBits(ulong bits)
        => typeof(T) == typeof(float) ? Vector512.Create((uint)bits).As<uint, T>() : Vector512.Create(bits).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => a + b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Subtract(Vector512<T> a, Vector512<T> b) => a - b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Multiply(Vector512<T> a, Vector512<T> b) => a * b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Divide(Vector512<T> a, Vector512<T> b) => a / b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> FusedMultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c)
    {
        if (!Fma.IsSupported && !AdvSimd.IsSupported)
        {
            return (a * b) + c;
        }

        return typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
            : Vector512.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> FusedNegateMultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c)
        => Fma.IsSupported || AdvSimd.IsSupported ? FusedMultiplyAdd(-a, b, c) : c - (a * b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Negate(Vector512<T> a) => -a;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Abs(Vector512<T> a) => Vector512.Abs(a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Sqrt(Vector512<T> a) => Vector512.Sqrt(a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Floor(Vector512<T> a) => typeof(T) == typeof(float)
        ? Vector512.Floor(a.As<T, float>()).As<float, T>()
        : Vector512.Floor(a.As<T, double>()).As<double, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> RoundToEven(Vector512<T> a) => typeof(T) == typeof(float)
        ? Vector512.Round(a.As<T, float>()).As<float, T>()
        : Vector512.Round(a.As<T, double>()).As<double, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Min(Vector512<T> a, Vector512<T> b) => Vector512.ConditionalSelect(Vector512.Equals(a, a), LessOrSecond(a, b), a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Max(Vector512<T> a, Vector512<T> b) => Vector512.ConditionalSelect(Vector512.Equals(a, a), GreaterOrSecond(a, b), a);

    // The x86 instruction is exactly "a < b ? a : b"; elsewhere the native minimum treats NaN in its own way.
    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> LessOrSecond(Vector512<T> a, Vector512<T> b)
        => Avx512F.IsSupported ? Vector512.MinNative(a, b) : Vector512.ConditionalSelect(Vector512.LessThan(a, b), a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> GreaterOrSecond(Vector512<T> a, Vector512<T> b)
        => Avx512F.IsSupported ? Vector512.MaxNative(a, b) : Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Equal(Vector512<T> a, Vector512<T> b) => Vector512.Equals(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> NotEqual(Vector512<T> a, Vector512<T> b) => ~Vector512.Equals(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> LessThan(Vector512<T> a, Vector512<T> b) => Vector512.LessThan(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> LessThanOrEqual(Vector512<T> a, Vector512<T> b) => Vector512.LessThanOrEqual(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> GreaterThan(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThan(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> GreaterThanOrEqual(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThanOrEqual(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Select(Vector512<T> mask, Vector512<T> a, Vector512<T> b) => Vector512.ConditionalSelect(mask, a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static bool AnyTrue(Vector512<T> mask) => mask.AsByte() != Vector512<byte>.Zero;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> And(Vector512<T> a, Vector512<T> b) => a & b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> AndNot(Vector512<T> a, Vector512<T> b) => Vector512.AndNot(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Or(Vector512<T> a, Vector512<T> b) => a | b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Xor(Vector512<T> a, Vector512<T> b) => a ^ b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> Not(Vector512<T> a) => ~a;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> AddBits(Vector512<T> a, Vector512<T> b)
        => typeof(T) == typeof(float) ? (a.AsUInt32() + b.AsUInt32()).As<uint, T>() : (a.AsUInt64() + b.AsUInt64()).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> SubtractBits(Vector512<T> a, Vector512<T> b)
        => typeof(T) == typeof(float) ? (a.AsUInt32() - b.AsUInt32()).As<uint, T>() : (a.AsUInt64() - b.AsUInt64()).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> ShiftLeft(Vector512<T> a, int count)
        => typeof(T) == typeof(float) ? (a.AsUInt32() << count).As<uint, T>() : (a.AsUInt64() << count).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector512<T> ShiftRight(Vector512<T> a, int count)
        => typeof(T) == typeof(float) ? (a.AsUInt32() >> count).As<uint, T>() : (a.AsUInt64() >> count).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ReduceAdd(Vector512<T> a) => Simd256<T>.ReduceAdd(Simd256<T>.Add(a.GetLower(), a.GetUpper()));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ReduceMin(Vector512<T> a) => Simd256<T>.ReduceMin(Simd256<T>.Min(a.GetLower(), a.GetUpper()));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ReduceMax(Vector512<T> a) => Simd256<T>.ReduceMax(Simd256<T>.Max(a.GetLower(), a.GetUpper()));
}
