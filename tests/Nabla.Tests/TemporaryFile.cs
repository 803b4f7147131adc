namespace Nabla.Tests;

/// <summary>A path in a folder of its own, both gone at the end.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nabla-test-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "model.nabla");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
