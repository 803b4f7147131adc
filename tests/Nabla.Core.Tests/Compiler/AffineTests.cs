namespace Nabla.Core.Tests;

/// <summary>Sums of indices in one normal form.</summary>
public class AffineTests
{
    private static readonly LoopExpr.Variable I = new("i0", DType.Int64);

    private static readonly LoopExpr.Variable J = new("i1", DType.Int64);

    [Fact]
    public void Different_ways_to_write_a_sum_are_equal()
    {
        LoopExpr a = (I * 6) + (J + 4) - 1;
        LoopExpr b = J + LoopExpr.Index(3) + (LoopExpr.Index(2) * (I * 3));
        Assert.Equal(Affine.Of(a), Affine.Of(b));
        Assert.Equal(Affine.Of(a).GetHashCode(), Affine.Of(b).GetHashCode());
        Assert.Equal(6, Affine.Of(a).Coefficient(I));
        Assert.Equal(3, Affine.Of(a).Constant);
    }

    [Fact]
    public void Terms_that_cancel_are_gone() => Assert.Empty(Affine.Of(I - I + 0).Terms);

    [Fact]
    public void What_is_no_sum_is_an_atom()
    {
        LoopExpr half = new LoopExpr.Binary(BinaryFunction.FloorDivide, I, LoopExpr.Index(2), DType.Int64);
        Affine sum = Affine.Of(half + half + J);
        Assert.Equal([(J, 1L), (half, 2L)], sum.Terms);
    }

    [Fact]
    public void A_place_is_the_row_major_sum() => Assert.Equal(Affine.Of((I * 5) + J), Affine.Place([I, J], [5, 1]));

    [Fact]
    public void The_expression_of_a_sum_has_no_ones_and_no_zeros() => Assert.Equal((I * 2) + J - 3, Affine.Of(J + (I * 2) + 0 - 3).ToExpression());

    [Fact]
    public void Neighbouring_axes_join_where_every_place_steps_over_them_as_one()
    {
        LoopExpr flat = (I * 5) + J;
        LoopAxis[] axes = [new(I, 4), new(J, 5)];
        LoopNest joined = LoopNest.Collapse([axes], [flat, flat + 20]);
        LoopAxis axis = Assert.Single(Assert.Single(joined.Segments));
        Assert.Equal(20, axis.Size);
        Assert.Equal(axis.Index + 7, joined.Rewrite(flat + 7));
        Assert.Equal(2, Assert.Single(LoopNest.Collapse([axes], [flat, J]).Segments).Length);
        Assert.Equal([1, 1], LoopNest.Collapse([axes[..1], axes[1..]], [flat]).Segments.Select(s => s.Length));
    }
}
