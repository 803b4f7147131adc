using System.Text;
using Nabla.Tests.Saving;

namespace Nabla.Tests.Errors;

/// <summary>Mistakes with rows and schemas, and schemas in files that were tampered with.</summary>
public sealed class SchemaMisuseTests
{
    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["a missing column"] = Misuse.Of<ArgumentException>(() => Model().Predict(("colour", "red"), ("with", 1)), "Schema: row 1: expected a value for 'width', received none (there is 'with')", "Give null where it is not known"),
        ["an unknown category"] = Misuse.Of<ArgumentException>(() => Model().Predict(("width", 1), ("colour", "gren")), "row 1, 'colour': expected a category from training ('green', 'red'; did you mean 'green'?), received 'gren'"),
        ["a word for a number"] = Misuse.Of<ArgumentException>(() => Model().Predict(("width", "wide"), ("colour", "red")), "row 1, 'width': expected a number, received 'wide'"),
        ["a comma in a number"] = Misuse.Of<ArgumentException>(() => Model().Predict(("width", "1,5"), ("colour", "red")), "expected a number with a point, such as 1.5, received '1,5'"),
        ["infinity in a row"] = Misuse.Of<ArgumentException>(() => Model().Predict(("width", double.PositiveInfinity), ("colour", "red")), "row 1, 'width': expected a number, received 'Infinity'"),
        ["a number beyond all computing"] = Misuse.Of<ArgumentException>(() => Model().Predict(("width", 1e300), ("colour", "red")), "row 1, 'width': expected a number that can be computed with, received '1E+300'"),
        ["a column given twice"] = Misuse.Of<ArgumentException>(() => Model().Predict(("width", 1), ("width", 2), ("colour", "red")), "Predict: expected one value for 'width', received two."),
        ["several mistakes at once"] = Misuse.Of<ArgumentException>(() => Model().PredictRows([new Dictionary<string, object> { ["width"] = 1 }, new Dictionary<string, object> { ["width"] = "x", ["colour"] = "blue" }]), "3 things do not fit", "- row 1: expected a value for 'colour'", "- row 2, 'width'", "- row 2, 'colour'"),
        ["a model without a schema"] = Misuse.Of<InvalidOperationException>(() => new Sequential([new InputLayer(2), new Dense(1)], name: "net").Predict(("a", 1)), "Sequential 'net': Predict expected a model that knows its columns", "model.Metadata = new ModelMetadata { Schema = ... }"),
        ["a number asked for its label"] = Misuse.Of<InvalidOperationException>(() => _ = Price.Decode([1.0], "none").Label, "Prediction: expected a class to ask Label for, but 'price' is a number. Read Value."),
        ["a class asked for its value"] = Misuse.Of<InvalidOperationException>(() => _ = Ripe.Decode([1.0], "sigmoid").Value, "Prediction: expected a number to ask Value for, but 'ripe' has classes. Read Label and Probability."),
        ["outputs of another model"] = Misuse.Of<ArgumentException>(() => Ripe.Decode([1.0, 2, 3], "softmax"), "SchemaTarget 'ripe': expected 2 outputs, received 3. Was the model trained for another target?"),
        ["one class"] = Misuse.Of<ArgumentException>(() => SchemaTarget.OfClasses("y", ["a"]), "SchemaTarget 'y': expected two classes or more, each once, received 1"),
        ["a class twice"] = Misuse.Of<ArgumentException>(() => SchemaTarget.OfClasses("y", ["a", "a"]), "received one twice"),
        ["a quantity of classes"] = Misuse.Of<ArgumentException>(() => SchemaTarget.OfNumber("y", TargetKind.Classes, 0, 1), "expected the kind Real or NonNegative for a number, received Classes"),
        ["a unit of zero"] = Misuse.Of<ArgumentOutOfRangeException>(() => SchemaTarget.OfNumber("y", TargetKind.Real, 0, 0), "expected a finite mean and a finite scale above 0, received 0 and 0"),
        ["a target that never changes"] = Misuse.Of<ArgumentException>(() => SchemaTarget.Measure("y", TargetKind.Real, [3, 3]), "expected values that differ, received 3 only. There is nothing to learn."),
        ["a number below 0 that never is"] = Misuse.Of<ArgumentException>(() => SchemaTarget.Measure("y", TargetKind.NonNegative, [3, -1]), "expected values that are never below 0, received -1. Choose Real."),
        ["no columns"] = Misuse.Of<ArgumentException>(() => new Schema([], Ripe), "Schema: expected columns with names of their own, received none"),
        ["two columns of a name"] = Misuse.Of<ArgumentException>(() => new Schema([SchemaColumn.Number("ripe")], Ripe), "received 'ripe' twice"),
        ["a column without a name"] = Misuse.Of<ArgumentException>(() => SchemaColumn.Number(""), "SchemaColumn: expected a name, received none"),
        ["no categories"] = Misuse.Of<ArgumentException>(() => SchemaColumn.Text("c", []), "SchemaColumn 'c': expected categories, each once, received none"),
        ["a column without values"] = Misuse.Of<ArgumentException>(() => SchemaColumn.Measure("c", [double.NaN]), "SchemaColumn 'c': expected finite numbers", "received none. Leave the column out."),
        ["a column too large to square"] = Misuse.Of<ArgumentException>(() => SchemaColumn.Measure("c", [1e300, -1e300]), "received larger ones. Divide them first"),
        ["one class in the choosing table"] = Misuse.Of<ArgumentOutOfRangeException>(() => ChoosingTable.For(TargetKind.Classes, 1), "ChoosingTable: expected 2 classes or more, received 1"),
    };

    private static SchemaTarget Ripe => SchemaTarget.OfClasses("ripe", ["no", "yes"]);

    private static SchemaTarget Price => SchemaTarget.OfNumber("price", TargetKind.Real, 0, 1);

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_is_told(string name) => All[name].Check();

    public static TheoryData<string, string, string> Tampered => new()
    {
        { "\"version\": 1", "\"version\": 2", "$.schema: expected a version from 1 to 1, received 2: the file was written by a newer version. Update Nabla." },
        { "\"version\": 1,", "", "$.schema: expected a version, but it is missing." },
        { "\"kind\": \"binary\"", "\"kind\": \"triple\"", "$.schema.target: expected a kind of binary, classes, real, non-negative, received 'triple'." },
        { "\"kind\": \"binary\"", "\"kind\": \"classes\"", "expected the kind binary for two classes and classes for more, received 'classes' for 2" },
        { "\"kind\": \"binary\"", "\"kind\": \"real\"", "'classes' = " },
        { "\"scale\": 0.5", "\"scale\": 0", "expected a finite mean and a finite scale that is not 0" },
        { "\"scale\": 0.5", "\"scale\": 1e999", "expected a finite number for 'scale'" },
        { "\"red\"", "\"green\"", "SchemaColumn 'colour': expected categories, each once, received one twice" },
        { "\"name\": \"colour\"", "\"name\": \"width\"", "received 'width' twice" },
        { "\"name\": \"colour\"", "\"name\": \"\"", "SchemaColumn: expected a name, received none" },
        { "\"name\": \"colour\"", "\"name\": \"colour\", \"run\": \"x\"", "'run' = \"x\" is not known here" },
        { "\"yes\"", "7", "expected texts in 'classes', received 7" },
    };

    [Theory]
    [MemberData(nameof(Tampered))]
    public void A_tampered_schema_is_refused(string find, string replace, string said)
    {
        using TemporaryFile file = new();
        Model().Save(file.Path);
        ZipEdit.Text(file.Path, "metadata.json", find, replace);
        MalformedFileException error = Assert.Throws<MalformedFileException>(() => Sequential.Load(file.Path));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_of_too_many_columns_is_refused()
    {
        using TemporaryFile file = new();
        Model().Save(file.Path);
        string columns = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"name":"c{{i}}"}"""));
        ZipEdit.Member(file.Path, "metadata.json", Encoding.UTF8.GetBytes($$$$"""{"format":"nabla","format_version":1,"schema":{"version":1,"columns":[{{{{columns}}}}],"target":{"name":"y","kind":"real"}}}"""));
        Assert.Contains("expected at most 16384 columns", Assert.Throws<MalformedFileException>(() => Sequential.Load(file.Path)).Message, StringComparison.Ordinal);
    }

    private static Sequential Model()
    {
        Sequential model = new([new InputLayer(3), new Dense(1)], name: "net")
        {
            Metadata = new ModelMetadata { Schema = new Schema([SchemaColumn.Number("width", 2, 0.5), SchemaColumn.Text("colour", ["green", "red"])], Ripe) },
        };
        model.Compile("adam", new BinaryCrossentropy(fromLogits: true));
        return model;
    }
}
