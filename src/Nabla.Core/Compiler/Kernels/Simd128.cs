using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Compiler.Kernels;

/// <summary>The dictionary of 128-bit vectors.</summary>
internal readonly unsafe struct Simd128<T> : ISimd<Vector128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Width
    {
        [MethodImpl(SmallFunctions.Inlined)]
        get => Vector128<T>.Count;
    }

    public static Vector128<T> Zero
    {
        [MethodImpl(SmallFunctions.Inlined)]
        get => Vector128<T>.Zero;
    }

    public static Vector128<T> Indices
    {
        [MethodImpl(SmallFunctions.Inlined)]
        get => Vector128<T>.Indices;
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(SmallFunctions.Inlined)]
    public static void Store(T* target, Vector128<T> value) => value.Store(target);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> LoadFirst(T* source, int count)
    {
        if (Avx.IsSupported)
        {
            Vector128<T> mask = Vector128.LessThan(Vector128<T>.Indices, Vector128.Create(Element.From<T>(count)));
            return typeof(T) == typeof(float)
                ? Avx.MaskLoad((float*)source, mask.As<T, float>()).As<float, T>()
                : Avx.MaskLoad((double*)source, mask.As<T, double>()).As<double, T>();
        }

        Vector128<T> value = Vector128<T>.Zero;
        for (int i = 0; i < count; i++)
        {
            value = value.WithElement(i, source[i]);
        }

        return value;
    }

    // In halves, not with a masked store: those are slow on the Zen 1 to Zen 3 processors.
    [MethodImpl(SmallFunctions.Inlined)]
    public static void StoreFirst(T* target, Vector128<T> value, int count)
    {
        if (count >= Vector128<T>.Count)
        {
            value.Store(target);
            return;
        }

        if (typeof(T) == typeof(float) && count >= 2)
        {
            value.GetLower().Store(target);
            value = Vector128.Create(value.GetUpper(), default);
            target += 2;
            count -= 2;
        }

        if (count > 0)
        {
            *target = value.ToScalar();
        }
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Constant(double value)
        => typeof(T) == typeof(float) ? Vector128.Create((float)value).As<float, T>() : Vector128.Create(value).As<double, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> FromBits(ulong bits)
        => typeof(T) == typeof(float) ? Vector128.Create((uint)bits).As<uint, T>() : Vector128.Create(bits).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => a + b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Subtract(Vector128<T> a, Vector128<T> b) => a - b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => a * b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Divide(Vector128<T> a, Vector128<T> b) => a / b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> FusedMultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c)
    {
        if (!Fma.IsSupported && !AdvSimd.IsSupported)
        {
            return (a * b) + c;
        }

        return typeof(T) == typeof(float)
            ? Vector128.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
            : Vector128.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> FusedNegateMultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c)
        => Fma.IsSupported || AdvSimd.IsSupported ? FusedMultiplyAdd(-a, b, c) : c - (a * b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Negate(Vector128<T> a) => -a;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Abs(Vector128<T> a) => Vector128.Abs(a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Sqrt(Vector128<T> a) => Vector128.Sqrt(a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Floor(Vector128<T> a)
    {
        if (Sse41.IsSupported)
        {
            // The instruction itself: ahead of time the portable function is compiled for processors that lack it, in software.
            return typeof(T) == typeof(float)
                ? Sse41.Floor(a.As<T, float>()).As<float, T>()
                : Sse41.Floor(a.As<T, double>()).As<double, T>();
        }

        return typeof(T) == typeof(float)
            ? Vector128.Floor(a.As<T, float>()).As<float, T>()
            : Vector128.Floor(a.As<T, double>()).As<double, T>();
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> RoundToEven(Vector128<T> a)
    {
        if (Sse41.IsSupported)
        {
            // The instruction itself: ahead of time the portable function is compiled for processors that lack it, in software.
            return typeof(T) == typeof(float)
                ? Sse41.RoundToNearestInteger(a.As<T, float>()).As<float, T>()
                : Sse41.RoundToNearestInteger(a.As<T, double>()).As<double, T>();
        }

        return typeof(T) == typeof(float)
            ? Vector128.Round(a.As<T, float>()).As<float, T>()
            : Vector128.Round(a.As<T, double>()).As<double, T>();
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Min(Vector128<T> a, Vector128<T> b) => Vector128.ConditionalSelect(Vector128.Equals(a, a), LessOrSecond(a, b), a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Max(Vector128<T> a, Vector128<T> b) => Vector128.ConditionalSelect(Vector128.Equals(a, a), GreaterOrSecond(a, b), a);

    // The x86 instruction is exactly "a < b ? a : b"; elsewhere the native minimum treats NaN in its own way.
    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> LessOrSecond(Vector128<T> a, Vector128<T> b)
        => Sse.IsSupported ? Vector128.MinNative(a, b) : Vector128.ConditionalSelect(Vector128.LessThan(a, b), a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> GreaterOrSecond(Vector128<T> a, Vector128<T> b)
        => Sse.IsSupported ? Vector128.MaxNative(a, b) : Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Equal(Vector128<T> a, Vector128<T> b) => Vector128.Equals(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> NotEqual(Vector128<T> a, Vector128<T> b) => ~Vector128.Equals(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> LessThan(Vector128<T> a, Vector128<T> b) => Vector128.LessThan(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> LessThanOrEqual(Vector128<T> a, Vector128<T> b) => Vector128.LessThanOrEqual(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> GreaterThan(Vector128<T> a, Vector128<T> b) => Vector128.GreaterThan(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> GreaterThanOrEqual(Vector128<T> a, Vector128<T> b) => Vector128.GreaterThanOrEqual(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> a, Vector128<T> b) => Vector128.ConditionalSelect(mask, a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static bool AnyTrue(Vector128<T> mask) => mask.AsByte() != Vector128<byte>.Zero;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> And(Vector128<T> a, Vector128<T> b) => a & b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> AndNot(Vector128<T> a, Vector128<T> b) => Vector128.AndNot(a, b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Or(Vector128<T> a, Vector128<T> b) => a | b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Xor(Vector128<T> a, Vector128<T> b) => a ^ b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> Not(Vector128<T> a) => ~a;

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> AddBits(Vector128<T> a, Vector128<T> b)
        => typeof(T) == typeof(float) ? (a.AsUInt32() + b.AsUInt32()).As<uint, T>() : (a.AsUInt64() + b.AsUInt64()).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> SubtractBits(Vector128<T> a, Vector128<T> b)
        => typeof(T) == typeof(float) ? (a.AsUInt32() - b.AsUInt32()).As<uint, T>() : (a.AsUInt64() - b.AsUInt64()).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> ShiftLeft(Vector128<T> a, int count)
        => typeof(T) == typeof(float) ? (a.AsUInt32() << count).As<uint, T>() : (a.AsUInt64() << count).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static Vector128<T> ShiftRight(Vector128<T> a, int count)
        => typeof(T) == typeof(float) ? (a.AsUInt32() >> count).As<uint, T>() : (a.AsUInt64() >> count).As<ulong, T>();

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ReduceAdd(Vector128<T> a)
    {
        if (typeof(T) == typeof(float))
        {
            a = Add(a, Vector128.Shuffle(a.AsUInt32(), Vector128.Create(2u, 3u, 0u, 1u)).As<uint, T>());
            return Add(a, Vector128.Shuffle(a.AsUInt32(), Vector128.Create(1u, 0u, 3u, 2u)).As<uint, T>()).ToScalar();
        }

        return Add(a, Vector128.Shuffle(a.AsUInt64(), Vector128.Create(1ul, 0ul)).As<ulong, T>()).ToScalar();
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ReduceMin(Vector128<T> a)
    {
        if (typeof(T) == typeof(float))
        {
            a = Min(a, Vector128.Shuffle(a.AsUInt32(), Vector128.Create(2u, 3u, 0u, 1u)).As<uint, T>());
            return Min(a, Vector128.Shuffle(a.AsUInt32(), Vector128.Create(1u, 0u, 3u, 2u)).As<uint, T>()).ToScalar();
        }

        return Min(a, Vector128.Shuffle(a.AsUInt64(), Vector128.Create(1ul, 0ul)).As<ulong, T>()).ToScalar();
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ReduceMax(Vector128<T> a)
    {
        if (typeof(T) == typeof(float))
        {
            a = Max(a, Vector128.Shuffle(a.AsUInt32(), Vector128.Create(2u, 3u, 0u, 1u)).As<uint, T>());
            return Max(a, Vector128.Shuffle(a.AsUInt32(), Vector128.Create(1u, 0u, 3u, 2u)).As<uint, T>()).ToScalar();
        }

        return Max(a, Vector128.Shuffle(a.AsUInt64(), Vector128.Create(1ul, 0ul)).As<ulong, T>()).ToScalar();
    }
}
