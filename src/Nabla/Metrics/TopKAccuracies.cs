// How often the right class is among the k largest outputs, in the two forms that labels have.
namespace Nabla;

/// <summary>
/// How often the labelled class is among the k largest outputs, for one-hot labels; of equal outputs at the edge all count as in.
/// </summary>
/// <param name="k">How many outputs are looked at; 1 or more.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "categorical_crossentropy", [new TopKCategoricalAccuracy(k: 3)]);
/// </code></example>
public sealed class TopKCategoricalAccuracy(int k = 5, string name = "top_k_categorical_accuracy") : MeanMetric(name)
{
    /// <summary>How many outputs are looked at.</summary>
    public int K { get; } = TopK.Checked(nameof(TopKCategoricalAccuracy), k);

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MetricLabels.Aligned(ClassName, yTrue, yPred);
        return TopK.Holds(yTrue.ArgMax(-1), yPred, K);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Integer("k", K);

    internal static TopKCategoricalAccuracy Read(ConfigReader c) => new(c.Integer("k", 5)!.Value, c.Text("name", "top_k_categorical_accuracy"));
}

/// <summary>
/// How often the labelled class is among the k largest outputs, for labels that are class numbers; of equal outputs at the edge all count as in.
/// </summary>
/// <param name="k">How many outputs are looked at; 1 or more.</param>
/// <param name="name">The key in histories and results.</param>
/// <param name="fromSortedIds">Whether the outputs are class numbers from the likeliest on instead of scores: the first k are looked at.</param>
/// <example><code>
/// model.Compile("adam", "sparse_categorical_crossentropy", [new SparseTopKCategoricalAccuracy(k: 3)]);
/// </code></example>
public sealed class SparseTopKCategoricalAccuracy(int k = 5, string name = "sparse_top_k_categorical_accuracy", bool fromSortedIds = false) : MeanMetric(name)
{
    /// <summary>How many outputs are looked at.</summary>
    public int K { get; } = TopK.Checked(nameof(SparseTopKCategoricalAccuracy), k);

    /// <summary>Whether the outputs are class numbers from the likeliest on.</summary>
    public bool FromSortedIds { get; } = fromSortedIds;

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor classes = MetricLabels.Classes(ClassName, yTrue, yPred).Cast(DType.Int32);
        if (!FromSortedIds)
        {
            return TopK.Holds(classes, yPred, K);
        }

        Tensor places = yPred.Builder.Iota(yPred.Dims, yPred.Dims.Rank - 1, DType.Int32);
        Tensor found = yPred.Cast(DType.Int32).EqualTo(classes.ExpandDims(-1)).And(places.LessThan(K));
        return found.Cast(DType.Float64).Max(-1);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("k", K);
        config.Boolean("from_sorted_ids", FromSortedIds);
    }

    internal static SparseTopKCategoricalAccuracy Read(ConfigReader c) =>
        new(c.Integer("k", 5)!.Value, c.Text("name", "sparse_top_k_categorical_accuracy"), c.Boolean("from_sorted_ids", false));
}
