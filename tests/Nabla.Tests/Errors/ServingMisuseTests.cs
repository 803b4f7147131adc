namespace Nabla.Tests.Errors;

/// <summary>Mistakes of whoever asks a model for answers, sample by sample.</summary>
public sealed class ServingMisuseTests
{
    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["a sample too short"] = Misuse.Of<ShapeException>(() => Built().Predict([1f], new float[3]), "Sequential 'net'", "Predict expected 2 values for one sample of dims [2]", "received 1"),
        ["several samples for one"] = Misuse.Of<ShapeException>(() => Built().Predict(new float[4], new float[6]), "expected 2 values for one sample", "received 4", "For several samples use Predict(NDArray)"),
        ["no room for the answer"] = Misuse.Of<ShapeException>(() => Built().Predict([1.0, 2.0], new double[2]), "Sequential 'net'", "expected room for 3 outputs of dims [3]", "received a span of 2"),
        ["a sample before there are weights"] = Misuse.Of<InvalidOperationException>(() => new Sequential([new Dense(3)], name: "net").Predict([1f], new float[3]), "Sequential 'net'", "Predict expected a built model", "model.Build([784])"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_in_asking_is_explained(string mistake) => All[mistake].Check();

    private static Sequential Built() => new([new InputLayer(2), new Dense(3)], name: "net");
}
