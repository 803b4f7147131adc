namespace Nabla.Tests.Layers;

/// <summary>Normalizing layers beside Keras' stored cases.</summary>
public sealed class NormalizationTests
{
    [Fact]
    public void Layers_of_equal_values_give_the_centre_and_a_finite_gradient()
    {
        NDArray x = NDArray.Ones(DType.Float64, [2, 4]);
        foreach (Layer layer in new Layer[] { new LayerNormalization(dtype: DType.Float64), new GroupNormalization(2, dtype: DType.Float64) })
        {
            Assert.All(layer.Call(x).ToArray<double>(), v => Assert.Equal(0, v));
            Assert.All(Gradient(layer, x).ToArray<double>(), v => Assert.True(double.IsFinite(v)));
        }
    }

    [Fact]
    public void A_vector_of_zeros_stays_and_has_a_finite_gradient()
    {
        NDArray x = NDArray.Zeros(DType.Float64, [1, 3]);
        UnitNormalization layer = new(dtype: DType.Float64);
        Assert.All(layer.Call(x).ToArray<double>(), v => Assert.Equal(0, v));
        Assert.All(Gradient(layer, x).ToArray<double>(), v => Assert.True(double.IsFinite(v)));
    }

    [Fact]
    public void A_group_a_channel_is_instance_normalization()
    {
        NDArray x = NDArray.Create<double>([.. Enumerable.Range(0, 24).Select(i => Math.Sin(i * i))], [2, 4, 3]);
        NDArray y = new GroupNormalization(-1, dtype: DType.Float64).Call(x);
        Assert.All(OnValues.Run(t => t[0].Mean(1), y).ToArray<double>(), m => Assert.Equal(0, m, 1e-12));
    }

    [Fact]
    public void Groups_of_an_axis_that_is_not_the_last_are_those_of_the_transposed()
    {
        NDArray x = NDArray.Create<double>([.. Enumerable.Range(0, 40).Select(i => Math.Sin(i * i))], [2, 4, 5]);
        NDArray first = new GroupNormalization(2, axis: 1, dtype: DType.Float64).Call(x);
        NDArray last = new GroupNormalization(2, dtype: DType.Float64).Call(x.Transpose(0, 2, 1));
        Goldens.Close(last.Transpose(0, 2, 1), first);
    }

    // (x - 3)/√(var) scaled: without a mean subtracted, x/√(variance + ε).
    [Fact]
    public void Rms_scaling_subtracts_nothing_and_has_no_beta()
    {
        LayerNormalization layer = new(rmsScaling: true, dtype: DType.Float64);
        double[] y = layer.Call(new[,] { { 1.0, 3, 5 } }).ToArray<double>();
        double deviation = Math.Sqrt((8.0 / 3) + 0.001);
        Assert.Equal([1 / deviation, 3 / deviation, 5 / deviation], y, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(["gamma"], layer.Weights.Select(w => w.Name.Split('/')[1]));
    }

    [Fact]
    public void Penalties_and_bounds_of_gamma_and_beta_reach_the_weights()
    {
        LayerNormalization layer = new(gammaRegularizer: "l2", betaConstraint: "non_neg");
        layer.Call(new float[,] { { 1, 2 } });
        Assert.IsType<L2>(layer.Weights[0].Regularizer);
        Assert.IsType<NonNeg>(layer.Weights[1].Constraint);
    }

    // The largest singular value of diag(3, 1) is 3: many iterations find it.
    [Fact]
    public void Spectral_normalization_divides_by_the_largest_singular_value()
    {
        Dense dense = new(2, useBias: false, dtype: DType.Float64);
        SpectralNormalization layer = new(dense, powerIterations: 40, dtype: DType.Float64);
        NDArray x = new[,] { { 1.0, 1 } };
        layer.Call(x);
        dense.SetWeights([new[,] { { 3.0, 0 }, { 0, 1 } }]);
        Assert.Equal([3.0, 1], layer.Call(x).ToArray<double>());
        double[] y = layer.Call(x, training: true).ToArray<double>();
        Assert.Equal(1, y[0], 1e-9);
        Assert.Equal(1.0 / 3, y[1], 1e-9);
        Assert.Equal(y, layer.Call(x).ToArray<double>());
    }

    [Fact]
    public void In_training_the_kernel_s_largest_singular_value_stays_near_one()
    {
        (NDArray x, NDArray y) = Problems.Digits(64);
        Dense dense = new(12);
        Sequential model = new([new SpectralNormalization(dense, powerIterations: 5), new Dense(10)], seed: 3);
        model.Compile(new SGD(0.01), new SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(x, y, epochs: 5, verbose: 0);

        // The power iteration on WᵀW from the outside; a step of the optimizer of 0.01 times a gradient below 5 came after the last division.
        NDArray w = dense.Weights[0].Value.AsType(DType.Float64);
        NDArray v = NDArray.Ones(DType.Float64, [12, 1]);
        for (int i = 0; i < 200; i++)
        {
            v = w.T.MatMul(w.MatMul(v));
            v /= v.Square().Sum().Sqrt();
        }

        Assert.Equal(1, w.MatMul(v).Square().Sum().Sqrt().Item<double>(), 0.05);
    }

    [Fact]
    public void A_kernel_of_zeros_stays()
    {
        SpectralNormalization layer = new(new Dense(2, kernelInitializer: "zeros"));
        Assert.Equal([0f, 0], layer.Call(new float[,] { { 1, 2 } }, training: true).ToArray<float>());
        Assert.All(layer.Layer.Weights[0].Value.ToArray<float>(), k => Assert.Equal(0, k));
    }

    private static NDArray Gradient(Layer layer, NDArray x)
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, training: false);
        Tensor input = builder.Input("x", x.Type);
        Tensor gradient = Differentiate.Gradients(layer.Apply(input, context).Square().Sum(), input)[0];
        Graph graph = new("gradient", [input.Node, .. context.Leaves], [new GraphOutput("g", gradient.Node)]);
        return Executable.Compile(graph).Run([x, .. context.Used.Select(w => w.Value)])[0];
    }
}
