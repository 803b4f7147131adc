using System.Numerics;
using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>Every derivative rule against dual numbers and the complex step: derivatives to full precision that share no code with the rules.</summary>
public sealed class ForwardModeTests
{
    // 1e-13 relative to the sum of absolute terms: reliability 2.3.
    private const double Tolerance = 1e-13;

    public static TheoryData<string, string> Samples() => OpTable.Differentiable();

    public static TheoryData<string, string> Kinked() => OpTable.Kinked();

    public static TheoryData<string, string> Analytic() => OpTable.Analytic();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Rule_agrees_with_dual_numbers(string op, string sample)
    {
        DualNumbers<double> dual = new(DoubleNumbers.Instance);
        Compare(OpProbe.Of(op, sample), dual, (x, seed) => new Dual<double>(x, seed), y => y.Tangent);
    }

    [Theory]
    [MemberData(nameof(Kinked))]
    public void At_kinks_and_ties_rule_and_dual_numbers_make_the_same_choice(string op, string sample)
    {
        DualNumbers<double> dual = new(DoubleNumbers.Instance);
        Compare(OpProbe.Of(op, sample, atKinks: true), dual, (x, seed) => new Dual<double>(x, seed), y => y.Tangent);
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

    /// <summary>The gradients of Σ cotangent · output by dual numbers.</summary>
    internal static double[][] DualGradients(OpProbe probe) =>
        [.. probe.Active.Select(k => Terms(probe, new DualNumbers<double>(DoubleNumbers.Instance), k, (x, seed) => new Dual<double>(x, seed), y => y.Tangent).Select(t => t.Sum()).ToArray())];

    private static void Compare<T>(OpProbe probe, NumberSystem<T> math, Func<double, double, T> seeded, Func<T, double> tangent)
    {
        double[][] gradients = Numeric.Run(probe.Backward, probe.AllInputs);
        for (int k = 0; k < probe.Active.Length; k++)
        {
            double[][] terms = [.. Terms(probe, math, probe.Active[k], seeded, tangent)];
            for (int i = 0; i < terms.Length; i++)
            {
                // Equal covers the infinities at poles.
                double expected = terms[i].Sum();
                Assert.True(
                    expected.Equals(gradients[k][i]) || Math.Abs(expected - gradients[k][i]) <= Tolerance * terms[i].Sum(Math.Abs),
                    $"gradient of input {probe.Active[k]}, element {i}: expected {expected:R}, received {gradients[k][i]:R}");
            }
        }
    }

    // For each element of an input the terms cotangent · d output / d element.
    private static IEnumerable<double[]> Terms<T>(OpProbe probe, NumberSystem<T> math, int with, Func<double, double, T> seeded, Func<T, double> tangent)
    {
        double[] cotangent = probe.Cotangent.Doubles();
        double[] x = probe.Inputs[with].Doubles();
        for (int i = 0; i < x.Length; i++)
        {
            Value<T>[] inputs = [.. probe.Inputs.Select(a => Value<T>.From(a, math))];
            inputs[with] = Value<T>.OfFloats(probe.Inputs[with].Type, [.. x.Select((v, e) => seeded(v, e == i ? 1 : 0))]);
            yield return [.. Numeric.Run(probe.Forward, math, inputs)[0].Floats.Select((y, j) => cotangent[j] * tangent(y))];
        }
    }
}
