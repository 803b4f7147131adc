namespace Nabla;

/// <summary>
/// Class numbers from 0 as features: <c>one_hot</c> a vector with a single 1 for each, <c>multi_hot</c> a vector with a 1 for each class that a sample
/// holds, <c>count</c> how often it holds it. A number outside 0..numTokens - 1
/// is refused where it enters a model, and gives no 1 elsewhere.
/// </summary>
/// <example><code>
/// NDArray output = new CategoryEncoding(4, "multi_hot").Call(new[,] { { 0, 1 }, { 3, 3 } });   // 1 1 0 0, 0 0 0 1
/// </code></example>
public sealed class CategoryEncoding : Layer
{
    private static readonly string[] Modes = ["multi_hot", "one_hot", "count"];

    /// <summary>An encoding layer; arguments and defaults as in Keras.</summary>
    /// <param name="numTokens">How many classes; 1 or more.</param>
    /// <param name="outputMode"><c>"multi_hot"</c>, <c>"one_hot"</c> or <c>"count"</c>.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">The output's: float32 or float64; null takes the model's.</param>
    public CategoryEncoding(int numTokens, string outputMode = "multi_hot", string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        NumTokens = this.Positive(numTokens, nameof(numTokens), "Give the number of classes: the largest class number plus 1.");
        OutputMode = Modes.Contains(outputMode) ? outputMode : throw DidYouMean.Unknown($"CategoryEncoding '{Name}' outputMode", outputMode, Modes);
    }

    /// <summary>How many classes.</summary>
    public int NumTokens { get; }

    /// <summary>How numbers are written.</summary>
    public string OutputMode { get; }

    /// <inheritdoc/>
    protected internal override bool CastsInputs => false;

    internal override bool ChecksData => true;

    // The second input holds weights, which may be any numbers.
    internal override string? ProblemOf(NDArray data, int place)
    {
        ReadOnlySpan<double> values = place == 0 ? data.AsType(DType.Float64).AsSpan<double>() : default;
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= 0 && values[i] < NumTokens && values[i] == Math.Floor(values[i])))
            {
                return $"expected whole numbers from 0 to {NumTokens - 1}, the classes of CategoryEncoding '{Name}', received {LogText.Exact(values[i])} at {DataScan.Place(data.Dims, i)}. Raise numTokens to one more than the largest number.";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => CategoryCodes.Encode(this, Whole(input), OutputMode, NumTokens, DType);

    /// <summary>With a second input of the same dims, in the mode count: what each number counts (Keras' <c>count_weights</c>).</summary>
    protected override IReadOnlyList<Tensor> CallMany(IReadOnlyList<Tensor> inputs, CallContext context)
    {
        if (inputs.Count != 2)
        {
            return base.CallMany(inputs, context);
        }

        if (OutputMode != "count" || !inputs[0].Dims.SameSizes(inputs[1].Dims))
        {
            throw Error($"expected weights only for outputMode 'count', of the numbers' dims {inputs[0].Dims}, received weights {inputs[1].Type} for outputMode '{OutputMode}'.");
        }

        return [CategoryCodes.Encode(this, Whole(inputs[0]), OutputMode, NumTokens, DType, inputs[1])];
    }

    private static Tensor Whole(Tensor input) => input.DType.IsInteger ? input : input.Cast(DType.Int32);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("num_tokens", NumTokens);
        config.Text("output_mode", OutputMode);
    }

    internal static CategoryEncoding Read(ConfigReader config)
    {
        SparseOutput.Refuse(config);
        return new(config.RequiredInteger("num_tokens"), config.Text("output_mode", "multi_hot"), config.RequiredText("name"), config.DType());
    }
}
