using System.Runtime.InteropServices;

namespace Nabla.Explain;

/// <summary>Finds rows that are the same to the last bit.</summary>
internal sealed class RowTable
{
    private readonly NDArray _rows;
    private readonly Dictionary<ulong, List<int>> _places = [];

    public RowTable(NDArray rows)
    {
        _rows = rows;
        for (int row = 0; row < rows.Dims[0].Size; row++)
        {
            ulong hash = Hash(Bytes(rows, row));
            if (!_places.TryGetValue(hash, out List<int>? places))
            {
                _places.Add(hash, places = []);
            }

            places.Add(row);
        }
    }

    /// <summary>Groups of two or more equal rows, in the order of their first.</summary>
    public IEnumerable<IReadOnlyList<int>> Groups =>
        _places.Values.Where(p => p.Count > 1).SelectMany(Apart).Where(g => g.Count > 1).OrderBy(g => g[0]);

    /// <summary>A row of this table that equals a row of another; -1 where there is none.</summary>
    public int Find(NDArray others, int row)
    {
        if (_places.TryGetValue(Hash(Bytes(others, row)), out List<int>? places))
        {
            foreach (int place in places)
            {
                if (Bytes(_rows, place).SequenceEqual(Bytes(others, row)))
                {
                    return place;
                }
            }
        }

        return -1;
    }

    // Different rows may have one hash.
    private IEnumerable<List<int>> Apart(List<int> places)
    {
        List<List<int>> groups = [];
        foreach (int place in places)
        {
            List<int>? group = groups.Find(g => Bytes(_rows, g[0]).SequenceEqual(Bytes(_rows, place)));
            if (group is null)
            {
                groups.Add([place]);
            }
            else
            {
                group.Add(place);
            }
        }

        return groups;
    }

    private static ReadOnlySpan<byte> Bytes(NDArray rows, int row)
    {
        int width = rows.Dims[1..].Count;
        return rows.DType switch
        {
            DType.Float32 => Cut(rows.AsSpan<float>(), row, width),
            DType.Float64 => Cut(rows.AsSpan<double>(), row, width),
            DType.Int32 => Cut(rows.AsSpan<int>(), row, width),
            DType.Int64 => Cut(rows.AsSpan<long>(), row, width),
            DType.UInt8 => Cut(rows.AsSpan<byte>(), row, width),
            DType.Boolean => Cut(rows.AsSpan<bool>(), row, width),
            _ => throw new ShapeException($"Doctor: expected real numbers to compare rows of, received {rows.Type}. Convert the array first."),
        };
    }

    private static ReadOnlySpan<byte> Cut<T>(ReadOnlySpan<T> values, int row, int width)
        where T : unmanaged => MemoryMarshal.AsBytes(values.Slice(row * width, width));

    // Fowler, Noll and Vo.
    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in bytes)
        {
            hash = unchecked((hash ^ value) * 1099511628211);
        }

        return hash;
    }
}
