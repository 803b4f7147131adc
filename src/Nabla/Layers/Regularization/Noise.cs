using System.Collections.Immutable;

namespace Nabla;

/// <summary>What the layers share that drop values or add noise in training.</summary>
internal static class Noise
{
    /// <summary>The input with values dropped, where training; a draw for each element of <paramref name="noise"/>, which is broadcast.</summary>
    public static Tensor Drop(Tensor input, Dims noise, double rate, int? seed, CallContext context)
    {
        if (!context.Training || rate == 0)
        {
            return input;
        }

        return rate == 1
            ? input.Like(0)
            : Tensor.Select(Spread(context.Chance(noise, rate, seed), input), input.Like(0), input * (1 / (1 - (Rational)rate)));
    }

    /// <summary>A draw repeated along the axes where it serves all. A node even where sizes agree: the batch may be traced with size 1.</summary>
    public static Tensor Spread(Tensor draw, Tensor input) =>
        draw.Dims == input.Dims ? draw : draw.Builder.Apply(new Broadcast(input.Dims, Axes.Range(input.Dims.Rank)), draw);

    /// <summary>The noise shape, if each entry is null or 1 or more.</summary>
    public static ImmutableArray<int?>? Checked(IReadOnlyList<int?>? shape, Layer layer)
    {
        if (shape is null)
        {
            return null;
        }

        return shape.Count > 0 && shape[0] is null or 1 && shape.All(s => s is null or >= 1)
            ? [.. shape]
            : throw new ArgumentException($"{layer.ClassName} '{layer.Name}': expected a noiseShape with null (one by one) or 1 (one draw for all) for each axis, the batch first, received {Text(shape)}.");
    }

    /// <summary>The dims of the draw for an input.</summary>
    public static Dims DimsOf(Tensor input, ImmutableArray<int?>? shape, Layer layer)
    {
        if (shape is not { } noise)
        {
            return input.Dims;
        }

        return noise.Length == input.Dims.Rank && noise.Zip(input.Dims).All(p => p.First is null or 1 || p.First == p.Second.Size)
            ? [.. noise.Zip(input.Dims).Select(p => p.First == 1 ? new Dim(1) : p.Second)]
            : throw layer.Error($"expected an input that noiseShape {Text(noise)} fits, each size equal or 1, received {input.Type}.");
    }

    /// <summary>Writes a noise shape under Keras' name.</summary>
    public static void WriteShape(ConfigWriter config, ImmutableArray<int?>? shape)
    {
        if (shape is { } noise)
        {
            config.OptionalIntegers("noise_shape", noise);
        }
        else
        {
            config.Null("noise_shape");
        }
    }

    /// <summary>Reads a noise shape.</summary>
    public static IReadOnlyList<int?>? ReadShape(ConfigReader config) => config.Has("noise_shape") ? config.OptionalIntegers("noise_shape") : null;

    private static string Text(IEnumerable<int?> shape) => $"[{string.Join(", ", shape.Select(s => s is null ? "null" : $"{s}"))}]";
}
