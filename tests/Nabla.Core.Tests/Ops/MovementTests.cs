namespace Nabla.Core.Tests.Ops;

public sealed class MovementTests
{
    private static readonly NDArray Matrix = new double[,] { { 1, 2, 3 }, { 4, 5, 6 } };

    [Fact]
    public void Transpose_exchanges_rows_and_columns_and_its_gradient_comes_back()
    {
        Assert.Equal([1, 4, 2, 5, 3, 6], Evaluate.Of(x => x.T, Matrix).Doubles());
        Assert.Equal([1, 3, 5, 2, 4, 6], Evaluate.Gradient(x => x.T, Matrix).Doubles());
    }

    [Fact]
    public void Transpose_of_three_axes_follows_the_permutation()
    {
        NDArray x = NDArray.Create<double>([.. Enumerable.Range(0, 24).Select(i => (double)i)], [2, 3, 4]);
        NDArray y = Evaluate.Of(t => t.Transpose(2, 0, 1), x);
        Assert.Equal(Dims.Of(4, 2, 3), y.Dims);
        Assert.Equal(x[1, 2, 3].Item<double>(), y[3, 1, 2].Item<double>());
        Assert.Equal(x[0, 1, 2].Item<double>(), y[2, 0, 1].Item<double>());
    }

    [Fact]
    public void Slice_takes_every_second_column_and_leaves_zeros_in_the_gradient()
    {
        Assert.Equal([1, 3, 4, 6], Evaluate.Of(x => x.Slice([0, 0], [2, 3], [1, 2]), Matrix).Doubles());
        Assert.Equal([1, 0, 2, 3, 0, 4], Evaluate.Gradient(x => x.Slice([0, 0], [2, 3], [1, 2]), Matrix).Doubles());
    }

    [Fact]
    public void Indexing_drops_positions_keeps_ranges_and_goes_backward()
    {
        Assert.Equal([4, 5, 6], Evaluate.Of(x => x[1], Matrix).Doubles());
        Assert.Equal([3, 6], Evaluate.Of(x => x[.., ^1], Matrix).Doubles());
        Assert.Equal([3, 2, 1], Evaluate.Of(x => x[0, new Slice(.., -1)], Matrix).Doubles());
        Assert.Equal([2], Evaluate.Of(x => x[0, 1], Matrix).Doubles());
        Assert.Equal([4, 5], Evaluate.Of(x => x[1.., ..2], Matrix).Doubles());
        Assert.Equal([3, 1], Evaluate.Of(x => x[0, new Slice(.., -2)], Matrix).Doubles());
    }

    [Fact]
    public void Indexing_agrees_with_the_array_of_values()
    {
        Assert.Equal(Matrix[1.., new Slice(.., -2)].Doubles(), Evaluate.Of(x => x[1.., new Slice(.., -2)], Matrix).Doubles());
    }

    [Fact]
    public void A_slice_of_the_whole_is_no_node_and_keeps_the_axis_name()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new TensorType(DType.Float32, [new Dim(4, "batch"), 3]));
        Assert.Same(x, x[..]);
        Assert.Equal("batch", x[.., 1..].Dims[0].Name);
        Assert.Null(x[1..].Dims[0].Name);
    }

    [Fact]
    public void Pad_surrounds_and_spreads()
    {
        NDArray x = new double[] { 1, 2 };
        Assert.Equal([9, 1, 9, 9, 2, 9, 9], Evaluate.Of(t => t.Builder.Apply(new Pad([1], [2], [2], 9), t), x).Doubles());
        Assert.Equal([2, 5], Evaluate.Gradient(t => t.Builder.Apply(new Pad([1], [2], [2], 9), t), x).Doubles());
    }

    [Fact]
    public void Concat_of_three_gives_each_its_part_of_the_gradient()
    {
        Assert.Equal([1, 2, 3, 1, 1, 4, 5, 6, 4, 4], Evaluate.Of(x => Tensor.Concat([x, x[.., ..1], x[.., ..1]], axis: 1), Matrix).Doubles());
        Assert.Equal([10, 2, 3, 25, 7, 8], Evaluate.Gradient(x => Tensor.Concat([x, x[.., ..1], x[.., ..1]], axis: 1), Matrix).Doubles());
    }

    [Fact]
    public void Stack_and_split_undo_each_other()
    {
        Assert.Equal(Matrix.Doubles(), Evaluate.Of(x => Tensor.Stack([.. x.Split(2).Select(p => p.Squeeze(0))]), Matrix).Doubles());
        Assert.Equal([1, 4, 2, 5, 3, 6], Evaluate.Of(x => Tensor.Stack([x[0], x[1]], axis: -1), Matrix).Doubles());
    }

    [Fact]
    public void Flip_reverses_along_chosen_axes()
    {
        Assert.Equal([3, 2, 1, 6, 5, 4], Evaluate.Of(x => x.Flip(-1), Matrix).Doubles());
        Assert.Equal([6, 5, 4, 3, 2, 1], Evaluate.Of(x => x.Flip(), Matrix).Doubles());
        Assert.Equal([3, 2, 1, 6, 5, 4], Evaluate.Gradient(x => x.Flip(-1), Matrix).Doubles());
    }
}
