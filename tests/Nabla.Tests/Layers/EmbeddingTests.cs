namespace Nabla.Tests.Layers;

public sealed class EmbeddingTests
{
    private static readonly NDArray Labels = NDArray.From(new float[,] { { 1 }, { 0 } });

    [Fact]
    public void Whole_numbers_stay_whole_up_to_the_table()
    {
        Sequential model = new([new Embedding(20_000_000, 1, embeddingsInitializer: "zeros")]);

        // float32 cannot hold this number: cast on the way, it would be its neighbour.
        NDArray ids = NDArray.From(new int[,] { { 16_777_217 } });
        model.Call(ids);
        var table = new float[20_000_000, 1];
        table[16_777_217, 0] = 7;
        model.SetWeights([table]);
        Assert.Equal([7f], model.Call(ids).ToArray<float>());
        Assert.Equal(DType.Int32, model.InputType!.DType);
    }

    [Fact]
    public void Whole_numbers_in_floating_arrays_are_taken() =>
        Assert.Equal(new Embedding(3, 2, new RandomUniform(seed: 1)).Call(new int[,] { { 2, 0 } }).ToArray<float>(), new Embedding(3, 2, new RandomUniform(seed: 1)).Call(new double[,] { { 2, 0 } }).ToArray<float>());

    public static TheoryData<string> Wrong => ["fit", "evaluate", "predict", "call", "nested", "float"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_number_outside_the_table_is_refused_where_data_enter(string where)
    {
        NDArray good = NDArray.From(new int[,] { { 1, 2 }, { 0, 1 } });
        NDArray bad = NDArray.From(new int[,] { { 1, 2 }, { 3, 1 } });
        Sequential model = new([new Embedding(3, 2, name: "words"), new Flatten(), new Dense(1)]);
        model.Compile("sgd", "mse");
        if (where == "nested")
        {
            Input ids = new(2, dtype: DType.Int32);
            Model outer = new(ids, model.Call(ids));
            outer.Predict(good);
            Assert.Contains("received 3 at row 1, column 0", Assert.Throws<TrainingDataException>(() => outer.Predict(bad)).Message, StringComparison.Ordinal);
            return;
        }

        model.Call(good);
        var error = Assert.Throws<TrainingDataException>(() =>
        {
            _ = where switch
            {
                "fit" => (object)model.Fit(bad, Labels, verbose: 0),
                "evaluate" => model.Evaluate(bad, Labels),
                "predict" => model.Predict(bad),
                "call" => model.Call(bad),
                _ => model.Predict(bad.AsType(DType.Float64)),
            };
        });
        Assert.Contains("x: expected whole numbers from 0 to 2, the rows of Embedding 'words', received 3 at row 1, column 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Raise inputDim", error.Message, StringComparison.Ordinal);
    }
}
