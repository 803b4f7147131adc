using Nabla.Compiler.Emit;
using static Nabla.Core.Tests.Compiler.Emit.Loops;

namespace Nabla.Core.Tests.Compiler.Emit;

public sealed class RewriteTests
{
    private static readonly LoopBuffer X = Buffer(0, DType.Float32, 100);
    private static readonly LoopBuffer Y = Buffer(1, DType.Float32, 100);

    [Fact]
    public void What_a_statement_computes_twice_gets_a_name()
    {
        LoopKernel kernel = Kernel("f", [X, Y], 9, For(
            I, Begin, End, LoopKind.Vector, Y.Store(I, UnaryFunction.Exp.Of(X.Load(I)) * UnaryFunction.Exp.Of(X.Load(I)))));

        string text = CSharpPrinter.Print(LoopSharing.Share(kernel));

        Assert.Contains("float t1 = PlanMath.Exp(x[i]);", text);
        Assert.Contains("y[i] = t1 * t1;", text);
    }

    [Fact]
    public void What_only_one_side_of_a_choice_loads_is_not_loaded_before_it()
    {
        LoopExpr risky = X.Load(I - 5);
        LoopKernel kernel = Kernel("f", [X, Y], 9, For(
            I, Begin, End, LoopKind.Sequential, Y.Store(I, new LoopExpr.Select(BinaryFunction.Less.Of(LoopExpr.Index(4), I), risky * risky, Number(0, DType.Float32)))));

        Assert.Contains("y[i] = 4 < i ? x[i - 5] * x[i - 5] : 0f;", CSharpPrinter.Print(LoopSharing.Share(kernel)).Replace("t1", "i - 5", StringComparison.Ordinal));
    }

    [Fact]
    public void A_graph_of_shared_parts_takes_time_by_its_size_not_by_its_tree()
    {
        // Each level uses the one below twice: 2^60 leaves as a tree.
        LoopExpr e = X.Load(I);
        for (int k = 0; k < 60; k++)
        {
            e = UnaryFunction.Tanh.Of(e + e);
        }

        LoopKernel kernel = Kernel("deep", [X, Y], 20, For(I, Begin, End, LoopKind.Vector, Y.Store(I, e)));

        Assert.Equal(1, ReadingsOfLoops.AgreeOn(LoopSharing.Share(kernel), ReadingsOfLoops.Of(kernel), m => m.Values<float>(0).Fill(1), m => m.Values<float>(1)[0]), 0.1f);
    }

    [Fact]
    public void What_does_not_change_in_a_loop_is_computed_before_it()
    {
        LoopKernel kernel = Kernel("f", [X, Y], 9, For(K, Begin, End, LoopKind.Sequential, For(
            I, LoopExpr.Index(0), LoopExpr.Index(10), LoopKind.Sequential, Y.Store((K * 10) + I, X.Load((K * 10) + I) * UnaryFunction.Exp.Of(Number(2, DType.Float32))))));

        string text = CSharpPrinter.Print(LoopHoisting.Hoist(kernel));

        Assert.Equal(
            """
                float h3 = PlanMath.Exp(2f);
                for (long k = begin; k < end; k++)
                {
                    long h1 = k * 10;
                    float h2 = h3;
                    for (long i = 0; i < 10; i++)
                    {
                        y[h1 + i] = x[h1 + i] * h2;
                    }
                }
            }

            """,
            text[text.IndexOf("    float h3", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void A_load_stays_in_a_loop_that_stores()
    {
        LoopKernel kernel = Kernel("f", [X, Y], 9, For(I, Begin, End, LoopKind.Sequential, Y.Store(I, X.Load(LoopExpr.Index(3)))));

        Assert.Contains("y[i] = x[3];", CSharpPrinter.Print(LoopHoisting.Hoist(kernel)));
    }

    [Fact]
    public void A_load_leaves_a_loop_that_only_adds_up_where_the_loop_runs()
    {
        var sum = new LoopExpr.Variable("sum", DType.Float32);
        LoopKernel kernel = Kernel(
            "f",
            [X, Y],
            9,
            new LoopStatement.Declare(sum, Number(0, DType.Float32)),
            For(I, Begin, End, LoopKind.Sequential, new LoopStatement.Accumulate(sum, BinaryFunction.Add, X.Load(I) * Y.Load(LoopExpr.Index(3)))));

        string text = CSharpPrinter.Print(LoopHoisting.Hoist(kernel));

        Assert.Contains("if (begin < end)", text);
        Assert.Contains("float h1 = y[3];", text);
        Assert.Contains("sum += x[i] * h1;", text);
    }
}
