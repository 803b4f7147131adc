using System.Collections.Immutable;
using Nabla.Compiler;
using Nabla.Compiler.Emit;
using Nabla.Compiler.Kernels;
using static Nabla.Core.Tests.Compiler.Emit.Loops;

namespace Nabla.Core.Tests.Compiler.Emit;

public sealed class VectorLoopTests
{
    // Around no, one and several vectors of 4, 8 and 16, and around chunks of 512.
    private static readonly int[] Lengths = [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 35, 64, 67, 511, 512, 513, 1100];

    public static TheoryData<int> Widths() => [.. SimdChoice.Available.Select(w => (int)w)];

    [Theory]
    [InlineData(nameof(BinaryFunction.Add))]
    [InlineData(nameof(BinaryFunction.Maximum))]
    [InlineData(nameof(BinaryFunction.Minimum))]
    public void Sums_of_emitted_and_prebuilt_code_have_the_same_bits(string function)
    {
        BinaryFunction combine = Enum.Parse<BinaryFunction>(function);
        foreach (SimdWidth width in SimdChoice.Available)
        {
            // With one number after the other four partial results take turns, with a function in between one does.
            foreach (bool heavy in new[] { false, true })
            {
                LoopKernel kernel = Reduction(combine, x => heavy ? UnaryFunction.Sigmoid.Of(x) : x);
                LoopReading[] readings = [.. ReadingsOfLoops.Planned(kernel, width)];
                foreach (int n in Lengths)
                {
                    LoopKernel sized = Sized(kernel, n);
                    float[] results = Array.ConvertAll(readings, r => SumOf(sized, r.Body));
                    Assert.Equal(BitConverter.SingleToInt32Bits(results[0]), BitConverter.SingleToInt32Bits(results[1]));
                    double expected = Values(n).Select(v => heavy ? PlanMath.Sigmoid(v) : v).Aggregate(2.0, (a, b) => combine switch
                    {
                        BinaryFunction.Add => a + b,
                        BinaryFunction.Maximum => Math.Max(a, b),
                        _ => Math.Min(a, b),
                    });

                    // Each partial sum is off by at most half a unit in the last place of a number below the sum of sizes, n times.
                    double bound = combine == BinaryFunction.Add ? (n + 1) * Math.Pow(2, -24) * (2 + Values(n).Sum(v => Math.Abs((double)v))) : 0;
                    Assert.InRange(results[0], expected - bound, expected + bound);
                }
            }
        }
    }

    [Fact]
    public void A_maximum_over_a_NaN_is_NaN_wherever_it_stands()
    {
        LoopKernel kernel = Reduction(BinaryFunction.Maximum, x => x);
        LoopReading[] readings = [.. ReadingsOfLoops.Planned(kernel)];
        LoopKernel sized = Sized(kernel, 70);
        for (int place = 0; place < 70; place++)
        {
            foreach (LoopReading reading in readings)
            {
                float result = 0;
                ReadingsOfLoops.Run(sized, reading.Body, m => m.Values<float>(0)[place] = float.NaN, m => result = m.Values<float>(1)[0]);
                Assert.True(float.IsNaN(result), $"{reading.Name}, place {place}: {result}");
            }
        }
    }

    [Theory]
    [InlineData(nameof(BinaryFunction.And))]
    [InlineData(nameof(BinaryFunction.Or))]
    public void Truth_values_accumulate(string function)
    {
        BinaryFunction combine = Enum.Parse<BinaryFunction>(function);
        LoopBuffer x = Buffer(0, DType.Float32, 50);
        LoopBuffer y = Buffer(1, DType.Boolean, 1);
        var holds = new LoopExpr.Variable("holds", DType.Boolean);
        LoopKernel kernel = Kernel(
            "all",
            [x, y],
            50,
            new LoopStatement.Declare(holds, Number(combine == BinaryFunction.And ? 1 : 0, DType.Boolean)),
            For(I, Begin, End, LoopKind.Vector, new LoopStatement.Accumulate(holds, combine, BinaryFunction.Less.Of(Number(0, DType.Float32), x.Load(I)))),
            y.Store(LoopExpr.Index(0), holds));
        LoopReading[] readings = [.. ReadingsOfLoops.Of(kernel)];
        for (int odd = 0; odd < 51; odd++)
        {
            // All but one above 0, or all but one below; the last time round none is different.
            bool result = ReadingsOfLoops.AgreeOn(kernel, readings, m =>
            {
                m.Values<float>(0).Fill(combine == BinaryFunction.And ? 1 : -1);
                m.Values<float>(0)[odd % 50] *= odd < 50 ? -1 : 1;
            }, m => m.Values<bool>(1)[0]);
            Assert.Equal((combine == BinaryFunction.Or) == odd < 50, result);
        }
    }

    [Fact]
    public void A_loop_may_store_where_it_loads_under_another_name()
    {
        // y lies in x's memory: y[i] = x[i] * 2; z[i] = t where t was x[i] before.
        LoopBuffer x = Buffer(0, DType.Float64, 1);
        LoopBuffer y = Buffer(1, DType.Float64, 1);
        LoopBuffer z = Buffer(2, DType.Float64, 1);
        var t = new LoopExpr.Variable("t", DType.Float64);
        LoopKernel kernel = Kernel("double", [x, y, z], 1, For(
            I, Begin, End, LoopKind.Vector, new LoopStatement.Let(t, x.Load(I)), y.Store(I, t * Number(2, DType.Float64)), z.Store(I, t)));
        LoopReading[] readings = [.. ReadingsOfLoops.Of(kernel)];
        foreach (int n in Lengths)
        {
            LoopKernel sized = kernel with { Extent = n, Buffers = [.. kernel.Buffers.Select(b => b with { Count = n })] };
            double[] values = ReadingsOfLoops.AgreeOn(
                sized,
                readings,
                m => Enumerable.Range(1, n).Select(i => (double)i).ToArray().CopyTo(m.Values<double>(0)),
                m => m.Values<double>(0).ToArray(),
                misalignment: 8 * (n % 3),
                alias: new Dictionary<int, int> { [1] = 0 });
            Assert.Equal(Enumerable.Range(1, n).Select(i => 2.0 * i), values);
        }
    }

    [Fact]
    public void A_condition_that_does_not_vary_guards_the_loads_of_its_side()
    {
        // Rows -1 and 3 of x do not exist.
        LoopBuffer x = Buffer(0, DType.Float32, 3 * 20);
        LoopBuffer w = Buffer(1, DType.Float32, 3);
        LoopBuffer y = Buffer(2, DType.Float32, 5 * 20);
        LoopExpr row = K - 1;
        LoopExpr place = new LoopExpr.Select(LoopExpr.InRange(row, 0, 3), row, LoopExpr.Index(-1_000_000_000));
        LoopKernel kernel = Kernel("rows", [x, w, y], 5, For(K, Begin, End, LoopKind.Sequential, For(
            I,
            LoopExpr.Index(0),
            LoopExpr.Index(20),
            LoopKind.Vector,
            y.Store((K * 20) + I, new LoopExpr.Select(LoopExpr.InRange(row, 0, 3), x.Load((place * 20) + I) * w.Load(place), Number(7, DType.Float32))))));

        float[] values = ReadingsOfLoops.AgreeOn(kernel, m =>
        {
            m.Values<float>(0).Fill(2);
            new float[] { 1, 2, 3 }.CopyTo(m.Values<float>(1));
        }, m => m.Values<float>(2).ToArray());

        Assert.Equal([7, 2, 4, 6, 7], values.Chunk(20).Select(r => r.Distinct().Single()));
    }

    [Fact]
    public void A_loop_that_does_not_run_reads_nothing_before_it()
    {
        // The factor's place is outside; a loop from 0 to 0 must not load it.
        LoopBuffer x = Buffer(0, DType.Float32, 4);
        foreach (LoopKind kind in new[] { LoopKind.Vector, LoopKind.Sequential })
        {
            LoopKernel kernel = Kernel("none", [x], 4, For(
                K, Begin, End, LoopKind.Sequential, For(I, LoopExpr.Index(0), BinaryFunction.Minimum.Of(K, LoopExpr.Index(0)), kind, x.Store(I, x.Load(LoopExpr.Index(-1_000_000_000)) * Number(2, DType.Float32)))));
            ReadingsOfLoops.AgreeOn(kernel, _ => { }, _ => 0);
        }
    }

    [Fact]
    public void A_body_that_vectors_cannot_do_runs_index_by_index()
    {
        // The index as a number, a stride of 2, and a running sum that is read: none of these is a vector loop, all of them are right.
        LoopBuffer x = Buffer(0, DType.Float32, 64);
        LoopBuffer y = Buffer(1, DType.Float32, 32);
        var sum = new LoopExpr.Variable("sum", DType.Float32);
        ImmutableArray<LoopStatement> bodies =
        [
            y.Store(I, I.To(DType.Float32)),
            y.Store(I, x.Load(I * 2)),
            Block(new LoopStatement.Accumulate(sum, BinaryFunction.Add, x.Load(I)), y.Store(I, sum)),
            y.Store(BinaryFunction.Modulo.Of(I, LoopExpr.Index(7)), x.Load(I)),
            y.Store(I, x.Load(I) + y.Load(LoopExpr.Index(3))),
        ];
        foreach (LoopStatement body in bodies)
        {
            var loop = (LoopStatement.For)For(I, Begin, End, LoopKind.Vector, body);
            Assert.Null(VectorLoop.TryCreate(loop));
            LoopKernel kernel = Kernel("f", [x, y], 32, new LoopStatement.Declare(sum, Number(0, DType.Float32)), loop);
            ReadingsOfLoops.AgreeOn(kernel, m => Values(64).CopyTo(m.Values<float>(0)), _ => 0);
        }
    }

    [Fact]
    public void Pixels_and_truth_values_become_vectors()
    {
        LoopBuffer x = Buffer(0, DType.UInt8, 70);
        LoopBuffer y = Buffer(1, DType.Boolean, 70);
        LoopBuffer z = Buffer(2, DType.Float32, 70);
        var pixel = new LoopExpr.Variable("pixel", DType.UInt8);
        var loop = (LoopStatement.For)For(
            I,
            Begin,
            End,
            LoopKind.Vector,
            new LoopStatement.Let(pixel, x.Load(I)),
            z.Store(I, new LoopExpr.Select(y.Load(I), pixel.To(DType.Float32) * Number(0.5, DType.Float32), Number(-1, DType.Float32))));
        Assert.NotNull(VectorLoop.TryCreate(loop));

        float[] values = ReadingsOfLoops.AgreeOn(Kernel("pixels", [x, y, z], 70, loop), m =>
        {
            for (int i = 0; i < 70; i++)
            {
                (m.Values<byte>(0)[i], m.Values<bool>(1)[i]) = ((byte)(186 + i), i % 3 != 0);
            }
        }, m => m.Values<float>(2).ToArray());

        Assert.Equal(Enumerable.Range(0, 70).Select(i => i % 3 != 0 ? (186 + i) * 0.5f : -1), values);
    }

    [Fact]
    public void Whole_numbers_whose_memory_is_stored_to_keep_their_values()
    {
        // z lies in x's memory; x's element is used again behind the store.
        LoopBuffer x = Buffer(0, DType.Int32, 40);
        LoopBuffer y = Buffer(1, DType.Float32, 40);
        LoopBuffer z = Buffer(2, DType.Float32, 40);
        var whole = new LoopExpr.Variable("whole", DType.Int32);
        LoopKernel kernel = Kernel("again", [x, y, z], 40, For(
            I,
            Begin,
            End,
            LoopKind.Vector,
            new LoopStatement.Let(whole, x.Load(I)),
            z.Store(I, whole.To(DType.Float32) * Number(2, DType.Float32)),
            y.Store(I, whole.To(DType.Float32))));

        float[] values = ReadingsOfLoops.AgreeOn(
            kernel,
            ReadingsOfLoops.Of(kernel),
            m => Enumerable.Range(0, 40).ToArray().CopyTo(m.Values<int>(0)),
            m => m.Values<float>(1).ToArray(),
            alias: new Dictionary<int, int> { [2] = 0 });

        Assert.Equal(Enumerable.Range(0, 40).Select(i => (float)i), values);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Prebuilt_code_allocates_nothing(int bits)
    {
        LoopKernel kernel = Sized(Reduction(BinaryFunction.Add, x => UnaryFunction.Exp.Of(x)), 1000);
        KernelBody body = KernelFactory.Create(kernel, dynamicCode: false, (SimdWidth)bits);
        using var memory = new KernelMemory(kernel.Buffers);
        memory.Run(body, 0, 1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        memory.Run(body, 0, 1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static LoopKernel Reduction(BinaryFunction combine, Func<LoopExpr, LoopExpr> map)
    {
        LoopBuffer x = Buffer(0, DType.Float32, 1);
        LoopBuffer y = Buffer(1, DType.Float32, 1);
        var sum = new LoopExpr.Variable("sum", DType.Float32);
        return Kernel(
            "reduce",
            [x, y],
            1,
            new LoopStatement.Declare(sum, Number(2, DType.Float32)),
            For(I, Begin, End, LoopKind.Vector, new LoopStatement.Accumulate(sum, combine, map(x.Load(I)))),
            y.Store(LoopExpr.Index(0), sum));
    }

    private static LoopKernel Sized(LoopKernel kernel, int n) => kernel with { Extent = n, Buffers = [kernel.Buffers[0] with { Count = n }, kernel.Buffers[1]] };

    private static float SumOf(LoopKernel kernel, KernelBody body)
    {
        float result = 0;
        ReadingsOfLoops.Run(kernel, body, m => Values((int)kernel.Extent).CopyTo(m.Values<float>(0)), m => result = m.Values<float>(1)[0]);
        return result;
    }

    private static float[] Values(int n)
    {
        var random = new Random(n);
        return [.. Enumerable.Range(0, n).Select(_ => (float)((random.NextDouble() - 0.4) * 8))];
    }
}
