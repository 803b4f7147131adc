namespace Nabla.Compiler.Kernels;

/// <summary>
/// How M rows fall into tiles of 6 rows and a few of 5 and 4: those have enough independent sums to hide the latency of a multiply-add, smaller
/// ones do not. Only M below 4 and M = 7 need a smaller tile.
/// </summary>
internal readonly struct GemmRows
{
    private readonly int _sixes;
    private readonly int _tail0;
    private readonly int _tail1;
    private readonly int _tail2;

    public GemmRows(int m)
    {
        _sixes = m / 6;
        (int taken, _tail0, _tail1, _tail2) = (m % 6, _sixes) switch
        {
            (0, _) => (0, 0, 0, 0),
            (1, >= 2) => (2, 5, 4, 4),
            (1, 1) => (1, 4, 3, 0),
            (2, >= 1) => (1, 4, 4, 0),
            (3, >= 1) => (1, 5, 4, 0),
            (int rest, _) => (0, rest, 0, 0),
        };
        _sixes -= taken;
        Count = _sixes + (_tail0 > 0 ? 1 : 0) + (_tail1 > 0 ? 1 : 0) + (_tail2 > 0 ? 1 : 0);
    }

    /// <summary>The number of tiles.</summary>
    public int Count { get; }

    /// <summary>The first row of a tile; of the tile behind the last, M.</summary>
    public int Start(int tile) => (6 * Math.Min(tile, _sixes)) + (tile - _sixes) switch
    {
        <= 0 => 0,
        1 => _tail0,
        2 => _tail0 + _tail1,
        _ => _tail0 + _tail1 + _tail2,
    };

    /// <summary>The rows of a tile, 1 to 6.</summary>
    public int Rows(int tile) => (tile - _sixes) switch
    {
        < 0 => 6,
        0 => _tail0,
        1 => _tail1,
        _ => _tail2,
    };
}
