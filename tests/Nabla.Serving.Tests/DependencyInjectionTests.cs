using Microsoft.Extensions.DependencyInjection;

namespace Nabla.Serving.Tests;

/// <summary>Models as services.</summary>
public sealed class DependencyInjectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nabla-di-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_is_loaded_once_and_shared()
    {
        using ServiceProvider services = new ServiceCollection().AddNablaModel(Saved("a", 2)).BuildServiceProvider();

        Model first = services.GetRequiredService<Model>();
        using IServiceScope scope = services.CreateScope();

        Assert.Same(first, scope.ServiceProvider.GetRequiredService<Model>());
        Assert.Equal(2f, first.Predict(new float[,] { { 1 } }).ToArray<float>()[0]);
    }

    [Fact]
    public void The_file_is_read_when_the_model_is_first_asked_for()
    {
        string path = Saved("late", 2);
        using ServiceProvider services = new ServiceCollection().AddNablaModel(path).BuildServiceProvider();
        File.Copy(Saved("other", 5), path, overwrite: true);

        Assert.Equal(5f, services.GetRequiredService<Model>().Predict(new float[,] { { 1 } }).ToArray<float>()[0]);
    }

    [Fact]
    public void Several_models_are_told_apart_by_their_keys()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddKeyedNablaModel("double", Saved("a", 2))
            .AddKeyedNablaModel("triple", Saved("b", 3))
            .BuildServiceProvider();

        Assert.Equal(3f, services.GetRequiredKeyedService<Model>("triple").Predict(new float[,] { { 1 } }).ToArray<float>()[0]);
        Assert.Equal(2f, services.GetRequiredKeyedService<Model>("double").Predict(new float[,] { { 1 } }).ToArray<float>()[0]);
        Assert.Null(services.GetService<Model>());
    }

    [Fact]
    public void A_model_can_be_made_by_a_function()
    {
        int made = 0;
        using ServiceProvider services = new ServiceCollection()
            .AddNablaModel(_ =>
            {
                made++;
                return new Sequential([new InputLayer(1), new Dense(1)]);
            })
            .BuildServiceProvider();

        Assert.Same(services.GetRequiredService<Model>(), services.GetRequiredService<Model>());
        Assert.Equal(1, made);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_at_the_start()
    {
        string path = Path.Combine(_folder, "no.nabla");

        foreach (Action add in new Action[] { () => new ServiceCollection().AddNablaModel(path), () => new ServiceCollection().AddKeyedNablaModel("key", path) })
        {
            FileNotFoundException error = Assert.Throws<FileNotFoundException>(add);
            Assert.Contains($"AddNablaModel: expected a model's file, found none at '{path}'. Save one with model.Save(\"no.nabla\")", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_empty_path_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddNablaModel(" "));
        Assert.Contains("expected the path of a model's file, received none. Say AddNablaModel(\"model.nabla\")", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_told_when_the_model_is_asked_for()
    {
        string path = Path.Combine(_folder, "cut.nabla");
        File.WriteAllBytes(path, File.ReadAllBytes(Saved("whole", 1))[..200]);
        using ServiceProvider services = new ServiceCollection().AddNablaModel(path).BuildServiceProvider();

        Assert.Contains("cut.nabla", Assert.Throws<MalformedFileException>(services.GetRequiredService<Model>).Message, StringComparison.Ordinal);
    }

    private string Saved(string name, float factor)
    {
        string path = Path.Combine(_folder, name + ".nabla");
        Sequential model = new([new InputLayer(1), new Dense(1, useBias: false)], name: name);
        model.Weights[0].Assign(new[,] { { factor } });
        model.Save(path);
        return path;
    }
}
