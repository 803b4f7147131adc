namespace Nabla;

/// <summary>The functions that leave positive numbers alone. All compare with "at most", so that NaN goes through.</summary>
internal static class Rectifiers
{
    public static Tensor Relu(Tensor x, double negativeSlope, double? maxValue, double threshold)
    {
        if (negativeSlope != 0 && maxValue is null && threshold == 0)
        {
            return LeakyRelu(x, negativeSlope, "relu");
        }

        using IDisposable _ = x.Builder.Scope("relu");
        Tensor positive = Tensor.Select(x.AtMost(threshold), x.Like(0), x);
        if (maxValue is { } max)
        {
            positive = positive.Clip(0, max);
        }

        if (negativeSlope == 0)
        {
            return positive;
        }

        // As Keras has it: below the threshold the slope times relu(threshold - x) is taken away, so at the threshold nothing is.
        Tensor negative = Tensor.Select(x.AtLeast(threshold), x.Like(0), threshold - x);
        return positive - negativeSlope * negative;
    }

    public static Tensor Relu6(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("relu6");
        return Tensor.Select(x.AtMost(0), x.Like(0), Tensor.Select(x.AtLeast(6), x.Like(6), x));
    }

    public static Tensor LeakyRelu(Tensor x, double negativeSlope, string scope)
    {
        using IDisposable _ = x.Builder.Scope(scope);
        return Tensor.Select(x.AtMost(0), negativeSlope * x, x);
    }

    public static Tensor Elu(Tensor x, double alpha)
    {
        using IDisposable _ = x.Builder.Scope("elu");
        return Exponential(x, alpha, 1);
    }

    public static Tensor Selu(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("selu");
        return 1.0507009873554805 * Exponential(x, 1.6732632423543772, 1);
    }

    public static Tensor Celu(Tensor x, double alpha)
    {
        using IDisposable _ = x.Builder.Scope("celu");
        return Exponential(x, alpha, alpha);
    }

    // alpha·(e^(x/width) - 1) up to 0; there x itself is used, elsewhere 0, so that e^x cannot overflow where it does not count.
    private static Tensor Exponential(Tensor x, double alpha, double width)
    {
        Tensor below = x.AtMost(0);
        Tensor safe = Tensor.Select(below, x, x.Like(0));
        Tensor curve = (width == 1 ? safe : safe / width).Expm1();
        return Tensor.Select(below, alpha == 1 ? curve : alpha * curve, x);
    }
}
