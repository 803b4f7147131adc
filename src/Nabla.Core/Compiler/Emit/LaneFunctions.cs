using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>A function of one vector, as a type: a loop generic over it is compiled once for each function, with nothing called in it.</summary>
internal interface IUnaryLane<V>
{
    static abstract V Of(V x);
}

/// <summary>A function of two vectors, as a type.</summary>
internal interface IBinaryLane<V>
{
    static abstract V Of(V a, V b);
}

/// <summary>The functions of <see cref="Lanes{S, V, T}"/> as types. The long ones are inlined here: each loop holds only one.</summary>
internal static class LaneFunctions<S, V, T>
    where S : struct, ISimd<V, T>
    where V : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly struct Negate : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => Lanes<S, V, T>.Negate(x);
    }

    public readonly struct Exp : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => VectorMath.Exp<S, V, T>(x);
    }

    public readonly struct Log : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => VectorMath.Log<S, V, T>(x);
    }

    public readonly struct Log1p : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => VectorMath.Log1p<S, V, T>(x);
    }

    public readonly struct Expm1 : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => VectorMath.Expm1<S, V, T>(x);
    }

    public readonly struct Sqrt : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => Lanes<S, V, T>.Sqrt(x);
    }

    public readonly struct Tanh : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => VectorMath.Tanh<S, V, T>(x);
    }

    public readonly struct Sigmoid : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => VectorMath.Sigmoid<S, V, T>(x);
    }

    public readonly struct Softplus : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => VectorMath.Softplus<S, V, T>(x);
    }

    public readonly struct Sin : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => VectorMath.Sin<S, V, T>(x);
    }

    public readonly struct Cos : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => VectorMath.Cos<S, V, T>(x);
    }

    public readonly struct Erf : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => VectorMath.Erf<S, V, T>(x);
    }

    public readonly struct Abs : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => Lanes<S, V, T>.Abs(x);
    }

    public readonly struct Sign : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => Lanes<S, V, T>.Sign(x);
    }

    public readonly struct Floor : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => Lanes<S, V, T>.Floor(x);
    }

    public readonly struct Round : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => Lanes<S, V, T>.Round(x);
    }

    public readonly struct Not : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => Lanes<S, V, T>.Not(x);
    }

    public readonly struct IsFinite : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => Lanes<S, V, T>.IsFinite(x);
    }

    public readonly struct ToNumber : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => Lanes<S, V, T>.ToNumber(x);
    }

    public readonly struct ToTruth : IUnaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V x) => Lanes<S, V, T>.ToTruth(x);
    }

    public readonly struct Add : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.Add(a, b);
    }

    public readonly struct Subtract : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.Subtract(a, b);
    }

    public readonly struct Multiply : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.Multiply(a, b);
    }

    public readonly struct Divide : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.Divide(a, b);
    }

    public readonly struct Power : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.Power(a, b);
    }

    public readonly struct Maximum : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.Maximum(a, b);
    }

    public readonly struct Minimum : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.Minimum(a, b);
    }

    public readonly struct Less : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.Less(a, b);
    }

    public readonly struct LessOrEqual : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.LessOrEqual(a, b);
    }

    public readonly struct Equal : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.Equal(a, b);
    }

    public readonly struct And : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.And(a, b);
    }

    public readonly struct Or : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.Or(a, b);
    }

    public readonly struct EqualTruth : IBinaryLane<V>
    {
        [MethodImpl(SmallFunctions.Inlined)]
        public static V Of(V a, V b) => Lanes<S, V, T>.EqualTruth(a, b);
    }
}
