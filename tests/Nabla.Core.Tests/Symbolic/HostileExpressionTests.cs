using System.Xml.Linq;
using Nabla.Core.Tests.Readings;
using static Nabla.Sym;

namespace Nabla.Core.Tests.Symbolic;

/// <summary>Names, depths and sizes that somebody will try.</summary>
public sealed class HostileExpressionTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("pi")]
    [InlineData("E")]
    [InlineData("nan")]
    [InlineData("exp")]
    [InlineData("and")]
    [InlineData("2w")]
    [InlineData("w x")]
    [InlineData("w+x")]
    [InlineData("a\"b")]
    [InlineData("it's")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("w^2")]
    [InlineData("w^[]")]
    [InlineData("w^[2")]
    [InlineData(" w")]
    [InlineData("w ")]
    [InlineData("\u0000")]
    [InlineData("w\n")]
    public void A_name_that_no_formula_could_hold_is_refused(string name)
    {
        string message = Assert.Throws<ArgumentException>(() => Symbol(name)).Message;
        Assert.StartsWith("Symbol: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("w")]
    [InlineData("a_1")]
    [InlineData("w^[2]_jk")]
    [InlineData("W^[l]")]
    [InlineData("b^[l-1]")]
    [InlineData("ŷ")]
    [InlineData("权重")]
    [InlineData("_")]
    [InlineData("new")]
    public void Every_name_that_is_allowed_is_read_back_and_set(string name)
    {
        Expr symbol = Symbol(name);
        Expr f = Pow(symbol, 3) / (symbol + 2);
        Assert.True(f == Parse(f.ToString()), f.ToString());
        Assert.Equal(name, symbol.Name);
        Assert.Equal(1, symbol.Diff(symbol).ToRational()!.Value);
        XElement.Parse(f.ToMathMl());
        WellFormed.Latex(f.ToLatex());
        Assert.Contains("public static double F(double ", f.ToCSharp(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_functions_inside_each_other_neither_crash_nor_hang()
    {
        Expr w = Symbol("w");
        Expr deep = w;
        for (int i = 0; i < 10_000; i++)
        {
            deep = i % 2 == 0 ? Sin(deep) : deep + w;
        }

        Assert.StartsWith("sin(sin(", (Sin(Sin(deep))).ToString(), StringComparison.Ordinal);
        Expr slope = Diff(deep, w);
        (double _, double dual) = deep.ToDual(w, (w, 0.3));
        Assert.Equal(dual, slope.ToDouble((w, 0.3)), Math.Abs(dual) * 1e-8);
        Assert.Equal(deep.GetHashCode(), (deep + 0 - 0).Subs(w, w).GetHashCode());
        Assert.Contains("expression of", slope.ToString(), StringComparison.Ordinal);
        Assert.True(double.IsFinite(deep.Subs(w, R(1, 3)).ToDouble()));
        Assert.NotEmpty(deep.ToUnicode() + deep.ToLatex() + deep.ToMathMl() + deep.ToCSharp());
        Assert.Contains("at most 1000 parts", Assert.Throws<ArgumentException>(() => DiffSteps(deep, w)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_that_doubles_at_every_step_is_computed_and_its_text_refused()
    {
        Expr w = Symbol("w");
        Expr doubling = w;
        for (int i = 0; i < 60; i++)
        {
            doubling = Sin(doubling) * Cos(doubling);
        }

        Assert.True(double.IsFinite(doubling.ToDouble((w, 1))));
        Assert.True(double.IsFinite(Diff(doubling, w).ToDouble((w, 1))));
        Assert.Contains("expression of 181 parts", doubling.ToString(), StringComparison.Ordinal);
        foreach (Func<string> print in new Func<string>[] { () => doubling.ToText(), doubling.ToUnicode, doubling.ToLatex, () => doubling.ToMathMl() })
        {
            Assert.Contains("Name intermediates", Assert.Throws<InvalidOperationException>(print).Message, StringComparison.Ordinal);
        }

        Assert.True(doubling.ToCSharp().Length < 20_000);
    }

    [Fact]
    public void Numbers_too_long_to_write_down_stay_powers()
    {
        Expr w = Symbol("w");
        Expr square = w;
        for (int i = 0; i < 60; i++)
        {
            square *= square;
        }

        Expr at3 = square.Subs(w, 3);
        Assert.Null(at3.Number);
        Assert.Equal(double.PositiveInfinity, at3.ToDouble());
        Assert.Equal("10^1000000000", Pow(10, 1_000_000_000).Simplify().ToString());
        Assert.Equal(0, Pow(w, 50_000).Subs(w, 0).ToRational()!.Value);
    }

    [Fact]
    public void Many_threads_write_on_one_sheet()
    {
        Expr w = Symbol("w");
        Parallel.For(0, 50, i =>
        {
            Expr f = Pow(w + i, 2) * Relu(w);
            Assert.Equal((2 * (3 + i) * 3) + ((3 + i) * (3 + i)), (double)Diff(f, w).Subs(w, 3).ToRational()!.Value.ToDouble());
        });
    }

    [Fact]
    public void What_is_no_longer_held_is_forgotten()
    {
        WeakReference gone = Make();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(gone.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Make() => new(Sin(Symbol("w")).Node);
    }
}
