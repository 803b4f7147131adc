namespace Nabla.Core.Tests.Ops;

public sealed class SelectionTests
{
    private static readonly NDArray Matrix = new double[,] { { 3, 1, 2 }, { 4, 6, 5 } };

    [Fact]
    public void Running_sums_go_forward_backward_and_exclusive()
    {
        Assert.Equal([3, 4, 6, 4, 10, 15], Evaluate.Of(x => x.CumSum(1), Matrix).Doubles());
        Assert.Equal([6, 3, 2, 15, 11, 5], Evaluate.Of(x => x.CumSum(1, reverse: true), Matrix).Doubles());
        Assert.Equal([0, 3, 4, 0, 4, 10], Evaluate.Of(x => x.CumSum(1, exclusive: true), Matrix).Doubles());
        Assert.Equal([3, 1, 2, 7, 7, 7], Evaluate.Of(x => x.CumSum(0), Matrix).Doubles());
    }

    [Fact]
    public void The_gradient_of_running_sums_is_the_running_sum_the_other_way()
    {
        Assert.Equal([6, 5, 3, 15, 11, 6], Evaluate.Gradient(x => x.CumSum(1), Matrix).Doubles());
        Assert.Equal([5, 3, 0, 11, 6, 0], Evaluate.Gradient(x => x.CumSum(1, exclusive: true), Matrix).Doubles());
    }

    [Fact]
    public void Argmax_takes_the_first_of_equal_ones_and_the_first_nan()
    {
        Assert.Equal([0, 1], Evaluate.Of(x => x.ArgMax(1), Matrix).Ints());
        Assert.Equal([1], Evaluate.Of(x => x.ArgMax(0), new double[] { 1, 2, 2 }).Ints());
        Assert.Equal([1], Evaluate.Of(x => x.ArgMax(0), new double[] { 1, double.NaN, double.PositiveInfinity, double.NaN }).Ints());
        Assert.Equal([1], Evaluate.Of(x => x.ArgMin(0), new double[] { 2, 1, 1 }).Ints());
        Assert.Equal([4], Evaluate.Of(x => x.ArgMax(), Matrix).Ints());
    }

    [Fact]
    public void Sorting_is_stable_and_puts_nan_last()
    {
        NDArray x = new double[] { double.NaN, 2, -1, 2, double.NegativeInfinity, -0.0, 0.0 };
        Assert.Equal([4, 2, 5, 6, 1, 3, 0], Evaluate.Of(t => t.ArgSort(), x).Ints());
        Assert.Equal([double.NegativeInfinity, -1, -0.0, 0.0, 2, 2, double.NaN], Evaluate.Of(t => t.Sort(), x).Doubles());
        Assert.Equal([3, 1, 2, 4, 6, 5], Evaluate.Of(t => t.Sort(0), Matrix).Doubles());
    }

    [Fact]
    public void Each_sorted_element_keeps_its_derivative()
    {
        Assert.Equal([3, 1, 2, 4, 6, 5], Evaluate.Gradient(x => x.Sort(1), Matrix).Doubles());
    }

    [Fact]
    public void Take_replaces_the_axis_by_the_axes_of_the_indices()
    {
        NDArray indices = new int[,] { { 2, 0 }, { 0, 0 } };
        NDArray y = Evaluate.Of((x, i) => x.Take(i, axis: 1), Matrix, indices);
        Assert.Equal(Dims.Of(2, 2, 2), y.Dims);
        Assert.Equal([2, 3, 3, 3, 5, 4, 4, 4], y.Doubles());
    }

    [Fact]
    public void An_index_outside_reads_nan_and_adds_nothing()
    {
        NDArray indices = new int[] { 1, -1, 3 };
        Assert.Equal([1, double.NaN, double.NaN, 6, double.NaN, double.NaN], Evaluate.Of((x, i) => x.Take(i, axis: 1), Matrix, indices).Doubles());
        Assert.Equal([0, 3, 0, 0, 4, 0], Evaluate.Of((x, i) => x.ScatterAdd(i, 3, axis: 1), Matrix, indices).Doubles());
    }

    [Fact]
    public void Scattered_slices_at_one_index_add_up()
    {
        NDArray indices = new int[] { 1, 1, 0 };
        Assert.Equal([2, 4, 5, 10], Evaluate.Of((x, i) => x.ScatterAdd(i, 2, axis: 1), Matrix, indices).Doubles());
    }

    [Fact]
    public void Taking_along_an_axis_uses_an_index_for_each_element()
    {
        Assert.Equal([2, 5], Evaluate.Of((x, i) => x.TakeAlong(i, 1), Matrix, new int[,] { { 2 }, { 2 } }).Doubles());
        Assert.Equal([4, 1, 5], Evaluate.Of((x, i) => x.TakeAlong(i, 0), Matrix, new int[,] { { 1, 0, 1 } }).Doubles());
    }

    [Fact]
    public void One_hot_marks_each_place_and_nothing_outside()
    {
        Assert.Equal([0, 0, 1, 1, 0, 0, 0, 0, 0], Evaluate.Of(x => x.OneHot(3), new int[] { 2, 0, 7 }).Doubles());
    }

    [Fact]
    public void Iota_counts_along_its_axis()
    {
        Assert.Equal([0, 0, 0, 1, 1, 1], Evaluate.Of(x => x.Builder.Iota([2, 3], 0, DType.Int32), 0.0).Ints());
        Assert.Equal([0, 1, 2, 0, 1, 2], Evaluate.Of(x => x.Builder.Iota([2, 3], -1, DType.Float64), 0.0).Doubles());
    }
}
