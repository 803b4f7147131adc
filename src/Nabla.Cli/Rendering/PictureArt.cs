using System.Text;
using Nabla.Data;

namespace Nabla.Cli.Rendering;

/// <summary>
/// Pictures drawn in characters. A character is about twice as high as wide: it stands for two pixels above each other, or, in a small
/// picture, for half a pixel.
/// </summary>
internal static class PictureArt
{
    private const string Shades = " .:-=+*#%@";
    private const int SmallWidth = 16;
    private const string Gap = "   ";

    /// <summary>The lines of one picture.</summary>
    /// <param name="pixels">Row-major ink values from 0 to the shape's largest.</param>
    /// <param name="shape">Height, width and largest value.</param>
    public static string[] Draw(ReadOnlySpan<float> pixels, ImageShape shape)
    {
        bool small = shape.Width <= SmallWidth;
        int pixelsALine = small ? 1 : 2;
        var lines = new string[(shape.Height + pixelsALine - 1) / pixelsALine];
        for (int line = 0; line < lines.Length; line++)
        {
            StringBuilder text = new();
            for (int column = 0; column < shape.Width; column++)
            {
                float ink = 0;
                for (int row = line * pixelsALine; row < Math.Min(shape.Height, (line + 1) * pixelsALine); row++)
                {
                    ink += pixels[row * shape.Width + column] / pixelsALine;
                }

                float share = Math.Clamp(ink / shape.MaxValue, 0, 1);
                text.Append(Shades[(int)MathF.Round(share * (Shades.Length - 1))], small ? 2 : 1);
            }

            lines[line] = text.ToString();
        }

        return lines;
    }

    /// <summary>Pictures under their captions, as many side by side as fit; what is blank in all of them is left out.</summary>
    public static string SideBySide(IReadOnlyList<(string Caption, string[] Lines)> pictures, int width)
    {
        IReadOnlyList<string[]> trimmed = Trim([.. pictures.Select(p => p.Lines)]);
        int cell = Math.Max(pictures.Max(p => p.Caption.Length), trimmed[0][0].Length);
        int perRow = Math.Max(1, (width - 1 + Gap.Length) / (cell + Gap.Length));
        StringBuilder text = new();
        for (int first = 0; first < pictures.Count; first += perRow)
        {
            int end = Math.Min(first + perRow, pictures.Count);
            AppendRow(text, pictures.Take(first..end).Select(p => p.Caption), cell);
            for (int line = 0; line < trimmed[0].Length; line++)
            {
                AppendRow(text, trimmed.Take(first..end).Select(p => p[line]), cell);
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells, int width) =>
        text.AppendLine(string.Join(Gap, cells.Select(c => c.PadRight(width))).TrimEnd());

    private static List<string[]> Trim(IReadOnlyList<string[]> pictures)
    {
        int[] lines = [.. Enumerable.Range(0, pictures[0].Length).Where(l => pictures.Any(p => !string.IsNullOrWhiteSpace(p[l])))];
        int[] columns = [.. Enumerable.Range(0, pictures[0][0].Length).Where(c => pictures.Any(p => p.Any(line => line[c] != ' ')))];
        if (lines.Length == 0)
        {
            return [.. pictures];
        }

        return [.. pictures.Select(p => p[lines[0]..(lines[^1] + 1)].Select(line => line[columns[0]..(columns[^1] + 1)]).ToArray())];
    }
}
