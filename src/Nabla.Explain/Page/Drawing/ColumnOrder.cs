namespace Nabla.Explain;

/// <summary>Orders the columns of a drawing so that few edges cross: each item goes to the barycentre of its neighbours, columns in turn, and the best order seen is kept.</summary>
internal static class ColumnOrder
{
    private const int Rounds = 16;

    public static void Improve(List<List<Layered.Item>> columns)
    {
        Number(columns);
        Layered.Item[][] best = Copy(columns);
        long fewest = Crossings(columns);
        for (int round = 0; round < Rounds && fewest > 0; round++)
        {
            bool toTheRight = round % 2 == 0;
            foreach (List<Layered.Item> column in toTheRight ? columns : Enumerable.Reverse(columns))
            {
                Layered.Item[] sorted = [.. column.OrderBy(i => Barycentre(i, toTheRight ? i.Before : i.After)).ThenBy(i => i.Order)];
                column.Clear();
                column.AddRange(sorted);
                Number([column]);
            }

            long crossings = Crossings(columns);
            if (crossings < fewest)
            {
                fewest = crossings;
                best = Copy(columns);
            }
        }

        for (int c = 0; c < columns.Count; c++)
        {
            columns[c].Clear();
            columns[c].AddRange(best[c]);
        }

        Number(columns);
    }

    private static double Barycentre(Layered.Item item, List<Layered.Item> near) => near.Count == 0 ? item.Order : near.Average(n => (double)n.Order);

    private static Layered.Item[][] Copy(List<List<Layered.Item>> columns) => [.. columns.Select(c => c.ToArray())];

    private static void Number(List<List<Layered.Item>> columns)
    {
        foreach (List<Layered.Item> column in columns)
        {
            for (int i = 0; i < column.Count; i++)
            {
                column[i].Order = i;
            }
        }
    }

    // Two edges cross between two columns where their ends are in opposite orders.
    private static long Crossings(List<List<Layered.Item>> columns)
    {
        long count = 0;
        foreach (List<Layered.Item> column in columns)
        {
            (int Start, int End)[] edges = [.. column.SelectMany(i => i.After.Select(a => (i.Order, a.Order)))];
            for (int i = 0; i < edges.Length; i++)
            {
                for (int k = i + 1; k < edges.Length; k++)
                {
                    if ((edges[i].Start - edges[k].Start) * (edges[i].End - edges[k].End) < 0)
                    {
                        count++;
                    }
                }
            }
        }

        return count;
    }
}
