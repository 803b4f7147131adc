using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace Nabla.Explain.Tests.Browsers;

/// <summary>
/// One real Chromium for all tests, started when the first one asks. A test class takes this fixture in its constructor and calls
/// <see cref="VisitAsync"/>: the page opens by <c>file://</c>, without a network, and has to stay quiet.
/// Without a browser that can be found or installed, tests skip and say why; where <c>CI=true</c> they fail.
/// </summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser? Browser, string Reason)>> started = new(StartAsync);

    /// <summary>
    /// Opens a file as a double click would, runs <paramref name="body"/> on it, and asserts that the page wrote no error to the console,
    /// threw nothing and asked for nothing beyond <c>file://</c>.
    /// </summary>
    public async Task VisitAsync(string file, Func<BrowserPage, Task> body, PageOptions? options = null)
    {
        options ??= new();
        IBrowser browser = await BrowserAsync();
        await using IBrowserContext context = await browser.NewContextAsync(new()
        {
            Offline = true,
            JavaScriptEnabled = options.JavaScript,
            ColorScheme = options.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = options.ReducedMotion ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
            ViewportSize = new() { Width = options.Width, Height = options.Height },
            HasTouch = options.Touch,
            AcceptDownloads = true,
        });
        BrowserPage page = new(context, await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(Path.GetFullPath(file)).AbsoluteUri + options.Fragment);
        try
        {
            await body(page);
            await page.Page.TitleAsync(); // events arrive in order: after this answer nothing that the page did is still on its way
        }
        catch (Exception failure) when (!page.Noise.IsEmpty)
        {
            throw new InvalidOperationException($"{failure.Message}\nThe page's own words: {string.Join('\n', page.Noise)}", failure);
        }

        Assert.Empty(page.Noise);
    }

    /// <summary>As <see cref="VisitAsync"/>, for a page that is not in a file yet.</summary>
    public async Task VisitHtmlAsync(string html, Func<BrowserPage, Task> body, PageOptions? options = null)
    {
        string folder = Directory.CreateTempSubdirectory("nabla-page-").FullName;
        try
        {
            string file = Path.Combine(folder, "page.html");
            await File.WriteAllTextAsync(file, html);
            await VisitAsync(file, body, options);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            (IPlaywright playwright, IBrowser? browser, _) = await started.Value;
            await (browser?.DisposeAsync() ?? default);
            playwright.Dispose();
        }
    }

    private async Task<IBrowser> BrowserAsync()
    {
        (_, IBrowser? browser, string reason) = await started.Value;
        if (browser is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Fail(reason);
        }

        return browser;
    }

    private static async Task<(IPlaywright Playwright, IBrowser? Browser, string Reason)> StartAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        (string? path, string reason) = await BrowserFinder.FindOrInstallAsync(playwright);
        return path is null
            ? (playwright, null, reason)
            : (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments }), "");
    }
}
