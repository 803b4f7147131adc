using System.Globalization;
using System.Runtime.InteropServices;

namespace Nabla.Explain;

/// <summary>The film's last snapshot for those who read without its script: every view of the player, standing still.</summary>
internal static class Stills
{
    // As in the player: more numbers are not listed one by one, and the words look at this many snapshots.
    private const int MostListed = 12;
    private const int Recent = 9;

    // A larger picture says no more, and would weigh more than all the rest.
    private const int LargestPicture = 1 << 15;
    private const int Side = 200;

    private static readonly (int, int, int)[] Hues =
        [(21, 83, 168), (196, 98, 16), (29, 107, 53), (166, 27, 27), (98, 52, 156), (0, 120, 130), (150, 110, 0), (120, 120, 120), (190, 60, 120), (70, 70, 200)];

    public static Element Draw(GlassBoxRecord run, string name)
    {
        GlassBoxSnapshot last = run.Snapshots[^1];
        Element pictures = new("div", ("class", "stills"));
        if (run.Boundary is { } boundary)
        {
            pictures.Add(Figure("What it answers; dots are samples of the probe, in the colour of their label.", Plane(boundary, Floats(last.Boundary), pixelated: true, Answered(boundary), Points(boundary), ["first feature"], ["second feature"])));
        }

        if (run.Contour is { } contour)
        {
            double[] costs = Floats(contour.Values);
            double least = costs.Where(double.IsFinite).DefaultIfEmpty(0).Min();
            double most = Math.Log(1 + costs.Where(double.IsFinite).DefaultIfEmpty(1).Max() - least);
            pictures.Add(Figure("The way down: the cost over both numbers to learn, lighter is lower. The ring is where the training began, the dot where it ended.", Plane(contour, costs, pixelated: false, v => Mix((21, 83, 168), 0.7 * Math.Log(1 + v - least) / Math.Max(1e-12, most)), Way(run, contour), Both(run, 0), Both(run, 1))));
        }

        return new Element("div", ("class", "still"))
        {
            new Element("h3") { $"{name} after {last.Iteration.ToString("N0", CultureInfo.InvariantCulture)} steps" },
            pictures,
            new Element("div", ("class", "wide")) { Listed(run) },
        };
    }

    // A row for each number where they are few, for each weight else.
    private static Element Listed(GlassBoxRecord run)
    {
        int count = run.Parameters.Sum(p => Count(p));
        GlassBoxSnapshot last = run.Snapshots[^1];
        Element body = new("tbody");
        for (int p = 0; p < run.Parameters.Count; p++)
        {
            GlassBoxParameter parameter = run.Parameters[p];
            double[] weights = Weights(run, run.Snapshots.Count - 1, p);
            (double[] gradients, double[] rates) = (Floats(last.Gradients[p]), Floats(last.Rates[p]));
            if (count <= MostListed)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    double[] course = [.. Enumerable.Range(Math.Max(0, run.Snapshots.Count - Recent), Math.Min(Recent, run.Snapshots.Count)).Select(s => Weights(run, s, p)[i])];
                    body.Add(Row(new Element("span") { PageNames.Name(parameter.Name), weights.Length > 1 ? $" {Numerals.Count(i + 1)}" : null }, [Numerals.Printed(weights[i], 5), Numerals.PrintedBrief(gradients[i]), double.IsFinite(rates[i]) ? Numerals.PrintedBrief(rates[i]) : "–", Moves.Direction(course)]));
                }
            }
            else
            {
                body.Add(Row(PageNames.Name(parameter.Name), [Range(weights), Range(gradients), Range(rates), ""], Heat(parameter, weights), Heat(parameter, gradients), Heat(parameter, rates)));
            }
        }

        return new Element("table")
        {
            new Element("caption") { "Values, the cost's derivatives by them, and the optimizer's next step divided by those" },
            new Element("thead") { new Element("tr") { new[] { "", "value", "gradient", "rate αⱼ", count <= MostListed ? "last moves" : "" }.Select(h => (Markup)new Element("th", ("scope", "col")) { h }) } },
            body,
        };
    }

    private static Element Row(Markup head, string[] cells, params Element?[] pictures)
    {
        Element row = new("tr") { new Element("th", ("scope", "row")) { head } };
        for (int i = 0; i < cells.Length; i++)
        {
            row.Add(new Element("td", ("class", "number")) { cells[i], i < pictures.Length ? pictures[i] : null });
        }

        return row;
    }

    // The longer side across: a tall and narrow picture would push all else away.
    private static Element? Heat(GlassBoxParameter parameter, double[] values)
    {
        int columns = parameter.Dims.Count == 0 ? 1 : parameter.Dims[^1];
        if (values.Length is 0 or > LargestPicture)
        {
            return null;
        }

        int rows = values.Length / columns;
        double largest = Math.Max(1e-300, values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
        (byte, byte, byte) Colour(double v) => !double.IsFinite(v) ? ((byte)128, (byte)128, (byte)128) : Mix(v < 0 ? (156, 70, 0) : (21, 83, 168), Math.Abs(v) / largest);
        string source = rows > columns ? Bitmap.Source(rows, columns, (x, y) => Colour(values[(x * columns) + y])) : Bitmap.Source(columns, rows, (x, y) => Colour(values[(y * columns) + x]));
        return new Element("img", ("class", "heat"), ("alt", ""), ("src", source));
    }

    private static Func<double, (byte, byte, byte)> Answered(GlassBoxPlane plane)
    {
        if (plane.Classes > 1)
        {
            return v => Mix(Hues[(int)v % Hues.Length], 0.35);
        }

        (double low, double high) = Labels(plane);
        double middle = (low + high) / 2;
        return v => Mix(v > middle ? (21, 83, 168) : (156, 70, 0), Math.Min(0.6, Math.Abs(v - middle) / (high - low) * 1.2));
    }

    private static IEnumerable<Markup> Points(GlassBoxPlane plane)
    {
        (double low, double high) = Labels(plane);
        for (int i = 0; i < plane.Points.Count; i += 3)
        {
            double label = plane.Points[i + 2];
            (int red, int green, int blue) = plane.Classes > 1 ? Hues[(int)label % Hues.Length] : label > (low + high) / 2 ? (21, 83, 168) : (156, 70, 0);
            (string x, string y) = On(plane, plane.Points[i], plane.Points[i + 1]);
            yield return new Element("circle", ("cx", x), ("cy", y), ("r", "3"), ("stroke", "#fff"), ("fill", $"rgb({red},{green},{blue})"));
        }
    }

    private static (double Low, double High) Labels(GlassBoxPlane plane)
    {
        double[] labels = [.. plane.Points.Where((_, i) => i % 3 == 2)];
        return (Math.Min(0, labels.DefaultIfEmpty(0).Min()), Math.Max(1, labels.DefaultIfEmpty(1).Max()));
    }

    private static IEnumerable<Markup> Way(GlassBoxRecord run, GlassBoxPlane plane)
    {
        (string X, string Y)[] way = [.. run.Snapshots.Select((_, s) => Enumerable.Range(0, run.Parameters.Count).SelectMany(p => Weights(run, s, p)).ToArray())
            .Where(at => at.All(double.IsFinite)).Select(at => On(plane, at[0], at[1]))];
        yield return new Element("path", ("fill", "none"), ("stroke", "#000"), ("stroke-width", "1.5"), ("d", string.Concat(way.Select((at, i) => $"{(i == 0 ? 'M' : 'L')}{at.X} {at.Y}"))));
        if (way.Length > 0)
        {
            yield return new Element("circle", ("cx", way[0].X), ("cy", way[0].Y), ("r", "4.5"), ("fill", "none"), ("stroke", "#000"), ("stroke-width", "1.5"));
            yield return new Element("circle", ("cx", way[^1].X), ("cy", way[^1].Y), ("r", "4"));
        }
    }

    // Values stand at the points of the grid, the outer ones on the border: the picture reaches half a cell beyond, and is cut there.
    private static Element Plane(
        GlassBoxPlane plane, double[] values, bool pixelated, Func<double, (byte, byte, byte)> colour, IEnumerable<Markup> above, IEnumerable<Markup> across, IEnumerable<Markup> up)
    {
        double cell = (double)Side / (plane.Size - 1);
        string source = Bitmap.Source(plane.Size, plane.Size, (x, y) => values[((plane.Size - 1 - y) * plane.Size) + x] is var v && double.IsFinite(v) ? colour(v) : ((byte)128, (byte)128, (byte)128));
        Element drawing = new("svg", ("viewBox", $"-46 -6 {Side + 56} {Side + 36}"), ("role", "img"))
        {
            new Element("svg", ("width", Place(Side)), ("height", Place(Side)))
            {
                new Element("image", ("href", source), ("x", Place(-cell / 2)), ("y", Place(-cell / 2)), ("width", Place(Side + cell)), ("height", Place(Side + cell)), ("preserveAspectRatio", "none"), ("style", pixelated ? "image-rendering: pixelated" : null)),
                above,
            },
            new Element("rect", ("class", "edge"), ("width", Place(Side)), ("height", Place(Side))),
            new Element("text", ("x", Place(Side / 2)), ("y", Place(Side + 26)), ("text-anchor", "middle")) { across },
            new Element("text", ("transform", $"translate(-38 {Side / 2}) rotate(-90)"), ("text-anchor", "middle")) { up },
        };
        foreach (double x in Ticks.Within(plane.Left, plane.Right))
        {
            drawing.Add(new Element("text", ("x", On(plane, x, plane.Bottom).X), ("y", Place(Side + 12)), ("text-anchor", "middle")) { Numerals.PrintedBrief(x) });
        }

        foreach (double y in Ticks.Within(plane.Bottom, plane.Top))
        {
            drawing.Add(new Element("text", ("x", "-5"), ("y", On(plane, plane.Left, y).Y), ("dy", "3"), ("text-anchor", "end")) { Numerals.PrintedBrief(y) });
        }

        return drawing;
    }

    // The name of the first or second of two numbers, its layer raised.
    private static IEnumerable<Markup> Both(GlassBoxRecord run, int number)
    {
        (string Name, string Place)[] names = [.. run.Parameters.SelectMany(p => Enumerable.Range(1, Count(p)).Select(i => (p.Name, Count(p) > 1 ? $" {Numerals.Count(i)}" : "")))];
        string[] parts = names[number].Name.Split('^', 2);
        yield return new Element("tspan") { parts[0] };
        if (parts.Length > 1)
        {
            yield return new Element("tspan", ("dy", "-3"), ("style", "font-size: 0.75em")) { parts[1] };
        }

        yield return new Element("tspan", ("dy", parts.Length > 1 ? "3" : null)) { names[number].Place };
    }

    private static Element Figure(string caption, Element drawing) => new("figure") { new Element("figcaption") { caption }, drawing };

    private static (string X, string Y) On(GlassBoxPlane plane, double x, double y) =>
        (Place((x - plane.Left) / (plane.Right - plane.Left) * Side), Place(Side - ((y - plane.Bottom) / (plane.Top - plane.Bottom) * Side)));

    private static (byte, byte, byte) Mix((int Red, int Green, int Blue) colour, double share)
    {
        byte Part(int c) => (byte)Math.Clamp(Math.Round(255 + ((c - 255) * share)), 0, 255);
        return (Part(colour.Red), Part(colour.Green), Part(colour.Blue));
    }

    private static string Range(double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length < 2)
        {
            return finite.Length == 0 ? "none" : Numerals.PrintedBrief(finite[0]);
        }

        (string low, string high) = (Numerals.PrintedBrief(finite.Min()), Numerals.PrintedBrief(finite.Max()));
        return low == high ? $"all {low}" : $"{low} to {high}";
    }

    private static double[] Weights(GlassBoxRecord run, int snapshot, int parameter) => run.Weight(snapshot, parameter).AsType(DType.Float64).ToArray<double>();

    private static double[] Floats(ReadOnlyMemory<byte> bytes) => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray(), f => (double)f);

    private static int Count(GlassBoxParameter parameter) => parameter.Dims.Aggregate(1, (a, b) => a * b);

    private static string Place(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
