using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Compiler.Kernels;

/// <summary>The dictionary of 256-bit vectors: as <see cref="Simd128{T}"/>, twice as wide.</summary>
internal readonly unsafe struct Simd256<T> : ISimd<Vector256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Width
    {
        [MethodImpl(SmallFunctions.Inlined)]
        get => Vector256<T>.Count;
    }

    public static Vector256<T> Zero
    {
        [MethodImpl(SmallFunctions.Inlined)]
        get => Vector256<T>.Zero;
    }

    public static Vector256<T> Indices
    {
        [MethodImpl(SmallFunctions.Inlined)]
        get => Vector256<T>.Indices;
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(SmallFunctions.Inlined)]
    public static void Store(T* target, Vector256<T> value) => value.Store(target);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> LoadFirst(T* source, int count)
    {
        if (Avx.IsSupported)
        {
            Vector256<T> mask = Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(Element.From<T>(count)));
            return typeof(T) == typeof(float)
                ? Avx.MaskLoad((float*)source, mask.As<T, float>()).As<float, T>()
                : Avx.MaskLoad((double*)source, mask.As<T, double>()).As<double, T>();
        }

        int half = Vector128<T>.Count;
        return count >= half
            ? Vector256.Create(Vector128.Load(source), Simd128<T>.LoadFirst(source + half, count - half))
            : Vector256.Create(Simd128<T>.LoadFirst(source, count), Vector128<T>.Zero);
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static void StoreFirst(T* target, Vector256<T> value, int count)
    {
        int half = Vector128<T>.Count;
        if (count >= half)
        {
            value.GetLower().Store(target);
            Simd128<T>.StoreFirst(target + half, value.GetUpper(), count - half);
        }
        else
        {
            Simd128<T>.StoreFirst(target, value.GetLower(), count);
        }
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Constant(double value)
        => typeof(T) == typeof(float) ? Vector256.Create((float)value).As<float, T>() : Vector256.Create(value).As<double, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> FromBits(ulong bits)
        => typeof(T) == typeof(float) ? Vector256.Create((uint)bits).As<uint, T>() : Vector256.Create(bits).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Subtract(Vector256<T> a, Vector256<T> b) => a - b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Divide(Vector256<T> a, Vector256<T> b) => a / b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> FusedMultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c)
    {
        if (!Fma.IsSupported && !AdvSimd.IsSupported)
        {
            return (a * b) + c;
        }

        return typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
            : Vector256.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> FusedNegateMultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c)
        => Fma.IsSupported || AdvSimd.IsSupported ? FusedMultiplyAdd(-a, b, c) : c - (a * b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Negate(Vector256<T> a) => -a;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Abs(Vector256<T> a) => Vector256.Abs(a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Sqrt(Vector256<T> a) => Vector256.Sqrt(a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Floor(Vector256<T> a) => typeof(T) == typeof(float)
        ? Vector256.Floor(a.As<T, float>()).As<float, T>()
        : Vector256.Floor(a.As<T, double>()).As<double, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> RoundToEven(Vector256<T> a) => typeof(T) == typeof(float)
        ? Vector256.Round(a.As<T, float>()).As<float, T>()
        : Vector256.Round(a.As<T, double>()).As<double, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Min(Vector256<T> a, Vector256<T> b) => Vector256.ConditionalSelect(Vector256.Equals(a, a), LessOrSecond(a, b), a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Max(Vector256<T> a, Vector256<T> b) => Vector256.ConditionalSelect(Vector256.Equals(a, a), GreaterOrSecond(a, b), a);

    // The x86 instruction is exactly "a < b ? a : b"; elsewhere the native minimum treats NaN in its own way.
    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> LessOrSecond(Vector256<T> a, Vector256<T> b)
        => Avx.IsSupported ? Vector256.MinNative(a, b) : Vector256.ConditionalSelect(Vector256.LessThan(a, b), a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> GreaterOrSecond(Vector256<T> a, Vector256<T> b)
        => Avx.IsSupported ? Vector256.MaxNative(a, b) : Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Equal(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> NotEqual(Vector256<T> a, Vector256<T> b) => ~Vector256.Equals(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> LessThan(Vector256<T> a, Vector256<T> b) => Vector256.LessThan(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> LessThanOrEqual(Vector256<T> a, Vector256<T> b) => Vector256.LessThanOrEqual(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> GreaterThan(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThan(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> GreaterThanOrEqual(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThanOrEqual(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> a, Vector256<T> b) => Vector256.ConditionalSelect(mask, a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static bool AnyTrue(Vector256<T> mask) => mask.AsByte() != Vector256<byte>.Zero;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> And(Vector256<T> a, Vector256<T> b) => a & b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> AndNot(Vector256<T> a, Vector256<T> b) => Vector256.AndNot(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Or(Vector256<T> a, Vector256<T> b) => a | b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Xor(Vector256<T> a, Vector256<T> b) => a ^ b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> Not(Vector256<T> a) => ~a;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> AddBits(Vector256<T> a, Vector256<T> b)
        => typeof(T) == typeof(float) ? (a.AsUInt32() + b.AsUInt32()).As<uint, T>() : (a.AsUInt64() + b.AsUInt64()).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> SubtractBits(Vector256<T> a, Vector256<T> b)
        => typeof(T) == typeof(float) ? (a.AsUInt32() - b.AsUInt32()).As<uint, T>() : (a.AsUInt64() - b.AsUInt64()).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> ShiftLeft(Vector256<T> a, int count)
        => typeof(T) == typeof(float) ? (a.AsUInt32() << count).As<uint, T>() : (a.AsUInt64() << count).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector256<T> ShiftRight(Vector256<T> a, int count)
        => typeof(T) == typeof(float) ? (a.AsUInt32() >> count).As<uint, T>() : (a.AsUInt64() >> count).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ReduceAdd(Vector256<T> a) => Simd128<T>.ReduceAdd(Simd128<T>.Add(a.GetLower(), a.GetUpper()));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ReduceMin(Vector256<T> a) => Simd128<T>.ReduceMin(Simd128<T>.Min(a.GetLower(), a.GetUpper()));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ReduceMax(Vector256<T> a) => Simd128<T>.ReduceMax(Simd128<T>.Max(a.GetLower(), a.GetUpper()));
}
