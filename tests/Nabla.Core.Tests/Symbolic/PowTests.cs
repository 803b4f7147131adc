using static Nabla.Sym;

namespace Nabla.Core.Tests.Symbolic;

public sealed class PowTests
{
    [Fact]
    public void L57_a_power_may_be_written_after_its_base()
    {
        Expr w = Symbol("w");
        Assert.Equal(Pow(w, 2).ToString(), w.Pow(2).ToString());
        Assert.Equal("2*w", Diff(w.Pow(2), w).ToString());
    }
}
