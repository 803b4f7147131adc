namespace Nabla;

/// <summary>A layer that works along the axes of a series, an image or a volume, which stand beside a batch and a channel axis.</summary>
/// <example><code>
/// foreach (Layer layer in model.Layers.OfType&lt;SpatialLayer&gt;()) Console.WriteLine(layer.Name);
/// </code></example>
public abstract class SpatialLayer : Layer
{
    private protected SpatialLayer(int axes, DataFormat dataFormat, string? name, DType? dtype)
        : base(name, dtype) => (SpatialAxes, DataFormat) = (axes, dataFormat);

    /// <summary>Where the channels stand.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>How many axes the layer works along.</summary>
    internal int SpatialAxes { get; }

    /// <summary>The class and name in front of messages about arguments.</summary>
    private protected string Who => $"{ClassName} '{Name}'";

    /// <summary>Refuses inputs of another number of axes; otherwise the first axis to work along.</summary>
    private protected int FirstAxis(Tensor input)
    {
        string form = DataFormat == DataFormat.ChannelsFirst ? $"[batch, channels, {Axes}]" : $"[batch, {Axes}, channels]";
        return input.Dims.Rank == SpatialAxes + 2
            ? DataFormat.FirstSpatialAxis
            : throw Error($"expected an input of {SpatialAxes + 2} axes {form}, received {input.Type}. Reshape the data, for one channel with a last axis of 1.");
    }

    private string Axes => SpatialAxes switch
    {
        1 => "steps",
        2 => "height, width",
        _ => "depth, height, width",
    };
}
