using System.Text;
using Nabla.Data;

namespace Nabla.Cli.Rendering;

/// <summary>Pictures drawn in characters: each character is two pixels of height, so that a square picture looks square in a terminal.</summary>
internal static class DigitArt
{
    private const string Shades = " .:-=+*#%@";

    /// <summary>The lines of one picture.</summary>
    /// <param name="pixels">Row-major ink values from 0 to the shape's largest.</param>
    /// <param name="shape">Height, width and largest value.</param>
    public static string[] Draw(ReadOnlySpan<float> pixels, ImageShape shape)
    {
        var lines = new string[(shape.Height + 1) / 2];
        for (int row = 0; row < lines.Length; row++)
        {
            StringBuilder line = new();
            for (int column = 0; column < shape.Width; column++)
            {
                float upper = pixels[2 * row * shape.Width + column];
                float lower = 2 * row + 1 < shape.Height ? pixels[(2 * row + 1) * shape.Width + column] : 0;
                float ink = Math.Clamp((upper + lower) / (2 * shape.MaxValue), 0, 1);
                line.Append(Shades[(int)MathF.Round(ink * (Shades.Length - 1))]);
            }

            lines[row] = line.ToString();
        }

        return lines;
    }

    /// <summary>Pictures side by side under their captions.</summary>
    public static string SideBySide(IReadOnlyList<(string Caption, string[] Lines)> pictures)
    {
        int width = pictures.Max(p => Math.Max(p.Caption.Length, p.Lines.Max(l => l.Length))) + 2;
        int height = pictures.Max(p => p.Lines.Length);
        StringBuilder text = new();
        text.AppendLine(string.Concat(pictures.Select(p => p.Caption.PadRight(width))).TrimEnd());
        for (int row = 0; row < height; row++)
        {
            text.AppendLine(string.Concat(pictures.Select(p => (row < p.Lines.Length ? p.Lines[row] : "").PadRight(width))).TrimEnd());
        }

        return text.ToString();
    }
}
