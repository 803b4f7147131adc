using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>The same numbers in other people's writing.</summary>
public sealed class NotationTests(BrowserFixture browser)
{
    private static Task ChooseAsync(BrowserPage page, string name) => page.Page.GetByLabel(name, new() { Exact = true }).CheckAsync();

    [Fact]
    [Trait("Lesson", "L83")]
    public Task H_without_the_half_every_gradient_doubles_and_the_page_says_why() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await ChooseAsync(page, "3Blue1Brown");
            Assert.Equal("−8", await page.TextAsync($"#backward [data-q=g{Pages.Small["w"].Id}]"));
            Assert.Equal("4", await page.TextAsync($".graph [data-q=g{Pages.Small["b"].Id}]"));
            Assert.Equal("4", await page.TextAsync($"#forward [data-q=v{Pages.Small.Result.Id}]"));
            Assert.Contains("without the factor ½", await page.TextAsync("#notation-note"), StringComparison.Ordinal);
            Assert.Equal("d²", await page.TextAsync($".graph [data-formula='{Pages.Small.Result.Id}']"));
            Assert.Contains("C₀", await page.TextAsync(".graph .result .name"), StringComparison.Ordinal);
            await page.Page.Locator("input[data-leaf='w']").FillAsync("2.001");
            Assert.Equal("−7.996", await page.TextAsync("#moved-ratio"));
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "All numbers as they were recorded" }).ClickAsync();
            await ChooseAsync(page, "Ng");
            Assert.Equal("−4", await page.TextAsync($"#backward [data-q=g{Pages.Small["w"].Id}]"));
            Assert.Equal("J", await page.TextAsync(".graph .result .name"));
            Assert.Equal("", await page.TextAsync("#notation-note"));
        });

    [Theory]
    [InlineData("d^2/2", "d^2")]
    [InlineData("(o1 - t1)^2/2 + (o2 - t2)^2/2", "(o1 - t1)^2 + (o2 - t2)^2")]
    [InlineData("1/2*d^2", "d^2")]
    [InlineData("d^2", null)]
    [InlineData("d^2/2 + w^2", null)]
    [InlineData("d^2/2 - e^2/2", null)]
    public void A_cost_without_halves(string formula, string? expected) => Assert.Equal(expected, Half.Without(formula));

    [Fact]
    [Trait("Lesson", "L107")]
    public Task Delta_is_the_derivative_by_z() => browser.VisitHtmlAsync(
        Pages.Larger.ToHtml(),
        async page =>
        {
            Assert.Equal(0, await page.VisibleAsync("#backward th .delta"));
            await ChooseAsync(page, "δ");
            Assert.Equal(2, await page.VisibleAsync("#backward th .delta"));
            Assert.Equal("δ1", (await page.TextsAsync("#backward th .delta")).Order(StringComparer.Ordinal).First());
        });

    [Fact]
    [Trait("Lesson", "L56")]
    public Task D_for_one_variable_is_a_choice() => browser.VisitHtmlAsync(
        Trace.Of("J = w^2", ("w", 3)).ToHtml(),
        async page =>
        {
            Assert.DoesNotContain("d", await page.TextAsync("#backward tbody tr:nth-child(2) th"), StringComparison.Ordinal);
            await ChooseAsync(page, "d for one variable");
            Assert.Equal("dJdw", await page.TextAsync("#backward tbody tr:nth-child(2) th"));
        });

    [Fact]
    public Task Symbols_stand_in_for_numbers() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await ChooseAsync(page, "symbols");
            Assert.Equal("∂J/∂w", await page.TextAsync(".graph [data-q=g0]"));
            Assert.Equal(0, await page.VisibleAsync("#backward .numbers"));
            await ChooseAsync(page, "numbers");
            Assert.Equal("−4", await page.TextAsync(".graph [data-q=g0]"));
            Assert.Equal(0, await page.VisibleAsync("#backward .symbols"));
        });

    [Fact]
    [Trait("Lesson", "L109")]
    public Task G_matrices_and_single_numbers_are_the_same_numbers() => browser.VisitHtmlAsync(
        Pages.OneExample.ToHtml(),
        async page =>
        {
            await page.Page.Locator("[data-unit='0-0']").ClickAsync();
            Assert.Equal("δ[1] = ((W[2])ᵀ δ[2]) ⊙ σ′(z[1])", await page.TextAsync("#layer-formula"));
            Assert.Equal("(2 × 1) = ((2 × 2)ᵀ (2 × 1)) ⊙ (2 × 1)", await page.TextAsync("#layer-shapes"));
            double[] matrix = [.. (await page.TextsAsync("#layer .matrix >> nth=0 >> td")).Select(Pages.Number)];
            await ChooseAsync(page, "single numbers");
            Assert.Equal(matrix, (await page.TextsAsync("#layer .delta-value")).Select(Pages.Number));
            // Mazur's own; the model's weights are float32, so seven digits hold.
            Assert.Equal(0.0087713547, matrix[0], 1e-8);
            Assert.Equal(0.0099542547, matrix[1], 1e-8);
        });

    [Fact]
    [Trait("Lesson", "L105")]
    public Task Indices_count_from_where_the_reader_wants() => browser.VisitHtmlAsync(
        Pages.OneExample.ToHtml(),
        async page =>
        {
            Assert.StartsWith("Neuron 1 of layer 2", await page.TextAsync("#neuron h3"), StringComparison.Ordinal);
            await ChooseAsync(page, "0");
            Assert.StartsWith("Neuron 0 of layer 2", await page.TextAsync("#neuron h3"), StringComparison.Ordinal);
        });

    [Fact]
    [Trait("Lesson", "L98")]
    public Task A_hidden_neuron_says_that_it_has_no_target() => browser.VisitHtmlAsync(
        Pages.TwoExamples.ToHtml(),
        async page =>
        {
            Assert.Equal(0, await page.VisibleAsync("#no-target"));
            await page.Page.Locator("[data-unit='0-1']").FocusAsync();
            await page.Page.Keyboard.PressAsync("Enter");
            Assert.Contains("has no target of its own", await page.TextAsync("#no-target"), StringComparison.Ordinal);
            Assert.Equal("true", await page.Page.Locator("[data-unit='0-1']").GetAttributeAsync("aria-pressed"));
            string first = await page.TextAsync("#neuron-delta");
            await page.Page.Locator("#example").SelectOptionAsync("1");
            Assert.NotEqual(first, await page.TextAsync("#neuron-delta"));
        });

    [Fact]
    [Trait("Lesson", "L112")]
    public Task A_batch_has_a_row_for_each_example_and_their_mean() => browser.VisitHtmlAsync(
        Pages.TwoExamples.ToHtml(),
        async page =>
        {
            double[] losses = [.. (await page.TextsAsync("#examples tbody td:nth-child(2)")).Select(Pages.Number)];
            Assert.Equal(3, losses.Length);
            Assert.Equal((losses[0] + losses[1]) / 2, losses[2], 1e-9);
            Assert.Equal(Pages.Number(await page.TextAsync($"#forward [data-q=v{Pages.TwoExamples.Result.Id}]")), losses[2], 1e-9);
        });
}
