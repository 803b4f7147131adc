namespace Nabla.Cli.Tests.Commands;

/// <summary>nabla export.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_trained_model_becomes_one_file_of_source()
    {
        string model = _place.Train("iris");
        string target = _place["my-iris.cs"];

        Outcome outcome = Workplace.Run("export", "--csharp", model, "--out", target, "--namespace", "Garden");

        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("SelfCheck", outcome.Output, StringComparison.Ordinal);
        string source = File.ReadAllText(target);
        Assert.Contains("namespace Garden\n", source, StringComparison.Ordinal);
        Assert.Contains("public static class MyIris\n", source, StringComparison.Ordinal);
        Assert.Contains("\"setosa\", \"versicolor\", \"virginica\"", source, StringComparison.Ordinal);
        Assert.Equal(source, Sequential.Load(model).ToCSharp(new CSharpExport { ClassName = "MyIris", Namespace = "Garden" }));
    }

    [Theory]
    [InlineData(2, "export --csharp iris.nabla", "expected --csharp and --out FILE.cs, received no --out. Type nabla export --csharp iris.nabla --out iris.cs")]
    [InlineData(2, "export iris.nabla --out a.cs", "received no --csharp")]
    [InlineData(2, "export --csharp", "export: expected MODEL, received less.")]
    [InlineData(2, "export --cshrp iris.nabla", "there is no option '--cshrp'. Did you mean '--csharp'?")]
    [InlineData(1, "export --csharp no-model.nabla --out a.cs", "MODEL: there is no file 'no-model.nabla'.")]
    [InlineData(1, "export --csharp no-model.nabla --out no-folder/a.cs", "--out: could not write 'no-folder/a.cs'")]
    public void A_mistake_is_explained_on_one_line(int code, string command, string said)
    {
        Outcome outcome = Workplace.Run(command.Split(' '));
        Assert.Equal((code, ""), (outcome.Code, outcome.Output));
        Assert.Contains(said, Assert.Single(outcome.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_none_is_refused_and_no_file_is_written()
    {
        string target = _place["a.cs"];
        Outcome outcome = Workplace.Run("export", "--csharp", _place.Train("iris"), "--out", target, "--class", "1st");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("expected a class name of letters, digits and underscores, received '1st'", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }
}
