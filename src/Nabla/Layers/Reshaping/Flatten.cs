namespace Nabla;

/// <summary>All axes but the batch become one, in row-major order: [batch, 28, 28] becomes [batch, 784].</summary>
public sealed class Flatten : Layer
{
    /// <summary>A flattening layer.</summary>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Flatten(string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) =>
        input.Dims.Rank == 0
            ? throw Error($"expected an input with a batch axis, received {input.Type}.")
            : input.Reshape([input.Dims[0], input.Dims[1..].Count]);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static Flatten Read(ConfigReader config) => config.Text("data_format", "channels_last") == "channels_last"
        ? new Flatten(config.RequiredText("name"), config.DType())
        : throw config.Error("expected 'data_format' to be 'channels_last'.");
}
