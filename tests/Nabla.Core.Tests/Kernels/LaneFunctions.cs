using System.Numerics;
using System.Runtime.Intrinsics;
using Nabla.Compiler.Kernels;

namespace Nabla.Core.Tests.Kernels;

/// <summary>Every dictionary member and vector function by name, applied to arrays at a chosen width. A width without hardware runs in emulation.</summary>
internal static unsafe class LaneFunctions
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "add", "subtract", "multiply", "divide", "fma", "fnma", "negate", "abs", "sqrt", "floor", "round", "min", "max", "less or second",
        "greater or second", "equal", "not equal", "less", "less or equal", "greater", "greater or equal", "select", "and", "and not", "or",
        "xor", "not", "add bits", "subtract bits", "shift left", "shift right",
        "exp", "expm1", "log", "log1p", "tanh", "sigmoid", "softplus", "sin", "cos", "erf", "pow", "sign",
    ];

    /// <summary>The function of three operands of any length, by whole vectors, then the rest with LoadFirst and StoreFirst.</summary>
    public static T[] Apply<T>(string name, SimdWidth width, T[] a, T[] b, T[] c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => width switch
        {
            SimdWidth.Scalar => Apply<SimdScalar<T>, T, T>(name, a, b, c),
            SimdWidth.Bits128 => Apply<Simd128<T>, Vector128<T>, T>(name, a, b, c),
            SimdWidth.Bits256 => Apply<Simd256<T>, Vector256<T>, T>(name, a, b, c),
            _ => Apply<Simd512<T>, Vector512<T>, T>(name, a, b, c),
        };

    public static V Evaluate<S, V, T>(string name, V a, V b, V c)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => name switch
        {
            "add" => S.Add(a, b),
            "subtract" => S.Subtract(a, b),
            "multiply" => S.Multiply(a, b),
            "divide" => S.Divide(a, b),
            "fma" => S.FusedMultiplyAdd(a, b, c),
            "fnma" => S.FusedNegateMultiplyAdd(a, b, c),
            "negate" => S.Negate(a),
            "abs" => S.Abs(a),
            "sqrt" => S.Sqrt(a),
            "floor" => S.Floor(a),
            "round" => S.RoundToEven(a),
            "min" => S.Min(a, b),
            "max" => S.Max(a, b),
            "less or second" => S.LessOrSecond(a, b),
            "greater or second" => S.GreaterOrSecond(a, b),
            "equal" => S.Equal(a, b),
            "not equal" => S.NotEqual(a, b),
            "less" => S.LessThan(a, b),
            "less or equal" => S.LessThanOrEqual(a, b),
            "greater" => S.GreaterThan(a, b),
            "greater or equal" => S.GreaterThanOrEqual(a, b),
            "select" => S.Select(S.LessThan(a, b), c, a),
            "and" => S.And(a, b),
            "and not" => S.AndNot(a, b),
            "or" => S.Or(a, b),
            "xor" => S.Xor(a, b),
            "not" => S.Not(a),
            "add bits" => S.AddBits(a, b),
            "subtract bits" => S.SubtractBits(a, b),
            "shift left" => S.ShiftLeft(a, 5),
            "shift right" => S.ShiftRight(a, 5),
            "exp" => VectorMath.Exp<S, V, T>(a),
            "expm1" => VectorMath.Expm1<S, V, T>(a),
            "log" => VectorMath.Log<S, V, T>(a),
            "log1p" => VectorMath.Log1p<S, V, T>(a),
            "tanh" => VectorMath.Tanh<S, V, T>(a),
            "sigmoid" => VectorMath.Sigmoid<S, V, T>(a),
            "softplus" => VectorMath.Softplus<S, V, T>(a),
            "sin" => VectorMath.Sin<S, V, T>(a),
            "cos" => VectorMath.Cos<S, V, T>(a),
            "erf" => VectorMath.Erf<S, V, T>(a),
            "pow" => VectorMath.Pow<S, V, T>(a, b),
            "sign" => VectorMath.Sign<S, V, T>(a),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a lane function."),
        };

    private static T[] Apply<S, V, T>(string name, T[] a, T[] b, T[] c)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] result = new T[a.Length];
        fixed (T* pa = a, pb = b, pc = c, target = result)
        {
            int i = 0;
            for (; i + S.Width <= a.Length; i += S.Width)
            {
                S.Store(target + i, Evaluate<S, V, T>(name, S.Load(pa + i), S.Load(pb + i), S.Load(pc + i)));
            }

            int rest = a.Length - i;
            S.StoreFirst(target + i, Evaluate<S, V, T>(name, S.LoadFirst(pa + i, rest), S.LoadFirst(pb + i, rest), S.LoadFirst(pc + i, rest)), rest);
        }

        return result;
    }
}
