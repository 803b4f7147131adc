namespace Nabla.Ops;

/// <summary>Helpers of the elementwise rules: upstream times local, and the constants that local derivatives are made of.</summary>
internal static class LocalDerivative
{
    /// <summary>cotangent · derivative; no node is made for a derivative of 1 and one negation for -1.</summary>
    public static Tensor? Times(Tensor cotangent, Tensor? derivative)
    {
        if (derivative is null)
        {
            return null;
        }

        Node node = derivative.Node.Op is Broadcast ? derivative.Node.Inputs[0] : derivative.Node;
        return node.Op is Constant { Value: var value } && (value == 1 || value == -1)
            ? value == 1 ? cotangent : -cotangent
            : cotangent * derivative;
    }

    /// <summary>A constant of a tensor's type.</summary>
    public static Tensor Like(this Tensor x, Rational value) => x.Builder.Constant(value, x.DType).BroadcastTo(x.Dims);

    /// <summary>The constant that a node is, itself or broadcast; null where it is none.</summary>
    public static Rational? AsConstant(this Tensor x) =>
        (x.Node.Op is Broadcast ? x.Node.Inputs[0] : x.Node).Op is Constant constant ? constant.Value : null;
}
