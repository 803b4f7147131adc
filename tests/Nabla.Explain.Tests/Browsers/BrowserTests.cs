using Microsoft.Playwright;

namespace Nabla.Explain.Tests.Browsers;

/// <summary>The instruments of the other page tests: they see what they claim to see.</summary>
public sealed class BrowserTests(BrowserFixture browser)
{
    private const string Fraction = """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>One half</title>
        <style>body { background: Canvas; color-scheme: light dark } @media (prefers-reduced-motion: reduce) { p { color: red } }</style></head>
        <body><button id="count">0</button><p id="where"></p><noscript><p id="plain">no script</p></noscript>
        <math display="block"><mfrac><mi id="numerator">a</mi><mi id="denominator">b</mi></mfrac></math>
        <script>
        document.getElementById("count").addEventListener("click", e => e.target.textContent = String(Number(e.target.textContent) + 1));
        document.getElementById("where").textContent = location.protocol + location.hash;
        </script></body></html>
        """;

    [Fact]
    public Task A_click_counts_and_a_fraction_stands_upright() => browser.VisitHtmlAsync(
        Fraction,
        async page =>
        {
            await page.Page.GetByRole(AriaRole.Button).ClickAsync();
            Assert.Equal("1", await page.Page.Locator("#count").TextContentAsync());
            Assert.Equal("file:#step=7", await page.Page.Locator("#where").TextContentAsync());
            LocatorBoundingBoxResult numerator = await page.BoxAsync("#numerator"), denominator = await page.BoxAsync("#denominator");
            Assert.True(numerator.Y + numerator.Height <= denominator.Y, $"numerator at {numerator.Y}, denominator at {denominator.Y}");
        },
        new() { Fragment = "#step=7" });

    [Fact]
    public Task Options_reach_the_page() => browser.VisitHtmlAsync(
        Fraction,
        async page =>
        {
            Assert.Equal("no script", await page.Page.Locator("#plain").TextContentAsync());
            Assert.Equal(400, page.Page.ViewportSize!.Width);
            byte[] pdf = await page.PdfAsync("self-test");
            Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString(pdf), StringComparison.Ordinal);
            Assert.True(File.Exists(await page.PictureAsync("self-test")));
        },
        new() { JavaScript = false, Width = 400, Height = 600, Dark = true });

    [Fact]
    public Task Preferences_of_the_reader_reach_the_page() => browser.VisitHtmlAsync(
        Fraction,
        async page =>
        {
            Assert.True(await page.Page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
            Assert.True(await page.Page.EvaluateAsync<bool>("matchMedia('(prefers-reduced-motion: reduce)').matches"));
        },
        new() { Dark = true, ReducedMotion = true });

    [Theory]
    [InlineData("""<script>console.error("it hurts")</script>""", "it hurts")]
    [InlineData("""<script>throw new Error("unheard")</script>""", "unheard")]
    [InlineData("""<script>fetch("https://example.org/a").catch(() => 0)</script>""", "request: https://example.org/a")]
    [InlineData("""<img src="http://example.org/b.png" alt="">""", "request: http://example.org/b.png")]
    [InlineData("""<script>new WebSocket("ws://127.0.0.1:9/c")</script>""", "web socket: ws://127.0.0.1:9/c")]
    public async Task A_noisy_page_fails_its_test(string body, string expected)
    {
        IReadOnlyCollection<string> noise = [];
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => browser.VisitHtmlAsync(
            $"<!DOCTYPE html><title>Noise</title>{body}<p>done</p>",
            async page =>
            {
                noise = page.Noise;
                await page.Page.WaitForTimeoutAsync(50);
            }));
        Assert.Contains(noise, line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_runs_without_a_page_and_a_failing_one_fails_its_test()
    {
        Assert.Equal("0.30000000000000004\n", await Node.RunAsync("console.log(0.1 + Number(process.argv[2]))", "0.2"));
        Xunit.Sdk.XunitException failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Node.RunAsync("""throw new Error("wrong sign")"""));
        Assert.Contains("wrong sign", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_own_test_runner_reports_and_fails()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("nabla-node-").FullName, "sum.test.mjs");
        const string script = """import test from "node:test"; import assert from "node:assert"; test("sum", () => assert.equal(1 + 1, RESULT));""";
        await File.WriteAllTextAsync(file, script.Replace("RESULT", "2", StringComparison.Ordinal));
        Assert.Contains("pass 1", await Node.TestAsync(file), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, script.Replace("RESULT", "3", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Node.TestAsync(file));
    }
}
