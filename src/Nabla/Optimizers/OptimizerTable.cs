namespace Nabla;

/// <summary>The optimizers by Keras' names: the closed list from which strings and files choose.</summary>
internal static class OptimizerTable
{
    public static IReadOnlyDictionary<string, Func<Optimizer>> ByName { get; } = new Dictionary<string, Func<Optimizer>>(StringComparer.OrdinalIgnoreCase)
    {
        ["sgd"] = () => new SGD(),
        ["rmsprop"] = () => new RMSprop(),
        ["adam"] = () => new Adam(),
    };

    /// <summary>By the class names that files hold.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Optimizer>> ByClass { get; } = new Dictionary<string, Func<ConfigReader, Optimizer>>
    {
        ["SGD"] = c => new SGD(
            c.Number("learning_rate", 0.01), c.Number("momentum", 0), c.Boolean("nesterov", false),
            c.OptionalNumber("weight_decay"), c.OptionalNumber("clipnorm"), c.OptionalNumber("clipvalue"), c.OptionalNumber("global_clipnorm"), c.Text("name", "sgd")),
        ["RMSprop"] = c => new RMSprop(
            c.Number("learning_rate", 0.001), c.Number("rho", 0.9), c.Number("momentum", 0), c.Number("epsilon", 1e-7), c.Boolean("centered", false),
            c.OptionalNumber("weight_decay"), c.OptionalNumber("clipnorm"), c.OptionalNumber("clipvalue"), c.OptionalNumber("global_clipnorm"), c.Text("name", "rmsprop")),
        ["Adam"] = c => new Adam(
            c.Number("learning_rate", 0.001), c.Number("beta_1", 0.9), c.Number("beta_2", 0.999), c.Number("epsilon", 1e-7), c.Boolean("amsgrad", false),
            c.OptionalNumber("weight_decay"), c.OptionalNumber("clipnorm"), c.OptionalNumber("clipvalue"), c.OptionalNumber("global_clipnorm"), c.Text("name", "adam")),
    };
}
