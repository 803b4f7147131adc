namespace Nabla.Tests.Errors;

/// <summary>Mistakes in writing a model as C#.</summary>
public sealed class ExportMisuseTests
{
    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["a class name with a hyphen"] = Misuse.Of<ArgumentException>(() => Export(new() { ClassName = "my-model" }), "ToCSharp: expected a class name of letters, digits and underscores", "received 'my-model'", "such as 'MyModel'"),
        ["a class name that is a word of C#"] = Misuse.Of<ArgumentException>(() => Export(new() { ClassName = "class" }), "expected a class name", "received 'class'", "such as 'Class'"),
        ["a class name that is code"] = Misuse.Of<ArgumentException>(() => Export(new() { ClassName = "A { static A() => Evil(); }" }), "expected a class name", "received 'A { static A()"),
        ["an empty class name"] = Misuse.Of<ArgumentException>(() => Export(new() { ClassName = "" }), "expected a class name", "received ''"),
        ["a class name that the file uses"] = Misuse.Of<ArgumentException>(() => Export(new() { ClassName = "Predict" }), "does not use itself", "received 'Predict'", "such as 'PredictModel'"),
        ["a namespace with two dots"] = Misuse.Of<ArgumentException>(() => Export(new() { Namespace = "A..B" }), "expected a namespace of C# names with dots between them", "'MyShop.Models'", "received 'A..B'"),
        ["a namespace that is code"] = Misuse.Of<ArgumentException>(() => Export(new() { Namespace = "A { } //" }), "expected a namespace", "received 'A { } //'"),
        ["a model without weights"] = Misuse.Of<InvalidOperationException>(() => new Sequential([new Dense(3)], name: "net").ToCSharp(), "Sequential 'net'", "ToCSharp expected a built model", "without weights"),
        ["a model that diverged"] = Misuse.Of<ArgumentException>(ExportNaN, "Sequential 'net'", "expected finite outputs for the recorded samples", "received NaN or infinity", "Did the training diverge?"),
        ["too few samples"] = Misuse.Of<ArgumentException>(() => Export(new() { Samples = new float[9, 2] }), "Sequential 'net'", "expected 10 or more samples of dims [2]", "received float32[9,2]"),
        ["samples of other features"] = Misuse.Of<ArgumentException>(() => Export(new() { Samples = new float[10, 3] }), "expected 10 or more samples of dims [2]", "received float32[10,3]"),
        ["a sample that is NaN"] = Misuse.Of<ArgumentException>(ExportSampleOfNaN, "Samples: expected finite numbers", "received NaN at row 9, column 1"),
        ["a model of two inputs"] = Misuse.Of<NotSupportedException>(ExportTwoInputs, "Functional 'net'", "expected a model of one input and one output, received 2 inputs (left, right) and 1 outputs", "Make a Model from one input to one output"),
        ["more weights than the C# compiler takes"] = Misuse.Of<NotSupportedException>(() => new Sequential([new InputLayer(1200), new Dense(1200)], name: "net").ToCSharp(), "Sequential 'net'", "expected weights of up to 5 MiB, received 5.6 MiB", "Ship the file that Save writes"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_in_exporting_is_explained(string mistake) => All[mistake].Check();

    private static void Export(CSharpExport options) => new Sequential([new InputLayer(2), new Dense(3)], name: "net").ToCSharp(options);

    private static void ExportTwoInputs()
    {
        Input left = new([2], name: "left");
        Input right = new([2], name: "right");
        new Model([left, right], new Add().Call([left, right]), name: "net").ToCSharp();
    }

    private static void ExportNaN()
    {
        Sequential model = new([new InputLayer(2), new Dense(1)], name: "net");
        model.Weights[0].Assign(new[,] { { 1 }, { float.NaN } });
        model.ToCSharp();
    }

    private static void ExportSampleOfNaN()
    {
        var samples = new float[10, 2];
        samples[9, 1] = float.NaN;
        Export(new() { Samples = samples });
    }
}
