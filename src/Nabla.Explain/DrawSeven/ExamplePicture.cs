using System.Globalization;
using System.Text;

namespace Nabla.Explain;

/// <summary>A picture to try at once.</summary>
/// <param name="Label">Its class, counted from 0.</param>
/// <param name="Pixels">Row by row, from 0 to the full ink.</param>
internal sealed record ExamplePicture(int Label, double[] Pixels)
{
    // Shades of grey in a drawn picture: the eye tells no more on a thumbnail.
    private const int Shades = 8;

    /// <summary>The pictures that were given.</summary>
    /// <exception cref="ShapeException">Pictures of other sizes, or not as many labels.</exception>
    public static IReadOnlyList<ExamplePicture> All(DrawSevenOptions options)
    {
        if (options.Examples is not { } pictures)
        {
            return [];
        }

        int size = options.Height * options.Width;
        int count = pictures.Dims.Rank > 0 ? pictures.Dims[0].Size : 0;
        if (pictures.Dims.Count != count * size || options.ExampleLabels is not { } labels || labels.Dims.Count != count)
        {
            throw new ShapeException(string.Create(
                CultureInfo.InvariantCulture,
                $"DrawSevenPage: expected examples of {options.Height}x{options.Width} pixels with a label each, received {pictures.Type} and labels {options.ExampleLabels?.Type.ToString() ?? "null"}."));
        }

        double[] pixels = pictures.AsType(DType.Float64).AsSpan<double>().ToArray();
        int[] classes = labels.AsType(DType.Int32).AsSpan<int>().ToArray();
        return [.. classes.Select((c, i) => new ExamplePicture(c, pixels[(i * size)..((i + 1) * size)]))];
    }

    /// <summary>The picture as SVG: a path of little squares for each shade.</summary>
    public string Svg(DrawSevenOptions options)
    {
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {options.Width} {options.Height}\" aria-hidden=\"true\" focusable=\"false\">");
        foreach (IGrouping<int, int> shade in Enumerable.Range(0, Pixels.Length).GroupBy(ShadeOf).Where(g => g.Key > 0).OrderBy(g => g.Key))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path fill-opacity=\"{(double)shade.Key / Shades:0.###}\" d=\"");
            foreach (int place in shade)
            {
                svg.Append(CultureInfo.InvariantCulture, $"M{place % options.Width} {place / options.Width}h1v1h-1z");
            }

            svg.Append("\"/>");
        }

        return svg.Append("</svg>").ToString();

        int ShadeOf(int place) => (int)Math.Round(Math.Clamp(Pixels[place] / options.MaxValue, 0, 1) * Shades);
    }
}
