using System.Collections.Immutable;

namespace Nabla;

/// <summary>Zeros before and after the elements along each spatial axis.</summary>
/// <example><code>
/// ZeroPadding layer = new ZeroPadding2D(1); // [batch, 28, 28, 1] becomes [batch, 30, 30, 1]
/// </code></example>
public abstract class ZeroPadding : SpatialLayer
{
    private protected ZeroPadding(int axes, Margins padding, DataFormat dataFormat, string? name, DType? dtype)
        : base(axes, dataFormat, name, dtype) => Padding = padding.For(axes, Who, nameof(padding));

    /// <summary>For each spatial axis how many zeros come before and after.</summary>
    public ImmutableArray<(int Low, int High)> Padding { get; }

    /// <inheritdoc/>
    protected sealed override Tensor Call(Tensor input, CallContext context)
    {
        int first = FirstAxis(input);
        int[] low = new int[input.Dims.Rank];
        int[] high = new int[input.Dims.Rank];
        for (int i = 0; i < Padding.Length; i++)
        {
            (low[first + i], high[first + i]) = Padding[i];
            if ((long)Padding[i].Low + Padding[i].High + input.Dims[first + i].Size > Array.MaxLength)
            {
                throw Error($"expected an output that an array can hold, received a padding of {Padding[i]} for axis {first + i} of {input.Type}.");
            }
        }

        return input.Pad(low, high);
    }

    /// <inheritdoc/>
    protected internal sealed override void WriteConfig(ConfigWriter config)
    {
        config.Margins("padding", Padding);
        config.Text("data_format", DataFormat.ToString());
    }
}

/// <summary>Zeros before and after a series: [batch, steps, channels].</summary>
/// <example><code>
/// ZeroPadding1D causal = new((2, 0)); // two before, none after
/// </code></example>
public sealed class ZeroPadding1D : ZeroPadding
{
    /// <summary>A padding layer.</summary>
    /// <param name="padding">How many zeros: one number, or (before, after); 1 by default.</param>
    /// <param name="dataFormat">Where the channels stand.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public ZeroPadding1D(Margins? padding = null, DataFormat dataFormat = default, string? name = null, DType? dtype = null)
        : base(1, padding ?? 1, dataFormat, name, dtype)
    {
    }

    internal static ZeroPadding1D Read(ConfigReader config) => new(config.Margins("padding", 1), config.DataFormat(), config.RequiredText("name"), config.DType());
}

/// <summary>Zeros around images: [batch, height, width, channels].</summary>
/// <example><code>
/// ZeroPadding2D even = new((1, 2));             // 1 above and below, 2 left and right
/// ZeroPadding2D uneven = new(((1, 2), (0, 3))); // top, bottom, left, right
/// </code></example>
public sealed class ZeroPadding2D : ZeroPadding
{
    /// <summary>A padding layer.</summary>
    /// <param name="padding">How many zeros: one number, (height, width), or ((top, bottom), (left, right)); 1 by default.</param>
    /// <param name="dataFormat">Where the channels stand.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public ZeroPadding2D(Margins? padding = null, DataFormat dataFormat = default, string? name = null, DType? dtype = null)
        : base(2, padding ?? 1, dataFormat, name, dtype)
    {
    }

    internal static ZeroPadding2D Read(ConfigReader config) => new(config.Margins("padding", 1), config.DataFormat(), config.RequiredText("name"), config.DType());
}

/// <summary>Zeros around volumes: [batch, depth, height, width, channels].</summary>
/// <example><code>
/// ZeroPadding3D layer = new((1, 2, 2));
/// </code></example>
public sealed class ZeroPadding3D : ZeroPadding
{
    /// <summary>A padding layer.</summary>
    /// <param name="padding">How many zeros: one number, one for each axis, or a pair (before, after) for each; 1 by default.</param>
    /// <param name="dataFormat">Where the channels stand.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public ZeroPadding3D(Margins? padding = null, DataFormat dataFormat = default, string? name = null, DType? dtype = null)
        : base(3, padding ?? 1, dataFormat, name, dtype)
    {
    }

    internal static ZeroPadding3D Read(ConfigReader config) => new(config.Margins("padding", 1), config.DataFormat(), config.RequiredText("name"), config.DType());
}
