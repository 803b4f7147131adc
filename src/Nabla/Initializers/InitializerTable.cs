namespace Nabla;

/// <summary>The initializers by Keras' names: the closed list from which strings and files choose.</summary>
internal static class InitializerTable
{
    public static IReadOnlyDictionary<string, Func<Initializer>> ByName { get; } = new Dictionary<string, Func<Initializer>>
    {
        ["zeros"] = () => new Zeros(),
        ["ones"] = () => new Ones(),
        ["constant"] = () => new ConstantInitializer(),
        ["random_normal"] = () => new RandomNormal(),
        ["random_uniform"] = () => new RandomUniform(),
        ["truncated_normal"] = () => new TruncatedNormal(),
        ["variance_scaling"] = () => new VarianceScaling(),
        ["glorot_uniform"] = () => new GlorotUniform(),
        ["glorot_normal"] = () => new GlorotNormal(),
        ["he_uniform"] = () => new HeUniform(),
        ["he_normal"] = () => new HeNormal(),
        ["lecun_uniform"] = () => new LecunUniform(),
        ["lecun_normal"] = () => new LecunNormal(),
        ["orthogonal"] = () => new Orthogonal(),
        ["identity"] = () => new IdentityInitializer(),
        ["stft"] = () => new StftInitializer(),

        // Keras' short names, and its class names.
        ["zero"] = () => new Zeros(),
        ["one"] = () => new Ones(),
        ["normal"] = () => new RandomNormal(),
        ["uniform"] = () => new RandomUniform(),
        ["Zeros"] = () => new Zeros(),
        ["Ones"] = () => new Ones(),
        ["Constant"] = () => new ConstantInitializer(),
        ["RandomNormal"] = () => new RandomNormal(),
        ["RandomUniform"] = () => new RandomUniform(),
        ["TruncatedNormal"] = () => new TruncatedNormal(),
        ["VarianceScaling"] = () => new VarianceScaling(),
        ["GlorotUniform"] = () => new GlorotUniform(),
        ["GlorotNormal"] = () => new GlorotNormal(),
        ["HeUniform"] = () => new HeUniform(),
        ["HeNormal"] = () => new HeNormal(),
        ["LecunUniform"] = () => new LecunUniform(),
        ["LecunNormal"] = () => new LecunNormal(),
        ["Orthogonal"] = () => new Orthogonal(),
        ["Identity"] = () => new IdentityInitializer(),
        ["STFT"] = () => new StftInitializer(),
    };

    /// <summary>By the class names that files hold.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Initializer>> ByClass { get; } = new Dictionary<string, Func<ConfigReader, Initializer>>
    {
        ["Zeros"] = Zeros.Read,
        ["Ones"] = Ones.Read,
        ["Constant"] = ConstantInitializer.Read,
        ["RandomNormal"] = RandomNormal.Read,
        ["RandomUniform"] = RandomUniform.Read,
        ["TruncatedNormal"] = TruncatedNormal.Read,
        ["VarianceScaling"] = VarianceScaling.Read,
        ["GlorotUniform"] = GlorotUniform.Read,
        ["GlorotNormal"] = GlorotNormal.Read,
        ["HeUniform"] = HeUniform.Read,
        ["HeNormal"] = HeNormal.Read,
        ["LecunUniform"] = LecunUniform.Read,
        ["LecunNormal"] = LecunNormal.Read,
        ["Orthogonal"] = Orthogonal.Read,
        ["Identity"] = IdentityInitializer.Read,
        ["STFT"] = StftInitializer.Read,
        ["STFTInitializer"] = StftInitializer.Read,
        ["OrthogonalInitializer"] = Orthogonal.Read,
        ["IdentityInitializer"] = IdentityInitializer.Read,
    };
}
