using Nabla.Compiler.Emit;
using Nabla.Compiler.Kernels;
using static Nabla.Core.Tests.Compiler.Emit.Loops;

namespace Nabla.Core.Tests.Compiler.Emit;

public sealed class ScalarLoopTests
{
    [Fact]
    public void A_select_reads_only_the_side_that_it_takes()
    {
        // The place -1 000 000 is far outside; whoever reads it faults.
        LoopBuffer x = Buffer(0, DType.Float32, 3);
        LoopBuffer y = Buffer(1, DType.Float32, 7);
        LoopExpr inside = LoopExpr.InRange(I, 2, 5);
        LoopExpr place = new LoopExpr.Select(inside, I - 2, LoopExpr.Index(-1_000_000));
        LoopKernel kernel = Kernel("pad", [x, y], 7, For(I, Begin, End, LoopKind.Sequential, y.Store(I, new LoopExpr.Select(inside, x.Load(place), Number(-1, DType.Float32)))));

        float[] values = ReadingsOfLoops.AgreeOn(kernel, m => new float[] { 1, 2, 3 }.CopyTo(m.Values<float>(0)), m => m.Values<float>(1).ToArray());

        Assert.Equal([-1, -1, 1, 2, 3, -1, -1], values);
    }

    [Fact]
    public void A_truth_value_on_the_left_guards_a_load_on_the_right()
    {
        LoopBuffer x = Buffer(0, DType.Boolean, 2);
        LoopBuffer y = Buffer(1, DType.Boolean, 4);
        LoopExpr place = new LoopExpr.Select(LoopExpr.InRange(I, 0, 2), I, LoopExpr.Index(-1_000_000_000));
        LoopExpr and = BinaryFunction.And.Of(LoopExpr.InRange(I, 0, 2), x.Load(place));
        LoopKernel kernel = Kernel("guard", [x, y], 4, For(I, Begin, End, LoopKind.Sequential, y.Store(I, and)));

        bool[] values = ReadingsOfLoops.AgreeOn(kernel, m => m.Values<bool>(0)[1] = true, m => m.Values<bool>(1).ToArray());

        Assert.Equal([false, true, false, false], values);
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 5 })]
    [InlineData(new[] { 3, 1, 2 })]
    [InlineData(new[] { 2, -7, 2, 9, 0, -7, 1, 1_000_000_000, -1 })]
    public void A_while_loop_sorts(int[] values)
    {
        // for i: v = x[i]; k = i; while (0 < k && v < x[k - 1]) { x[k] = x[k - 1]; k = k - 1; } x[k] = v;
        LoopBuffer x = Buffer(0, DType.Int32, values.Length);
        var v = new LoopExpr.Variable("v", DType.Int32);
        LoopExpr condition = BinaryFunction.And.Of(BinaryFunction.Less.Of(LoopExpr.Index(0), K), BinaryFunction.Less.Of(v, x.Load(K - 1)));
        LoopKernel kernel = Kernel("sort", [x], values.Length, For(
            I,
            Begin,
            End,
            LoopKind.Sequential,
            new LoopStatement.Let(v, x.Load(I)),
            new LoopStatement.Declare(K, I),
            new LoopStatement.While(condition, Block(x.Store(K, x.Load(K - 1)), new LoopStatement.Assign(K, K - 1))),
            x.Store(K, v)));

        int[] sorted = ReadingsOfLoops.AgreeOn(kernel, m => values.CopyTo(m.Values<int>(0)), m => m.Values<int>(0).ToArray());

        Assert.Equal(values.Order(), sorted);
    }

    [Theory]
    [InlineData(7, 3, 2, 1)]
    [InlineData(-7, 3, -3, 2)]
    [InlineData(7, -3, -3, -2)]
    [InlineData(-7, -3, 2, -1)]
    [InlineData(-6, 3, -2, 0)]
    [InlineData(0, 5, 0, 0)]
    public void Quotients_of_whole_numbers_round_down_and_rests_have_the_divisor_s_sign(long a, long b, long quotient, long rest)
    {
        LoopBuffer x = Buffer(0, DType.Int64, 1);
        LoopBuffer y = Buffer(1, DType.Int64, 4);
        LoopExpr left = x.Load(LoopExpr.Index(0));
        LoopExpr right = y.Load(LoopExpr.Index(3));
        LoopKernel kernel = Kernel(
            "divide",
            [x, y],
            1,
            y.Store(LoopExpr.Index(0), BinaryFunction.FloorDivide.Of(left, right)),
            y.Store(LoopExpr.Index(1), BinaryFunction.Modulo.Of(left, right)),
            y.Store(LoopExpr.Index(2), BinaryFunction.FloorDivide.Of(left, LoopExpr.Index(b))));

        long[] values = ReadingsOfLoops.AgreeOn(kernel, m => (m.Values<long>(0)[0], m.Values<long>(1)[3]) = (a, b), m => m.Values<long>(1).ToArray());

        Assert.Equal([quotient, rest, quotient, b], values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1 << 20)]
    public void Quotients_by_powers_of_two_round_down_as_others_do(int divisor)
    {
        LoopBuffer x = Buffer(0, DType.Int32, 5);
        LoopBuffer y = Buffer(1, DType.Int32, 5);
        LoopBuffer z = Buffer(2, DType.Int64, 5);
        LoopKernel kernel = Kernel("shift", [x, y, z], 5, For(
            I,
            Begin,
            End,
            LoopKind.Sequential,
            y.Store(I, BinaryFunction.FloorDivide.Of(x.Load(I), Number(divisor, DType.Int32))),
            z.Store(I, BinaryFunction.Modulo.Of(x.Load(I).To(DType.Int64), LoopExpr.Index(divisor)))));
        int[] values = [-7, -1, 0, 5, int.MaxValue];

        int[] quotients = ReadingsOfLoops.AgreeOn(kernel, m => values.CopyTo(m.Values<int>(0)), m => m.Values<int>(1).ToArray());

        Assert.Equal(values.Select(v => (int)Math.Floor(v / (double)divisor)), quotients);
    }

    [Theory]
    [InlineData(double.NaN, 0, 0, 0, true)]
    [InlineData(2.9, 2, 2, 2, true)]
    [InlineData(-2.9, -2, -2, 254, true)]
    [InlineData(0.0, 0, 0, 0, false)]
    [InlineData(300.0, 300, 300, 44, true)]
    [InlineData(1e10, int.MaxValue, 10_000_000_000, 255, true)]
    [InlineData(double.PositiveInfinity, int.MaxValue, long.MaxValue, 255, true)]
    [InlineData(double.NegativeInfinity, int.MinValue, long.MinValue, 0, true)]
    public void Floating_numbers_become_whole_ones_as_in_unchecked_CSharp(double value, int int32, long int64, byte uint8, bool boolean)
    {
        LoopBuffer x = Buffer(0, DType.Float64, 1);
        LoopBuffer y = Buffer(1, DType.Int32, 2);
        LoopBuffer z = Buffer(2, DType.Int64, 2);
        LoopBuffer u = Buffer(3, DType.UInt8, 2);
        LoopBuffer v = Buffer(4, DType.Boolean, 2);
        LoopExpr at = LoopExpr.Index(0);
        LoopExpr wide = x.Load(at);
        LoopExpr narrow = wide.To(DType.Float32);
        LoopKernel kernel = Kernel("convert", [x, y, z, u, v], 1, [.. new[] { y, z, u, v }.SelectMany(b => new[] { b.Store(at, wide.To(b.DType)), b.Store(at + 1, narrow.To(b.DType)) })]);

        (int[] ints, long[] longs, byte[] bytes, bool[] truths) = ReadingsOfLoops.AgreeOn(
            kernel,
            m => m.Values<double>(0)[0] = value,
            m => (m.Values<int>(1).ToArray(), m.Values<long>(2).ToArray(), m.Values<byte>(3).ToArray(), m.Values<bool>(4).ToArray()));

        Assert.Equal([int32, int32], ints);
        Assert.Equal([int64, int64], longs);
        Assert.Equal([uint8, uint8], bytes);
        Assert.Equal([boolean, boolean], truths);
    }

    [Fact]
    public void Pixels_truth_values_and_whole_numbers_become_floating_ones()
    {
        LoopBuffer x = Buffer(0, DType.UInt8, 1);
        LoopBuffer y = Buffer(1, DType.Boolean, 1);
        LoopBuffer z = Buffer(2, DType.Int32, 1);
        LoopBuffer u = Buffer(3, DType.Int64, 1);
        LoopBuffer v = Buffer(4, DType.Float32, 4);
        LoopExpr at = LoopExpr.Index(0);
        LoopKernel kernel = Kernel("widen", [x, y, z, u, v], 1, [.. new[] { x, y, z, u }.Select((b, i) => v.Store(LoopExpr.Index(i), b.Load(at).To(DType.Float32)))]);

        float[] values = ReadingsOfLoops.AgreeOn(
            kernel,
            m =>
            {
                m.Values<byte>(0)[0] = 255;
                m.Values<bool>(1)[0] = true;
                m.Values<int>(2)[0] = -3;
                m.Values<long>(3)[0] = (1L << 24) + 1;
            },
            m => m.Values<float>(4).ToArray());

        Assert.Equal([255, 1, -3, 1 << 24], values);
    }

    [Fact]
    public void A_strided_loop_transposes()
    {
        LoopBuffer x = Buffer(0, DType.Float64, 12);
        LoopBuffer y = Buffer(1, DType.Float64, 12);
        LoopKernel kernel = Kernel("transpose", [x, y], 4, For(
            I, Begin, End, LoopKind.Sequential, For(K, LoopExpr.Index(0), LoopExpr.Index(3), LoopKind.Sequential, y.Store((I * 3) + K, x.Load((K * 4) + I)))));

        double[] values = ReadingsOfLoops.AgreeOn(kernel, m => Enumerable.Range(0, 12).Select(i => (double)i).ToArray().CopyTo(m.Values<double>(0)), m => m.Values<double>(1).ToArray());

        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], values);
    }

    [Fact]
    public void A_kernel_too_large_for_the_runtime_s_compiler_runs_prebuilt()
    {
        LoopBuffer x = Buffer(0, DType.Int64, 2000);
        LoopKernel kernel = Kernel("large", [x], 2000, [.. Enumerable.Range(0, 2000).Select(i => x.Store(LoopExpr.Index(i), x.Load(LoopExpr.Index((i * 7) % 2000)) + i))]);
        Assert.True(!System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported || IlEmitter.Emit(kernel, SimdChoice.Current) is null);

        ReadingsOfLoops.AgreeOn(kernel, ReadingsOfLoops.Planned(kernel, SimdChoice.Current), _ => { }, _ => 0);
    }

    [Fact]
    public void A_call_works_only_on_its_range()
    {
        LoopBuffer x = Buffer(0, DType.Int32, 5);
        LoopKernel kernel = Kernel("ones", [x], 5, For(I, Begin, End, LoopKind.Sequential, x.Store(I, Number(1, DType.Int32))));

        foreach (LoopReading reading in ReadingsOfLoops.Of(kernel))
        {
            using var memory = new KernelMemory(kernel.Buffers);
            memory.Run(reading.Body, 1, 3);
            Assert.Equal([0, 1, 1, 0, 0], memory.Values<int>(0).ToArray());
        }
    }
}
