using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Nabla.Explain.Tests.Browsers;

/// <summary>How a page is looked at.</summary>
public sealed record PageOptions
{
    /// <summary>Whether the reader prefers dark colours.</summary>
    public bool Dark { get; init; }

    /// <summary>Whether the reader asked for less motion.</summary>
    public bool ReducedMotion { get; init; }

    /// <summary>False for a reader without JavaScript.</summary>
    public bool JavaScript { get; init; } = true;

    public int Width { get; init; } = 1200;

    public int Height { get; init; } = 900;

    /// <summary>Whether fingers can touch the screen.</summary>
    public bool Touch { get; init; }

    /// <summary>What follows the file's name in the address, such as <c>#step=7</c>.</summary>
    public string Fragment { get; init; } = "";
}

/// <summary>An open page and what it did that it should not have.</summary>
public sealed class BrowserPage
{
    internal BrowserPage(IBrowserContext context, IPage page)
    {
        Page = page;
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Noise.Enqueue($"console {message.Type}: {message.Text}");
            }
        };
        context.WebError += (_, error) => Noise.Enqueue($"page error: {error.Error}");
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                Noise.Enqueue($"request: {request.Url}");
            }
        };
        page.WebSocket += (_, socket) => Noise.Enqueue($"web socket: {socket.Url}");
    }

    /// <summary>Playwright's page: locators, keyboard, mouse.</summary>
    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, what the page threw, and every request beyond the file itself.</summary>
    public ConcurrentQueue<string> Noise { get; } = new();

    /// <summary>Writes a picture of the whole page to <c>artifacts/pictures/NAME.png</c>, for people to look at; tests assert geometry instead.</summary>
    public async Task<string> PictureAsync(string name)
    {
        string file = Path.Combine(RepositoryFiles.Root, "artifacts", "pictures", name + ".png");
        await Page.ScreenshotAsync(new() { Path = file, FullPage = true });
        return file;
    }

    /// <summary>The page as it prints on A4, written to <c>artifacts/pictures/NAME.pdf</c> too.</summary>
    public Task<byte[]> PdfAsync(string name) =>
        Page.PdfAsync(new() { Path = Path.Combine(RepositoryFiles.Root, "artifacts", "pictures", name + ".pdf"), Format = "A4", PreferCSSPageSize = true });

    /// <summary>Where an element lies, in CSS pixels.</summary>
    public async Task<LocatorBoundingBoxResult> BoxAsync(string selector) =>
        await Page.Locator(selector).First.BoundingBoxAsync() ?? throw new InvalidOperationException($"'{selector}' has no box: it is not laid out.");
}
