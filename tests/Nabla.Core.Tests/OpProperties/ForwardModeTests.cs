using System.Numerics;
using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>Every derivative rule against dual numbers and the complex step: derivatives to full precision that share no code with the rules.</summary>
public sealed class ForwardModeTests
{
    // 1e-13 relative to the sum of absolute terms: reliability 2.3.
    private const double Tolerance = 1e-13;

    public static TheoryData<string, string> Samples() => OpTable.Differentiable();

    public static TheoryData<string, string> Analytic() => OpTable.Analytic();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Rule_agrees_with_dual_numbers(string op, string sample)
    {
        DualNumbers<double> dual = new(DoubleNumbers.Instance);
        Compare(OpProbe.Of(op, sample), dual, (x, seed) => new Dual<double>(x, seed), y => y.Tangent);
    }

    [Theory]
    [MemberData(nameof(Analytic))]
    public void Rule_agrees_with_the_complex_step(string op, string sample)
    {
        // Any step does that underflows nowhere: nothing is subtracted.
        const double Step = 1e-100;
        Compare(OpProbe.Of(op, sample), ComplexNumbers.Instance, (x, seed) => new Complex(x, seed * Step), y => y.Imaginary / Step);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Second_order_agrees_with_duals_of_duals(string op, string sample)
    {
        // Along w inside and u outside: the tangent of the tangent is u·H·w.
        OpProbe probe = OpProbe.Of(op, sample);
        DualNumbers<double> inner = new(DoubleNumbers.Instance);
        DualNumbers<Dual<double>> outer = new(inner);
        double[][] u = [.. probe.Inputs.Select((x, i) => Numeric.Direction(300 + i, x.Count))];
        double[][] w = [.. probe.Inputs.Select((x, i) => Numeric.Direction(400 + i, x.Count))];
        var inputs = probe.Inputs.Select((x, i) => probe.Active.Contains(i)
            ? Value<Dual<Dual<double>>>.OfFloats(x.Type, [.. x.Doubles().Select((v, e) => new Dual<Dual<double>>(new(v, w[i][e]), new(u[i][e], 0)))])
            : Value<Dual<Dual<double>>>.From(x, outer));
        Dual<Dual<double>>[] y = Numeric.Run(probe.Forward, outer, [.. inputs])[0].Floats;
        double expected = Numeric.Dot(probe.Cotangent.Doubles(), [.. y.Select(v => v.Tangent.Tangent)]);
        (double found, double size) = SecondOrderTests.Product(probe, [.. probe.Active.Select(i => w[i])], [.. probe.Active.Select(i => u[i])]);

        // 1e-12: second derivatives are sums of products of first ones, each good to 1e-13 of its terms.
        Assert.True(Math.Abs(expected - found) <= 1e-12 * size, $"u·H·w: expected {expected:R}, received {found:R}");
    }

    private static void Compare<T>(OpProbe probe, NumberSystem<T> math, Func<double, double, T> seeded, Func<T, double> tangent)
    {
        double[][] gradients = Numeric.Run(probe.Backward, probe.AllInputs);
        double[] cotangent = probe.Cotangent.Doubles();
        for (int k = 0; k < probe.Active.Length; k++)
        {
            int with = probe.Active[k];
            double[] x = probe.Inputs[with].Doubles();
            for (int i = 0; i < x.Length; i++)
            {
                Value<T>[] inputs = [.. probe.Inputs.Select(a => Value<T>.From(a, math))];
                inputs[with] = Value<T>.OfFloats(probe.Inputs[with].Type, [.. x.Select((v, e) => seeded(v, e == i ? 1 : 0))]);
                double[] terms = [.. Numeric.Run(probe.Forward, math, inputs)[0].Floats.Select((y, j) => cotangent[j] * tangent(y))];
                double size = terms.Sum(Math.Abs);
                Assert.True(
                    Math.Abs(terms.Sum() - gradients[k][i]) <= Tolerance * size,
                    $"gradient of input {with}, element {i}: expected {terms.Sum():R}, received {gradients[k][i]:R}");
            }
        }
    }
}
