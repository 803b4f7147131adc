using Nabla.Compiler;
using Nabla.Compiler.Kernels;

namespace Nabla.Core.Tests.Kernels;

/// <summary>One row per elementary function: its kernels, its value to many digits, where it is difficult, and the error allowed.</summary>
internal sealed record MathCase(
    string Name,
    Func<float, float> Single,
    Func<double, double> Double,
    Func<BigReal, BigReal> Exact,
    (double From, double To)[] Ranges,
    double SingleUlps,
    double DoubleUlps)
{
    /// <summary>
    /// The bounds are the largest errors met (see the remarks of VectorMath) rounded up, never above 4 units in the last place. They hold
    /// with and without fused multiply-add.
    /// </summary>
    public static IReadOnlyList<MathCase> All { get; } =
    [
        new("exp", VectorMath.Exp<SimdScalar<float>, float, float>, VectorMath.Exp<SimdScalar<double>, double, double>, BigReal.Exp,
            [(-1e-3, 1e-3), (-1, 1), (-20, 20), (-103, 88), (-744, 709), (708, 709.7), (-745, -708)], 2, 2),
        new("expm1", VectorMath.Expm1<SimdScalar<float>, float, float>, VectorMath.Expm1<SimdScalar<double>, double, double>, BigReal.Expm1,
            [(-1e-3, 1e-3), (-1, 1), (-20, 20), (-40, 88), (0.3, 0.4), (-0.4, -0.3), (600, 709.7)], 2, 2),
        new("log", VectorMath.Log<SimdScalar<float>, float, float>, VectorMath.Log<SimdScalar<double>, double, double>, BigReal.Log,
            [(0.999, 1.001), (0.5, 2), (0.70, 0.72), (1e-30, 1e-20), (1e-40, 1e-38), (4e-310, 1e-308), (1e300, 1e308), (1, 1e10)], 2, 2),
        new("log1p", VectorMath.Log1p<SimdScalar<float>, float, float>, VectorMath.Log1p<SimdScalar<double>, double, double>, BigReal.Log1p,
            [(-1e-3, 1e-3), (-0.5, 1), (-0.99999, -0.9), (-0.3, -0.28), (0.4, 0.43), (1e-8, 1e-6), (1, 1e10), (1e300, 1e308)], 2, 2),
        new("tanh", VectorMath.Tanh<SimdScalar<float>, float, float>, VectorMath.Tanh<SimdScalar<double>, double, double>, BigReal.Tanh,
            [(-1e-3, 1e-3), (-1, 1), (-4, 4), (-22, 22), (0.1, 0.2), (0.5, 0.6)], 3, 3),
        new("sigmoid", VectorMath.Sigmoid<SimdScalar<float>, float, float>, VectorMath.Sigmoid<SimdScalar<double>, double, double>, BigReal.Sigmoid,
            [(-1e-3, 1e-3), (-1, 1), (-8, 8), (-103, 88), (-744, 40)], 3, 3),
        new("softplus", VectorMath.Softplus<SimdScalar<float>, float, float>, VectorMath.Softplus<SimdScalar<double>, double, double>, BigReal.Softplus,
            [(-1e-3, 1e-3), (-1, 1), (-8, 8), (-103, 88), (-744, 1000)], 2, 2),
        new("sin", VectorMath.Sin<SimdScalar<float>, float, float>, VectorMath.Sin<SimdScalar<double>, double, double>, BigReal.Sin,
            [(-1e-3, 1e-3), (-1, 1), (-7, 7), (3.14, 3.143), (6.28, 6.284), (-8192, 8192), (-1e6, 1e6), (8000, 9000), (1e9, 1e12)], 2, 2),
        new("cos", VectorMath.Cos<SimdScalar<float>, float, float>, VectorMath.Cos<SimdScalar<double>, double, double>, BigReal.Cos,
            [(-1e-3, 1e-3), (-1, 1), (-7, 7), (1.57, 1.572), (4.712, 4.713), (-8192, 8192), (-1e6, 1e6), (8000, 9000), (1e9, 1e12)], 2, 2),
        new("erf", VectorMath.Erf<SimdScalar<float>, float, float>, VectorMath.Erf<SimdScalar<double>, double, double>, BigReal.Erf,
            [(-1e-3, 1e-3), (-1, 1), (0.9, 1.1), (-4, 4), (-6.5, 6.5)], 2, 2),
        new("reference expm1", ScalarFunctions.Expm1, ScalarFunctions.Expm1, BigReal.Expm1,
            [(-1e-3, 1e-3), (-1, 1), (-20, 20), (-45, 88), (600, 709.7)], 1, 1),
        new("reference log1p", ScalarFunctions.Log1p, ScalarFunctions.Log1p, BigReal.Log1p,
            [(-1e-3, 1e-3), (-0.5, 1), (-0.99999, -0.9), (1e-8, 1e-6), (1, 1e10), (1e300, 1e308)], 1, 1),
        new("reference erf", ScalarFunctions.Erf, ScalarFunctions.Erf, BigReal.Erf,
            [(-1e-3, 1e-3), (-1, 1), (0.9, 1.1), (-4, 4), (2.9, 3.1), (-6.5, 6.5)], 1, 1),
        new("reference sigmoid", ScalarFunctions.Sigmoid, ScalarFunctions.Sigmoid, BigReal.Sigmoid, [(-1, 1), (-20, 20), (-744, 40)], 1, 3),
        new("reference softplus", ScalarFunctions.Softplus, ScalarFunctions.Softplus, BigReal.Softplus, [(-1, 1), (-20, 20), (-744, 1000)], 1, 3),
    ];

    public static MathCase Named(string name) => All.Single(row => row.Name == name);

    public override string ToString() => Name;
}
