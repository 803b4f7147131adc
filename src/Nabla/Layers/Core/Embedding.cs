namespace Nabla;

/// <summary>A row of a table for each whole number: [batch, steps] becomes [batch, steps, outputDim]. embeddings: [inputDim, outputDim].</summary>
/// <remarks>Numbers outside 0..inputDim-1 are refused where data enter a model of which this is the first layer; elsewhere they give NaN.</remarks>
/// <example><code>
/// Sequential words = new([new InputLayer(20), new Embedding(inputDim: 1000, outputDim: 16), new Flatten(), new Dense(1)]);
/// </code></example>
public sealed class Embedding : Layer
{
    private readonly RegularizedWeight _rules;
    private Variable? _embeddings;

    /// <summary>A table of vectors.</summary>
    /// <param name="inputDim">How many different numbers there are; the largest is one less.</param>
    /// <param name="outputDim">The length of each vector.</param>
    /// <param name="embeddingsInitializer">The first values; <see cref="RandomUniform"/> within ±0.05 by default.</param>
    /// <param name="embeddingsRegularizer">A penalty on the table, added to the loss.</param>
    /// <param name="embeddingsConstraint">What the table is brought back to after each step.</param>
    /// <param name="maskZero">Whether 0 stands for a place that is not there: layers and losses that support masking leave it out.</param>
    /// <param name="activityRegularizer">A penalty on the output, divided by the number of samples and added to the loss.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="trainable">Whether training changes the table.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Embedding(
        int inputDim,
        int outputDim,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        Regularizer? activityRegularizer = null,
        string? name = null,
        bool trainable = true,
        DType? dtype = null)
        : base(name, dtype, trainable, activityRegularizer)
    {
        InputDim = this.Positive(inputDim, nameof(inputDim), "Give the number of different whole numbers, such as the size of a vocabulary.");
        OutputDim = this.Positive(outputDim, nameof(outputDim), "Give the length of each vector, such as 16.");
        MaskZero = maskZero;
        _rules = new RegularizedWeight("embeddings", embeddingsInitializer ?? new RandomUniform(), embeddingsRegularizer, embeddingsConstraint);
    }

    /// <summary>How many different numbers there are.</summary>
    public int InputDim { get; }

    /// <summary>The length of each vector.</summary>
    public int OutputDim { get; }

    /// <summary>Whether 0 stands for a place that is not there.</summary>
    public bool MaskZero { get; }

    /// <inheritdoc/>
    protected internal override bool CastsInputs => false;

    internal override bool ChecksData => true;

    /// <inheritdoc/>
    protected override void Build(TensorType input) => _embeddings = AddRegularized(_rules, [InputDim, OutputDim]);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        Tensor places = input.DType.IsInteger ? input : input.Cast(DType.Int32);
        Tensor output = context[_embeddings!].Take(places);
        if (MaskZero)
        {
            context.SetMask(output, places.EqualTo(0).Not());
        }

        return output;
    }

    internal override string? ProblemOf(NDArray data, int place)
    {
        ReadOnlySpan<double> values = data.AsType(DType.Float64).AsSpan<double>();
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= 0 && values[i] < InputDim && values[i] == Math.Floor(values[i])))
            {
                return $"expected whole numbers from 0 to {InputDim - 1}, the rows of Embedding '{Name}', received {LogText.Exact(values[i])} at {DataScan.Place(data.Dims, i)}. Raise inputDim to one more than the largest number, or map rare ones to a number of their own.";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("input_dim", InputDim);
        config.Integer("output_dim", OutputDim);
        _rules.Write(config);
        config.Regularizer("activity_regularizer", ActivityRegularizer);
        config.Boolean("mask_zero", MaskZero);
    }

    internal static Embedding Read(ConfigReader config)
    {
        config.Ignore("lora_rank", "lora_alpha", "quantization_config");
        return new Embedding(
            config.RequiredInteger("input_dim"),
            config.RequiredInteger("output_dim"),
            config.Initializer("embeddings_initializer", new RandomUniform()),
            config.Regularizer("embeddings_regularizer"),
            config.Constraint("embeddings_constraint"),
            config.Boolean("mask_zero", false),
            config.Regularizer("activity_regularizer"),
            config.RequiredText("name"),
            dtype: config.DType());
    }
}
