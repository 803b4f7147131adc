namespace Nabla;

/// <summary>x times something between 0 and 1, and the smooth and hard functions that such gates are made of.</summary>
internal static class Gates
{
    public static Tensor Softsign(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("softsign");
        return x / (1 + x.Abs());
    }

    public static Tensor Gelu(Tensor x, bool approximate)
    {
        using IDisposable _ = x.Builder.Scope("gelu");
        return approximate
            ? 0.5 * x * (1 + (0.7978845608028654 * (x + 0.044715 * x * x * x)).Tanh()) // √(2/π)
            : 0.5 * x * (1 + (0.7071067811865476 * x).Erf()); // √½
    }

    public static Tensor Silu(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("silu");
        return x * x.Sigmoid();
    }

    public static Tensor Mish(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("mish");
        return x * x.Softplus().Tanh();
    }

    public static Tensor HardSigmoid(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("hard_sigmoid");
        return Rectifiers.Relu6(x + 3) / 6;
    }

    public static Tensor HardSilu(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("hard_silu");
        return x * HardSigmoid(x);
    }

    public static Tensor LogSigmoid(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("log_sigmoid");
        return -(-x).Softplus();
    }

    public static Tensor HardTanh(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("hard_tanh");
        return x.Clip(-1, 1);
    }

    public static Tensor Squareplus(Tensor x, double b)
    {
        using IDisposable _ = x.Builder.Scope("squareplus");
        return (x + (x * x + b).Sqrt()) / 2;
    }

    public static Tensor Glu(Tensor x, int axis)
    {
        using IDisposable _ = x.Builder.Scope("glu");
        int at = x.Dims.Axis(axis, "glu");
        if (x.Dims[at].Size % 2 != 0)
        {
            throw new ShapeException($"glu: expected an even size on axis {axis}, received {x.Type}. The axis is cut in two halves.");
        }

        Tensor[] halves = x.Split(2, at);
        return halves[0] * halves[1].Sigmoid();
    }
}
