using System.Collections.Immutable;

namespace Nabla;

/// <summary>What is computed beside, or instead of, a function's value.</summary>
internal enum Derivative
{
    /// <summary>The value alone.</summary>
    None,

    /// <summary>The value, and the gradients of a scalar function.</summary>
    Gradients,

    /// <summary>The value, and the products of a cotangent, given as one more input, with the Jacobian.</summary>
    VectorJacobian,

    /// <summary>The products of a scalar function's Hessian with a direction, given as one more input for each floating argument.</summary>
    HessianVector,
}

/// <summary>Traces a function together with its derivatives into one graph.</summary>
internal static class DerivativeGraphs
{
    public static Graph Make(Derivative kind, Func<Tensor[], Tensor> function, string[] names, ImmutableArray<TensorType> types)
    {
        GraphBuilder builder = new();
        Tensor[] arguments = [.. types.Select((type, i) => builder.Input(names[i], type))];
        return Make(kind, builder, arguments, function(arguments));
    }

    /// <summary>The graph over arguments that exist already.</summary>
    public static Graph Make(Derivative kind, GraphBuilder builder, Tensor[] arguments, Tensor value)
    {
        Tensor[] floats = [.. arguments.Where(a => a.DType.IsFloat)];
        List<Tensor> inputs = [.. arguments];
        List<GraphOutput> outputs = [];
        switch (kind)
        {
            case Derivative.None:
                outputs.Add(new("value", value.Node));
                break;
            case Derivative.Gradients:
                outputs.Add(new("value", value.Node));
                outputs.AddRange(Named("gradient", floats, Differentiate.Gradients(Scalar(value), floats)));
                break;
            case Derivative.VectorJacobian:
                Tensor cotangent = builder.Input("cotangent", value.Type);
                inputs.Add(cotangent);
                outputs.Add(new("value", value.Node));
                outputs.AddRange(Named("gradient", floats, Differentiate.VectorJacobian(value, cotangent, floats)));
                break;
            case Derivative.HessianVector:
                ImmutableArray<Tensor> gradients = Differentiate.Gradients(Scalar(value), floats);
                Tensor slope = builder.Constant(0, value.DType);
                for (int i = 0; i < floats.Length; i++)
                {
                    Tensor direction = builder.Input($"direction of {Label(floats[i])}", floats[i].Type);
                    inputs.Add(direction);
                    slope += (gradients[i] * direction).Sum().Cast(value.DType);
                }

                outputs.AddRange(Named("product", floats, Differentiate.Gradients(slope, floats)));
                break;
        }

        return Simplify.Run(new Graph("function", inputs.Select(i => i.Node), outputs));
    }

    private static Tensor Scalar(Tensor value) => value.Dims.Rank == 0 && value.DType.IsFloat
        ? value
        : throw new ShapeException($"Differentiable: expected a function with a floating scalar as result, received {value.Type}. Reduce it with Sum or Mean, or ask for Jacobian or VectorJacobianProduct.");

    private static IEnumerable<GraphOutput> Named(string what, Tensor[] arguments, ImmutableArray<Tensor> values) =>
        values.Select((value, i) => new GraphOutput($"{what} of {Label(arguments[i])}", value.Node));

    private static string Label(Tensor argument) => ((Leaf)argument.Node.Op).Label;
}
