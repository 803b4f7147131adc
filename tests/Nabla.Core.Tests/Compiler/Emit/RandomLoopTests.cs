using System.Numerics;
using Nabla.Compiler.Emit;
using Nabla.Compiler.Kernels;

namespace Nabla.Core.Tests.Compiler.Emit;

public sealed class RandomLoopTests
{
    private const int Kernels = 40;

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void All_readings_of_random_elementwise_kernels_leave_the_same_bytes(DType dtype)
    {
        LoopKernel[] kernels = [.. Enumerable.Range(0, Kernels).Select(k => new RandomLoops(k).Elementwise($"kernel{k}", dtype, 1))];
        KernelBody[] printed = CompiledCSharp.Of(kernels);
        for (int k = 0; k < Kernels; k++)
        {
            Assert.All(LoopWalk.All(kernels[k].Body).OfType<LoopStatement.For>(), loop => Assert.NotNull(VectorLoop.TryCreate(loop)));

            // Compiling takes the time, so each kernel takes its turn with the widths.
            SimdWidth[] widths = [.. SimdChoice.Available];
            LoopReading[] readings = [.. ReadingsOfLoops.Planned(kernels[k], widths[k % widths.Length]), new LoopReading("C#", printed[k])];
            foreach (int n in new[] { 0, 1, 3, 4, 5, 16, 17, 35, 133 })
            {
                LoopKernel kernel = Resized(kernels[k], n);
                ReadingsOfLoops.AgreeOn(kernel, readings, m => Fill(m, dtype, (1000 * k) + n), _ => 0, misalignment: n % 3 * dtype.Size, alias: null, 3);
            }
        }
    }

    [Fact]
    public void All_readings_of_random_kernels_over_whole_numbers_leave_the_same_bytes()
    {
        LoopKernel[] kernels = [.. Enumerable.Range(0, 2 * Kernels).Select(k => new RandomLoops(k).Integers($"kernel{k}", 50))];
        KernelBody[] printed = CompiledCSharp.Of(kernels);
        for (int k = 0; k < kernels.Length; k++)
        {
            LoopReading[] readings = [.. ReadingsOfLoops.Planned(kernels[k], SimdChoice.Best), new LoopReading("C#", printed[k])];
            ReadingsOfLoops.AgreeOn(kernels[k], readings, FillIntegers, _ => 0);
        }
    }

    private static LoopKernel Resized(LoopKernel kernel, int n) => kernel with
    {
        Extent = n,
        Buffers = [.. kernel.Buffers.Select(b => b.Id == 3 ? b : b with { Count = b.Id == 1 ? n + 3 : n })],
    };

    private static void Fill(KernelMemory memory, DType dtype, int seed)
    {
        if (dtype == DType.Float32)
        {
            Fill<float>(memory, seed);
        }
        else
        {
            Fill<double>(memory, seed);
        }
    }

    private static void Fill<T>(KernelMemory memory, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        T[] special = [T.Zero, T.NegativeZero, T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, T.One, T.CreateChecked(-1), T.CreateChecked(0.5)];
        foreach (int id in new[] { 0, 1, 3 })
        {
            foreach (ref T value in memory.Values<T>(id))
            {
                value = random.Next(8) == 0 ? special[random.Next(special.Length)] : T.CreateChecked((random.NextDouble() - 0.5) * 10);
            }
        }

        random.NextBytes(memory.Values<byte>(6));
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(memory.Values<int>(7)));
        foreach (ref bool value in memory.Values<bool>(2))
        {
            value = random.Next(2) == 0;
        }
    }

    private static void FillIntegers(KernelMemory memory)
    {
        var random = new Random(7);
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(memory.Values<int>(0)));
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(memory.Values<long>(1)));
        random.NextBytes(memory.Values<byte>(2));
        foreach (ref float value in memory.Values<float>(3))
        {
            value = (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(20)));
        }

        int[] small = [-9, -1, 0, 1, 8, int.MinValue, int.MaxValue];
        small.CopyTo(memory.Values<int>(0));
        Array.ConvertAll(small, x => (long)x).CopyTo(memory.Values<long>(1));
        (memory.Values<float>(3)[0], memory.Values<float>(3)[1], memory.Values<float>(3)[2]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
    }
}
