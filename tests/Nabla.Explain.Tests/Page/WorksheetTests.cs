using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>The page as a worksheet, and on paper.</summary>
public sealed class WorksheetTests(BrowserFixture browser)
{
    [Fact]
    public Task P_minus_four_is_right_and_four_has_the_sign_of_x_wrong() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await page.Page.GetByLabel("worksheet", new() { Exact = true }).CheckAsync();
            Assert.Equal(4 + 7, await page.VisibleAsync("input.blank"));
            Assert.Equal(0, await page.VisibleAsync($"#backward [data-q=g{Pages.Small["w"].Id}]"));
            ILocator blank = page.Page.Locator($"[data-blank=g{Pages.Small["w"].Id}]");
            ILocator said = page.Page.Locator($"td:has([data-blank=g{Pages.Small["w"].Id}]) .judgement");
            foreach ((string typed, string answer) in new[] { ("4", "the sign of x"), ("2", "that is what arrives from c; times ∂c/∂w"), ("two", "a number, please"), ("−4", "✓"), ("-4", "✓"), ("7", "not yet") })
            {
                await blank.FillAsync(typed);
                await blank.PressAsync("Enter");
                await blank.BlurAsync();
                Assert.Equal(answer, await said.TextContentAsync());
            }

            await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.Equal("page", await page.Page.Locator("#answer-key").EvaluateAsync<string>("e => getComputedStyle(e).breakBefore"));
            Assert.Contains("∂J/∂w = −4", await page.Page.Locator("#answer-key .print-only").InnerTextAsync(), StringComparison.Ordinal);
            await page.PdfAsync("worksheet");
            await page.Page.EmulateMediaAsync(new() { Media = Media.Screen });
            await page.Page.GetByLabel("plain", new() { Exact = true }).CheckAsync();
            Assert.Equal(0, await page.VisibleAsync("input.blank, #answer-key"));
            Assert.Equal("−4", await page.TextAsync($"#backward [data-q=g{Pages.Small["w"].Id}]"));
        });

    [Fact]
    public Task T_no_row_is_cut_on_paper() => browser.VisitHtmlAsync(
        Pages.Mazur.ToHtml(),
        async page =>
        {
            await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.Equal(0, await page.Page.EvaluateAsync<int>("[...document.querySelectorAll('tr, #steps > li, .drawing')].filter(e => getComputedStyle(e).breakInside !== 'avoid').length"));
            Assert.Equal(0, await page.VisibleAsync("button, input"));
            Assert.NotEmpty(await page.PdfAsync("mazur"));
        });

    [Fact]
    public Task On_a_narrow_screen_only_tables_and_drawings_scroll() => browser.VisitHtmlAsync(
        Pages.Larger.ToHtml(),
        async page =>
        {
            Assert.Equal(390, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            await page.PictureAsync("page-narrow");
        },
        new() { Width = 390 });

    [Fact]
    public Task Q_five_hundred_values_arrive_folded_and_open() => browser.VisitHtmlAsync(
        Pages.Long(500).ToHtml(),
        async page =>
        {
            Assert.Equal(13, await page.VisibleAsync("#walk .fold"));
            Assert.Equal(0, await page.VisibleAsync(".graph .node"));
            await page.Page.Locator(".fold summary").First.FocusAsync();
            await page.Page.Keyboard.PressAsync("Enter");
            Assert.InRange(await page.VisibleAsync(".graph .node"), 30, 60);
            await page.Page.Locator("#step-count").ClickAsync();
            await page.Page.Keyboard.PressAsync("ArrowLeft");
            Assert.Contains("of 998", await page.TextAsync("#step-count"), StringComparison.Ordinal);
        });

    [Fact]
    public Task Q_the_digits_network_stays_under_two_megabytes() => browser.VisitHtmlAsync(
        Small(Pages.Digits().ToHtml()),
        async page =>
        {
            Assert.Equal(11 + 11 + 10, await page.Page.Locator("[data-unit]").CountAsync());
            Assert.Empty(await page.Page.EvaluateAsync<string[]>("() => selfTest()"));
        });

    [Fact]
    public Task R_hostile_names_are_only_names() => browser.VisitHtmlAsync(
        (Pages.Small with { Title = "</script><script>document.title='caught'</script>", Convention = "J = \"<img src=x onerror=alert(1)>\"" }).ToHtml(),
        async page =>
        {
            Assert.StartsWith("</script>", await page.Page.TitleAsync(), StringComparison.Ordinal);
            Assert.Equal("</script><script>document.title='caught'</script>", await page.TextAsync("h1"));
            Assert.StartsWith("Step 13 of", await page.TextAsync("#step-count"), StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("small")]
    [InlineData("larger")]
    [InlineData("mazur")]
    [InlineData("model")]
    public Task The_page_examines_itself(string name) => browser.VisitHtmlAsync(
        (name switch { "small" => Pages.Small, "larger" => Pages.Larger, "mazur" => Pages.Mazur, _ => Pages.TwoExamples }).ToHtml(),
        async page => Assert.StartsWith("ok ", await page.TextAsync("#selftest"), StringComparison.Ordinal),
        new() { Fragment = "#selftest" });

    private static string Small(string page)
    {
        Assert.InRange(page.Length, 500_000, 2_000_000);
        return page;
    }
}
