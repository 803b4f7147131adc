using System.Collections.Immutable;
using System.Numerics;

namespace Nabla.Core.Tests.Readings;

/// <summary>Scalar formulas evaluated over any number type, with their derivatives by four ways that share no code.</summary>
internal static class ScalarFormula
{
    /// <summary>The last output of a graph of scalars.</summary>
    public static T Of<T>(NumberSystem<T> math, Graph graph, params ReadOnlySpan<T> inputs)
    {
        var values = ImmutableArray.CreateBuilder<Value<T>>();
        for (int i = 0; i < inputs.Length; i++)
        {
            values.Add(Value<T>.OfFloats(graph.Inputs[i].TensorType, [inputs[i]]));
        }

        return new Interpreter<T>(math).Run(graph, values.ToImmutable())[^1].Floats[0];
    }

    public static double Of(string formula, params ReadOnlySpan<double> inputs) => Of(DoubleNumbers.Instance, FormulaParser.Parse(formula), inputs);

    public static Rational Exactly(string formula, params ReadOnlySpan<Rational> inputs) => Of(RationalNumbers.Instance, FormulaParser.Parse(formula), inputs);

    /// <summary>A graph whose only output is the last output's derivative with respect to one input.</summary>
    public static Graph Derivative(Graph graph, string variable)
    {
        Node input = graph.Inputs.Single(n => ((Leaf)n.Op).Label == variable);
        Tensor derivative = Differentiate.Gradients(new Tensor(graph.Outputs[^1].Node), new Tensor(input))[0];
        return new Graph("derivative", graph.Inputs, [new GraphOutput("derivative", derivative.Node)]);
    }

    public static Graph Derivative(string formula, string variable = "x") => Derivative(FormulaParser.Parse(formula), variable);

    /// <summary>f'(x) by reverse mode.</summary>
    public static double Reverse(string formula, double x) => Of(DoubleNumbers.Instance, Derivative(formula), x);

    /// <summary>f'(x) by dual numbers.</summary>
    public static double Forward(string formula, double x) =>
        Of(new DualNumbers<double>(DoubleNumbers.Instance), FormulaParser.Parse(formula), new Dual<double>(x, 1)).Tangent;

    /// <summary>f'(x) by the complex step.</summary>
    public static double ComplexStep(string formula, double x)
    {
        const double Step = 1e-150;
        return Of(ComplexNumbers.Instance, FormulaParser.Parse(formula), new Complex(x, Step)).Imaginary / Step;
    }
}
