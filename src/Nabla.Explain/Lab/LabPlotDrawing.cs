using System.Globalization;
using System.Text;

namespace Nabla.Explain;

/// <summary>A plot as SVG: axes with round numbers, the curve, a tangent dashed, the current point.</summary>
internal static class LabPlotDrawing
{
    private const double Width = 640;
    private const double Height = 380;
    private const double Left = 62;
    private const double Right = 18;
    private const double Top = 16;
    private const double Bottom = 42;
    private const int Ticks = 6;

    /// <summary>The drawing.</summary>
    /// <param name="plot">What is drawn.</param>
    /// <param name="number">A number that no other drawing of the page has.</param>
    public static Element Draw(LabPlot plot, int number)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"plot-{number}");
        Element drawing = new(
            "svg",
            ("class", "lab-plot"), ("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}")),
            ("width", Numerals.Place(Width)), ("height", Numerals.Place(Height)), ("role", "img"), ("aria-labelledby", $"{id}-title"))
        {
            new Element("title", ("id", $"{id}-title")) { Described(plot) },
            new Element("defs")
            {
                new Element("clipPath", ("id", $"{id}-frame"))
                {
                    new Element("rect", ("x", Numerals.Place(Left)), ("y", Numerals.Place(Top)), ("width", Numerals.Place(Width - Left - Right)), ("height", Numerals.Place(Height - Top - Bottom))),
                },
            },
            Round(plot.From, plot.To).SelectMany(v => Across(plot, v)),
            Round(plot.Low, plot.High).SelectMany(v => Along(plot, v)),
        };
        drawing.Add(new Element("text", ("x", Numerals.Place(Width - Right)), ("y", Numerals.Place(Height - 6)), ("text-anchor", "end")) { FormulaUnicode.Print(new Formula.Symbol(plot.Variable)) });
        for (int i = plot.Curves.Length - 1; i >= 0; i--)
        {
            drawing.Add(new Element("path", ("class", i == 0 ? "curve" : "tangent"), ("d", Path(plot, plot.Curves[i].Y)), ("clip-path", $"url(#{id}-frame)")));
        }

        if (plot.Point is { } point)
        {
            drawing.Add(new Element("circle", ("class", "point"), ("cx", Numerals.Place(X(plot, point.X))), ("cy", Numerals.Place(Y(plot, point.Y))), ("r", "6")));
        }

        return drawing;
    }

    private static string Described(LabPlot plot)
    {
        string point = plot.Point is { } p ? $", with the point {Numerals.Of(p.X)}, {Numerals.Of(p.Y)}" : "";
        string tangent = plot.Curves.Length > 1 ? $" and its tangent {plot.Curves[1].Label.Ascii}" : "";
        return $"{plot.Curves[0].Label.Ascii}{tangent} for {plot.Variable} from {Numerals.Of(plot.From)} to {Numerals.Of(plot.To)}{point}";
    }

    // A line upwards at a place of the axis, and its number.
    private static IEnumerable<Markup> Across(LabPlot plot, double value)
    {
        string x = Numerals.Place(X(plot, value));
        yield return new Element("line", ("class", value == 0 ? "axis" : "grid"), ("x1", x), ("x2", x), ("y1", Numerals.Place(Top)), ("y2", Numerals.Place(Height - Bottom)));
        yield return new Element("text", ("x", x), ("y", Numerals.Place(Height - Bottom + 18)), ("text-anchor", "middle")) { Numerals.Printed(value) };
    }

    private static IEnumerable<Markup> Along(LabPlot plot, double value)
    {
        string y = Numerals.Place(Y(plot, value));
        yield return new Element("line", ("class", value == 0 ? "axis" : "grid"), ("x1", Numerals.Place(Left)), ("x2", Numerals.Place(Width - Right)), ("y1", y), ("y2", y));
        yield return new Element("text", ("x", Numerals.Place(Left - 8)), ("y", Numerals.Place(Y(plot, value) + 4.5)), ("text-anchor", "end")) { Numerals.Printed(value) };
    }

    // Steps of 1, 2 or 5 times a power of ten.
    private static IEnumerable<double> Round(double from, double to)
    {
        double raw = (to - from) / Ticks;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw / power < 1.5 ? 1 : raw / power < 3.5 ? 2 : raw / power < 7.5 ? 5 : 10);
        double first = Math.Ceiling(from / step);
        double last = Math.Floor(to / step);

        // A range too small for its numbers has no room for steps.
        for (double i = first; i <= last && last - first <= 3 * Ticks; i++)
        {
            yield return i == 0 ? 0 : i * step;
        }
    }

    private static string Path(LabPlot plot, double[] y)
    {
        StringBuilder path = new();
        bool isDown = false;
        for (int i = 0; i < y.Length; i++)
        {
            bool isJump = i > 0 && ((y[i] > plot.High && y[i - 1] < plot.Low) || (y[i] < plot.Low && y[i - 1] > plot.High));
            bool isSeen = double.IsFinite(y[i]) && (Inside(plot, y[i]) || (i > 0 && Inside(plot, y[i - 1])) || (i + 1 < y.Length && Inside(plot, y[i + 1])));
            isDown &= isSeen && !isJump;
            if (isSeen)
            {
                path.Append(isDown ? 'L' : 'M').Append(Numerals.Place(X(plot, plot.X[i]))).Append(',').Append(Numerals.Place(Y(plot, y[i])));
                isDown = true;
            }
        }

        return path.ToString();
    }

    private static bool Inside(LabPlot plot, double y) => y >= plot.Low && y <= plot.High;

    private static double X(LabPlot plot, double value) => Left + ((value - plot.From) / (plot.To - plot.From) * (Width - Left - Right));

    // Far outside is outside: a drawing has no use for larger numbers.
    private static double Y(LabPlot plot, double value) =>
        Top + Math.Clamp((plot.High - value) / (plot.High - plot.Low), -10, 11) * (Height - Top - Bottom);
}
