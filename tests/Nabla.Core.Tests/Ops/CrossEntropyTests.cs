namespace Nabla.Core.Tests.Ops;

public sealed class CrossEntropyTests
{
    private static readonly NDArray Logits = new double[,] { { 8, 1, 1 }, { 0, 9, 1 }, { 2, 3, 5 } };
    private static readonly NDArray Labels = new int[] { 0, 1, 2 };

    // Values of Keras (keras.md, losses from logits), printed to six digits.
    private static readonly double[] Losses = [0.001822, 0.000459, 0.169846];

    [Fact]
    public void Sparse_labels_give_the_values_of_Keras()
    {
        double[] found = Evaluate.Of((y, z) => Nn.SparseCategoricalCrossentropyFromLogits(y, z), Labels, Logits).Doubles();
        Assert.All(found.Zip(Losses), pair => Assert.Equal(pair.Second, pair.First, 6));
    }

    [Fact]
    public void One_hot_targets_give_the_same_as_sparse_labels()
    {
        double[] sparse = Evaluate.Of((y, z) => Nn.SparseCategoricalCrossentropyFromLogits(y, z), Labels, Logits).Doubles();
        double[] dense = Evaluate.Of((y, z) => Nn.CategoricalCrossentropyFromLogits(y.OneHot(3, DType.Float64), z), Labels, Logits).Doubles();
        Assert.All(sparse.Zip(dense), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Fact]
    public void The_gradient_is_softmax_less_one_hot()
    {
        double[] gradient = Evaluate.Of((y, z) => Differentiate.Gradients(Nn.SparseCategoricalCrossentropyFromLogits(y, z).Sum(), z)[0], Labels, Logits).Doubles();
        double[] expected = Evaluate.Of((y, z) => Nn.Softmax(z) - y.OneHot(3, DType.Float64), Labels, Logits).Doubles();
        Assert.All(gradient.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
    }

    [Fact]
    public void A_label_outside_gives_nan_not_a_number_that_looks_right()
    {
        double[] found = Evaluate.Of((y, z) => Nn.SparseCategoricalCrossentropyFromLogits(y, z), new int[] { 0, 3, -1 }, Logits).Doubles();
        Assert.Equal([false, true, true], found.Select(double.IsNaN));
    }

    [Fact]
    public void Labels_of_other_dims_are_refused_and_explained()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => Evaluate.Of((y, z) => Nn.SparseCategoricalCrossentropyFromLogits(y, z), new int[,] { { 0, 1, 2 } }, Logits));
        Assert.Contains("sparse_categorical_crossentropy: expected whole-number labels (int32 or int64) of dims [3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("received int32[1,3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_cross_entropy_gives_the_values_of_Keras()
    {
        NDArray target = new double[,] { { 1, 0, 1 }, { 0, 1, 1 } };
        NDArray logits = new double[,] { { 10, -10, 10 }, { 10, 10, -10 } };
        double[] rows = Evaluate.Of((y, z) => Nn.BinaryCrossentropyFromLogits(y, z).Mean(-1), target, logits).Doubles();
        Assert.Equal(0, rows[0], 4);
        Assert.Equal(6.666, rows[1], 1e-3);
    }

    [Fact]
    public void The_gradient_of_binary_cross_entropy_is_sigmoid_less_target()
    {
        NDArray target = new double[] { 1, 0, 0.3, 1, 0 };
        NDArray logits = new double[] { 0, 0, 0.7, -40, 40 };
        double[] gradient = Evaluate.Of((y, z) => Differentiate.Gradients(Nn.BinaryCrossentropyFromLogits(y, z).Sum(), z)[0], target, logits).Doubles();
        double[] expected = Evaluate.Of((y, z) => z.Sigmoid() - y, target, logits).Doubles();
        Assert.All(gradient.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
    }

    [Fact]
    public void Variance_and_standard_deviation_divide_by_the_number_of_elements()
    {
        NDArray x = new double[,] { { 1, 2, 3 }, { 4, 4, 4 } };
        Assert.Equal([2.0 / 3, 0], Evaluate.Of(t => t.Variance(1), x).Doubles());
        Assert.Equal(Math.Sqrt(4.0 / 3), Evaluate.Of(t => t.Std(), x).Doubles()[0], 1e-15);
        Assert.Equal([2.25, 1, 0.25], Evaluate.Of(t => t.Variance([0], keepDims: true), x).Doubles());
    }

    [Fact]
    public void Softmax_does_not_change_when_every_logit_moves()
    {
        double[] here = Evaluate.Of(z => Nn.Softmax(z), Logits).Doubles();
        double[] moved = Evaluate.Of(z => Nn.Softmax(z + 64), Logits).Doubles();
        Assert.Equal(here, moved);
    }

    [Fact]
    public void Log_sum_exp_of_infinities_is_what_the_limit_says()
    {
        NDArray x = new double[,] { { double.NegativeInfinity, double.NegativeInfinity }, { double.PositiveInfinity, 0 }, { double.NegativeInfinity, 0 } };
        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity, 0], Evaluate.Of(t => Nn.LogSumExp(t), x).Doubles());
    }
}
