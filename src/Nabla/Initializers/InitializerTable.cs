namespace Nabla;

/// <summary>The initializers by Keras' names: the closed list from which strings and files choose.</summary>
internal static class InitializerTable
{
    public static IReadOnlyDictionary<string, Func<Initializer>> ByName { get; } = new Dictionary<string, Func<Initializer>>
    {
        ["zeros"] = () => new Zeros(),
        ["ones"] = () => new Ones(),
        ["constant"] = () => new ConstantInitializer(),
        ["glorot_uniform"] = () => new GlorotUniform(),
        ["glorot_normal"] = () => new GlorotNormal(),
        ["he_uniform"] = () => new HeUniform(),
        ["he_normal"] = () => new HeNormal(),
    };

    /// <summary>By the class names that files hold.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Initializer>> ByClass { get; } = new Dictionary<string, Func<ConfigReader, Initializer>>
    {
        ["Zeros"] = _ => new Zeros(),
        ["Ones"] = _ => new Ones(),
        ["Constant"] = c => new ConstantInitializer(c.Number("value", 0)),
        ["GlorotUniform"] = c => new GlorotUniform(c.Integer("seed", null)),
        ["GlorotNormal"] = c => new GlorotNormal(c.Integer("seed", null)),
        ["HeUniform"] = c => new HeUniform(c.Integer("seed", null)),
        ["HeNormal"] = c => new HeNormal(c.Integer("seed", null)),
    };
}
