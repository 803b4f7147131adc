using Nabla.Compiler;
using Nabla.Compiler.Kernels;

namespace Nabla.Core.Tests.Kernels;

public sealed class VectorMathSpecialValueTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Theory]
    [InlineData("exp", 0.0, 1)]
    [InlineData("exp", Inf, Inf)]
    [InlineData("exp", -Inf, 0)]
    [InlineData("exp", 1e30, Inf)]
    [InlineData("exp", -1e30, 0)]
    [InlineData("exp", 1e-40, 1)]
    [InlineData("expm1", 0.0, 0.0)]
    [InlineData("expm1", Inf, Inf)]
    [InlineData("expm1", -Inf, -1)]
    [InlineData("expm1", 1e30, Inf)]
    [InlineData("expm1", -1e30, -1)]
    [InlineData("expm1", 1e-40, 1e-40)]
    [InlineData("log", 1, 0.0)]
    [InlineData("log", 0.0, -Inf)]
    [InlineData("log", Inf, Inf)]
    [InlineData("log", -Inf, NaN)]
    [InlineData("log", -1, NaN)]
    [InlineData("log", -1e-40, NaN)]
    [InlineData("log1p", 0.0, 0.0)]
    [InlineData("log1p", -1, -Inf)]
    [InlineData("log1p", -1.5, NaN)]
    [InlineData("log1p", Inf, Inf)]
    [InlineData("log1p", -Inf, NaN)]
    [InlineData("log1p", 1e-40, 1e-40)]
    [InlineData("tanh", 0.0, 0.0)]
    [InlineData("tanh", Inf, 1)]
    [InlineData("tanh", -Inf, -1)]
    [InlineData("tanh", 50, 1)]
    [InlineData("tanh", -1e30, -1)]
    [InlineData("tanh", 1e-40, 1e-40)]
    [InlineData("sigmoid", 0.0, 0.5)]
    [InlineData("sigmoid", Inf, 1)]
    [InlineData("sigmoid", -Inf, 0.0)]
    [InlineData("sigmoid", 1e30, 1)]
    [InlineData("sigmoid", -1e30, 0.0)]
    [InlineData("softplus", Inf, Inf)]
    [InlineData("softplus", -Inf, 0.0)]
    [InlineData("softplus", 1e30, 1e30)]
    [InlineData("softplus", -1e30, 0.0)]
    [InlineData("sin", 0.0, 0.0)]
    [InlineData("sin", 1e-40, 1e-40)]
    [InlineData("sin", Inf, NaN)]
    [InlineData("sin", -Inf, NaN)]
    [InlineData("cos", 0.0, 1)]
    [InlineData("cos", Inf, NaN)]
    [InlineData("erf", 0.0, 0.0)]
    [InlineData("erf", Inf, 1)]
    [InlineData("erf", -Inf, -1)]
    [InlineData("erf", 30, 1)]
    [InlineData("erf", -30, -1)]
    [InlineData("sign", 0.0, 0.0)]
    [InlineData("sign", 3, 1)]
    [InlineData("sign", -Inf, -1)]
    [InlineData("sign", 1e-40, 1)]
    [InlineData("round", 2.5, 2)]
    [InlineData("round", -3.5, -4)]
    [InlineData("floor", -0.5, -1)]
    public void A_special_argument_has_its_value_in_both_types(string name, double x, double expected)
    {
        Assert.Equal(expected, LaneFunctions.Evaluate<SimdScalar<double>, double, double>(name, x, 0, 0));
        Assert.Equal((float)expected, LaneFunctions.Evaluate<SimdScalar<float>, float, float>(name, (float)x, 0, 0));
    }

    [Theory]
    [InlineData("exp", 1)]
    [InlineData("expm1", -0.0)]
    [InlineData("log", -Inf)]
    [InlineData("log1p", -0.0)]
    [InlineData("tanh", -0.0)]
    [InlineData("sigmoid", 0.5)]
    [InlineData("sin", -0.0)]
    [InlineData("cos", 1)]
    [InlineData("erf", -0.0)]
    [InlineData("sign", 0.0)]
    [InlineData("floor", -0.0)]
    [InlineData("round", -0.0)]
    public void At_minus_zero_odd_functions_keep_the_sign(string name, double expected)
    {
        double atDouble = LaneFunctions.Evaluate<SimdScalar<double>, double, double>(name, -0.0, 0, 0);
        float atFloat = LaneFunctions.Evaluate<SimdScalar<float>, float, float>(name, -0f, 0, 0);
        Assert.Equal((expected, double.IsNegative(expected)), (atDouble, double.IsNegative(atDouble)));
        Assert.Equal(((float)expected, double.IsNegative(expected)), (atFloat, float.IsNegative(atFloat)));
    }

    [Fact]
    public void At_minus_zero_the_reference_functions_keep_the_sign()
    {
        Assert.True(double.IsNegative(ScalarFunctions.Expm1(-0.0)));
        Assert.True(double.IsNegative(ScalarFunctions.Log1p(-0.0)));
        Assert.True(double.IsNegative(ScalarFunctions.Erf(-0.0)));
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("expm1")]
    [InlineData("log")]
    [InlineData("log1p")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("softplus")]
    [InlineData("sin")]
    [InlineData("cos")]
    [InlineData("erf")]
    [InlineData("sign")]
    public void NaN_stays_NaN_in_both_types(string name)
    {
        Assert.True(double.IsNaN(LaneFunctions.Evaluate<SimdScalar<double>, double, double>(name, NaN, 0, 0)));
        Assert.True(float.IsNaN(LaneFunctions.Evaluate<SimdScalar<float>, float, float>(name, float.NaN, 0, 0)));
    }

    [Theory]
    [InlineData(0.0, 0.0, 0.0, 0.0)]
    [InlineData(Inf, Inf, Inf, 1)]
    [InlineData(-Inf, -1, NaN, -1)]
    [InlineData(NaN, NaN, NaN, NaN)]
    [InlineData(5e-324, 5e-324, 5e-324, 5e-324)]
    public void The_reference_functions_have_their_special_values(double x, double expm1, double log1p, double erf)
    {
        Assert.Equal(expm1, ScalarFunctions.Expm1(x));
        Assert.Equal(log1p, ScalarFunctions.Log1p(x));
        Assert.Equal(erf, ScalarFunctions.Erf(x));
    }

    [Theory]
    [InlineData(2, 10, 1024)]
    [InlineData(-2, 3, -8)]
    [InlineData(-8, 0.5, NaN)]
    [InlineData(NaN, 0, 1)]
    [InlineData(1, NaN, 1)]
    [InlineData(0.0, -1, Inf)]
    [InlineData(0.5, Inf, 0)]
    public void Powers_follow_IEEE_754(double x, double y, double expected)
    {
        Assert.Equal(expected, VectorMath.Pow<SimdScalar<double>, double, double>(x, y));
        Assert.Equal((float)expected, VectorMath.Pow<SimdScalar<float>, float, float>((float)x, (float)y));
    }

    [Fact]
    public void Exponentials_underflow_gradually()
    {
        Assert.Equal(float.Epsilon, VectorMath.Exp<SimdScalar<float>, float, float>(-103.5f));
        Assert.Equal(double.Epsilon, VectorMath.Exp<SimdScalar<double>, double, double>(-744.6));
        Assert.Equal(3.783506e-44f, VectorMath.Sigmoid<SimdScalar<float>, float, float>(-100f));
    }
}
