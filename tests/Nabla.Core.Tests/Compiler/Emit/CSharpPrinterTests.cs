using Nabla.Compiler.Emit;
using static Nabla.Core.Tests.Compiler.Emit.Loops;

namespace Nabla.Core.Tests.Compiler.Emit;

public sealed class CSharpPrinterTests
{
    [Fact]
    public void A_kernel_reads_as_a_person_would_have_written_it()
    {
        LoopBuffer x = new(0, "x", DType.Float32, 6);
        LoopBuffer bias = new(1, "bias", DType.Float32, 3);
        LoopBuffer y = new(4, "y", DType.Float32, 6);
        LoopExpr.Variable row = new("row", DType.Int64);
        LoopExpr.Variable sum = new("sum", DType.Float32);
        LoopExpr.Variable t = new("t", DType.Float32);
        LoopExpr place = (row * 3) + K;
        LoopKernel kernel = Kernel("dense_relu", [x, bias, y], 2, For(
            row,
            Begin,
            End,
            LoopKind.Sequential,
            new LoopStatement.Declare(sum, Number(0, DType.Float32)),
            For(
                K,
                LoopExpr.Index(0),
                LoopExpr.Index(3),
                LoopKind.Vector,
                new LoopStatement.Let(t, x.Load(place) + bias.Load(K)),
                y.Store(place, new LoopExpr.Select(BinaryFunction.Less.Of(Number(0, DType.Float32), t), t, Number(0, DType.Float32))),
                new LoopStatement.Accumulate(sum, BinaryFunction.Add, t - (t * Number(0.5, DType.Float32)))),
            new LoopStatement.If(BinaryFunction.Less.Of(sum, Number(new Rational(-3, 2), DType.Float32)), y.Store(row * 3, UnaryFunction.Exp.Of(sum)))));

        Assert.Equal(
            """
            static unsafe void dense_relu(nint* buffers, long begin, long end)
            {
                float* x = (float*)buffers[0];
                float* bias = (float*)buffers[1];
                float* y = (float*)buffers[4];

                for (long row = begin; row < end; row++)
                {
                    float sum = 0f;
                    for (long k = 0; k < 3; k++)
                    {
                        float t = x[row * 3 + k] + bias[k];
                        y[row * 3 + k] = 0f < t ? t : 0f;
                        sum += t - t * 0.5f;
                    }
                    if (sum < -1.5f)
                    {
                        y[row * 3] = PlanMath.Exp(sum);
                    }
                }
            }

            """,
            CSharpPrinter.Print(kernel));
    }

    [Fact]
    public void Indices_divide_plainly_and_numbers_that_may_be_negative_by_function()
    {
        LoopBuffer x = Buffer(0, DType.Int64, 9);
        LoopKernel kernel = Kernel("f", [x], 9, For(
            I, Begin, End, LoopKind.Sequential, x.Store(BinaryFunction.Modulo.Of(I, LoopExpr.Index(3)), BinaryFunction.FloorDivide.Of(I - 4, LoopExpr.Index(3)))));

        Assert.Contains("x[i % 3] = PlanMath.FloorDivide(i - 4, 3);", CSharpPrinter.Print(kernel));
    }

    [Fact]
    public void Names_that_clash_or_are_keywords_print_as_others()
    {
        LoopBuffer x = new(0, "begin", DType.Int64, 4);
        LoopExpr.Variable name = new("if", DType.Int64);
        LoopKernel kernel = Kernel(
            "class",
            [x],
            2,
            For(I, LoopExpr.Index(0), LoopExpr.Index(2), LoopKind.Sequential, new LoopStatement.Let(name, I), x.Store(I, name)),
            new LoopStatement.Let(name, LoopExpr.Index(5)),
            For(I, LoopExpr.Index(2), LoopExpr.Index(4), LoopKind.Sequential, x.Store(I, name)));

        long[] values = ReadingsOfLoops.AgreeOn(kernel, _ => { }, m => m.Values<long>(0).ToArray());

        Assert.Equal([0, 1, 5, 5], values);
    }

    [Fact]
    public void A_name_used_once_gives_way_to_its_value_where_that_is_the_same()
    {
        LoopBuffer x = Buffer(0, DType.Float32, 9);
        LoopBuffer y = Buffer(1, DType.Float32, 9);
        LoopExpr.Variable early = new("early_", DType.Float32);
        LoopExpr.Variable square = new("square_", DType.Float32);
        LoopKernel kernel = Kernel("f", [x, y], 9, For(
            I,
            Begin,
            End,
            LoopKind.Vector,
            new LoopStatement.Let(early, x.Load(I)),
            new LoopStatement.Let(square, y.Load(I) * y.Load(I)),
            x.Store(I, square + Number(new Rational(1, 10_000_000), DType.Float32)),
            y.Store(I, early)));

        // x[i] is stored to before it would be read again, so that name stays.
        string text = CSharpPrinter.Print(kernel);
        Assert.Contains("float early = x[i];", text);
        Assert.Contains("x[i] = y[i] * y[i] + 1e-07f;", text);
        Assert.Contains("y[i] = early;", text);
        ReadingsOfLoops.AgreeOn(kernel, m => m.Values<float>(0).Fill(3), _ => 0);
    }

    [Fact]
    public void Parentheses_keep_the_order_of_floating_sums()
    {
        LoopBuffer x = Buffer(0, DType.Float32, 3);
        LoopExpr a = x.Load(LoopExpr.Index(0));
        LoopExpr b = x.Load(LoopExpr.Index(1));
        LoopKernel kernel = Kernel("f", [x], 1, x.Store(LoopExpr.Index(2), a - (b - (a + b)) - UnaryFunction.Negate.Of(UnaryFunction.Negate.Of(a * (b * a)))));

        Assert.Contains("x[2] = x[0] - (x[1] - (x[0] + x[1])) - -(-(x[0] * (x[1] * x[0])));", CSharpPrinter.Print(kernel));
    }
}
