using System.Collections.Concurrent;

namespace Nabla;

/// <summary>The layers by the class names that files hold, and what users register: a closed list; nothing is ever made by a type's name.</summary>
internal static class LayerTable
{
    private static readonly ConcurrentDictionary<string, Func<ConfigReader, Layer>> Own = [];

    private static readonly Dictionary<string, Func<ConfigReader, Layer>> Readers = new()
    {
        // Models
        ["Sequential"] = SequentialConfig.Read,
        ["Functional"] = FunctionalConfig.Read,

        // Core
        ["InputLayer"] = InputLayer.Read,
        ["Dense"] = Dense.Read,
        ["EinsumDense"] = EinsumDense.Read,
        ["Embedding"] = Embedding.Read,
        ["Identity"] = Identity.Read,
        ["Masking"] = Masking.Read,
        ["ActivityRegularization"] = ActivityRegularization.Read,
        ["Lambda"] = Lambda.Read,

        // Activations
        ["Activation"] = ActivationLayer.Read,
        ["ReLU"] = ReLU.Read,
        ["LeakyReLU"] = LeakyReLU.Read,
        ["ELU"] = ELU.Read,
        ["Softmax"] = Softmax.Read,
        ["PReLU"] = PReLU.Read,

        // Reshaping
        ["Reshape"] = Reshape.Read,
        ["Permute"] = Permute.Read,
        ["RepeatVector"] = RepeatVector.Read,
        ["ZeroPadding1D"] = ZeroPadding1D.Read,
        ["ZeroPadding2D"] = ZeroPadding2D.Read,
        ["ZeroPadding3D"] = ZeroPadding3D.Read,
        ["Cropping1D"] = Cropping1D.Read,
        ["Cropping2D"] = Cropping2D.Read,
        ["Cropping3D"] = Cropping3D.Read,
        ["UpSampling1D"] = UpSampling1D.Read,
        ["UpSampling2D"] = UpSampling2D.Read,
        ["UpSampling3D"] = UpSampling3D.Read,
        ["Flatten"] = Flatten.Read,

        // Normalization
        ["BatchNormalization"] = BatchNormalization.Read,
        ["LayerNormalization"] = LayerNormalization.Read,
        ["GroupNormalization"] = GroupNormalization.Read,
        ["RMSNormalization"] = RMSNormalization.Read,
        ["UnitNormalization"] = UnitNormalization.Read,
        ["SpectralNormalization"] = SpectralNormalization.Read,

        // Merging
        ["Add"] = Add.Read,
        ["Subtract"] = Subtract.Read,
        ["Multiply"] = Multiply.Read,
        ["Average"] = Average.Read,
        ["Maximum"] = Maximum.Read,
        ["Minimum"] = Minimum.Read,
        ["Concatenate"] = Concatenate.Read,
        ["Dot"] = Dot.Read,

        // Regularization
        ["Dropout"] = Dropout.Read,
        ["SpatialDropout1D"] = SpatialDropout1D.Read,
        ["SpatialDropout2D"] = SpatialDropout2D.Read,
        ["SpatialDropout3D"] = SpatialDropout3D.Read,
        ["AlphaDropout"] = AlphaDropout.Read,
        ["GaussianDropout"] = GaussianDropout.Read,
        ["GaussianNoise"] = GaussianNoise.Read,

        // Preprocessing
        ["Rescaling"] = Rescaling.Read,
        ["Normalization"] = Normalization.Read,
        ["Discretization"] = Discretization.Read,
        ["CategoryEncoding"] = CategoryEncoding.Read,
    };

    /// <summary>Readers that take every argument of a layer, the ones that all layers have with them.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Layer>> ByClass => new Registered<Layer>(BuiltIn, Own);

    /// <summary>The built-in ones of these.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Layer>> BuiltIn { get; } = Readers.ToDictionary(r => r.Key, r => Whole(r.Value));

    public static void Register(string className, Func<ConfigReader, Layer> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(className);
        ArgumentNullException.ThrowIfNull(read);
        Own[BuiltIn.ContainsKey(className)
            ? throw new ArgumentException($"Layer.Register: expected a name of your own, received '{className}', which is a built-in layer. Choose another name and override ClassName.")
            : className] = Whole(read);
    }

    // Every layer's file says these, so that no reader has to.
    private static Func<ConfigReader, Layer> Whole(Func<ConfigReader, Layer> read) => config =>
    {
        config.Ignore("name", "trainable", "dtype");
        Layer layer = read(config);
        layer.Restore(config.OptionalText("name"), config.Boolean("trainable", true), layer.SaysDType ? null : config.DType());
        return layer;
    };
}
