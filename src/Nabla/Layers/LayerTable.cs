namespace Nabla;

/// <summary>The layers by the class names that files hold: a closed list; nothing is ever made by a type's name.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, Func<ConfigReader, Layer>> Readers = new()
    {
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
    public static IReadOnlyDictionary<string, Func<ConfigReader, Layer>> ByClass { get; } =
        Readers.ToDictionary(r => r.Key, r => (Func<ConfigReader, Layer>)(config => Whole(r.Value, config)));

    // Every layer's file says 'trainable', so that no reader has to.
    private static Layer Whole(Func<ConfigReader, Layer> read, ConfigReader config)
    {
        Layer layer = read(config);
        layer.Trainable = config.Boolean("trainable", true);
        return layer;
    }
}
