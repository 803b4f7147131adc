using System.Globalization;

namespace Nabla.Explain;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Points">Its places and values, in order.</param>
internal sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Line charts as SVG: read without a script, printed, and told to who cannot see them by a title and the table beside them.</summary>
internal static class Curves
{
    public const double Width = 640;
    public const double Height = 260;
    public const double Left = 62;
    public const double Right = 14;
    public const double Top = 14;
    public const double Bottom = 34;
    private const int Styles = 10;

    /// <summary>A chart of some lines over the same axis.</summary>
    /// <param name="id">The id of the drawing.</param>
    /// <param name="title">What it shows, in a sentence.</param>
    /// <param name="across">What the axis across counts.</param>
    /// <param name="curves">The lines.</param>
    public static Element Draw(string id, string title, string across, IReadOnlyList<Curve> curves)
    {
        (double X, double Y)[] all = [.. curves.SelectMany(c => c.Points).Where(p => double.IsFinite(p.Y))];
        double right = all.Select(p => p.X).DefaultIfEmpty(1).Max();
        double left = Math.Min(all.Select(p => p.X).DefaultIfEmpty(0).Min(), right - 1);
        double low = all.Select(p => p.Y).DefaultIfEmpty(0).Min();
        double high = all.Select(p => p.Y).DefaultIfEmpty(1).Max();
        IReadOnlyList<double> marks = Ticks.Of(low, high > low ? high : low + Math.Max(1e-9, Math.Abs(low)));
        (low, high) = (marks[0], marks[^1]);
        double AtX(double x) => Left + ((x - left) / (right - left) * (Width - Left - Right));
        double AtY(double y) => Height - Bottom - ((y - low) / (high - low) * (Height - Top - Bottom));

        Element svg = new("svg", ("id", id), ("class", "chart"), ("viewBox", $"0 0 {Width:0} {Height:0}"), ("role", "img"), ("aria-label", title)) { new Element("title") { title } };
        foreach (double y in marks)
        {
            svg.Add(new Element("line", ("class", "grid"), ("x1", Place(Left)), ("x2", Place(Width - Right)), ("y1", Place(AtY(y))), ("y2", Place(AtY(y)))));
            svg.Add(new Element("text", ("class", "tick"), ("x", Place(Left - 8)), ("y", Place(AtY(y) + 4)), ("text-anchor", "end")) { Numerals.PrintedBrief(y) });
        }

        // What is counted across are whole numbers.
        foreach (double x in Ticks.Within(left, right).Where(double.IsInteger))
        {
            svg.Add(new Element("text", ("class", "tick"), ("x", Place(AtX(x))), ("y", Place(Height - Bottom + 18)), ("text-anchor", x == left ? "start" : x == right ? "end" : "middle")) { x.ToString("N0", CultureInfo.InvariantCulture) });
        }

        svg.Add(new Element("text", ("class", "tick across"), ("x", Place(Width - Right)), ("y", Place(Height - 4)), ("text-anchor", "end")) { across });
        for (int i = 0; i < curves.Count; i++)
        {
            svg.Add(new Element("path", ("class", $"curve style-{Style(i)}"), ("d", Path(curves[i].Points, AtX, AtY))));
        }

        return new Element("figure")
        {
            new Element("figcaption") { title },
            curves.Count < 2 ? null : Legend(curves),
            new Element("div", ("class", "wide")) { svg },
        };
    }

    private static Element Legend(IReadOnlyList<Curve> curves) => new("p", ("class", "legend"))
    {
        curves.Select((c, i) => (Markup)new Element("span", ("class", $"line style-{Style(i)}")) { c.Name }),
    };

    private static string Path(IReadOnlyList<(double X, double Y)> points, Func<double, double> atX, Func<double, double> atY)
    {
        System.Text.StringBuilder path = new();
        bool isOpen = false;
        foreach ((double x, double y) in points)
        {
            // A value that is no number leaves a gap.
            if (double.IsFinite(y))
            {
                path.Append(isOpen ? 'L' : 'M').Append(Place(atX(x))).Append(' ').Append(Place(atY(y)));
            }

            isOpen = double.IsFinite(y);
        }

        return path.ToString();
    }

    private static string Style(int number) => (number % Styles).ToString(CultureInfo.InvariantCulture);

    private static string Place(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
