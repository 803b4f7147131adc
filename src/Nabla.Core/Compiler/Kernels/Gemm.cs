using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Kernels;

/// <summary>
/// Matrix products C = A B and C += A B at one vector width: cut into tiles of C that are computed independently, each sum over k in order. So any
/// split of the tiles over threads, and any vector width, gives the same bits (for one instruction set's multiply-add).
/// </summary>
/// <remarks>
/// <para>The loops, outermost first: blocks of rows (so that what is packed of A stays in the second-level cache), blocks of k (so that a panel of B stays
/// in the first-level cache), panels of columns, tiles of rows. Between blocks of k the sums wait in C, which is exact.</para>
/// <para>A panel of B is copied into scratch memory where more than a few row tiles read it, where its columns are not adjacent, and at the right edge, where it
/// is padded with zeros to whole vectors: so no loop has a scalar tail. A is read in place, but for a transposed A of many panels.</para>
/// </remarks>
internal static unsafe class Gemm<S, V, T>
    where S : struct, ISimd<V, T>
    where V : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // At most 48 tiles of six rows by 256 to 384 columns of A: 290 to 440 KB, within every second-level cache of this decade; and a batch of 256 in one block.
    private const int TilesPerBlock = 48;

    // From here on copying a panel pays for itself.
    private const int TilesToPackFor = 4;
    private const int PanelsToPackAFor = 8;

    // A panel of B beside a tile's rows of A, in 32 KiB or more.
    private const int PanelBytes = 24 * 1024;

    /// <summary>How many independent tiles C has: what to split over threads, in any way.</summary>
    public static int TileCount(in GemmShape shape)
        => shape.M == 0 || shape.N == 0 ? 0 : checked(new GemmRows(shape.M).Count * PanelCount(shape));

    /// <summary>Bytes of scratch memory that one worker needs, to be aligned like a vector; may be 0.</summary>
    public static long ScratchBytes(in GemmShape shape)
    {
        GemmRows rows = new(shape.M);
        long depth = BlockDepth(shape);
        long a = PacksA(shape) ? rows.Start(TilesInBlock(rows)) * depth : 0;
        return sizeof(T) * ((6L * PanelWidth(shape)) + Aligned(a) + (PanelWidth(shape) * depth));
    }

    /// <summary>Computes the tiles from <paramref name="tileBegin"/> up to <paramref name="tileEnd"/>. Allocates nothing.</summary>
    /// <param name="shape">Sizes and strides.</param>
    /// <param name="a">A's first element.</param>
    /// <param name="b">B's first element.</param>
    /// <param name="c">C's first element; C overlaps neither A nor B.</param>
    /// <param name="scratch">This worker's own scratch memory.</param>
    /// <param name="tileBegin">The first tile, at least 0.</param>
    /// <param name="tileEnd">The tile behind the last, at most <see cref="TileCount"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmShape shape, T* a, T* b, T* c, byte* scratch, int tileBegin, int tileEnd)
    {
        if (tileBegin >= tileEnd)
        {
            return;
        }

        GemmRows rows = new(shape.M);
        int panels = PanelCount(shape);

        // Tiles are numbered block by block, in a block panel by panel, in a panel from the top.
        int most = TilesInBlock(rows);
        for (int firstTile = 0; firstTile < rows.Count; firstTile += most)
        {
            int tiles = Math.Min(most, rows.Count - firstTile);
            long blockBegin = (long)firstTile * panels;
            long begin = Math.Max(tileBegin, blockBegin);
            long end = Math.Min(tileEnd, blockBegin + ((long)tiles * panels));
            if (begin < end)
            {
                RunBlock(shape, rows, a, b, c, (T*)scratch, firstTile, tiles, (int)(begin - blockBegin), (int)(end - blockBegin));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunBlock(in GemmShape shape, in GemmRows rows, T* a, T* b, T* c, T* scratch, int firstTile, int tiles, int begin, int end)
    {
        int width = PanelWidth(shape);
        int depth = BlockDepth(shape);
        int firstRow = rows.Start(firstTile);
        bool packsA = PacksA(shape);
        T* edge = scratch;
        T* packedA = scratch + (6 * width);
        T* packedB = packedA + Aligned(packsA ? (long)(rows.Start(firstTile + tiles) - firstRow) * depth : 0);
        int firstPanel = begin / tiles;
        int lastPanel = (end - 1) / tiles;

        // With K = 0 there is one block, of depth 0: it writes zeros.
        for (int k = 0; k < shape.K || k == 0; k += depth)
        {
            int length = Math.Min(depth, shape.K - k);
            bool accumulate = shape.Accumulate || k > 0;
            if (packsA)
            {
                int from = firstPanel == lastPanel ? begin - (firstPanel * tiles) : 0;
                int to = firstPanel == lastPanel ? end - (firstPanel * tiles) : tiles;
                for (int tile = firstTile + from; tile < firstTile + to; tile++)
                {
                    int start = rows.Start(tile);
                    T* source = a + (start * shape.ARowStride) + (k * shape.AColumnStride);
                    GemmPack<S, V, T>.Rows(source, shape.ARowStride, shape.AColumnStride, rows.Rows(tile), length, packedA + ((long)(start - firstRow) * length));
                }
            }

            for (int panel = firstPanel; panel <= lastPanel; panel++)
            {
                int from = Math.Max(begin - (panel * tiles), 0);
                int to = Math.Min(end - (panel * tiles), tiles);
                int column = panel * width;
                int columns = Math.Min(width, shape.N - column);
                int vectors = (columns + S.Width - 1) / S.Width;
                T* panelB = b + (k * shape.BRowStride) + (column * shape.BColumnStride);
                nint panelStride = shape.BRowStride;
                if (shape.BColumnStride != 1 || tiles >= TilesToPackFor || columns % S.Width != 0)
                {
                    panelStride = vectors * S.Width;
                    GemmPack<S, V, T>.Panel(panelB, shape.BRowStride, shape.BColumnStride, length, columns, (int)panelStride, packedB);
                    panelB = packedB;
                }

                for (int tile = firstTile + from; tile < firstTile + to; tile++)
                {
                    int start = rows.Start(tile);
                    int count = rows.Rows(tile);
                    T* tileA = packsA ? packedA + ((long)(start - firstRow) * length) : a + (start * shape.ARowStride) + (k * shape.AColumnStride);
                    T* target = c + (start * shape.CRowStride) + column;
                    nint aRow = packsA ? 1 : shape.ARowStride, aColumn = packsA ? count : shape.AColumnStride;
                    if (columns % S.Width == 0)
                    {
                        GemmTile<S, V, T>.Multiply(count, vectors, length, tileA, aRow, aColumn, panelB, panelStride, target, shape.CRowStride, accumulate);
                    }
                    else
                    {
                        // At the right edge C's rows are shorter than the tile's, so it works on a copy with whole vectors.
                        if (accumulate)
                        {
                            Copy(target, shape.CRowStride, edge, width, count, columns);
                        }

                        GemmTile<S, V, T>.Multiply(count, vectors, length, tileA, aRow, aColumn, panelB, panelStride, edge, width, accumulate);
                        Copy(edge, width, target, shape.CRowStride, count, columns);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Copy(T* source, nint sourceStride, T* target, nint targetStride, int rows, int columns)
    {
        for (; rows > 0; rows--)
        {
            for (int column = 0; column < columns; column += S.Width)
            {
                int count = Math.Min(S.Width, columns - column);
                S.StoreFirst(target + column, S.LoadFirst(source + column, count), count);
            }

            source += sourceStride;
            target += targetStride;
        }
    }

    // One to three rows leave room for sums of more columns.
    private static int PanelWidth(in GemmShape shape) => (shape.M <= 3 ? 4 : 2) * S.Width;

    private static int PanelCount(in GemmShape shape) => (int)(((long)shape.N + PanelWidth(shape) - 1) / PanelWidth(shape));

    /// <summary>The row tiles, cut into the fewest equal blocks; the last may be smaller.</summary>
    private static int TilesInBlock(in GemmRows rows)
    {
        int blocks = Math.Max((rows.Count + TilesPerBlock - 1) / TilesPerBlock, 1);
        return (rows.Count + blocks - 1) / blocks;
    }

    private static bool PacksA(in GemmShape shape) => shape.AColumnStride != 1 && PanelCount(shape) >= PanelsToPackAFor;

    /// <summary>K, cut into the fewest equal parts whose panels fit the cache.</summary>
    private static int BlockDepth(in GemmShape shape)
    {
        int most = Math.Max(PanelBytes / (PanelWidth(shape) * sizeof(T)), 1);
        int blocks = Math.Max(((shape.K - 1) / most) + 1, 1);
        return Math.Max((int)(((long)shape.K + blocks - 1) / blocks), 1);
    }

    // The panel of B behind A's rows starts on a cache line. (So do A's rows: the edge tile before them is whole vectors of at least that size together.)
    private static long Aligned(long elements) => (elements + 63) / 64 * 64;
}
