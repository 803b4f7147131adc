using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>Moving numbers: the page recomputes with the program that was printed from the same graph.</summary>
public sealed class MovingTests(BrowserFixture browser)
{
    private static Task DragAsync(BrowserPage page, string name, string value) => page.Page.Locator($"input[data-leaf='{name}']").FillAsync(value);

    [Fact]
    [Trait("Lesson", "L66")]
    public Task B_w_dragged_to_2_001_gives_the_lessons_numbers() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await DragAsync(page, "w", "2.001");
            Assert.Equal("1.996002", await page.TextAsync("#moved-result"));
            Assert.Equal("−3.998", await page.TextAsync("#moved-ratio"));
            Assert.Equal("−4", await page.TextAsync("#moved-gradient"));
            Assert.Equal("1.996002", await page.TextAsync($".graph [data-q=v{Pages.Small.Result.Id}]"));
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "All numbers as they were recorded" }).ClickAsync();
            Assert.Equal("2", await page.TextAsync($".graph [data-q=v{Pages.Small.Result.Id}]"));
        });

    [Fact]
    [Trait("Lesson", "L77")]
    public Task C_w1_dragged_to_2_001_reaches_the_cost() => browser.VisitHtmlAsync(
        Pages.Larger.ToHtml(),
        async page =>
        {
            await DragAsync(page, "w1", "2.001");
            Assert.Equal(7.003, Pages.Number(await page.TextAsync($".graph [data-q=v{Pages.Larger["a2"].Id}]")), 1e-9);
            Assert.Equal(2.0060045, Pages.Number(await page.TextAsync($".graph [data-q=v{Pages.Larger.Result.Id}]")), 1e-9);
            Assert.Equal("3·2.001", await page.TextAsync($"#forward [data-q=n{Pages.Larger["t2"].Id}]"));
        });

    [Fact]
    public Task D_a_kink_is_called_a_kink() => browser.VisitHtmlAsync(
        Pages.Kink.ToHtml(),
        async page =>
        {
            Assert.Contains("kink", await page.TextAsync("#backward .verdict-kink"), StringComparison.Ordinal);
            Assert.Contains("A kink at w = 0: the slope is 0 below and 1 above", await page.TextAsync("#move .kink"), StringComparison.Ordinal);
            await DragAsync(page, "w", "1");
            Assert.Contains("A kink at w = 0", await page.TextAsync("#move .kink"), StringComparison.Ordinal);
        });

    [Fact]
    public Task A_smooth_cost_has_no_kink_anywhere() => browser.VisitHtmlAsync(
        Pages.Mazur.ToHtml(),
        async page =>
        {
            foreach (string value in new[] { "0", "1.2", "-1.5" })
            {
                await DragAsync(page, "w5", value);
                Assert.Equal(0, await page.VisibleAsync("#move .kink"));
            }
        });

    [Fact]
    [Trait("Lesson", "L51")]
    public Task Every_epsilon_of_the_lesson_is_in_the_table() => browser.VisitHtmlAsync(
        Trace.Of("J = w^2", ("w", 3)).ToHtml(),
        async page =>
        {
            IReadOnlyList<string> ratios = await page.TextsAsync(".epsilons td:nth-child(2)");
            Assert.Equal(7, Pages.Number(ratios[0]), 1e-12);
            Assert.Equal(6.1, Pages.Number(ratios[1]), 1e-9);
            Assert.Equal(6.0001, Pages.Number(ratios[4]), 1e-9);
            Assert.Equal("0", ratios[16]);
        });

    [Fact]
    [Trait("Lesson", "L53")]
    public Task The_tangent_has_the_slope_of_the_lesson() => browser.VisitHtmlAsync(
        Trace.Of("J = w^2", ("w", -3)).ToHtml(),
        async page => Assert.Equal("J over w: the slope at −3 is −6", await page.Page.Locator("svg.tangent").GetAttributeAsync("aria-label")));

    [Fact]
    [Trait("Lesson", "L84")]
    public Task Each_quantity_has_a_number_line_that_shows_how_far_it_moved() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await DragAsync(page, "w", "2.01");
            Assert.Equal(["w", "+0.01", "c", "−0.02", "a", "−0.02", "d", "−0.02", "J", "−0.0398"], await page.TextsAsync("svg.lines text"));
        });

    [Fact]
    public Task Numbers_that_are_none_are_refused_and_fractions_are_read() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            ILocator field = page.Page.Locator("input[data-leaf-field='w']");
            await field.FillAsync("two");
            await field.PressAsync("Enter");
            Assert.Equal("true", await field.GetAttributeAsync("aria-invalid"));
            Assert.Equal("w stays as it was: 'two' is no number. Write 2.5, 2,5 or 5/2.", await page.TextAsync("#refused"));
            await field.FillAsync("−5/2");
            await field.PressAsync("Enter");
            Assert.Equal("", await page.TextAsync("#refused"));
            Assert.Equal("−2.5", await page.TextAsync($".graph [data-q=v{Pages.Small["w"].Id}]"));
        });

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(-0.0, "−0")]
    [InlineData(1e-300, "1e−300")]
    public Task S_strange_numbers_keep_the_page_alive(double value, string shown) => browser.VisitHtmlAsync(
        Trace.Of("a = w*x; J = a^2", ("w", value), ("x", 2)).ToHtml(),
        async page =>
        {
            Assert.Equal(shown, await page.TextAsync(".graph [data-q=v0]"));
            await page.Page.Keyboard.PressAsync("Home");
            await page.Page.Keyboard.PressAsync("ArrowRight");
            Assert.StartsWith("Step 1 of", await page.TextAsync("#step-count"), StringComparison.Ordinal);
            await DragAsync(page, "x", "1.5");
            Assert.Equal("1.5", await page.TextAsync(".graph [data-q=v1]"));
        });

    /// <summary>The page's own numbers, at the recorded values and at others, against the interpreter's.</summary>
    [Fact]
    public Task The_pages_arithmetic_is_the_traces_arithmetic() => browser.VisitHtmlAsync(Pages.Mazur.ToHtml(), async page => Assert.Empty(await DifferencesAsync(page)));

    [Fact]
    public Task A_flipped_derivative_is_noticed() => browser.VisitHtmlAsync(
        Flipped(Pages.Small.ToHtml()),
        async page => Assert.NotEmpty(await DifferencesAsync(page)));

    // One derivative in the printed program with the other sign.
    private static string Flipped(string page)
    {
        const string right = "g5 = -g3", wrong = "g5 = g3";
        Assert.Contains(right, page, StringComparison.Ordinal);
        return page.Replace(right, wrong, StringComparison.Ordinal);
    }

    // Every number that the page computes from the recorded leaves beside the recorded one, and every gradient beside the page's own nudges.
    private static async Task<string[]> DifferencesAsync(BrowserPage page) => await page.Page.EvaluateAsync<string[]>("() => selfTest()");
}
