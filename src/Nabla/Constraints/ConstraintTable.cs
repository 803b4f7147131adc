namespace Nabla;

/// <summary>The constraints by Keras' names: the closed list from which strings and files choose.</summary>
internal static class ConstraintTable
{
    public static IReadOnlyDictionary<string, Func<Constraint>> ByName { get; } = new Dictionary<string, Func<Constraint>>
    {
        ["non_neg"] = () => new NonNeg(),
        ["NonNeg"] = () => new NonNeg(),
        ["max_norm"] = () => new MaxNorm(),
        ["MaxNorm"] = () => new MaxNorm(),
        ["unit_norm"] = () => new UnitNorm(),
        ["UnitNorm"] = () => new UnitNorm(),
        ["min_max_norm"] = () => new MinMaxNorm(),
        ["MinMaxNorm"] = () => new MinMaxNorm(),
    };

    /// <summary>By the class names that files hold.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Constraint>> ByClass { get; } = new Dictionary<string, Func<ConfigReader, Constraint>>
    {
        ["NonNeg"] = NonNeg.Read,
        ["MaxNorm"] = MaxNorm.Read,
        ["UnitNorm"] = UnitNorm.Read,
        ["MinMaxNorm"] = MinMaxNorm.Read,
    };
}
