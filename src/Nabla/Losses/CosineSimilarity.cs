namespace Nabla;

/// <summary>
/// Minus the cosine of the angle between labels and output: -1 where they point the same way, 1 where they are opposite, 0 where either is 0.
/// As a metric it counts the other way: 1 is best.
/// </summary>
/// <param name="axis">The axis of the vectors.</param>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", new CosineSimilarity(), metrics: ["cosine_similarity"]);
/// </code></example>
public sealed class CosineSimilarity(int axis = -1, Reduction reduction = default, string name = "cosine_similarity") : Loss(name, reduction)
{
    // Keras divides by the length, but by no less than its epsilon.
    private static readonly Rational LeastSquare = Probabilities.Epsilon * Probabilities.Epsilon;

    /// <summary>The axis of the vectors.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) => -(Unit(yTrue) * Unit(yPred)).Sum(Axis);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Integer("axis", Axis);

    internal static CosineSimilarity Read(ConfigReader c) => new(c.Integer("axis", -1)!.Value, c.Reduction(), c.Text("name", "cosine_similarity"));

    private Tensor Unit(Tensor x) => x / x.Square().Sum(Axis, keepDims: true).Maximum(LeastSquare).Sqrt();
}
