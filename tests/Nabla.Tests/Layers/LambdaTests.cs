namespace Nabla.Tests.Layers;

public sealed class LambdaTests
{
    [Fact]
    public void A_registered_function_is_saved_by_its_name()
    {
        using TemporaryFile file = new();
        Lambda.Register("lambda tests: double", t => t * 2);
        Sequential model = new([new InputLayer(2), new Lambda("lambda tests: double", name: "twice")]);
        model.Save(file.Path);
        Sequential loaded = Sequential.Load(file.Path);
        Assert.Equal("lambda tests: double", ((Lambda)loaded.Layers[0]).FunctionName);
        Assert.Equal([2f, 4f], loaded.Predict(new float[,] { { 1, 2 } }).ToArray<float>());
    }

    [Fact]
    public void A_function_without_a_name_works_and_is_not_saved()
    {
        using TemporaryFile file = new();
        Sequential model = new([new InputLayer(2), new Lambda(t => t * t, name: "square")]);
        Assert.Equal([1f, 4f], model.Predict(new float[,] { { 1, 2 } }).ToArray<float>());
        var error = Assert.Throws<NotSupportedException>(() => model.Save(file.Path));
        Assert.Contains("Lambda 'square': its function has no name and cannot be saved. Give it one with Lambda.Register", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_nobody_registered_is_explained_on_loading()
    {
        Lambda.Register("lambda tests: known", t => t);
        var error = Assert.Throws<MalformedFileException>(() => ConfigText.Read("{\"class_name\": \"Lambda\", \"config\": {\"name\": \"l\", \"function\": \"lambda tests: knwon\"}}"));
        Assert.Contains("Lambda 'l': expected the name of a registered function", error.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'lambda tests: known'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("Lambda.Register(\"lambda tests: knwon\", t => ...) before making or loading the model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_in_a_file_is_never_run()
    {
        var error = Assert.Throws<MalformedFileException>(() => ConfigText.Read("{\"class_name\": \"Lambda\", \"config\": {\"name\": \"l\", \"function\": {\"class_name\": \"__lambda__\", \"config\": {\"code\": \"4wEAAAA=\"}}}}"));
        Assert.Contains("A function's code is never read from a file", error.Message, StringComparison.Ordinal);
    }
}
