namespace Nabla;

/// <summary>All axes but the batch become one, in row-major order: [batch, 28, 28] becomes [batch, 784], and [batch] becomes [batch, 1].</summary>
/// <example><code>
/// Sequential net = new([new InputLayer([28, 28]), new Flatten(), new Dense(10)]);
/// </code></example>
public sealed class Flatten : Layer
{
    /// <summary>A flattening layer.</summary>
    /// <param name="dataFormat">With channels first, the channels are moved to the end before, so that the weights behind it fit both formats.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Flatten(DataFormat dataFormat = default, string? name = null, DType? dtype = null)
        : base(name, dtype) => DataFormat = dataFormat;

    /// <summary>Where the channels stand in what comes in.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        int rank = input.Dims.Rank;
        if (rank == 0)
        {
            throw Error($"expected an input with a batch axis, received {input.Type}.");
        }

        Tensor last = DataFormat == DataFormat.ChannelsFirst && rank > 2 ? input.Transpose([0, .. Enumerable.Range(2, rank - 2), 1]) : input;
        return last.Reshape([input.Dims[0], input.Dims[1..].Count]);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Text("data_format", DataFormat.ToString());

    internal static Flatten Read(ConfigReader config) => new(config.DataFormat(), config.RequiredText("name"), config.DType());
}
