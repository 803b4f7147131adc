namespace Nabla.Tests.Layers;

/// <summary>Which steps count, as layers say it to those behind.</summary>
public sealed class MaskTests
{
    private static readonly NDArray Steps = NDArray.From(new float[,,] { { { 1, 2 }, { 0, 0 }, { 0, 3 } }, { { 0, 0 }, { 4, 0 }, { 0, 0 } } });

    [Fact]
    public void Masking_leaves_out_steps_whose_features_all_have_the_value() =>
        Assert.Equal([true, false, true, false, true, false], MaskBehind(new Masking(), Steps)!.ToArray<bool>());

    [Fact]
    public void Masked_steps_become_zero() =>
        Assert.Equal([1f, 2, 0, 0, 0, 3, 0, 0, 4, 0, 0, 0], new Sequential([new Masking(maskValue: -1)]).Call(Steps).ToArray<float>());

    [Fact]
    public void Masked_values_other_than_zero_become_zero() =>
        Assert.Equal([0f, 0, 1, -1], new Masking(-1).Call(new float[,,] { { { -1, -1 }, { 1, -1 } } }).ToArray<float>());

    [Fact]
    public void Class_number_zero_is_masked_where_that_is_asked_for()
    {
        NDArray ids = NDArray.From(new int[,] { { 1, 0, 2 }, { 0, 0, 1 } });
        Assert.Equal([true, false, true, false, false, true], MaskBehind(new Embedding(3, 2, maskZero: true), ids)!.ToArray<bool>());
        Assert.Null(MaskBehind(new Embedding(3, 2), ids));
    }

    public static TheoryData<string> Passing => ["Dense", "Dropout", "Activation", "ReLU", "LeakyReLU", "ELU", "PReLU", "Softmax", "Identity", "GaussianNoise", "ActivityRegularization"];

    [Theory]
    [MemberData(nameof(Passing))]
    public void Layers_that_keep_steps_pass_the_mask_on(string className)
    {
        Layer layer = className switch
        {
            "Dense" => new Dense(4),
            "Dropout" => new Dropout(0.5),
            "Activation" => new Activation("relu"),
            "ReLU" => new ReLU(),
            "LeakyReLU" => new LeakyReLU(),
            "ELU" => new ELU(),
            "PReLU" => new PReLU(),
            "Softmax" => new Softmax(),
            "Identity" => new Identity(),
            "GaussianNoise" => new GaussianNoise(1),
            _ => new ActivityRegularization(0.1),
        };
        Assert.Equal([true, false, true, false, true, false], MaskBehind(layer, Steps, new Masking())!.ToArray<bool>());
    }

    [Fact]
    public void Layers_that_move_steps_drop_the_mask() => Assert.Null(MaskBehind(new Flatten(), Steps, new Masking()));

    private static NDArray? MaskBehind(Layer layer, NDArray x, Layer? before = null)
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, training: false, new SeedSource(1));
        Tensor input = builder.Input("x", x.Type);
        Tensor output = layer.Apply(before is null ? input : before.Apply(input, context), context);
        if (context.MaskOf(output) is not { } mask)
        {
            return null;
        }

        Graph graph = new("mask", [input.Node, .. context.Leaves], [new GraphOutput("mask", mask.Node)]);
        return Executable.Compile(graph).Run([x, .. context.Used.Select(w => w.Value)])[0];
    }
}
