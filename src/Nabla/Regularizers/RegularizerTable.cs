namespace Nabla;

/// <summary>The regularizers by Keras' names: the closed list from which strings and files choose.</summary>
internal static class RegularizerTable
{
    public static IReadOnlyDictionary<string, Func<Regularizer>> ByName { get; } = new Dictionary<string, Func<Regularizer>>
    {
        ["l1"] = () => new L1(),
        ["L1"] = () => new L1(),
        ["l2"] = () => new L2(),
        ["L2"] = () => new L2(),
        ["l1_l2"] = () => new L1L2(),
        ["L1L2"] = () => new L1L2(),
        ["orthogonal_regularizer"] = () => new OrthogonalRegularizer(),
        ["OrthogonalRegularizer"] = () => new OrthogonalRegularizer(),
    };

    /// <summary>By the class names that files hold.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Regularizer>> ByClass { get; } = new Dictionary<string, Func<ConfigReader, Regularizer>>
    {
        ["L1"] = L1.Read,
        ["L2"] = L2.Read,
        ["L1L2"] = L1L2.Read,
        ["OrthogonalRegularizer"] = OrthogonalRegularizer.Read,
    };
}
