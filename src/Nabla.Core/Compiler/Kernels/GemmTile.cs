using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Compiler.Kernels;

/// <summary>The innermost kernel of matrix products.</summary>
internal static unsafe class GemmTile<S, V, T>
    where S : struct, ISimd<V, T>
    where V : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// C += A B, or C = A B, for a tile of some rows and whole vectors of columns, whose sums stay in registers: 6 x 2 vectors fill 12 of the 16 registers of
    /// AVX2 and keep both multipliers busy. Each sum runs over k in order, so how C is cut into tiles never shows in its bits.
    /// </summary>
    /// <param name="rows">1 to 6; above 3 with at most 2 vectors.</param>
    /// <param name="vectors">1 to 4.</param>
    /// <param name="k">How many products a sum has.</param>
    /// <param name="a">A's first element of the tile.</param>
    /// <param name="aRow">A's row stride.</param>
    /// <param name="aColumn">A's column stride.</param>
    /// <param name="b">B's first element of the tile; its columns are adjacent.</param>
    /// <param name="bRow">B's row stride.</param>
    /// <param name="c">C's first element of the tile.</param>
    /// <param name="cRow">C's row stride.</param>
    /// <param name="accumulate">Whether the sums start with what C holds, or with zero.</param>
    public static void Multiply(int rows, int vectors, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        switch ((rows, vectors))
        {
            case (6, 2): Run<Six, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (5, 2): Run<Five, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (4, 2): Run<Four, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (3, 2): Run<Three, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (2, 2): Run<Two, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (1, 2): Run<One, Two>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (6, 1): Run<Six, One>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (5, 1): Run<Five, One>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (4, 1): Run<Four, One>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (3, 1): Run<Three, One>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (2, 1): Run<Two, One>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (1, 1): Run<One, One>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (3, 3): Run<Three, Three>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (2, 3): Run<Two, Three>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (1, 3): Run<One, Three>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (3, 4): Run<Three, Four>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            case (2, 4): Run<Two, Four>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
            default: Run<One, Four>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate); break;
        }
    }

    // The sums are locals, one by one, because only locals live in registers. R and C tell their sizes by sizeof, which the compiler reads before anything
    // else: the rows and vectors that a size does not have cost neither code nor compile time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<R, C>(int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
        where R : unmanaged
        where C : unmanaged
    {
        int width = sizeof(V) / sizeof(T);
        V c00 = default, c01 = default, c02 = default, c03 = default;
        V c10 = default, c11 = default, c12 = default, c13 = default;
        V c20 = default, c21 = default, c22 = default, c23 = default;
        V c30 = default, c31 = default;
        V c40 = default, c41 = default;
        V c50 = default, c51 = default;
        if (accumulate)
        {
            T* row0 = c;
            c00 = S.Load(row0);
            if (sizeof(C) > 1)
            {
                c01 = S.Load(row0 + width);
            }

            if (sizeof(C) > 2)
            {
                c02 = S.Load(row0 + (2 * width));
            }

            if (sizeof(C) > 3)
            {
                c03 = S.Load(row0 + (3 * width));
            }

            if (sizeof(R) > 1)
            {
                T* row1 = c + cRow;
                c10 = S.Load(row1);
                if (sizeof(C) > 1)
                {
                    c11 = S.Load(row1 + width);
                }

                if (sizeof(C) > 2)
                {
                    c12 = S.Load(row1 + (2 * width));
                }

                if (sizeof(C) > 3)
                {
                    c13 = S.Load(row1 + (3 * width));
                }
            }

            if (sizeof(R) > 2)
            {
                T* row2 = c + (2 * cRow);
                c20 = S.Load(row2);
                if (sizeof(C) > 1)
                {
                    c21 = S.Load(row2 + width);
                }

                if (sizeof(C) > 2)
                {
                    c22 = S.Load(row2 + (2 * width));
                }

                if (sizeof(C) > 3)
                {
                    c23 = S.Load(row2 + (3 * width));
                }
            }

            if (sizeof(R) > 3)
            {
                T* row3 = c + (3 * cRow);
                c30 = S.Load(row3);
                if (sizeof(C) > 1)
                {
                    c31 = S.Load(row3 + width);
                }
            }

            if (sizeof(R) > 4)
            {
                T* row4 = c + (4 * cRow);
                c40 = S.Load(row4);
                if (sizeof(C) > 1)
                {
                    c41 = S.Load(row4 + width);
                }
            }

            if (sizeof(R) > 5)
            {
                T* row5 = c + (5 * cRow);
                c50 = S.Load(row5);
                if (sizeof(C) > 1)
                {
                    c51 = S.Load(row5 + width);
                }
            }
        }

        // Two pointers reach six rows with the address modes of one stride and its double.
        T* a3 = a + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (; k > 0; k--)
        {
            V b0 = S.Load(b);
            V b1 = sizeof(C) > 1 ? S.Load(b + width) : default;
            V b2 = sizeof(C) > 2 ? S.Load(b + (2 * width)) : default;
            V b3 = sizeof(C) > 3 ? S.Load(b + (3 * width)) : default;

            V x0 = S.Broadcast(*a);
            c00 = S.FusedMultiplyAdd(x0, b0, c00);
            if (sizeof(C) > 1)
            {
                c01 = S.FusedMultiplyAdd(x0, b1, c01);
            }

            if (sizeof(C) > 2)
            {
                c02 = S.FusedMultiplyAdd(x0, b2, c02);
            }

            if (sizeof(C) > 3)
            {
                c03 = S.FusedMultiplyAdd(x0, b3, c03);
            }

            if (sizeof(R) > 1)
            {
                V x1 = S.Broadcast(a[aRow]);
                c10 = S.FusedMultiplyAdd(x1, b0, c10);
                if (sizeof(C) > 1)
                {
                    c11 = S.FusedMultiplyAdd(x1, b1, c11);
                }

                if (sizeof(C) > 2)
                {
                    c12 = S.FusedMultiplyAdd(x1, b2, c12);
                }

                if (sizeof(C) > 3)
                {
                    c13 = S.FusedMultiplyAdd(x1, b3, c13);
                }
            }

            if (sizeof(R) > 2)
            {
                V x2 = S.Broadcast(a[aRow2]);
                c20 = S.FusedMultiplyAdd(x2, b0, c20);
                if (sizeof(C) > 1)
                {
                    c21 = S.FusedMultiplyAdd(x2, b1, c21);
                }

                if (sizeof(C) > 2)
                {
                    c22 = S.FusedMultiplyAdd(x2, b2, c22);
                }

                if (sizeof(C) > 3)
                {
                    c23 = S.FusedMultiplyAdd(x2, b3, c23);
                }
            }

            if (sizeof(R) > 3)
            {
                V x3 = S.Broadcast(*a3);
                c30 = S.FusedMultiplyAdd(x3, b0, c30);
                if (sizeof(C) > 1)
                {
                    c31 = S.FusedMultiplyAdd(x3, b1, c31);
                }
            }

            if (sizeof(R) > 4)
            {
                V x4 = S.Broadcast(a3[aRow]);
                c40 = S.FusedMultiplyAdd(x4, b0, c40);
                if (sizeof(C) > 1)
                {
                    c41 = S.FusedMultiplyAdd(x4, b1, c41);
                }
            }

            if (sizeof(R) > 5)
            {
                V x5 = S.Broadcast(a3[aRow2]);
                c50 = S.FusedMultiplyAdd(x5, b0, c50);
                if (sizeof(C) > 1)
                {
                    c51 = S.FusedMultiplyAdd(x5, b1, c51);
                }
            }

            a += aColumn;
            a3 += aColumn;
            b += bRow;
        }

        T* out0 = c;
        S.Store(out0, c00);
        if (sizeof(C) > 1)
        {
            S.Store(out0 + width, c01);
        }

        if (sizeof(C) > 2)
        {
            S.Store(out0 + (2 * width), c02);
        }

        if (sizeof(C) > 3)
        {
            S.Store(out0 + (3 * width), c03);
        }

        if (sizeof(R) > 1)
        {
            T* out1 = c + cRow;
            S.Store(out1, c10);
            if (sizeof(C) > 1)
            {
                S.Store(out1 + width, c11);
            }

            if (sizeof(C) > 2)
            {
                S.Store(out1 + (2 * width), c12);
            }

            if (sizeof(C) > 3)
            {
                S.Store(out1 + (3 * width), c13);
            }
        }

        if (sizeof(R) > 2)
        {
            T* out2 = c + (2 * cRow);
            S.Store(out2, c20);
            if (sizeof(C) > 1)
            {
                S.Store(out2 + width, c21);
            }

            if (sizeof(C) > 2)
            {
                S.Store(out2 + (2 * width), c22);
            }

            if (sizeof(C) > 3)
            {
                S.Store(out2 + (3 * width), c23);
            }
        }

        if (sizeof(R) > 3)
        {
            T* out3 = c + (3 * cRow);
            S.Store(out3, c30);
            if (sizeof(C) > 1)
            {
                S.Store(out3 + width, c31);
            }
        }

        if (sizeof(R) > 4)
        {
            T* out4 = c + (4 * cRow);
            S.Store(out4, c40);
            if (sizeof(C) > 1)
            {
                S.Store(out4 + width, c41);
            }
        }

        if (sizeof(R) > 5)
        {
            T* out5 = c + (5 * cRow);
            S.Store(out5, c50);
            if (sizeof(C) > 1)
            {
                S.Store(out5 + width, c51);
            }
        }
    }

    [StructLayout(LayoutKind.Sequential, Size = 1)]
    private readonly struct One;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    private readonly struct Two;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    private readonly struct Three;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    private readonly struct Four;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    private readonly struct Five;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    private readonly struct Six;
}
