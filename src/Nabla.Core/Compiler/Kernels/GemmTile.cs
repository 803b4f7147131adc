using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Kernels;

/// <summary>A number known to the compiler through a type: the rows or vectors of a tile.</summary>
internal interface ITileSize
{
    static abstract int Count { get; }
}

internal readonly struct One : ITileSize
{
    public static int Count => 1;
}

internal readonly struct Two : ITileSize
{
    public static int Count => 2;
}

internal readonly struct Three : ITileSize
{
    public static int Count => 3;
}

internal readonly struct Four : ITileSize
{
    public static int Count => 4;
}

internal readonly struct Five : ITileSize
{
    public static int Count => 5;
}

internal readonly struct Six : ITileSize
{
    public static int Count => 6;
}

/// <summary>The innermost kernel of matrix products.</summary>
internal static unsafe class GemmTile<S, V, T>
    where S : struct, ISimd<V, T>
    where V : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// C += A B, or C = A B, for a tile of some rows and vectors of columns, whose sums stay in registers: 6 x 2 vectors fill 12 of the 16 registers of
    /// AVX2 and keep both multipliers busy. Each sum runs over k in order, so how C is cut into tiles never shows in its bits.
    /// </summary>
    /// <param name="rows">1 to 6; above 3 with at most 2 vectors.</param>
    /// <param name="vectors">1 to 4.</param>
    /// <param name="k">How many products a sum has.</param>
    /// <param name="a">A's first element of the tile, its row and column strides following.</param>
    /// <param name="aRow">A's row stride.</param>
    /// <param name="aColumn">A's column stride.</param>
    /// <param name="b">B's first element of the tile; its columns are adjacent, and full vectors may be read.</param>
    /// <param name="bRow">B's row stride.</param>
    /// <param name="c">C's first element of the tile.</param>
    /// <param name="cRow">C's row stride.</param>
    /// <param name="last">How many lanes of the last vector belong to C.</param>
    /// <param name="accumulate">Whether the sums start with what C holds, or with zero.</param>
    public static void Multiply(int rows, int vectors, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, int last, bool accumulate)
    {
        switch ((rows, vectors))
        {
            case (6, 2): Run<Six, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (5, 2): Run<Five, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (4, 2): Run<Four, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (3, 2): Run<Three, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (2, 2): Run<Two, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (1, 2): Run<One, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (6, 1): Run<Six, One>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (5, 1): Run<Five, One>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (4, 1): Run<Four, One>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (3, 1): Run<Three, One>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (2, 1): Run<Two, One>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (1, 1): Run<One, One>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (3, 3): Run<Three, Three>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (2, 3): Run<Two, Three>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (1, 3): Run<One, Three>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (3, 4): Run<Three, Four>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            case (2, 4): Run<Two, Four>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
            default: Run<One, Four>(k, a, aRow, aColumn, b, bRow, c, cRow, last, accumulate); break;
        }
    }

    // The sums are locals, one by one, because only locals live in registers; those that a size does not have are constants to the compiler and vanish.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<R, C>(int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, int last, bool accumulate)
        where R : struct, ITileSize
        where C : struct, ITileSize
    {
        V c00 = S.Zero, c01 = S.Zero, c02 = S.Zero, c03 = S.Zero;
        V c10 = S.Zero, c11 = S.Zero, c12 = S.Zero, c13 = S.Zero;
        V c20 = S.Zero, c21 = S.Zero, c22 = S.Zero, c23 = S.Zero;
        V c30 = S.Zero, c31 = S.Zero;
        V c40 = S.Zero, c41 = S.Zero;
        V c50 = S.Zero, c51 = S.Zero;
        if (accumulate)
        {
            LoadRow<C>(c, last, ref c00, ref c01, ref c02, ref c03);
            if (R.Count > 1)
            {
                LoadRow<C>(c + cRow, last, ref c10, ref c11, ref c12, ref c13);
            }

            if (R.Count > 2)
            {
                LoadRow<C>(c + (2 * cRow), last, ref c20, ref c21, ref c22, ref c23);
            }

            if (R.Count > 3)
            {
                LoadRow<C>(c + (3 * cRow), last, ref c30, ref c31, ref c30, ref c31);
            }

            if (R.Count > 4)
            {
                LoadRow<C>(c + (4 * cRow), last, ref c40, ref c41, ref c40, ref c41);
            }

            if (R.Count > 5)
            {
                LoadRow<C>(c + (5 * cRow), last, ref c50, ref c51, ref c50, ref c51);
            }
        }

        // Two pointers reach six rows with the address modes of one stride and its double.
        T* a3 = a + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (; k > 0; k--)
        {
            V b0 = S.Load(b);
            V b1 = C.Count > 1 ? S.Load(b + S.Width) : b0;
            V b2 = C.Count > 2 ? S.Load(b + (2 * S.Width)) : b0;
            V b3 = C.Count > 3 ? S.Load(b + (3 * S.Width)) : b0;

            V x0 = S.Broadcast(*a);
            c00 = S.FusedMultiplyAdd(x0, b0, c00);
            if (C.Count > 1)
            {
                c01 = S.FusedMultiplyAdd(x0, b1, c01);
            }

            if (C.Count > 2)
            {
                c02 = S.FusedMultiplyAdd(x0, b2, c02);
            }

            if (C.Count > 3)
            {
                c03 = S.FusedMultiplyAdd(x0, b3, c03);
            }

            if (R.Count > 1)
            {
                V x1 = S.Broadcast(a[aRow]);
                c10 = S.FusedMultiplyAdd(x1, b0, c10);
                if (C.Count > 1)
                {
                    c11 = S.FusedMultiplyAdd(x1, b1, c11);
                }

                if (C.Count > 2)
                {
                    c12 = S.FusedMultiplyAdd(x1, b2, c12);
                }

                if (C.Count > 3)
                {
                    c13 = S.FusedMultiplyAdd(x1, b3, c13);
                }
            }

            if (R.Count > 2)
            {
                V x2 = S.Broadcast(a[aRow2]);
                c20 = S.FusedMultiplyAdd(x2, b0, c20);
                if (C.Count > 1)
                {
                    c21 = S.FusedMultiplyAdd(x2, b1, c21);
                }

                if (C.Count > 2)
                {
                    c22 = S.FusedMultiplyAdd(x2, b2, c22);
                }

                if (C.Count > 3)
                {
                    c23 = S.FusedMultiplyAdd(x2, b3, c23);
                }
            }

            if (R.Count > 3)
            {
                V x3 = S.Broadcast(*a3);
                c30 = S.FusedMultiplyAdd(x3, b0, c30);
                if (C.Count > 1)
                {
                    c31 = S.FusedMultiplyAdd(x3, b1, c31);
                }
            }

            if (R.Count > 4)
            {
                V x4 = S.Broadcast(a3[aRow]);
                c40 = S.FusedMultiplyAdd(x4, b0, c40);
                if (C.Count > 1)
                {
                    c41 = S.FusedMultiplyAdd(x4, b1, c41);
                }
            }

            if (R.Count > 5)
            {
                V x5 = S.Broadcast(a3[aRow2]);
                c50 = S.FusedMultiplyAdd(x5, b0, c50);
                if (C.Count > 1)
                {
                    c51 = S.FusedMultiplyAdd(x5, b1, c51);
                }
            }

            a += aColumn;
            a3 += aColumn;
            b += bRow;
        }

        StoreRow<C>(c, last, c00, c01, c02, c03);
        if (R.Count > 1)
        {
            StoreRow<C>(c + cRow, last, c10, c11, c12, c13);
        }

        if (R.Count > 2)
        {
            StoreRow<C>(c + (2 * cRow), last, c20, c21, c22, c23);
        }

        if (R.Count > 3)
        {
            StoreRow<C>(c + (3 * cRow), last, c30, c31, c30, c31);
        }

        if (R.Count > 4)
        {
            StoreRow<C>(c + (4 * cRow), last, c40, c41, c40, c41);
        }

        if (R.Count > 5)
        {
            StoreRow<C>(c + (5 * cRow), last, c50, c51, c50, c51);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadRow<C>(T* c, int last, ref V v0, ref V v1, ref V v2, ref V v3)
        where C : struct, ITileSize
    {
        v0 = C.Count == 1 ? S.LoadFirst(c, last) : S.Load(c);
        if (C.Count > 1)
        {
            v1 = C.Count == 2 ? S.LoadFirst(c + S.Width, last) : S.Load(c + S.Width);
        }

        if (C.Count > 2)
        {
            v2 = C.Count == 3 ? S.LoadFirst(c + (2 * S.Width), last) : S.Load(c + (2 * S.Width));
        }

        if (C.Count > 3)
        {
            v3 = S.LoadFirst(c + (3 * S.Width), last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<C>(T* c, int last, V v0, V v1, V v2, V v3)
        where C : struct, ITileSize
    {
        T* end = c + ((C.Count - 1) * S.Width);
        V final = C.Count == 1 ? v0 : C.Count == 2 ? v1 : C.Count == 3 ? v2 : v3;
        if (C.Count > 1)
        {
            S.Store(c, v0);
        }

        if (C.Count > 2)
        {
            S.Store(c + S.Width, v1);
        }

        if (C.Count > 3)
        {
            S.Store(c + (2 * S.Width), v2);
        }

        if (last == S.Width)
        {
            S.Store(end, final);
        }
        else
        {
            S.StoreFirst(end, final, last);
        }
    }
}
