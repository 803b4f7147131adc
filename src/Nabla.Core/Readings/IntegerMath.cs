namespace Nabla;

/// <summary>Whole numbers as the machine has them: 64 bits, wrapping; the evaluation context narrows to 32 bits where the type asks.</summary>
internal sealed class IntegerMath : ScalarMath<long, bool>
{
    public static IntegerMath Instance { get; } = new();

    public override string Name => "whole";

    public override long Constant(Rational value) => (long)value.Numerator;

    public override long Add(long a, long b) => unchecked(a + b);

    public override long Subtract(long a, long b) => unchecked(a - b);

    public override long Multiply(long a, long b) => unchecked(a * b);

    public override long Divide(long a, long b) => throw Refuse("divide");

    public override long Negate(long x) => unchecked(-x);

    public override long Abs(long x) => x < 0 ? unchecked(-x) : x;

    public override long Sign(long x) => Math.Sign(x);

    public override long Maximum(long a, long b) => Math.Max(a, b);

    public override long Minimum(long a, long b) => Math.Min(a, b);

    public override bool Less(long a, long b) => a < b;

    public override bool LessOrEqual(long a, long b) => a <= b;

    public override bool Equal(long a, long b) => a == b;

    public override bool IsFinite(long x) => true;

    public override long Select(bool condition, long whenTrue, long whenFalse) => condition ? whenTrue : whenFalse;

    public override bool And(bool a, bool b) => a && b;

    public override bool Or(bool a, bool b) => a || b;

    public override bool Not(bool a) => !a;
}
