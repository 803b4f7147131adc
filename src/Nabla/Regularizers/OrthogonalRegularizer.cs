namespace Nabla;

/// <summary>
/// factor·½·Σ|cos| / pairs over all ordered pairs of different rows (or columns) of a matrix: 0 where they are orthogonal to each other.
/// </summary>
/// <example><code>
/// NDArray value = new OrthogonalRegularizer(0.1).Call(new[,] { { 1.0, 0.0 }, { 0.0, 2.0 } });   // 0
/// </code></example>
public sealed class OrthogonalRegularizer : Regularizer
{
    // Keras' floor under a length, below which a row is not normalised: its square root is never taken of 0, where it has no derivative.
    private const double SmallestLength = 1e-10;

    private static readonly string[] Modes = ["rows", "columns"];

    /// <summary>A penalty on angles other than right ones.</summary>
    /// <param name="factor">The factor; 0 or more.</param>
    /// <param name="mode"><c>"rows"</c> or <c>"columns"</c>.</param>
    public OrthogonalRegularizer(double factor = 0.01, string mode = "rows")
    {
        Factor = Argument.NotNegative(nameof(OrthogonalRegularizer), factor, nameof(factor), "0.01");
        Mode = Modes.Contains(mode) ? mode : throw DidYouMean.Unknown("OrthogonalRegularizer mode", mode, Modes);
    }

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <summary><c>rows</c> or <c>columns</c>.</summary>
    public string Mode { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not a matrix of two or more rows (columns).</exception>
    public override Tensor Apply(Tensor weight)
    {
        using IDisposable _ = weight.Builder.Scope("orthogonal_regularizer");
        bool ofRows = Mode == "rows";
        if (weight.Dims.Rank != 2 || weight.Dims[ofRows ? 0 : 1].Size < 2)
        {
            throw new ShapeException($"OrthogonalRegularizer: expected a matrix of 2 or more {Mode}, received {weight.Type}. Use it for kernels of Dense layers.");
        }

        int size = weight.Dims[ofRows ? 0 : 1].Size;
        Tensor squares = weight.Square().Sum(ofRows ? 1 : 0, keepDims: true);
        Tensor unit = weight / squares.Maximum(SmallestLength * SmallestLength).Sqrt();
        Tensor cosines = unit.MatMul(unit, transposeLeft: !ofRows, transposeRight: ofRows);
        Tensor rows = weight.Builder.Iota(cosines.Dims, 0, DType.Int32);
        Tensor columns = weight.Builder.Iota(cosines.Dims, 1, DType.Int32);
        Tensor between = Tensor.Select(rows.EqualTo(columns), cosines.Like(0), cosines.Abs());
        return between.Sum() * (Factor / size / (size - 1));
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("factor", Factor);
        config.Text("mode", Mode);
    }

    internal static OrthogonalRegularizer Read(ConfigReader config) => new(config.Number("factor", 0.01), config.Text("mode", "rows"));
}
