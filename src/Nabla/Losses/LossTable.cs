namespace Nabla;

/// <summary>The losses by Keras' names: the closed list from which strings and files choose.</summary>
internal static class LossTable
{
    public static IReadOnlyDictionary<string, Func<Loss>> ByName { get; } = new Dictionary<string, Func<Loss>>
    {
        ["sparse_categorical_crossentropy"] = () => new SparseCategoricalCrossentropy(),
        ["SparseCategoricalCrossentropy"] = () => new SparseCategoricalCrossentropy(),
        ["categorical_crossentropy"] = () => new CategoricalCrossentropy(),
        ["CategoricalCrossentropy"] = () => new CategoricalCrossentropy(),
        ["binary_crossentropy"] = () => new BinaryCrossentropy(),
        ["BinaryCrossentropy"] = () => new BinaryCrossentropy(),
        ["mean_squared_error"] = () => new MeanSquaredError(),
        ["MeanSquaredError"] = () => new MeanSquaredError(),
        ["mse"] = () => new MeanSquaredError(),
        ["MSE"] = () => new MeanSquaredError(),
    };

    /// <summary>By the class names that files hold.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Loss>> ByClass { get; } = new Dictionary<string, Func<ConfigReader, Loss>>
    {
        ["SparseCategoricalCrossentropy"] = c => new SparseCategoricalCrossentropy(
            c.Boolean("from_logits", false), c.Integer("ignore_class", null), c.Reduction(), c.Integer("axis", -1)!.Value, c.Text("name", "sparse_categorical_crossentropy"), c.Integer("label_base", 0)!.Value),
        ["CategoricalCrossentropy"] = c => new CategoricalCrossentropy(
            c.Boolean("from_logits", false), c.Number("label_smoothing", 0), c.Integer("axis", -1)!.Value, c.Reduction(), c.Text("name", "categorical_crossentropy")),
        ["BinaryCrossentropy"] = c => new BinaryCrossentropy(
            c.Boolean("from_logits", false), c.Number("label_smoothing", 0), c.Integer("axis", -1)!.Value, c.Reduction(), c.Text("name", "binary_crossentropy")),
        ["MeanSquaredError"] = c => new MeanSquaredError(c.Reduction(), c.Text("name", "mean_squared_error")),
    };
}
