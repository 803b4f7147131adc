using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Compiler.Kernels;

namespace Nabla.Core.Tests.Kernels;

/// <summary>One product with its operands in padded memory: every row of every matrix is longer than it needs to be, and what lies between is watched.</summary>
internal sealed unsafe class GemmCase<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Padding = 3;
    private static readonly T Canary = T.CreateChecked(-12345);

    public GemmCase(int m, int n, int k, bool transposedA, bool transposedB, Func<T> draw)
    {
        int aStride = (transposedA ? m : k) + Padding, bStride = (transposedB ? k : n) + Padding, cStride = n + Padding;
        Shape = new GemmShape(m, n, k, transposedA ? 1 : aStride, transposedA ? aStride : 1, transposedB ? 1 : bStride, transposedB ? bStride : 1, cStride, false);
        A = Fill(((transposedA ? k : m) * aStride) + Padding, draw);
        B = Fill(((transposedB ? n : k) * bStride) + Padding, draw);
        InitialC = Fill((m * cStride) + Padding, draw);
    }

    public GemmShape Shape { get; }

    public T[] A { get; }

    public T[] B { get; }

    public T[] InitialC { get; }

    public static DType DType => typeof(T) == typeof(float) ? DType.Float32 : DType.Float64;

    public T ElementA(int row, int k) => A[(row * Shape.ARowStride) + (k * Shape.AColumnStride)];

    public T ElementB(int k, int column) => B[(k * Shape.BRowStride) + (column * Shape.BColumnStride)];

    /// <summary>
    /// The elements of C, row by row, computed over the given tile borders (by default all tiles at once). C holds NaN before, or the initial values where they
    /// are accumulated onto. Fails if anything else in memory changed.
    /// </summary>
    public T[] Run(SimdWidth width, bool accumulate = false, Func<int, IEnumerable<(int Begin, int End)>>? split = null)
    {
        GemmPlan plan = GemmPlan.Create(Shape with { Accumulate = accumulate }, DType, width);
        T[] c = new T[InitialC.Length];
        Array.Fill(c, Canary);
        for (int row = 0; row < Shape.M; row++)
        {
            for (int column = 0; column < Shape.N; column++)
            {
                c[(row * Shape.CRowStride) + column] = accumulate ? InitialC[(row * Shape.CRowStride) + column] : T.NaN;
            }
        }

        foreach ((int begin, int end) in split?.Invoke(plan.TileCount) ?? [(0, plan.TileCount)])
        {
            RunTiles(plan, c, begin, end);
        }

        T[] result = new T[Shape.M * Shape.N];
        for (int i = 0; i < c.Length; i++)
        {
            int row = (int)(i / Shape.CRowStride), column = (int)(i % Shape.CRowStride);
            if (row < Shape.M && column < Shape.N)
            {
                result[(row * Shape.N) + column] = c[i];
            }
            else
            {
                Assert.Equal(Canary, c[i]);
            }
        }

        return result;
    }

    /// <summary>What every element must be, bit for bit: one multiply-add after the other, over k in order.</summary>
    public T[] Expected(bool accumulate = false)
    {
        T[] expected = new T[Shape.M * Shape.N];
        for (int row = 0; row < Shape.M; row++)
        {
            for (int column = 0; column < Shape.N; column++)
            {
                T sum = accumulate ? InitialC[(row * Shape.CRowStride) + column] : T.Zero;
                for (int k = 0; k < Shape.K; k++)
                {
                    sum = SimdScalar<T>.FusedMultiplyAdd(ElementA(row, k), ElementB(k, column), sum);
                }

                expected[(row * Shape.N) + column] = sum;
            }
        }

        return expected;
    }

    // Scratch memory is exactly as large as the plan says, between canaries, and full of NaN.
    private void RunTiles(GemmPlan plan, T[] c, int begin, int end)
    {
        const int Guard = 64;
        byte* memory = (byte*)NativeMemory.AlignedAlloc((nuint)(plan.ScratchBytes + (2 * Guard)), 64);
        new Span<byte>(memory, (int)plan.ScratchBytes + (2 * Guard)).Fill(0xFF);
        fixed (T* pa = A, pb = B, pc = c)
        {
            plan.Run(pa, pb, pc, memory + Guard, begin, end);
        }

        bool intact = new Span<byte>(memory, Guard).IndexOfAnyExcept((byte)0xFF) < 0
            && new Span<byte>(memory + Guard + plan.ScratchBytes, Guard).IndexOfAnyExcept((byte)0xFF) < 0;
        NativeMemory.AlignedFree(memory);
        Assert.True(intact, "The product wrote outside its scratch memory.");
    }

    private static T[] Fill(int length, Func<T> draw)
    {
        T[] values = new T[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = draw();
        }

        return values;
    }
}
