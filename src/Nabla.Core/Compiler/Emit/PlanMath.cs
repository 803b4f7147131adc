using System.Runtime.CompilerServices;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler;

/// <summary>
/// The functions that compiled plans are made of, one number at a time, with the very bits that the plans' vectors have: what a plan
/// printed as C# calls.
/// </summary>
/// <example><code>
/// float probability = Nabla.Compiler.PlanMath.Sigmoid(0.5f);   // the very bits that a compiled model has
/// </code></example>
public static class PlanMath
{
    // The long functions stay calls: a plan with a dozen of them inlined would take seconds to compile.
    private const MethodImplOptions Called = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>e to the power x.</summary>
    [MethodImpl(Called)]
    public static float Exp(float x) => VectorMath.Exp<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(Called)]
    public static double Exp(double x) => VectorMath.Exp<SimdScalar<double>, double, double>(x);

    /// <summary>The natural logarithm of x.</summary>
    [MethodImpl(Called)]
    public static float Log(float x) => VectorMath.Log<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(Called)]
    public static double Log(double x) => VectorMath.Log<SimdScalar<double>, double, double>(x);

    /// <summary>log(1 + x), accurate near 0.</summary>
    [MethodImpl(Called)]
    public static float Log1p(float x) => VectorMath.Log1p<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Log1p(float)"/>
    [MethodImpl(Called)]
    public static double Log1p(double x) => VectorMath.Log1p<SimdScalar<double>, double, double>(x);

    /// <summary>e to the power x, less 1, accurate near 0.</summary>
    [MethodImpl(Called)]
    public static float Expm1(float x) => VectorMath.Expm1<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Expm1(float)"/>
    [MethodImpl(Called)]
    public static double Expm1(double x) => VectorMath.Expm1<SimdScalar<double>, double, double>(x);

    /// <summary>The hyperbolic tangent of x.</summary>
    [MethodImpl(Called)]
    public static float Tanh(float x) => VectorMath.Tanh<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(Called)]
    public static double Tanh(double x) => VectorMath.Tanh<SimdScalar<double>, double, double>(x);

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(Called)]
    public static float Sigmoid(float x) => VectorMath.Sigmoid<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(Called)]
    public static double Sigmoid(double x) => VectorMath.Sigmoid<SimdScalar<double>, double, double>(x);

    /// <summary>log(1 + e^x).</summary>
    [MethodImpl(Called)]
    public static float Softplus(float x) => VectorMath.Softplus<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Softplus(float)"/>
    [MethodImpl(Called)]
    public static double Softplus(double x) => VectorMath.Softplus<SimdScalar<double>, double, double>(x);

    /// <summary>The sine of x radians.</summary>
    [MethodImpl(Called)]
    public static float Sin(float x) => VectorMath.Sin<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Sin(float)"/>
    [MethodImpl(Called)]
    public static double Sin(double x) => VectorMath.Sin<SimdScalar<double>, double, double>(x);

    /// <summary>The cosine of x radians.</summary>
    [MethodImpl(Called)]
    public static float Cos(float x) => VectorMath.Cos<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Cos(float)"/>
    [MethodImpl(Called)]
    public static double Cos(double x) => VectorMath.Cos<SimdScalar<double>, double, double>(x);

    /// <summary>The error function of x.</summary>
    [MethodImpl(Called)]
    public static float Erf(float x) => VectorMath.Erf<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(Called)]
    public static double Erf(double x) => VectorMath.Erf<SimdScalar<double>, double, double>(x);

    /// <summary>-1, 0 or 1; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sign(float x) => VectorMath.Sign<SimdScalar<float>, float, float>(x);

    /// <inheritdoc cref="Sign(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sign(double x) => VectorMath.Sign<SimdScalar<double>, double, double>(x);

    /// <summary>The square root of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sqrt(float x) => MathF.Sqrt(x);

    /// <inheritdoc cref="Sqrt(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sqrt(double x) => Math.Sqrt(x);

    /// <summary>x without its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Abs(float x) => Math.Abs(x);

    /// <inheritdoc cref="Abs(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Abs(double x) => Math.Abs(x);

    /// <summary>The largest whole number that is not above x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Floor(float x) => MathF.Floor(x);

    /// <inheritdoc cref="Floor(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Floor(double x) => Math.Floor(x);

    /// <summary>The nearest whole number, ties to the even one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round(float x) => MathF.Round(x);

    /// <inheritdoc cref="Round(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Round(double x) => Math.Round(x);

    /// <summary>Whether x is neither NaN nor infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(float x) => float.IsFinite(x);

    /// <inheritdoc cref="IsFinite(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(double x) => double.IsFinite(x);

    /// <summary>a to the power b.</summary>
    [MethodImpl(Called)]
    public static float Power(float a, float b) => VectorMath.Pow<SimdScalar<float>, float, float>(a, b);

    /// <inheritdoc cref="Power(float, float)"/>
    [MethodImpl(Called)]
    public static double Power(double a, double b) => VectorMath.Pow<SimdScalar<double>, double, double>(a, b);

    /// <summary>The larger of a and b; NaN where either is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(float a, float b) => SimdScalar<float>.Max(a, b);

    /// <inheritdoc cref="Maximum(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Maximum(double a, double b) => SimdScalar<double>.Max(a, b);

    /// <inheritdoc cref="Maximum(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Maximum(int a, int b) => Math.Max(a, b);

    /// <inheritdoc cref="Maximum(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Maximum(long a, long b) => Math.Max(a, b);

    /// <summary>The smaller of a and b; NaN where either is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Minimum(float a, float b) => SimdScalar<float>.Min(a, b);

    /// <inheritdoc cref="Minimum(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Minimum(double a, double b) => SimdScalar<double>.Min(a, b);

    /// <inheritdoc cref="Minimum(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Minimum(int a, int b) => Math.Min(a, b);

    /// <inheritdoc cref="Minimum(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Minimum(long a, long b) => Math.Min(a, b);

    /// <summary>x without its sign; the smallest number stays itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Abs(int x) => x < 0 ? unchecked(-x) : x;

    /// <summary>x without its sign; the smallest number stays itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Abs(long x) => x < 0 ? unchecked(-x) : x;

    /// <summary>-1, 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sign(int x) => Math.Sign(x);

    /// <summary>-1, 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sign(long x) => Math.Sign(x);

    /// <summary>a / b rounded towards minus infinity.</summary>
    /// <exception cref="DivideByZeroException">b is 0.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FloorDivide(int a, int b)
    {
        int quotient = a / b;
        return (a ^ b) < 0 && quotient * b != a ? quotient - 1 : quotient;
    }

    /// <inheritdoc cref="FloorDivide(int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long FloorDivide(long a, long b)
    {
        long quotient = a / b;
        return (a ^ b) < 0 && quotient * b != a ? quotient - 1 : quotient;
    }

    /// <summary>What <c>FloorDivide</c> leaves: of the sign of b.</summary>
    /// <exception cref="DivideByZeroException">b is 0.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Modulo(int a, int b)
    {
        int rest = a % b;
        return (rest ^ b) < 0 && rest != 0 ? rest + b : rest;
    }

    /// <inheritdoc cref="Modulo(int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Modulo(long a, long b)
    {
        long rest = a % b;
        return (rest ^ b) < 0 && rest != 0 ? rest + b : rest;
    }

    /// <summary>A number in [0, 1), a multiple of 2^-24: the random bits of an element in a stream of a seed.</summary>
    public static float UniformSingle(long seed, long stream, long element) => Philox.UniformSingle((ulong)seed, (ulong)stream, element);

    /// <summary>A number in [0, 1), a multiple of 2^-53: the random bits of an element in a stream of a seed.</summary>
    public static double UniformDouble(long seed, long stream, long element) => Philox.UniformDouble((ulong)seed, (ulong)stream, element);
}
