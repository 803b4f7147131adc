using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Compiler.Kernels;

/// <summary>The dictionary of width 1: the vector is the element. For tails, and for machines without vectors.</summary>
internal readonly unsafe struct SimdScalar<T> : ISimd<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Width => 1;

    public static T Zero => T.Zero;

    public static T Indices => T.Zero;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Load(T* source) => *source;

    [MethodImpl(SmallFunctions.Inlined)]
    public static void Store(T* target, T value) => *target = value;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T LoadFirst(T* source, int count) => count > 0 ? *source : T.Zero;

    [MethodImpl(SmallFunctions.Inlined)]
    public static void StoreFirst(T* target, T value, int count)
    {
        if (count > 0)
        {
            *target = value;
        }
    }

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Broadcast(T value) => value;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Constant(double value) => Element.From<T>(value);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T FromBits(ulong bits) => Element.FromBits<T>(bits);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Add(T a, T b) => a + b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Subtract(T a, T b) => a - b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Multiply(T a, T b) => a * b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Divide(T a, T b) => a / b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T FusedMultiplyAdd(T a, T b, T c) => Fma.IsSupported || AdvSimd.IsSupported ? T.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T FusedNegateMultiplyAdd(T a, T b, T c) => Fma.IsSupported || AdvSimd.IsSupported ? T.FusedMultiplyAdd(-a, b, c) : c - (a * b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Negate(T a) => -a;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Abs(T a) => T.Abs(a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Sqrt(T a) => T.Sqrt(a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Floor(T a) => T.Floor(a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T RoundToEven(T a) => T.Round(a);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Min(T a, T b) => a < b || T.IsNaN(a) ? a : b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Max(T a, T b) => a > b || T.IsNaN(a) ? a : b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T LessOrSecond(T a, T b) => a < b ? a : b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T GreaterOrSecond(T a, T b) => a > b ? a : b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Equal(T a, T b) => Mask(a == b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T NotEqual(T a, T b) => Mask(a != b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T LessThan(T a, T b) => Mask(a < b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T LessThanOrEqual(T a, T b) => Mask(a <= b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T GreaterThan(T a, T b) => Mask(a > b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T GreaterThanOrEqual(T a, T b) => Mask(a >= b);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Select(T mask, T a, T b) => Element.ToBits(mask) != 0 ? a : b;

    [MethodImpl(SmallFunctions.Inlined)]
    public static bool AnyTrue(T mask) => Element.ToBits(mask) != 0;

    [MethodImpl(SmallFunctions.Inlined)]
    public static T And(T a, T b) => FromBits(Element.ToBits(a) & Element.ToBits(b));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T AndNot(T a, T b) => FromBits(Element.ToBits(a) & ~Element.ToBits(b));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Or(T a, T b) => FromBits(Element.ToBits(a) | Element.ToBits(b));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Xor(T a, T b) => FromBits(Element.ToBits(a) ^ Element.ToBits(b));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T Not(T a) => FromBits(~Element.ToBits(a));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T AddBits(T a, T b) => FromBits(Element.ToBits(a) + Element.ToBits(b));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T SubtractBits(T a, T b) => FromBits(Element.ToBits(a) - Element.ToBits(b));

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ShiftLeft(T a, int count) => FromBits(Element.ToBits(a) << count);

    [MethodImpl(SmallFunctions.Inlined)]
    public static T ShiftRight(T a, int count) => FromBits(Element.ToBits(a) >> count);

    public static T ReduceAdd(T a) => a;

    public static T ReduceMin(T a) => a;

    public static T ReduceMax(T a) => a;

    [MethodImpl(SmallFunctions.Inlined)]
    private static T Mask(bool condition) => FromBits(condition ? ulong.MaxValue : 0);
}
