namespace Nabla.Core.Tests.Runtime;

public sealed class NDArraySlicingTests
{
    // 0 .. 23 as [2,3,4]: element [i,j,k] is 12 i + 4 j + k.
    private static readonly NDArray Cube = NDArray.Arange(24).Reshape(2, 3, 4);

    [Fact]
    public void A_full_set_of_positions_gives_a_scalar()
    {
        Assert.Equal("int32[]", Cube[1, 2, 3].Type.ToString());
        Assert.Equal(23, Cube[1, 2, 3].Item<int>());
        Assert.Equal(22, Cube[^1, ^1, ^2].Item<int>());
    }

    [Fact]
    public void Fewer_positions_give_a_sub_array() => Assert.True(Cube[1, 2].ValueEquals(new[] { 20, 21, 22, 23 }));

    [Fact]
    public void Ranges_keep_their_axis()
    {
        Assert.Equal("int32[1,3,4]", Cube[..1].Type.ToString());
        Assert.Equal("int32[2,2,4]", Cube[.., 1..3].Type.ToString());
        Assert.True(Cube[1, 1..3, 0].ValueEquals(new[] { 16, 20 }));
    }

    [Fact]
    public void A_column_is_copied() => Assert.True(Cube[0][.., 3].ValueEquals(new[] { 3, 7, 11 }));

    [Fact]
    public void Positions_and_ranges_mix_over_all_axes() =>
        Assert.True(Cube[.., ^1, 1..^1].ValueEquals(new[,] { { 9, 10 }, { 21, 22 } }));

    [Fact]
    public void A_step_takes_every_so_many() =>
        Assert.True(Cube[0, 0, new Slice(.., step: 3)].ValueEquals(new[] { 0, 3 }));

    [Fact]
    public void A_negative_step_goes_backward_over_the_same_range()
    {
        Assert.True(Cube[0, 0, new Slice(.., step: -1)].ValueEquals(new[] { 3, 2, 1, 0 }));
        Assert.True(Cube[0, 0, new Slice(1..4, step: -2)].ValueEquals(new[] { 3, 1 }));
    }

    [Fact]
    public void Leading_slices_share_memory_and_others_do_not()
    {
        Assert.Same(Cube.Memory.Storage, Cube[1].Memory.Storage);
        Assert.Same(Cube.Memory.Storage, Cube[1..].Memory.Storage);
        Assert.Same(Cube.Memory.Storage, Cube[0, 1..3].Memory.Storage);
        Assert.NotSame(Cube.Memory.Storage, Cube[.., 1..3].Memory.Storage);
    }

    [Fact]
    public void A_slice_of_a_slice_counts_from_its_own_start() => Assert.Equal(18, Cube[1..][0, 1, 2].Item<int>());

    [Fact]
    public void Every_range_and_step_agrees_with_picking_elements_one_by_one()
    {
        NDArray line = NDArray.Arange(7).Reshape(7, 1);
        for (int start = 0; start <= 7; start++)
        {
            for (int end = start; end <= 7; end++)
            {
                foreach (int step in new[] { 1, 2, 3, 10, -1, -2, -10 })
                {
                    IEnumerable<int> range = Enumerable.Range(start, end - start);
                    int[] expected = [.. (step > 0 ? range : range.Reverse()).Where((_, i) => i % Math.Abs(step) == 0)];
                    Assert.Equal(expected, line[new Slice(start..end, step)].ToArray<int>());
                }
            }
        }
    }

    [Fact]
    public void Empty_ranges_give_empty_arrays()
    {
        Assert.Equal("int32[0,3,4]", Cube[2..].Type.ToString());
        Assert.Equal("int32[2,3,0]", Cube[.., .., 4..].Type.ToString());
    }

    [Fact]
    public void A_position_outside_is_refused_with_the_axis()
    {
        string message = Assert.Throws<ShapeException>(() => Cube[0, 3]).Message;
        Assert.Equal("NDArray: expected a position from 0 to 2 on axis 1 of dims [2,3,4], received 3.", message);
    }

    [Fact]
    public void A_range_outside_is_refused()
    {
        string message = Assert.Throws<ShapeException>(() => Cube[..3]).Message;
        Assert.Equal("NDArray: expected a range within 0..2 on axis 0 of dims [2,3,4], received 0..3.", message);
    }

    [Fact]
    public void A_negative_position_points_to_the_hat() =>
        Assert.Contains("^1", Assert.Throws<ShapeException>(() => Cube[-1]).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_many_positions_are_refused() =>
        Assert.Contains("at most 3", Assert.Throws<ShapeException>(() => Cube[0, 0, 0, 0]).Message, StringComparison.Ordinal);

    [Fact]
    public void A_step_of_zero_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Slice(.., 0));

    [Fact]
    public void Reshape_works_out_one_size_and_shares_memory()
    {
        NDArray flat = Cube.Reshape(-1, 8);
        Assert.Equal("int32[3,8]", flat.Type.ToString());
        Assert.Same(Cube.Memory.Storage, flat.Memory.Storage);
        Assert.Equal("int32[]", NDArray.Arange(1).Reshape().Type.ToString());
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(-1, 7)]
    [InlineData(-1, -1)]
    [InlineData(-2, 12)]
    [InlineData(0, -1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Sizes_that_do_not_fit_are_refused(int first, int second)
    {
        string message = Assert.Throws<ShapeException>(() => Cube.Reshape(first, second)).Message;
        Assert.Contains($"received [{first},{second}] for an array of int32[2,3,4]", message, StringComparison.Ordinal);
    }
}
