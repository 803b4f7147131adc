namespace Nabla;

/// <summary>What the losses of overlapping regions share: sums over chosen axes.</summary>
internal static class Overlap
{
    /// <summary>The sum over axes, or over all of them where none are given.</summary>
    public static Tensor Sum(Tensor x, IReadOnlyList<int>? axis) => axis is null ? x.Sum() : x.Sum([.. axis]);

    public static IReadOnlyList<int>? Axis(ConfigReader c) => c.Has("axis") ? [.. c.NumberOrNumbers("axis", 0).Select(a => (int)a)] : null;

    public static void Write(ConfigWriter config, IReadOnlyList<int>? axis)
    {
        if (axis is null)
        {
            config.Null("axis");
        }
        else
        {
            config.NumberOrNumbers("axis", [.. axis.Select(a => (double)a)]);
        }
    }
}
