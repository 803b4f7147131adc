namespace Nabla.Tests.Errors;

/// <summary>Mistakes with what people know from Keras: taking results and weights apart, classes as rows.</summary>
public sealed class IdiomMisuseTests
{
    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["a result of a loss alone taken apart"] = Misuse.Of<InvalidOperationException>(() => _ = Measured([]) is var (loss, metric), "expected a loss and one metric to take apart, received loss.", "result[\"loss\"]"),
        ["a result of two metrics taken apart"] = Misuse.Of<InvalidOperationException>(() => _ = Measured(["mae", "mse"]) is var (loss, metric), "received loss, mae, mse"),
        ["weights of a layer that is not built taken apart"] = Misuse.Of<InvalidOperationException>(() => _ = new Dense(2).GetWeights() is var (kernel, bias), "expected two arrays to take apart, received 0", "Is the layer built?"),
        ["weights of a layer without bias taken apart"] = Misuse.Of<InvalidOperationException>(() => _ = new Sequential([new Input(2), new Dense(3, useBias: false)]).GetWeights() is var (kernel, bias), "received 1 (float32[2,3])", "weights[0]"),
        ["fractions as class numbers"] = Misuse.Of<ShapeException>(() => ((NDArray)new float[] { 0.5f, 1 }).OneHot(2), "one_hot: expected whole numbers (int32 or int64), received float32[2]"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_explained(string mistake) => All[mistake].Check();

    private static EvaluationResult Measured(Metric[] metrics)
    {
        Sequential model = new([new Input(1), new Dense(1)]);
        model.Compile("sgd", "mse", metrics, verbose: 0);
        return model.Evaluate(new float[,] { { 1 }, { 2 } }, new float[] { 1, 2 });
    }
}
