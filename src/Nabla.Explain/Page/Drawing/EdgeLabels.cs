namespace Nabla.Explain;

/// <summary>Places numbers on edges so that none lies on another, or on a box, where there is room for that: along its line each takes the first free place.</summary>
internal static class EdgeLabels
{
    private const double Height = 14;

    // Where on a bow, best first: nearer to where the value comes from, whose gradient the number is part of.
    private static readonly double[] Places = [0.4, 0.5, 0.3, 0.6, 0.2, 0.7, 0.12, 0.8, 0.9];

    /// <summary>The middle of the base line of each label.</summary>
    /// <param name="labels">The line of each, and its width.</param>
    /// <param name="boxes">What they must not lie on.</param>
    /// <param name="drop">How far below its line a label's base line is.</param>
    public static IReadOnlyList<Point> Place(IReadOnlyList<(IReadOnlyList<Point> Route, double Width)> labels, IReadOnlyList<Box> boxes, double drop)
    {
        List<Box> taken = [.. boxes];
        List<Point> places = [];
        foreach ((IReadOnlyList<Point> route, double width) in labels)
        {
            (Point Place, Box Box, double Covered) best = default;
            foreach (Point on in Candidates(route))
            {
                Point place = new(on.X, on.Y + drop);
                Box box = new(place.X - (width / 2), place.Y - Height + 3, width, Height);
                double covered = taken.Sum(t => Common(t, box));
                if (best.Box.Width == 0 || covered < best.Covered)
                {
                    best = (place, box, covered);
                }

                if (covered == 0)
                {
                    break;
                }
            }

            taken.Add(best.Box);
            places.Add(best.Place);
        }

        return places;
    }

    // On the bows between columns: the first, then those after it.
    private static IEnumerable<Point> Candidates(IReadOnlyList<Point> route) =>
        from start in Enumerable.Range(0, route.Count / 2).Select(i => (2 * i) + 1).Where(i => i + 1 < route.Count)
        from t in Places
        select At(route[start], route[start + 1], t);

    private static double Common(Box a, Box b) => Math.Max(0, Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X)) * Math.Max(0, Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Y, b.Y));

    // A point of the bow between two points.
    private static Point At(Point a, Point b, double t)
    {
        double u = 1 - t, middle = (a.X + b.X) / 2;
        double x = (u * u * u * a.X) + (3 * u * u * t * middle) + (3 * u * t * t * middle) + (t * t * t * b.X);
        double y = (u * u * u * a.Y) + (3 * u * u * t * a.Y) + (3 * u * t * t * b.Y) + (t * t * t * b.Y);
        return new Point(x, y);
    }
}
