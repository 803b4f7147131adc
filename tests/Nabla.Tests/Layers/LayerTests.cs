namespace Nabla.Tests.Layers;

public sealed class LayerTests
{
    [Theory]
    [InlineData("Dense", "dense")]
    [InlineData("ReLU", "re_lu")]
    [InlineData("Conv2D", "conv2d")]
    [InlineData("MaxPooling2D", "max_pooling2d")]
    [InlineData("Conv1DTranspose", "conv1d_transpose")]
    [InlineData("LSTM", "lstm")]
    [InlineData("PReLU", "p_re_lu")]
    [InlineData("GlobalAveragePooling2D", "global_average_pooling2d")]
    public void Automatic_names_are_Keras_s(string className, string expected) => Assert.Equal(expected, AutoName.SnakeCase(className));

    [Fact]
    public void Layers_without_a_name_get_one_of_their_own()
    {
        string[] names = [new Dense(1).Name, new Dense(1).Name];
        Assert.All(names, n => Assert.StartsWith("dense", n, StringComparison.Ordinal));
        Assert.NotEqual(names[0], names[1]);
    }

    [Fact]
    public void The_same_layer_object_in_two_models_shares_its_weights()
    {
        Dense shared = new(2);
        Sequential one = new([new InputLayer(3), shared]);
        Sequential two = new([new InputLayer(3), shared]);
        one.Weights[0].Assign(NDArray.Ones(DType.Float32, [3, 2]));
        Assert.Equal(one.Weights[0].Value.ToArray<float>(), two.Weights[0].Value.ToArray<float>());
        Assert.Same(one.Weights[0], two.Weights[0]);
    }

    [Fact]
    public void Calling_a_layer_on_values_builds_it()
    {
        Dense dense = new(2, kernelInitializer: "ones");
        Assert.Equal([3f, 3f, 7f, 7f], dense.Call(new float[,] { { 1, 2 }, { 3, 4 } }).ToArray<float>());
        Assert.Equal(["kernel", "bias"], dense.Weights.Select(w => w.Name.Split('/')[1]));
    }

    [Fact]
    public void An_activation_may_be_a_name_a_constant_or_a_function()
    {
        Func<Tensor, Tensor> relu = x => Nn.Relu(x);
        foreach (Activation activation in new Activation[] { "relu", Activation.Relu, relu })
        {
            Dense dense = new(1, activation, kernelInitializer: "ones");
            Assert.Equal([0f, 2f], dense.Call(new float[,] { { -1 }, { 2 } }).ToArray<float>());
        }
    }

    public static TheoryData<string> Activations => [.. Activation.Names];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_named_activation_keeps_a_row_s_length(string name)
    {
        NDArray y = new Dense(4, name).Call(new float[,] { { 1, -2, 3 } });
        Assert.Equal([1, name == "glu" ? 2 : 4], y.Dims.Sizes);
    }

    [Fact]
    public void Compiling_sees_an_activation_layer_at_the_end_as_it_sees_a_dense_layer_s_activation()
    {
        string[] Notes(params Layer[] last)
        {
            Sequential model = new([new InputLayer(4), .. last]);
            model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true));
            return [.. model.CompileNotes];
        }

        string[] expected = Notes(new Dense(3, "softmax"));
        Assert.Contains(expected, n => n.Contains("it would be applied twice", StringComparison.Ordinal));
        Assert.Equal(expected, Notes(new Dense(3), new Softmax()));
        Assert.Equal(expected, Notes(new Dense(3), new Activation("softmax")));
        Assert.Equal(expected, Notes(new EinsumDense("ab,bc->ac", [3], "softmax")));
    }

    [Fact]
    public void Pixels_enter_as_bytes_and_are_rescaled()
    {
        NDArray x = NDArray.From(new byte[,] { { 0, 51, 255 } });
        Sequential model = new([new Rescaling(1 / 255.0, offset: -0.5)]);
        Assert.Equal([-0.5f, -0.3f, 0.5f], model.Call(x).ToArray<float>().Select(v => MathF.Round(v, 6)));
    }

    [Fact]
    public void Float64_is_asked_for_by_dtype()
    {
        Sequential model = new([new Dense(2)], dtype: DType.Float64);
        Assert.Equal(DType.Float64, model.Call(new double[,] { { 1, 2 } }).DType);
        Assert.Equal(DType.Float64, model.Weights[0].Type.DType);
    }
}
