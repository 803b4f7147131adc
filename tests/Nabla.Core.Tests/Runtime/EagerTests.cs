namespace Nabla.Core.Tests;

/// <summary>Everyday lines on arrays.</summary>
public class EagerTests
{
    private static readonly NDArray X = new double[] { 200, 17 };

    [Fact]
    public void The_lecture_s_logistic_regression_has_a_twin() // L10: z = np.dot(w,x)+b; f_x = 1/(1+np.exp(-z)); loss = -y*np.log(f_x)-(1-y)*np.log(1-f_x)
    {
        NDArray w = new double[] { 0.01, -0.1 };
        double b = 0.2;
        NDArray y = 1;
        NDArray z = w.Dot(X) + b;
        NDArray f_x = 1 / (1 + (-z).Exp());
        NDArray loss = -y * f_x.Log() - (1 - y) * (1 - f_x).Log();
        double expected = 1 / (1 + Math.Exp(-(2 - 1.7 + 0.2)));
        Assert.Equal(expected, (double)f_x, 1e-15);
        Assert.Equal(-Math.Log(expected), (double)loss, 1e-15);
    }

    [Fact]
    public void The_lecture_s_dense_layer_has_a_twin() // A_out = g(np.matmul(A_in, W) + B)
    {
        NDArray a = new double[,] { { 200, 17 } };
        NDArray w = new double[,] { { 1, -3, 5 }, { -2, 4, -6 } };
        NDArray b = new double[,] { { -1, 1, 2 } };
        NDArray z = a.MatMul(w) + b;
        Assert.Equal([165, -531, 900], z.AsSpan<double>().ToArray());
        Assert.Equal([1, 0, 1], z.Sigmoid().AsSpan<double>().ToArray().Select(p => Math.Round(p)));
    }

    [Fact]
    public void Accuracy_is_the_mean_of_equality()
    {
        NDArray predicted = new int[] { 1, 0, 1, 1 };
        NDArray labels = new int[] { 1, 1, 1, 0 };
        Assert.Equal(0.5, (double)predicted.EqualTo(labels).Mean());
        Assert.Equal(2, (int)predicted.EqualTo(labels).Sum());
    }

    [Fact]
    public void A_number_takes_the_array_s_type() // weak, as in NumPy 2
    {
        Assert.Equal(DType.Float32, (new NDArray[] { new float[] { 1, 2 } }[0] * 2.5).DType);
        Assert.Equal(DType.Int32, (((NDArray)new int[] { 1, 2 }) * 2).DType);
        Assert.Equal(DType.Float64, (((NDArray)new int[] { 1, 2 }) * 2.5).DType);
    }

    [Fact]
    public void Whole_numbers_divide_into_fractions() => Assert.Equal([0.5, 1], (((NDArray)new int[] { 1, 2 }) / 2).AsSpan<double>().ToArray());

    [Fact]
    public void Arrays_of_two_types_meet_in_the_wider()
    {
        NDArray whole = new int[] { 1, 2 };
        NDArray single = new float[] { 0.5f, 0.25f };
        Assert.Equal(DType.Float32, (whole + single).DType);
        Assert.Equal(DType.Float64, (single * X).DType);
        Assert.Equal(DType.Int64, (whole + (NDArray)new long[] { 1, 2 }).DType);
    }

    [Fact]
    public void Sizes_are_broadcast_and_misfits_named()
    {
        NDArray matrix = new double[,] { { 1, 2 }, { 3, 4 } };
        Assert.Equal([201, 19, 203, 21], (matrix + X).AsSpan<double>().ToArray());
        Assert.Contains("expected dims that agree or are 1", Assert.Throws<ShapeException>(() => matrix + (NDArray)new double[] { 1, 2, 3 }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reductions_take_axes()
    {
        NDArray matrix = new double[,] { { 1, 2 }, { 3, 5 } };
        Assert.Equal([4, 7], matrix.Sum(0).AsSpan<double>().ToArray());
        Assert.Equal([1.5, 4], matrix.Mean(-1).AsSpan<double>().ToArray());
        Assert.Equal([2, 5], matrix.Max(1).AsSpan<double>().ToArray());
        Assert.Equal(1, (double)matrix.Min());
        Assert.Equal([1L, 1L], matrix.ArgMax(1).AsType(DType.Int64).AsSpan<long>().ToArray());
        Assert.Equal(matrix.Mean(0, keepDims: true).Dims, Dims.Of(1, 2));
        Assert.Equal([3, 5, 1, 2], NDArray.Concat([matrix[1], matrix[0]]).AsSpan<double>().ToArray());
        Assert.Equal([1, 3, 2, 5], matrix.T.AsSpan<double>().ToArray());
    }

    [Fact]
    public void Comparisons_give_truth_values_that_select()
    {
        NDArray z = new double[] { -1, 0, 2 };
        NDArray relu = NDArray.Select(z > 0, z, z * 0);
        Assert.Equal([0, 0, 2], relu.AsSpan<double>().ToArray());
        Assert.Equal([0, 0, 2], z.Maximum(0).AsSpan<double>().ToArray());
        Assert.Equal([false, true, true], (z >= 0).AsSpan<bool>().ToArray());
        Assert.Equal([false, true, false], (z <= 0).And(z > -1).AsSpan<bool>().ToArray());
    }

    [Fact]
    public void Softmax_of_values_is_that_of_the_model()
    {
        NDArray p = Nn.Softmax((NDArray)new float[,] { { 1, 2, 3 } });
        Assert.Equal(DType.Float32, p.DType);
        Assert.Equal(0.66524, (double)p[0, 2], 1e-5);
    }

    [Fact]
    public void A_line_with_a_changing_number_makes_one_plan()
    {
        NDArray w = new double[] { 1, 2, 3, 4, 5, 6, 7 };
        w = w - 0.1 * w;
        int plans = Eager.Count;
        for (int i = 0; i < 20; i++)
        {
            w = w - i * 0.01 * w;
        }

        Assert.InRange(Eager.Count - plans, 0, 40); // other tests run beside this one
        Assert.Equal(7, w.Count);
    }

    public static TheoryData<DType> WholeTypes => [DType.Boolean, DType.Int8, DType.UInt8, DType.Int16, DType.UInt16, DType.Int32, DType.UInt32, DType.Int64];

    [Theory]
    [MemberData(nameof(WholeTypes))]
    public void Sums_of_whole_numbers_are_int64(DType dtype)
    {
        NDArray x = NDArray.From(new[] { 1, 1, 0 }).AsType(dtype);
        Assert.Equal((DType.Int64, 2L), (x.Sum().DType, x.Sum().Item<long>()));
        Assert.Equal((DType.Int64, 2L), (x.Sum(0).DType, x.Sum(0).Item<long>()));
        Assert.Equal([1L, 2L, 2L], x.CumSum(0).ToArray<long>());
    }

    [Fact]
    public void A_sum_beyond_int32_is_exact()
    {
        NDArray x = NDArray.From(new[] { int.MaxValue, int.MaxValue, 1 });
        Assert.Equal(2L * int.MaxValue + 1, x.Sum().Item<long>());
        Assert.Equal(2L * int.MaxValue + 1, x.Sum(0).Item<long>());
        Assert.Equal([int.MaxValue, 2L * int.MaxValue, 2L * int.MaxValue + 1], x.CumSum(0).ToArray<long>());
    }

    [Fact]
    public void Many_threads_compute_at_once() => Parallel.For(0, 200, i =>
    {
        NDArray x = NDArray.Full((double)i, Dims.Of(i % 7 + 1));
        Assert.Equal(2.0 * i * (i % 7 + 1), (double)(x + x).Sum());
    });
}
