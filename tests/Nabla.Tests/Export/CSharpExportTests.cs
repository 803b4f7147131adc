using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nabla.Tests.Serving;

namespace Nabla.Tests.Export;

/// <summary>A model as one C# file: it compiles with nothing, and gives what the model gives.</summary>
public sealed class CSharpExportTests
{
    // A sum of n products in float32 is off by at most n * 2^-24 * sum |w x|; here n is at most 64, the sums stay below 8, and three layers follow
    // one another: 3 * 64 * 8 * 6e-8 < 1e-4, of which rounding, which mostly cancels, uses a tenth.
    private const double SingleTolerance = 1e-5;
    private const double DoubleTolerance = 1e-13;

    private static readonly Dictionary<string, Func<DType, Sequential>> Models = new()
    {
        ["a classifier"] = dtype => new([new InputLayer(4), new Dense(10, "relu", name: "hidden"), new Dense(3, "softmax")], dtype: dtype, seed: 1),
        ["a regression of one number"] = dtype => new([new InputLayer(7), new Dense(16, "tanh"), new Dense(1)], dtype: dtype, seed: 2),
        ["dropout, which predicts as if it were not there"] = dtype => new([new InputLayer(5), new Dense(8, "elu"), new Dropout(0.5), new Dense(2, "sigmoid")], dtype: dtype, seed: 3),
        ["rescaled columns"] = dtype => new([new InputLayer(3), new Rescaling([2, 0.5, -1], [0, 1, 3]), new Dense(4, "gelu"), new Dense(2, "log_softmax")], dtype: dtype, seed: 4),
        ["a picture, its weights as bytes"] = dtype => new([new InputLayer([12, 12]), new Rescaling(1.0 / 255), new Flatten(), new Dense(20, "relu", name: "hidden"), new Dense(10)], name: "pixels", dtype: dtype, seed: 5),
        ["a batch of rows"] = dtype => new([new InputLayer([3, 5]), new Dense(4, "selu"), new Dense(2)], dtype: dtype, seed: 6),
        ["one layer, nothing else"] = dtype => new([new InputLayer(2), new Dense(2, useBias: false)], dtype: dtype, seed: 7),
        ["normalization of batches"] = dtype => new([new InputLayer(5), new Dense(6), new BatchNormalization(), new ReLU(), new Dense(2)], dtype: dtype, seed: 10),
        ["normalization of layers"] = dtype => new([new InputLayer(5), new Dense(6), new LayerNormalization(), new Dense(2, "swish")], dtype: dtype, seed: 11),
        ["rows turned, padded and cut"] = dtype => new([new InputLayer([4, 3]), new Permute([2, 1]), new ZeroPadding1D(1), new Cropping1D((0, 1)), new UpSampling1D(2), new Reshape([8, 4]), new Dense(2), new Flatten()], dtype: dtype, seed: 12),
        ["layers whose names are words of C#"] = dtype => new([new InputLayer(2), new Dense(3, "relu", name: "class"), new Dense(3, name: "x"), new Dense(2, name: "Exp")], dtype: dtype, seed: 8, name: "int"),
        ["layers whose names would end a comment or a line"] = dtype => new([new InputLayer(2), new Dense(3, name: "a\n}}; oops(); *"), new Dense(3, name: "*<b>&\"\u2028Zoë")], dtype: dtype, seed: 8, name: "m\r\n#error"),
    };

    public static TheoryData<string, DType> Cases => [.. Models.Keys.SelectMany(m => new[] { (m, DType.Float32), (m, DType.Float64) })];

    public static TheoryData<string> Activations => [.. ActivationTable.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_file_gives_what_the_model_gives(string model, DType dtype) => Compare(Models[model](dtype));

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_is_printed(string activation) =>
        Compare(new Sequential([new InputLayer(6), new Dense(8, activation), new Dense(4)], seed: 9, dtype: DType.Float64));

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, NullableContextOptions.Disable)]
    [InlineData(LanguageVersion.CSharp10, NullableContextOptions.Enable)]
    [InlineData(LanguageVersion.Latest, NullableContextOptions.Disable)]
    public void The_file_compiles_in_old_and_new_projects(LanguageVersion version, NullableContextOptions nullable)
    {
        string source = Iris().ToCSharp(new CSharpExport { ClassName = "Iris", Namespace = "Garden.Flowers" });

        ExportedClass exported = ExportedClass.Of(source, version, nullable);

        Assert.Equal("Garden.Flowers.Iris", exported.FullName);
        Assert.True(exported.SelfCheck());
    }

    [Fact]
    public void The_file_calls_nothing_but_arithmetic_and_arrays()
    {
        CSharpCompilation compilation = ExportedClass.Compilation(Models["a picture, its weights as bytes"](DType.Float32).ToCSharp());
        SyntaxTree tree = compilation.SyntaxTrees[0];
        SemanticModel meaning = compilation.GetSemanticModel(tree);

        // No reflection, no files, no dynamic code: safe to trim and to compile ahead of time.
        HashSet<string> called =
        [
            .. tree.GetRoot().DescendantNodes().Where(n => n is InvocationExpressionSyntax or ObjectCreationExpressionSyntax)
                .Select(n => meaning.GetSymbolInfo(n).Symbol!.ContainingType.ToString()!).Where(t => t != "PixelsModel"),
        ];
        Assert.Subset(new HashSet<string> { "System.Math", "System.Array", "System.Convert", "System.Buffer", "System.BitConverter", "System.ArgumentException", "System.ArgumentNullException" }, called);
        Assert.DoesNotContain("unsafe", tree.ToString(), StringComparison.Ordinal);
        Assert.Empty(tree.GetRoot().DescendantNodes().OfType<GlobalStatementSyntax>());
    }

    [Fact]
    public void The_file_scales_columns_and_names_classes_as_the_metadata_say()
    {
        Sequential model = Iris();
        ExportedClass exported = ExportedClass.Of(model.ToCSharp());
        float[] flower = [5.1f, 3.5f, 1.4f, 0.2f];

        float[] outputs = exported.Predict(flower);
        (string name, float probability) = exported.Classify(flower);

        // By hand: the metadata's scale and offset, the model, softmax.
        NDArray scaled = NDArray.From(flower) * NDArray.From<float>([1.2f, 2.3f, 0.57f, 1.3f]) + NDArray.From<float>([-7, -7, -2.1f, -1.6f]);
        NDArray expected = model.Predict(scaled.Reshape(1, 4)).Reshape(3);
        float[] probabilities = Nn.Softmax(expected).ToArray<float>();
        Assert.All(expected.ToArray<float>().Zip(outputs), p => Assert.Equal(p.First, p.Second, SingleTolerance));
        Assert.All(probabilities.Zip(exported.Probabilities(flower)), p => Assert.Equal(p.First, p.Second, SingleTolerance));
        int best = probabilities.IndexOf(probabilities.Max());
        Assert.Equal(new[] { "setosa", "versi\"color\n", "Iris β" }[best], name);
        Assert.Equal(probabilities[best], probability, SingleTolerance);
    }

    [Theory]
    [InlineData(TargetKind.NonNegative, 0, 123_789.5)]
    [InlineData(TargetKind.Real, -40.25, 7.5)]
    public void A_quantity_is_given_in_its_own_unit_and_a_missing_number_is_the_mean(TargetKind kind, double mean, double scale)
    {
        Sequential model = new([new InputLayer(2), new Dense(8, "tanh"), new Dense(1)], seed: 3);
        model.Compile("adam", "mse", verbose: 0);
        model.Metadata = new ModelMetadata { Schema = new Schema([SchemaColumn.Number("a", 50, 0.1), SchemaColumn.Number("b", -3, 4)], SchemaTarget.OfNumber("price", kind, mean, scale)) };
        ExportedClass exported = ExportedClass.Of(model.ToCSharp());
        Assert.True(exported.SelfCheck());
        double expected = model.Predict(("a", 61.5), ("b", -2.5)).Value;
        Assert.Equal(expected, exported.Predict([61.5f, -2.5f])[0], 1e-5 * (scale + Math.Abs(mean)));
        double missing = model.Predict(("a", null), ("b", -2.5)).Value;
        Assert.Equal(missing, exported.Predict([float.NaN, -2.5f])[0], 1e-5 * (scale + Math.Abs(mean)));
        Assert.NotEqual(expected, missing);
    }

    [Fact]
    public void A_model_of_whole_numbers_looks_them_up()
    {
        Input words = new([6], name: "words", dtype: DType.Int32);
        Model model = new(words, new Dense(3, "softmax").Call(new Flatten().Call(new Embedding(10, 4).Call(words))));
        ExportedClass exported = ExportedClass.Of(model.ToCSharp());
        int[] sample = [0, 9, 3, 3, 7, 1];

        Assert.True(exported.SelfCheck());
        Assert.All(model.Predict(NDArray.From(sample).Reshape(1, 6)).ToArray<float>().Zip(exported.Predict<int, float>(sample)), p => Assert.Equal(p.First, p.Second, SingleTolerance));
    }

    [Fact]
    public void A_functional_model_with_a_branch_is_printed()
    {
        Input x = new([4], name: "x");
        LayerTensor hidden = new Dense(4, "relu").Call(x);
        Model model = new(x, new Dense(2).Call(new Concatenate().Call([new Add().Call([hidden, x]), x])));
        ExportedClass exported = ExportedClass.Of(model.ToCSharp());
        NDArray samples = ServingTests.Samples(10, 4);

        Assert.True(exported.SelfCheck());
        for (int i = 0; i < 10; i++)
        {
            NDArray one = samples[i..(i + 1)];
            Assert.All(model.Predict(one).ToArray<float>().Zip(exported.Predict(one.ToArray<float>())), p => Assert.Equal(p.First, p.Second, SingleTolerance));
        }
    }

    [Fact]
    public void A_sigmoid_of_two_classes_names_the_likelier()
    {
        Sequential model = new([new InputLayer(2), new Dense(1)], seed: 1);
        model.Compile("adam", new BinaryCrossentropy(fromLogits: true));
        model.Metadata = new ModelMetadata { Classes = ["no", "yes"] };
        ExportedClass exported = ExportedClass.Of(model.ToCSharp());

        foreach (float[] sample in new float[][] { [1, 2], [-1, -2] })
        {
            double logit = model.Predict(NDArray.From(sample).Reshape(1, 2)).Item<double>();
            double second = 1 / (1 + Math.Exp(-logit));
            Assert.Equal(second, exported.Probabilities(sample)[0], SingleTolerance);
            (string name, float probability) = exported.Classify(sample);
            Assert.Equal(second > 0.5 ? "yes" : "no", name);
            Assert.Equal(Math.Max(second, 1 - second), probability, SingleTolerance);
        }
    }

    [Fact]
    public void Without_class_names_nothing_is_classified()
    {
        ExportedClass exported = ExportedClass.Of(Models["a regression of one number"](DType.Float32).ToCSharp());

        Assert.False(exported.Has("Classify"));
        Assert.False(exported.Has("Probabilities"));
    }

    [Fact]
    public void A_changed_weight_is_noticed_however_small_the_change()
    {
        string source = Models["a classifier"](DType.Float32).ToCSharp();
        string line = source.Split('\n').First(l => l.Contains("HiddenKernel = ", StringComparison.Ordinal));
        int start = source.IndexOf("{\n", source.IndexOf(line, StringComparison.Ordinal), StringComparison.Ordinal) + 2;
        int digit = source.IndexOf('f', start) - 1;
        char other = source[digit - 2] == '1' ? '7' : '1';

        Assert.True(ExportedClass.Of(source).SelfCheck());
        Assert.False(ExportedClass.Of(source[..(digit - 2)] + other + source[(digit - 1)..]).SelfCheck());
    }

    [Fact]
    public void A_changed_byte_of_a_large_weight_is_noticed()
    {
        string source = Models["a picture, its weights as bytes"](DType.Float32).ToCSharp();
        int start = source.IndexOf("HiddenKernel = Floats(@\"\n", StringComparison.Ordinal) + 25;
        char other = source[start + 500] == 'A' ? 'B' : 'A';

        Assert.True(ExportedClass.Of(source).SelfCheck());
        Assert.False(ExportedClass.Of(source[..(start + 500)] + other + source[(start + 501)..]).SelfCheck());
    }

    [Fact]
    public void A_changed_step_is_noticed_by_the_recorded_samples()
    {
        string source = Models["a classifier"](DType.Float32).ToCSharp();

        Assert.False(ExportedClass.Of(source.Replace("add <= 0f ? 0f : add", "add <= 0f ? 0.01f * add : add", StringComparison.Ordinal)).SelfCheck());
    }

    [Fact]
    public void The_file_is_the_same_in_every_culture_and_runs_in_every_culture()
    {
        Sequential model = Iris();
        string here = model.ToCSharp();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(here, model.ToCSharp());
            Assert.True(ExportedClass.Of(here).SelfCheck());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Samples_of_ones_own_are_recorded()
    {
        Sequential model = new([new InputLayer(2), new Dense(1)], seed: 1);
        NDArray samples = NDArray.Create<float>([.. Enumerable.Range(0, 24).Select(i => 1000.5f + i)], [12, 2]);

        string source = model.ToCSharp(new CSharpExport { Samples = samples });

        Assert.Contains("1000.5f, 1001.5f,", source, StringComparison.Ordinal);
        Assert.Contains("1018.5f, 1019.5f,", source, StringComparison.Ordinal);
        Assert.DoesNotContain("1020.5f", source, StringComparison.Ordinal);
        Assert.True(ExportedClass.Of(source).SelfCheck());
    }

    [Fact]
    public void A_sample_of_another_length_is_refused_by_the_printed_class()
    {
        ExportedClass exported = ExportedClass.Of(Iris().ToCSharp(new CSharpExport { ClassName = "Iris" }));

        ArgumentException error = Assert.Throws<ArgumentException>(() => exported.Predict(new float[3]));
        Assert.Contains("Iris: Predict expected 4 numbers for one sample, received 3.", error.Message, StringComparison.Ordinal);
    }

    private static void Compare(Sequential model)
    {
        ExportedClass exported = ExportedClass.Of(model.ToCSharp());
        Dims sample = model.InputType!.Dims[1..];
        NDArray samples = ServingTests.Samples(40, sample.Count).Reshape([40, .. sample.Sizes]);
        Assert.True(exported.SelfCheck());
        for (int i = 0; i < 40; i++)
        {
            NDArray one = samples[i..(i + 1)];
            if (model.DType == DType.Float32)
            {
                Assert.All(model.Predict(one).ToArray<float>().Zip(exported.Predict(one.ToArray<float>())), p => Assert.Equal(p.First, p.Second, SingleTolerance));
            }
            else
            {
                double[] wide = one.AsType(DType.Float64).ToArray<double>();
                Assert.All(model.Predict(one.AsType(DType.Float64)).ToArray<double>().Zip(exported.Predict(wide)), p => Assert.Equal(p.First, p.Second, DoubleTolerance));
            }
        }
    }

    private static Sequential Iris()
    {
        Sequential model = new([new InputLayer(4), new Dense(8, "relu"), new Dense(3)], seed: 1, name: "iris");
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true));
        model.Metadata = new ModelMetadata
        {
            Columns = ["sepal length", "sepal width", "petal length", "petal width"],
            Scale = [1.2, 2.3, 0.57, 1.3],
            Offset = [-7, -7, -2.1, -1.6],
            Classes = ["setosa", "versi\"color\n", "Iris β"],
        };
        return model;
    }
}
