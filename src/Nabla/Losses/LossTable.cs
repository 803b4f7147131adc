using System.Collections.Concurrent;

namespace Nabla;

/// <summary>The losses by Keras' names: the closed list from which strings and files choose, and what users register.</summary>
internal static class LossTable
{
    private static readonly ConcurrentDictionary<string, (Func<Tensor, Tensor, Tensor> Values, Reduction Reduction)> Functions = [];
    private static readonly ConcurrentDictionary<string, Func<ConfigReader, Loss>> Own = [];

    // How a file makes a loss, and how its names do: the class', the same in small letters, and further ones.
    private static readonly Dictionary<string, (Func<ConfigReader, Loss> Read, Func<Loss> Make, string[] Aliases)> Classes = new()
    {
        ["MeanSquaredError"] = (MeanSquaredError.Read, () => new MeanSquaredError(), ["mse", "MSE"]),
        ["MeanAbsoluteError"] = (MeanAbsoluteError.Read, () => new MeanAbsoluteError(), ["mae", "MAE"]),
        ["MeanAbsolutePercentageError"] = (MeanAbsolutePercentageError.Read, () => new MeanAbsolutePercentageError(), ["mape", "MAPE"]),
        ["MeanSquaredLogarithmicError"] = (MeanSquaredLogarithmicError.Read, () => new MeanSquaredLogarithmicError(), ["msle", "MSLE"]),
        ["Huber"] = (Huber.Read, () => new Huber(), []),
        ["LogCosh"] = (LogCosh.Read, () => new LogCosh(), ["logcosh"]),
        ["CosineSimilarity"] = (CosineSimilarity.Read, () => new CosineSimilarity(), []),
        ["BinaryCrossentropy"] = (BinaryCrossentropy.Read, () => new BinaryCrossentropy(), ["bce", "BCE"]),
        ["BinaryFocalCrossentropy"] = (BinaryFocalCrossentropy.Read, () => new BinaryFocalCrossentropy(), []),
        ["CategoricalCrossentropy"] = (CategoricalCrossentropy.Read, () => new CategoricalCrossentropy(), []),
        ["CategoricalFocalCrossentropy"] = (CategoricalFocalCrossentropy.Read, () => new CategoricalFocalCrossentropy(), []),
        ["CategoricalGeneralizedCrossEntropy"] = (CategoricalGeneralizedCrossEntropy.Read, () => new CategoricalGeneralizedCrossEntropy(), []),
        ["SparseCategoricalCrossentropy"] = (SparseCategoricalCrossentropy.Read, () => new SparseCategoricalCrossentropy(), []),
        ["KLDivergence"] = (KLDivergence.Read, () => new KLDivergence(), ["kld", "KLD", "kullback_leibler_divergence"]),
        ["Poisson"] = (Poisson.Read, () => new Poisson(), []),
        ["Hinge"] = (Hinge.Read, () => new Hinge(), []),
        ["SquaredHinge"] = (SquaredHinge.Read, () => new SquaredHinge(), []),
        ["CategoricalHinge"] = (CategoricalHinge.Read, () => new CategoricalHinge(), []),
        ["Dice"] = (Dice.Read, () => new Dice(), []),
        ["Tversky"] = (Tversky.Read, () => new Tversky(), []),
    };

    /// <summary>By the class names that files hold.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Loss>> ByClass => new Registered<Loss>(BuiltIn, Own);

    /// <summary>The built-in ones of these.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Loss>> BuiltIn { get; } = Classes.ToDictionary(c => c.Key, c => (Func<ConfigReader, Loss>)(config =>
    {
        config.Ignore("dtype");
        return c.Value.Read(config);
    }));

    /// <summary>Every name that a text may be.</summary>
    public static IEnumerable<string> Names => ByName.Keys.Concat(Functions.Keys);

    private static Dictionary<string, Func<Loss>> ByName { get; } = NamesOf();

    /// <summary>The loss of a name; null where it is not known.</summary>
    public static Loss? Find(string? name) =>
        ByName.TryGetValue(name ?? "", out Func<Loss>? make) ? make()
        : Functions.TryGetValue(name ?? "", out (Func<Tensor, Tensor, Tensor> Values, Reduction Reduction) own) ? new CustomLoss(name!, own.Values, own.Reduction)
        : null;

    public static bool IsRegistered(string name) => Functions.ContainsKey(name);

    public static void Register(string name, Func<Tensor, Tensor, Tensor> values, Reduction reduction)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        Functions[Free(name)] = (values, reduction);
    }

    public static void Register(string className, Func<ConfigReader, Loss> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(className);
        ArgumentNullException.ThrowIfNull(read);
        Own[Free(className)] = read;
    }

    private static string Free(string name) => !ByName.ContainsKey(name)
        ? name
        : throw new ArgumentException($"Loss.Register: expected a name of your own, received '{name}', which is a built-in loss. Choose another name.");

    private static Dictionary<string, Func<Loss>> NamesOf()
    {
        Dictionary<string, Func<Loss>> names = [];
        foreach ((string className, (_, Func<Loss> make, string[] aliases)) in Classes)
        {
            foreach (string name in (IEnumerable<string>)[AutoName.SnakeCase(className), className, .. aliases])
            {
                names.TryAdd(name, make);
            }
        }

        names["crossentropy"] = () => new CrossentropyByName("crossentropy");
        names["ce"] = () => new CrossentropyByName("ce");
        return names;
    }
}
