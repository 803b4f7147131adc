namespace Nabla;

/// <summary>Functions that are 0 or constant over a whole range.</summary>
internal static class Shrinks
{
    public static Tensor TanhShrink(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("tanh_shrink");
        return x - x.Tanh();
    }

    public static Tensor SoftShrink(Tensor x, double threshold)
    {
        using IDisposable _ = x.Builder.Scope("soft_shrink");
        Tensor notAbove = Tensor.Select(x.AtLeast(-threshold), x.Like(0), x + threshold);
        return Tensor.Select(x.AtMost(threshold), notAbove, x - threshold);
    }

    public static Tensor HardShrink(Tensor x, double threshold)
    {
        using IDisposable _ = x.Builder.Scope("hard_shrink");
        return Tensor.Select(x.Abs().AtMost(threshold), x.Like(0), x);
    }

    public static Tensor Threshold(Tensor x, double threshold, double defaultValue)
    {
        using IDisposable _ = x.Builder.Scope("threshold");
        return Tensor.Select(x.AtMost(threshold), x.Like(defaultValue), x);
    }

    public static Tensor SparsePlus(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("sparse_plus");

        // The square is taken of what lies between only: elsewhere it could overflow.
        Tensor between = x.Clip(-1, 1) + 1;
        return Tensor.Select(x.AtMost(-1), x.Like(0), Tensor.Select(x.AtLeast(1), x, between * between / 4));
    }

    public static Tensor SparseSigmoid(Tensor x)
    {
        using IDisposable _ = x.Builder.Scope("sparse_sigmoid");
        return (x.Clip(-1, 1) + 1) / 2;
    }
}
