namespace Nabla;

/// <summary>The functions of one number that the loop language has.</summary>
internal enum UnaryFunction
{
    Negate, Exp, Log, Log1p, Expm1, Sqrt, Tanh, Sigmoid, Softplus, Sin, Cos, Erf, Abs, Sign, Floor, Round, Not, IsFinite,
}

/// <summary>The functions of two numbers that the loop language has.</summary>
internal enum BinaryFunction
{
    Add, Subtract, Multiply, Divide, Power, Maximum, Minimum, Less, LessOrEqual, Equal, And, Or,

    /// <summary>Whole numbers: the quotient rounded towards minus infinity, for indices.</summary>
    FloorDivide,

    /// <summary>Whole numbers: what <see cref="FloorDivide"/> leaves, for indices.</summary>
    Modulo,
}

/// <summary>
/// An expression of the loop language: one scalar value. Immutable; structurally equal expressions are equal, so that lowering shares them.
/// Indices are expressions of <see cref="DType.Int64"/>.
/// </summary>
internal abstract record LoopExpr(DType DType)
{
    /// <summary>A constant of an element type.</summary>
    public static LoopExpr Constant(Rational value, DType dtype) => new Number(value, dtype);

    /// <summary>An index constant.</summary>
    public static LoopExpr Index(long value) => new Number(value, DType.Int64);

    public sealed record Number(Rational Value, DType Type) : LoopExpr(Type);

    /// <summary>The running index of a loop, or a local.</summary>
    public sealed record Variable(string Name, DType Type) : LoopExpr(Type);

    /// <summary>An element of a buffer, by its place in row-major order.</summary>
    public sealed record Load(int Buffer, LoopExpr Place, DType Type) : LoopExpr(Type);

    public sealed record Unary(UnaryFunction Function, LoopExpr Operand, DType Type) : LoopExpr(Type);

    public sealed record Binary(BinaryFunction Function, LoopExpr Left, LoopExpr Right, DType Type) : LoopExpr(Type);

    public sealed record Select(LoopExpr Condition, LoopExpr WhenTrue, LoopExpr WhenFalse) : LoopExpr(WhenTrue.DType);

    public sealed record Convert(LoopExpr Operand, DType Type) : LoopExpr(Type);

    /// <summary>A uniform number in [0, 1) of a floating type: Philox bits of (seed, stream, element).</summary>
    public sealed record Uniform(LoopExpr Seed, LoopExpr Stream, LoopExpr Element, DType Type) : LoopExpr(Type);

    public static LoopExpr operator +(LoopExpr a, LoopExpr b) => new Binary(BinaryFunction.Add, a, b, a.DType);

    public static LoopExpr operator -(LoopExpr a, LoopExpr b) => new Binary(BinaryFunction.Subtract, a, b, a.DType);

    public static LoopExpr operator *(LoopExpr a, LoopExpr b) => new Binary(BinaryFunction.Multiply, a, b, a.DType);

    public static LoopExpr operator +(LoopExpr a, long b) => a + Index(b);

    public static LoopExpr operator -(LoopExpr a, long b) => a - Index(b);

    public static LoopExpr operator *(LoopExpr a, long b) => a * Index(b);

    /// <summary>A truth value.</summary>
    public static LoopExpr Compare(BinaryFunction function, LoopExpr a, LoopExpr b) => new Binary(function, a, b, DType.Boolean);

    /// <summary>Whether a lies in [low, high).</summary>
    public static LoopExpr InRange(LoopExpr a, long low, long high) => new Binary(
        BinaryFunction.And, Compare(BinaryFunction.LessOrEqual, Index(low), a), Compare(BinaryFunction.Less, a, Index(high)), DType.Boolean);
}
