namespace Nabla.Explain;

/// <summary>A place in a drawing.</summary>
internal readonly record struct Point(double X, double Y);

/// <summary>A rectangle in a drawing, from its upper left corner.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double MiddleY => Y + (Height / 2);
}

/// <summary>Where everything of a drawn graph lies: a box a node, and a route an edge, from the right side of one box to the left side of the other.</summary>
internal sealed record Placement(IReadOnlyList<Box> Boxes, IReadOnlyList<IReadOnlyList<Point>> Routes, double Width, double Height);

/// <summary>
/// A drawing in columns, from what is given on the left to the result on the right: a node stands as many columns before the result as its longest path
/// is long, columns are ordered by barycentres, and heights fall where edges are short. The same graph is always drawn the same.
/// </summary>
internal sealed class Layered
{
    // Between the boxes of a column, and at least between columns.
    private const double GapY = 14;
    private const double GapX = 84;
    private const double Margin = 12;

    // Room for an edge that passes a column.
    private const double Lane = 22;

    // Between edges that meet a box, where the box is high enough.
    private const double Port = 22;
    private const int Sweeps = 12;

    private readonly IReadOnlyList<(double Width, double Height)> _sizes;
    private readonly IReadOnlyList<(int From, int To)> _edges;
    private readonly List<Item> _items = [];
    private readonly List<List<Item>> _columns = [];
    private readonly List<Item>[] _chains;

    private Layered(IReadOnlyList<(double Width, double Height)> sizes, IReadOnlyList<(int From, int To)> edges)
    {
        _sizes = sizes;
        _edges = edges;
        _chains = new List<Item>[edges.Count];
    }

    /// <summary>Draws a graph.</summary>
    /// <param name="sizes">Width and height of each node.</param>
    /// <param name="edges">Uses of nodes by nodes; an edge that goes back to a node of a smaller number is drawn from right to left.</param>
    /// <param name="inset">How much of a node's height, at either end, is no place for an edge to meet it.</param>
    /// <param name="gap">The room between columns that a number on an edge needs.</param>
    public static Placement Place(IReadOnlyList<(double Width, double Height)> sizes, IReadOnlyList<(int From, int To)> edges, double inset, double gap = 0)
    {
        Layered layered = new(sizes, edges);
        layered.IntoColumns();
        ColumnOrder.Improve(layered._columns);
        double height = layered.Heights();
        return layered.Finish(height, inset, Math.Max(GapX, gap));
    }

    private void IntoColumns()
    {
        int[] rank = new int[_sizes.Count];
        foreach ((int from, int to) in _edges.Select(e => (Math.Min(e.From, e.To), Math.Max(e.From, e.To))).Where(e => e.Item1 != e.Item2).OrderByDescending(e => e.Item1))
        {
            rank[from] = Math.Max(rank[from], rank[to] + 1);
        }

        int last = rank.DefaultIfEmpty(0).Max();
        _columns.AddRange(Enumerable.Range(0, last + 1).Select(_ => new List<Item>()));
        for (int n = 0; n < _sizes.Count; n++)
        {
            Into(last - rank[n], _sizes[n].Height);
        }

        for (int e = 0; e < _edges.Count; e++)
        {
            (int from, int to) = (Math.Min(_edges[e].From, _edges[e].To), Math.Max(_edges[e].From, _edges[e].To));
            List<Item> chain = _chains[e] = [_items[from]];
            for (int c = _items[from].Column + 1; c < _items[to].Column; c++)
            {
                chain.Add(Into(c, Lane));
            }

            chain.Add(_items[to]);
            for (int i = 1; i < chain.Count; i++)
            {
                chain[i - 1].After.Add(chain[i]);
                chain[i].Before.Add(chain[i - 1]);
            }
        }
    }

    private Item Into(int column, double height)
    {
        Item item = new(_items.Count, column, height);
        _items.Add(item);
        _columns[column].Add(item);
        return item;
    }

    // Each item as near to its neighbours as the order of its column lets it.
    private double Heights()
    {
        foreach (List<Item> column in _columns)
        {
            Settle(column, _ => 0);
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool toTheRight = sweep % 2 == 0;
            foreach (List<Item> column in toTheRight ? _columns : Enumerable.Reverse(_columns))
            {
                bool both = sweep >= Sweeps - 2;
                Settle(column, item =>
                {
                    IReadOnlyList<Item> near = both ? [.. item.Before, .. item.After] : toTheRight ? item.Before : item.After;
                    return near.Count == 0 ? item.Y : near.Average(n => n.Y);
                });
            }
        }

        double top = _items.Min(i => i.Y - (i.Height / 2));
        foreach (Item item in _items)
        {
            item.Y += Margin - top;
        }

        return _items.Max(i => i.Y + (i.Height / 2)) + Margin;
    }

    // Least squares under "each below the one before": pool adjacent violators.
    private static void Settle(List<Item> column, Func<Item, double> wish)
    {
        double offset = 0;
        List<(double Mean, int Count)> pools = [];
        double[] offsets = new double[column.Count];
        for (int i = 0; i < column.Count; i++)
        {
            offset += i == 0 ? 0 : ((column[i - 1].Height + column[i].Height) / 2) + GapY;
            offsets[i] = offset;
            (double mean, int count) = (wish(column[i]) - offset, 1);
            while (pools.Count > 0 && pools[^1].Mean >= mean)
            {
                (double before, int many) = pools[^1];
                pools.RemoveAt(pools.Count - 1);
                (mean, count) = (((before * many) + (mean * count)) / (many + count), many + count);
            }

            pools.Add((mean, count));
        }

        int at = 0;
        foreach ((double mean, int count) in pools)
        {
            for (int k = 0; k < count; k++, at++)
            {
                column[at].Y = mean + offsets[at];
            }
        }
    }

    private Placement Finish(double height, double inset, double gap)
    {
        double[] left = new double[_columns.Count];
        double[] right = new double[_columns.Count];
        double x = Margin;
        for (int c = 0; c < _columns.Count; c++)
        {
            left[c] = x;
            right[c] = x + _columns[c].Where(i => i.Id < _sizes.Count).Select(i => _sizes[i.Id].Width).DefaultIfEmpty(0).Max();
            x = right[c] + gap;
        }

        Box[] boxes = [.. _sizes.Select((size, n) =>
        {
            Item item = _items[n];
            return new Box(((left[item.Column] + right[item.Column]) - size.Width) / 2, item.Y - (size.Height / 2), size.Width, size.Height);
        })];
        double[] starts = Ports(e => _chains[e][0], e => _chains[e][1], inset);
        double[] ends = Ports(e => _chains[e][^1], e => _chains[e][^2], inset);
        List<IReadOnlyList<Point>> routes = [];
        for (int e = 0; e < _edges.Count; e++)
        {
            List<Item> chain = _chains[e];
            List<Point> route = [new(boxes[chain[0].Id].Right, starts[e]), new(right[chain[0].Column], starts[e])];
            foreach (Item lane in chain.Skip(1).SkipLast(1))
            {
                route.Add(new(left[lane.Column], lane.Y));
                route.Add(new(right[lane.Column], lane.Y));
            }

            route.Add(new(left[chain[^1].Column], ends[e]));
            route.Add(new(boxes[chain[^1].Id].X, ends[e]));
            routes.Add(_edges[e].From > _edges[e].To ? [.. Enumerable.Reverse(route)] : route);
        }

        return new Placement(boxes, routes, right[^1] + Margin, height);
    }

    // Where edges meet a box: spread over its side in the order of where they come from, so that two uses of one value are two lines.
    private double[] Ports(Func<int, Item> end, Func<int, Item> other, double inset)
    {
        double[] places = new double[_edges.Count];
        foreach (IGrouping<Item, int> side in Enumerable.Range(0, _edges.Count).GroupBy(end))
        {
            int[] sorted = [.. side.OrderBy(e => other(e).Y).ThenBy(e => e)];
            double room = side.Key.Height - (2 * inset);
            double step = sorted.Length == 1 ? 0 : Math.Min(Port, room / (sorted.Length - 1));
            for (int k = 0; k < sorted.Length; k++)
            {
                places[sorted[k]] = side.Key.Y + ((k - ((sorted.Length - 1) / 2.0)) * step);
            }
        }

        return places;
    }

    /// <summary>A node, or the place where an edge passes a column.</summary>
    internal sealed class Item(int id, int column, double height)
    {
        public int Id => id;

        public int Column => column;

        public double Height => height;

        public double Y { get; set; }

        /// <summary>The place in the column's order.</summary>
        public int Order { get; set; }

        public List<Item> Before { get; } = [];

        public List<Item> After { get; } = [];
    }
}
