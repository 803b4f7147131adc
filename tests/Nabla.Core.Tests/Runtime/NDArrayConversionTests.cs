using System.Numerics;
using System.Numerics.Tensors;

namespace Nabla.Core.Tests.Runtime;

public sealed class NDArrayConversionTests
{
    [Fact]
    public void A_matrix_of_floats_becomes_an_array_and_comes_back()
    {
        float[,] values = { { 1, 2, 3 }, { 4, 5, 6 } };
        NDArray array = values;
        Assert.Equal("float32[2,3]", array.Type.ToString());
        Assert.Equal(values, array.ToArray2D<float>());
        Assert.Equal([1f, 2, 3, 4, 5, 6], array.ToArray<float>());
    }

    [Fact]
    public void Every_implicit_conversion_keeps_the_element_type_and_dims()
    {
        (NDArray Array, string Type)[] cases =
        [
            (1f, "float32[]"), (1d, "float64[]"), (1, "int32[]"), (1L, "int64[]"), (true, "bool[]"),
            (new float[3], "float32[3]"), (new float[2, 3], "float32[2,3]"), (new float[2, 3, 4], "float32[2,3,4]"),
            (new double[3], "float64[3]"), (new double[2, 3], "float64[2,3]"), (new double[2, 3, 4], "float64[2,3,4]"),
            (new float[][] { [1, 2], [3, 4] }, "float32[2,2]"), (new double[][] { [1], [2] }, "float64[2,1]"),
            (new int[3], "int32[3]"), (new int[2, 2], "int32[2,2]"), (new long[3], "int64[3]"), (new bool[3], "bool[3]"),
        ];
        Assert.All(cases, c => Assert.Equal(c.Type, c.Array.Type.ToString()));
    }

    [Fact]
    public void An_array_is_a_copy_of_what_it_was_made_from()
    {
        float[] values = [1, 2];
        NDArray array = values;
        values[0] = 9;
        Assert.Equal(1f, array[0].Item<float>());
    }

    [Fact]
    public void A_ragged_row_is_named()
    {
        var error = Assert.Throws<ShapeException>(() => NDArray.From(new float[][] { [1, 2, 3], [4, 5, 6], [7, 8] }));
        Assert.Contains("expected 3 values in every row", error.Message, StringComparison.Ordinal);
        Assert.Contains("received 2 in row 2 of 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_row_is_named()
    {
        var error = Assert.Throws<ShapeException>(() => NDArray.From(new float[][] { [1], null! }));
        Assert.Contains("null) in row 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_make_an_empty_matrix() => Assert.Equal("int32[0,0]", NDArray.From(Array.Empty<int[]>()).Type.ToString());

    [Fact]
    public void The_only_element_comes_out_as_any_number_type()
    {
        NDArray array = new double[,] { { 2.75 } };
        Assert.Equal(2.75f, array.Item<float>());
        Assert.Equal(2.75, (double)array);
        Assert.Equal(2, (int)array);
        Assert.Equal(2L, (long)array);
        Assert.Equal(2.75f, (float)array);
        Assert.True((bool)array);
    }

    [Fact]
    public void Item_of_several_elements_is_refused()
    {
        NDArray array = new float[] { 1, 2 };
        Assert.Contains("float32[2]", Assert.Throws<ShapeException>(() => array.Item<float>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_as_another_type_names_both()
    {
        NDArray array = new float[] { 1, 2 };
        string message = Assert.Throws<ShapeException>(() => array.ToArray<int>()).Message;
        Assert.Contains("float32", message, StringComparison.Ordinal);
        Assert.Contains("AsType(DType.Int32)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_and_columns_need_two_axes()
    {
        NDArray array = new float[2, 3, 4];
        Assert.Contains("float32[2,3,4]", Assert.Throws<ShapeException>(() => array.ToArray2D<float>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_goes_in_and_out()
    {
        Tensor<float> tensor = System.Numerics.Tensors.Tensor.Create(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        NDArray array = NDArray.From(tensor);
        Assert.Equal("float32[2,3]", array.Type.ToString());
        Assert.Equal(6f, array.ToTensor<float>()[1, 2]);
        Assert.Equal(4f, array.AsTensorSpan<float>()[1, 0]);
    }

    [Fact]
    public void A_strided_tensor_span_is_copied_by_its_own_order()
    {
        Tensor<int> tensor = System.Numerics.Tensors.Tensor.Create(new[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        NDArray array = NDArray.From(tensor.AsReadOnlyTensorSpan()[.., 1..2]);
        Assert.Equal("int32[2,1]", array.Type.ToString());
        Assert.Equal([2, 5], array.ToArray<int>());
    }

    [Fact]
    public void A_type_without_an_element_type_is_refused() => Assert.Throws<ArgumentException>(() => NDArray.From(1.5m));

    [Fact]
    public void Zeros_ones_and_full_have_their_value_everywhere()
    {
        Assert.True(NDArray.Ones(DType.Float32, [2, 2]).ValueEquals(new float[,] { { 1, 1 }, { 1, 1 } }));
        Assert.True(NDArray.Full(2.5, [3]).ValueEquals(new[] { 2.5, 2.5, 2.5 }));
        Assert.True(NDArray.Zeros(DType.Boolean, [2]).ValueEquals(new[] { false, false }));
    }

    [Theory]
    [InlineData(DType.Boolean)]
    [InlineData(DType.Int8)]
    [InlineData(DType.Int16)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    [InlineData(DType.UInt8)]
    [InlineData(DType.UInt16)]
    [InlineData(DType.UInt32)]
    [InlineData(DType.UInt64)]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Complex128)]
    public void Ones_of_every_type_are_one(DType dtype)
    {
        NDArray ones = NDArray.Ones(dtype, [3]);
        Assert.Equal(dtype, ones.DType);
        Assert.Equal([1.0, 1.0, 1.0], ones.AsType(DType.Float64).ToArray<double>());
    }

    [Fact]
    public void Arange_counts_as_numpy_does()
    {
        Assert.Equal([0, 1, 2, 3], NDArray.Arange(4).ToArray<int>());
        Assert.Equal([10, 7, 4], NDArray.Arange(10, 1, -3).ToArray<int>());
        Assert.Equal([0, 0.25, 0.5, 0.75], NDArray.Arange(0, 1, 0.25).ToArray<double>());
        Assert.Equal([(sbyte)-128, (sbyte)-1, (sbyte)126], NDArray.Arange<sbyte>(-128, 127, 127).ToArray<sbyte>());
        Assert.Equal(0, NDArray.Arange(5, 2, 1).Count);
    }

    [Fact]
    public void Arange_without_a_step_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => NDArray.Arange(0, 5, 0));

    [Fact]
    public void Values_that_are_not_numbers_equal_themselves_but_are_close_to_nothing()
    {
        NDArray array = new[] { double.NaN };
        Assert.True(array.ValueEquals(new[] { double.NaN }));
        Assert.False(array.AllClose(new[] { double.NaN }));
    }

    [Fact]
    public void Equal_values_of_other_types_or_sizes_are_not_equal_arrays()
    {
        NDArray array = new float[] { 1, 2 };
        Assert.False(array.ValueEquals(new double[] { 1, 2 }));
        Assert.False(array.ValueEquals(new float[,] { { 1, 2 } }));
        Assert.False(array.ValueEquals(new float[] { 1, 3 }));
    }

    [Fact]
    public void Close_means_within_the_tolerances()
    {
        NDArray array = new float[] { 1.00001f, 0 };
        Assert.True(array.AllClose(new double[] { 1, 1e-9 }, relative: 2e-5));
        Assert.False(array.AllClose(new double[] { 1, 1e-9 }, relative: 1e-6));
        Assert.True(NDArray.From(new[] { double.PositiveInfinity }).AllClose(new[] { double.PositiveInfinity }));
        Assert.False(NDArray.From(new[] { 1.0 }).AllClose(new[] { double.PositiveInfinity }));
        Assert.Throws<ShapeException>(() => array.AllClose(new float[] { 1 }));
    }

    [Fact]
    public void Complex_values_compare_by_distance() =>
        Assert.True(NDArray.From([new Complex(1, 2)]).AllClose(NDArray.From([new Complex(1, 2 + 1e-9)])));
}
