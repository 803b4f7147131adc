using System.Numerics;

namespace Nabla.Compiler.Emit;

/// <summary>The value that a constant of the loop language has in an element type.</summary>
internal static class LoopNumber
{
    /// <summary>The value that a combination starts from and that changes nothing.</summary>
    public static LoopExpr Neutral(BinaryFunction combine, DType dtype) => LoopExpr.Constant(
        combine switch
        {
            BinaryFunction.Add or BinaryFunction.Or => Rational.Zero,
            BinaryFunction.Multiply or BinaryFunction.And => Rational.One,
            BinaryFunction.Maximum => Rational.NegativeInfinity,
            BinaryFunction.Minimum => Rational.PositiveInfinity,
            _ => throw new NotSupportedException($"Kernel: nothing accumulates by {combine}."),
        },
        dtype);

    /// <summary>A whole number; infinities become the ends of the type, which is what reductions over whole numbers start from.</summary>
    public static long ToInteger(this LoopExpr.Number number)
    {
        (long low, long high) = number.DType switch
        {
            DType.Boolean => (0L, 1L),
            DType.UInt8 => (byte.MinValue, byte.MaxValue),
            DType.Int32 => (int.MinValue, int.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        Rational value = number.Value;
        if (!value.IsFinite)
        {
            return value.Sign < 0 ? low : value.Sign > 0 ? high : 0;
        }

        return (long)BigInteger.Clamp(value.Numerator / value.Denominator, low, high);
    }

    public static float ToSingle(this LoopExpr.Number number) => number.Value.ToSingle();

    public static double ToDouble(this LoopExpr.Number number) => number.Value.ToDouble();

    public static bool ToBoolean(this LoopExpr.Number number) => number.Value.Sign != 0;
}
