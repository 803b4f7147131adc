using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Compiler.Kernels;

/// <summary>Copies of parts of a matrix in the order in which <see cref="GemmTile{S, V, T}"/> reads them.</summary>
internal static unsafe class GemmPack<S, V, T>
    where S : struct, ISimd<V, T>
    where V : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// A panel of B: <paramref name="k"/> rows of <paramref name="width"/> elements (whole vectors), of which <paramref name="columns"/> are B's and the rest zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Panel(T* b, nint rowStride, nint columnStride, int k, int columns, int width, T* panel)
    {
        if (columnStride == 1)
        {
            int whole = columns / S.Width * S.Width;
            for (int row = 0; row < k; row++)
            {
                int column = 0;
                for (; column < whole; column += S.Width)
                {
                    S.Store(panel + column, S.Load(b + column));
                }

                if (column < width)
                {
                    S.Store(panel + column, S.LoadFirst(b + column, columns - column));
                }

                b += rowStride;
                panel += width;
            }

            return;
        }

        if (columns < width)
        {
            new Span<T>(panel, k * width).Clear();
        }

        int done = 0;
        if (Sse.IsSupported && rowStride == 1)
        {
            for (; done + 4 <= columns; done += 4)
            {
                FourColumns(b + (done * columnStride), columnStride, k, width, panel + done);
            }
        }

        for (; done < columns; done++)
        {
            T* source = b + (done * columnStride);
            T* target = panel + done;
            for (int row = 0; row < k; row++)
            {
                *target = *source;
                source += rowStride;
                target += width;
            }
        }
    }

    /// <summary>Rows of A as the tile reads them: <paramref name="rows"/> elements of each column side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Rows(T* a, nint rowStride, nint columnStride, int rows, int k, T* target)
    {
        for (int column = 0; column < k; column++)
        {
            T* source = a;
            for (int row = 0; row < rows; row++)
            {
                target[row] = *source;
                source += rowStride;
            }

            a += columnStride;
            target += rows;
        }
    }

    // Four columns that are each contiguous, transposed in registers: the scalar loop would take a load and a store for every element.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns(T* b, nint columnStride, int k, int width, T* panel)
    {
        int row = 0;
        if (typeof(T) == typeof(float))
        {
            for (; row + 4 <= k; row += 4)
            {
                float* source = (float*)(b + row);
                Vector128<float> c0 = Vector128.Load(source);
                Vector128<float> c1 = Vector128.Load(source + columnStride);
                Vector128<float> c2 = Vector128.Load(source + (2 * columnStride));
                Vector128<float> c3 = Vector128.Load(source + (3 * columnStride));
                Vector128<float> low01 = Sse.UnpackLow(c0, c1), high01 = Sse.UnpackHigh(c0, c1);
                Vector128<float> low23 = Sse.UnpackLow(c2, c3), high23 = Sse.UnpackHigh(c2, c3);
                float* target = (float*)(panel + (row * width));
                Sse.MoveLowToHigh(low01, low23).Store(target);
                Sse.MoveHighToLow(low23, low01).Store(target + width);
                Sse.MoveLowToHigh(high01, high23).Store(target + (2 * width));
                Sse.MoveHighToLow(high23, high01).Store(target + (3 * width));
            }
        }
        else
        {
            for (; row + 2 <= k; row += 2)
            {
                double* source = (double*)(b + row);
                double* target = (double*)(panel + (row * width));
                Vector128<double> c0 = Vector128.Load(source);
                Vector128<double> c1 = Vector128.Load(source + columnStride);
                Vector128<double> c2 = Vector128.Load(source + (2 * columnStride));
                Vector128<double> c3 = Vector128.Load(source + (3 * columnStride));
                Sse2.UnpackLow(c0, c1).Store(target);
                Sse2.UnpackLow(c2, c3).Store(target + 2);
                Sse2.UnpackHigh(c0, c1).Store(target + width);
                Sse2.UnpackHigh(c2, c3).Store(target + width + 2);
            }
        }

        for (; row < k; row++)
        {
            for (int column = 0; column < 4; column++)
            {
                panel[(row * width) + column] = b[row + (column * columnStride)];
            }
        }
    }
}
