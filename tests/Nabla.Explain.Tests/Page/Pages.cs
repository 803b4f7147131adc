namespace Nabla.Explain.Tests.Page;

/// <summary>The traces that page tests look at.</summary>
internal static class Pages
{
    public const string SmallFormula = "c = w*x; a = c + b; d = a - y; J = d^2/2";

    public static readonly Trace Small = Trace.Of(
        SmallFormula, new TraceOptions { Optimizer = new SGD(0.01), Title = "Small network" }, ("w", 2), ("b", 8), ("x", -2), ("y", 2));

    public static readonly Trace Larger = Trace.Of(
        "t1 = w1*x; z1 = t1 + b1; a1 = relu(z1); t2 = w2*a1; z2 = t2 + b2; a2 = relu(z2); J = (a2 - y)^2/2",
        new TraceOptions { Optimizer = new SGD(0.01), Title = "Larger network" },
        ("w1", 2), ("b1", 0), ("w2", 3), ("b2", 1), ("x", 1), ("y", 5));

    public static readonly Trace Square = Trace.Of("J = a*a", ("a", 3));

    public static readonly Trace Kink = Trace.Of("z = w*x; J = relu(z)", ("w", 0), ("x", 1));

    public static readonly Trace Mazur = Trace.Of(
        "z1 = w1*i1 + w2*i2 + b1; z2 = w3*i1 + w4*i2 + b1; h1 = sigmoid(z1); h2 = sigmoid(z2); "
        + "z3 = w5*h1 + w6*h2 + b2; z4 = w7*h1 + w8*h2 + b2; o1 = sigmoid(z3); o2 = sigmoid(z4); J = (o1 - t1)^2/2 + (o2 - t2)^2/2",
        new TraceOptions { Optimizer = new SGD(0.5), Title = "Two by two" },
        ("w1", .15), ("w2", .2), ("w3", .25), ("w4", .3), ("b1", .35), ("w5", .4), ("w6", .45), ("w7", .5), ("w8", .55), ("b2", .6),
        ("i1", .05), ("i2", .1), ("t1", .01), ("t2", .99));

    /// <summary>Mazur's network as a model: the mean of two squares is his sum of halves.</summary>
    public static readonly Sequential Model = TwoByTwo();

    private static readonly NDArray Inputs = NDArray.From(new[,] { { .05, .1 }, { .3, .9 } }).AsType(DType.Float32);

    private static readonly NDArray Targets = NDArray.From(new[,] { { .01, .99 }, { 1.0, 0 } }).AsType(DType.Float32);

    /// <summary>One step of the model on one example.</summary>
    public static Trace OneExample => Model.Explain(Inputs, Targets, rows: [0]);

    /// <summary>One step of the model on two.</summary>
    public static Trace TwoExamples => Model.Explain(Inputs, Targets);

    /// <summary>The digits' network of the lectures, one example.</summary>
    public static Trace Digits()
    {
        Sequential model = new([new InputLayer(784), new Dense(25, Activation.Relu), new Dense(15, Activation.Relu), new Dense(10)]);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy(fromLogits: true));
        return model.Explain(NDArray.From(Enumerable.Range(0, 784).Select(i => (float)(i % 17) / 17).ToArray()).Reshape(1, 784), NDArray.From(new[] { 7 }));
    }

    private static Sequential TwoByTwo()
    {
        Sequential model = new([new InputLayer(2), new Dense(2, Activation.Sigmoid), new Dense(2, Activation.Sigmoid)]);
        model.Compile(new SGD(0.5), new MeanSquaredError());
        model.SetWeights([
            NDArray.From(new[,] { { .15f, .25f }, { .2f, .3f } }), NDArray.From(new[] { .35f, .35f }),
            NDArray.From(new[,] { { .4f, .5f }, { .45f, .55f } }), NDArray.From(new[] { .6f, .6f })]);
        return model;
    }

    /// <summary>A chain of some values, too long for one picture.</summary>
    public static Trace Long(int values) => Trace.Of(
        "c0 = w*x; " + string.Join("; ", Enumerable.Range(1, values - 3).Select(i => $"c{i} = c{i - 1} + {i}/1000")),
        new TraceOptions { Title = $"{values} values" },
        ("w", 2),
        ("x", 1));

    /// <summary>A number as the page writes it.</summary>
    public static double Number(string text) => double.Parse(text.Trim().Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The texts of all elements of one selector.</summary>
    public static Task<IReadOnlyList<string>> TextsAsync(this Browsers.BrowserPage page, string selector) => page.Page.Locator(selector).AllTextContentsAsync();

    /// <summary>How many elements of a selector a reader sees.</summary>
    public static Task<int> VisibleAsync(this Browsers.BrowserPage page, string selector) => page.Page.EvaluateAsync<int>(
        "s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility({ visibilityProperty: true })).length", selector);

    /// <summary>The text that a reader sees of an element, without the fine space of typesetting.</summary>
    public static async Task<string> TextAsync(this Browsers.BrowserPage page, string selector) => (await page.Page.Locator(selector).First.TextContentAsync() ?? "").Trim();
}
