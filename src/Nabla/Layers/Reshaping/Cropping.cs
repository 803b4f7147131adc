using System.Collections.Immutable;

namespace Nabla;

/// <summary>Leaves out elements at the start and end of each spatial axis.</summary>
/// <example><code>
/// Cropping layer = new Cropping2D(2); // [batch, 28, 28, 1] becomes [batch, 24, 24, 1]
/// </code></example>
public abstract class Cropping : SpatialLayer
{
    private protected Cropping(int axes, Margins cropping, DataFormat dataFormat, string? name, DType? dtype)
        : base(axes, dataFormat, name, dtype) => Amount = cropping.For(axes, Who, nameof(cropping));

    /// <summary>For each spatial axis how many elements are left out at its start and end.</summary>
    public ImmutableArray<(int Low, int High)> Amount { get; }

    /// <inheritdoc/>
    protected sealed override Tensor Call(Tensor input, CallContext context)
    {
        int first = FirstAxis(input);
        int[] starts = new int[input.Dims.Rank];
        int[] stops = input.Dims.Sizes;
        for (int i = 0; i < Amount.Length; i++)
        {
            (int low, int high) = Amount[i];
            if ((long)low + high >= stops[first + i])
            {
                throw Error($"expected more than {(long)low + high} elements on axis {first + i}, of which {low} and {high} are left out, received {stops[first + i]} (input {input.Type}).");
            }

            starts[first + i] = low;
            stops[first + i] -= high;
        }

        return input.Slice(starts, stops);
    }

    /// <inheritdoc/>
    protected internal sealed override void WriteConfig(ConfigWriter config)
    {
        config.Margins("cropping", Amount);
        if (SpatialAxes > 1)
        {
            config.Text("data_format", DataFormat.ToString());
        }
    }
}

/// <summary>Leaves out steps at the start and end of a series: [batch, steps, channels].</summary>
/// <example><code>
/// Cropping1D layer = new((0, 2)); // without the last two steps
/// </code></example>
public sealed class Cropping1D : Cropping
{
    /// <summary>A cropping layer.</summary>
    /// <param name="cropping">How many steps: one number, or (start, end); 1 by default.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Cropping1D(Margins? cropping = null, string? name = null, DType? dtype = null)
        : base(1, cropping ?? 1, default, name, dtype)
    {
    }

    internal static Cropping1D Read(ConfigReader config) => new(config.Margins("cropping", 1), config.RequiredText("name"), config.DType());
}

/// <summary>Cuts the edges of images off: [batch, height, width, channels].</summary>
/// <example><code>
/// Cropping2D layer = new(((1, 0), (2, 2))); // top, bottom, left, right
/// </code></example>
public sealed class Cropping2D : Cropping
{
    /// <summary>A cropping layer.</summary>
    /// <param name="cropping">How much: one number, (height, width), or ((top, bottom), (left, right)); nothing by default.</param>
    /// <param name="dataFormat">Where the channels stand.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Cropping2D(Margins? cropping = null, DataFormat dataFormat = default, string? name = null, DType? dtype = null)
        : base(2, cropping ?? 0, dataFormat, name, dtype)
    {
    }

    internal static Cropping2D Read(ConfigReader config) => new(config.Margins("cropping", 0), config.DataFormat(), config.RequiredText("name"), config.DType());
}

/// <summary>Cuts the sides of volumes off: [batch, depth, height, width, channels].</summary>
/// <example><code>
/// Cropping3D layer = new((1, 2, 2));
/// </code></example>
public sealed class Cropping3D : Cropping
{
    /// <summary>A cropping layer.</summary>
    /// <param name="cropping">How much: one number, one for each axis, or a pair (start, end) for each; 1 by default.</param>
    /// <param name="dataFormat">Where the channels stand.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Cropping3D(Margins? cropping = null, DataFormat dataFormat = default, string? name = null, DType? dtype = null)
        : base(3, cropping ?? 1, dataFormat, name, dtype)
    {
    }

    internal static Cropping3D Read(ConfigReader config) => new(config.Margins("cropping", 1), config.DataFormat(), config.RequiredText("name"), config.DType());
}
