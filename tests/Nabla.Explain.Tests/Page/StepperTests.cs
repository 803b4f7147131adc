using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>Walking through the computation, in a real browser.</summary>
public sealed class StepperTests(BrowserFixture browser)
{
    private static async Task ToTheEndAsync(BrowserPage page, int steps = 20)
    {
        for (int i = 0; i < steps; i++)
        {
            await page.Page.Keyboard.PressAsync("ArrowRight");
        }
    }

    [Fact]
    [Trait("Lesson", "L64")]
    public Task A_arrows_lead_to_every_gradient_and_back_to_none() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await ToTheEndAsync(page);
            Assert.Equal("−4", await page.TextAsync(".graph [data-q=g0]"));
            Assert.Equal("w", Pages.Small.Nodes[0].Name);
            Assert.Equal("2", await page.TextAsync($".graph [data-q=g{Pages.Small["b"].Id}]"));
            Assert.Equal(8, await page.VisibleAsync(".graph .gradient"));
            for (int i = 0; i < 20; i++)
            {
                await page.Page.Keyboard.PressAsync("ArrowLeft");
            }

            Assert.Equal(0, await page.VisibleAsync(".graph .gradient, .graph .contribution, .graph .edge.back"));
            Assert.Equal(4, await page.VisibleAsync(".graph .value"));
        });

    [Fact]
    public Task E_a_square_shows_two_edges_and_two_contributions() => browser.VisitHtmlAsync(
        Pages.Square.ToHtml(),
        async page =>
        {
            Assert.Equal(2, await page.VisibleAsync(".graph .edge.forward"));
            Assert.Equal(2, await page.VisibleAsync(".graph .edge.back"));
            Assert.Equal(["3", "3"], await page.TextsAsync(".graph .contribution"));
            Assert.Equal("6", await page.TextAsync(".graph [data-q=g0]"));
        });

    [Fact]
    [Trait("Lesson", "L90")]
    public Task F_paths_are_added_up() => browser.VisitHtmlAsync(
        Pages.Mazur.ToHtml(),
        async page =>
        {
            int h1 = Pages.Mazur["h1"].Id;
            double[] brings = [.. (await page.TextsAsync($"#backward tr[data-node='{h1}'] td[data-q^=c]")).Select(Pages.Number).Order()];
            Assert.Equal(2, brings.Length);
            Assert.Equal(-0.0190491183, brings[0], 1e-10);
            Assert.Equal(0.0553994247, brings[1], 1e-10);
            Assert.Equal(0.0363503064, Pages.Number(await page.TextAsync($"#backward [data-q=g{h1}]")), 1e-10);
        });

    [Fact]
    public Task I_an_address_names_a_step_and_keeps_it() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            Assert.StartsWith("Step 7 of", await page.TextAsync("#step-count"), StringComparison.Ordinal);
            await page.Page.Keyboard.PressAsync("ArrowRight");
            Assert.EndsWith("#step=8", page.Page.Url, StringComparison.Ordinal);
            await page.Page.ReloadAsync();
            Assert.StartsWith("Step 8 of", await page.TextAsync("#step-count"), StringComparison.Ordinal);
        },
        new() { Fragment = "#step=7" });

    [Fact]
    public Task J_the_keyboard_reaches_everything_and_the_live_region_speaks() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await page.Page.Keyboard.PressAsync("Home");
            string before = await page.TextAsync("#say");
            HashSet<string> reached = [];
            for (int i = 0; i < 60; i++)
            {
                await page.Page.Keyboard.PressAsync("Tab");
                string label = await page.Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label') ?? document.activeElement.id");
                string outline = await page.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle");
                Assert.Equal("solid", outline);
                if (!reached.Add(label) || label == "One step on")
                {
                    break;
                }
            }

            Assert.Contains("One step on", reached);
            await page.Page.Keyboard.PressAsync("Enter");
            Assert.NotEqual(before, await page.TextAsync("#say"));
            Assert.StartsWith("Forward: c", await page.TextAsync("#say .sentence"), StringComparison.Ordinal);
        });

    [Fact]
    public Task K_fractions_stand_upright() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            LocatorBoundingBoxResult above = await page.BoxAsync("#backward mfrac > :first-child"), below = await page.BoxAsync("#backward mfrac > :last-child");
            Assert.True(above.Y + above.Height <= below.Y + 1, $"numerator at {above.Y}+{above.Height}, denominator at {below.Y}");
        });

    [Fact]
    public Task M_no_animation_runs_where_motion_is_unwelcome() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await ToTheEndAsync(page, 5);
            Assert.Equal(0, await page.Page.EvaluateAsync<int>("document.getAnimations().length"));
            Assert.Equal(0, await page.Page.EvaluateAsync<int>("[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration.split(',').some(d => parseFloat(d) > 0)).length"));
        },
        new() { ReducedMotion = true });

    [Fact]
    public Task N_without_script_every_table_stands_there() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            Assert.Equal(8, await page.VisibleAsync("#forward tbody tr"));
            Assert.Equal(8, await page.VisibleAsync("#backward tbody tr"));
            Assert.Equal(8, await page.VisibleAsync(".graph .gradient"));
            Assert.Equal(14, await page.VisibleAsync("#steps > li"));
            Assert.Equal(0, await page.VisibleAsync("button, input, select"));
        },
        new() { JavaScript = false });

    [Fact]
    public Task U_every_text_has_contrast_in_the_dark() => browser.VisitHtmlAsync(Pages.Small.ToHtml(), ContrastAsync, new() { Dark = true });

    [Fact]
    public Task U_every_text_has_contrast_in_the_light() => browser.VisitHtmlAsync(Pages.Small.ToHtml(), ContrastAsync);

    // WCAG AA: 4.5 to 1 between each text and the first opaque colour behind it.
    private static async Task ContrastAsync(BrowserPage page)
    {
        string[] weak = await page.Page.EvaluateAsync<string[]>(
            """
            () => {
              const channels = c => (c.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
              const light = c => { const [r, g, b] = channels(c).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
              const behind = e => { for (let at = e; at; at = at.parentElement) { const c = getComputedStyle(at).backgroundColor; if ((channels(c)[3] ?? 1) > 0) return c; } return 'rgb(255, 255, 255)'; };
              const found = [];
              for (const e of document.querySelectorAll('body *')) {
                const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
                const style = getComputedStyle(e);
                if (!own || !e.getClientRects().length || style.visibility !== 'visible' || e.closest('script, style, title, :disabled')) continue;
                const svg = e.closest('svg');
                const colour = svg ? style.fill : style.color;
                const box = svg && e.closest('.node')?.querySelector('.body');
                const inside = box && (e.matches('.name, .formula'));
                const ground = inside ? getComputedStyle(box).fill : behind(svg ? svg.parentElement : e);
                const [a, b] = [light(colour), light(ground)].sort((x, y) => y - x);
                const ratio = (a + 0.05) / (b + 0.05);
                if (ratio < 4.5) found.push(`${e.tagName}.${e.getAttribute('class')} "${e.textContent.trim().slice(0, 20)}": ${colour} on ${ground} is ${ratio.toFixed(2)}`);
              }
              return found;
            }
            """);
        Assert.Empty(weak);
    }

    [Fact]
    public Task A_step_s_formula_can_be_taken_away_as_LaTeX() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await page.Page.Keyboard.PressAsync("Home");
            await ToTheEndAsync(page, 1);
            await page.Page.ClickAsync("#copy-latex");
            await page.Page.WaitForSelectorAsync("#copy-latex[data-copied]");
            Assert.Equal("c = w x", await page.Page.GetAttributeAsync("#copy-latex", "data-copied"));
            await page.Page.Keyboard.PressAsync("Home");
            Assert.True(await page.Page.IsDisabledAsync("#copy-latex"));
        });
}
