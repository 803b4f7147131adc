using System.Collections.Immutable;

namespace Nabla;

/// <summary>More elements along each spatial axis: every one repeated, or, between pixels, weighted means of the neighbours.</summary>
/// <example><code>
/// UpSampling layer = new UpSampling2D(2); // [batch, 14, 14, 8] becomes [batch, 28, 28, 8]
/// </code></example>
public abstract class UpSampling : SpatialLayer
{
    private protected UpSampling(int axes, PerAxis size, DataFormat dataFormat, string? name, DType? dtype)
        : base(axes, dataFormat, name, dtype) => Size = size.For(axes, Who, nameof(size));

    /// <summary>For each spatial axis how many elements come of one.</summary>
    public ImmutableArray<int> Size { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        int first = FirstAxis(input);
        Tensor result = input;
        for (int i = 0; i < Size.Length; i++)
        {
            if ((long)input.Dims[first + i].Size * Size[i] > Array.MaxLength)
            {
                throw Error($"expected an output that an array can hold, received a size of {Size[i]} for axis {first + i} of {input.Type}.");
            }

            result = Along(result, first + i, Size[i]);
        }

        return result;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        if (SpatialAxes == 1)
        {
            config.Integer("size", Size[0]);
            return;
        }

        config.Integers("size", Size);
        config.Text("data_format", DataFormat.ToString());
    }

    /// <summary>Every element along an axis <paramref name="times"/> times.</summary>
    private protected virtual Tensor Along(Tensor x, int axis, int times)
    {
        Dims dims = x.Dims;
        return x.ExpandDims(axis + 1).BroadcastTo(dims.Insert(axis + 1, times)).Reshape(dims.With(axis, dims[axis].Size * times));
    }
}

/// <summary>Every step of a series several times: [batch, steps, channels].</summary>
/// <example><code>
/// UpSampling1D layer = new(3);
/// </code></example>
public sealed class UpSampling1D : UpSampling
{
    /// <summary>An upsampling layer.</summary>
    /// <param name="size">How many times each step.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public UpSampling1D(int size = 2, string? name = null, DType? dtype = null)
        : base(1, size, default, name, dtype)
    {
    }

    internal static UpSampling1D Read(ConfigReader config) => new(config.Integer("size", 2)!.Value, config.RequiredText("name"), config.DType());
}

/// <summary>Larger images: [batch, height, width, channels].</summary>
/// <example><code>
/// UpSampling2D repeated = new((2, 3));
/// UpSampling2D smooth = new(2, interpolation: "bilinear");
/// </code></example>
public sealed class UpSampling2D : UpSampling
{
    private static readonly string[] Known = ["nearest", "bilinear"];

    /// <summary>An upsampling layer.</summary>
    /// <param name="size">How many pixels come of one: one number, or (height, width); 2 by default.</param>
    /// <param name="dataFormat">Where the channels stand.</param>
    /// <param name="interpolation"><c>"nearest"</c> repeats pixels; <c>"bilinear"</c> takes weighted means of the nearest, with pixels' centres at a half.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public UpSampling2D(PerAxis? size = null, DataFormat dataFormat = default, string interpolation = "nearest", string? name = null, DType? dtype = null)
        : base(2, size ?? 2, dataFormat, name, dtype) =>
        Interpolation = Known.Contains(interpolation) ? interpolation : throw DidYouMean.Unknown($"{Who} interpolation", interpolation, Known);

    /// <summary>How pixels between the given ones are found.</summary>
    public string Interpolation { get; }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        base.WriteConfig(config);
        config.Text("interpolation", Interpolation);
    }

    internal static UpSampling2D Read(ConfigReader config) =>
        new(config.PerAxis("size", 2), config.DataFormat(), config.Text("interpolation", "nearest"), config.RequiredText("name"), config.DType());

    private protected override Tensor Along(Tensor x, int axis, int times) => Interpolation == "nearest" ? base.Along(x, axis, times) : LinearAlong(x, axis, times);

    // The new pixel i lies at (i + 1/2) / times - 1/2 between two old ones; beyond the outer ones their own values go on.
    private static Tensor LinearAlong(Tensor x, int axis, int times)
    {
        int size = x.Dims[axis].Size;
        Tensor place = ((x.Builder.Iota([new Dim(size * times)], 0, DType.Float64) + 0.5) / times) - 0.5;
        Tensor floor = place.Floor();
        Tensor below = floor.Maximum(0).Cast(DType.Int32);
        Tensor above = (floor + 1).Minimum(size - 1).Cast(DType.Int32);
        Dims alone = [.. Enumerable.Range(0, x.Dims.Rank).Select(i => new Dim(i == axis ? size * times : 1))];
        Tensor shares = (place - floor).Cast(x.DType).Reshape(alone);
        Tensor left = x.Take(below, axis);
        Tensor right = x.Take(above, axis);
        return left + (shares * (right - left));
    }
}

/// <summary>Larger volumes, every element repeated: [batch, depth, height, width, channels].</summary>
/// <example><code>
/// UpSampling3D layer = new((1, 2, 2));
/// </code></example>
public sealed class UpSampling3D : UpSampling
{
    /// <summary>An upsampling layer.</summary>
    /// <param name="size">How many elements come of one: one number, or one for each axis; 2 by default.</param>
    /// <param name="dataFormat">Where the channels stand.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public UpSampling3D(PerAxis? size = null, DataFormat dataFormat = default, string? name = null, DType? dtype = null)
        : base(3, size ?? 2, dataFormat, name, dtype)
    {
    }

    internal static UpSampling3D Read(ConfigReader config) => new(config.PerAxis("size", 2), config.DataFormat(), config.RequiredText("name"), config.DType());
}
