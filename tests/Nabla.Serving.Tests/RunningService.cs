using Microsoft.AspNetCore.Builder;
using WebService;

namespace Nabla.Serving.Tests;

/// <summary>The sample's service on a free port, shared by the tests of a class.</summary>
public sealed class RunningService : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nabla-service-").FullName;
    private WebApplication? _app;

    public HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _app = IrisService.Create(["--urls", "http://127.0.0.1:0", "--Model", Path.Combine(_folder, "iris.nabla"), "--Logging:LogLevel:Default", "Error"]);
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
