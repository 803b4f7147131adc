using System.Xml.Linq;
using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>Large traces: folded in parts, of which a browser lays out only the open ones.</summary>
public sealed class FoldTests(BrowserFixture browser)
{
    private const int Values = 500;

    // Steps of all kinds that a chain can have, and one parameter that is used again and again.
    private static readonly Trace Chain = Trace.Of(
        "n0 = w*x; " + string.Join("; ", Enumerable.Range(1, Values - 5).Select(i => i % 3 == 2 ? $"n{i} = sin(n{i - 1})" : $"n{i} = n{i - 1}*0.99 + b")) + $"; J = n{Values - 5}^2",
        new TraceOptions { Optimizer = new SGD(0.01) },
        ("w", 1), ("b", 0.01), ("x", 2));

    private static Task<int> LaidOutAsync(BrowserPage page, string selector) => page.Page.EvaluateAsync<int>("s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length", selector);

    [Fact]
    public void Every_value_gradient_and_step_stands_in_one_part_each_of_fifty()
    {
        XElement page = XDocument.Parse(Chain.ToHtml()).Root!;
        XElement Part(string id) => page.Descendants().Single(e => (string?)e.Attribute("id") == id);
        Assert.Equal(Values, Chain.Nodes.Count);
        Assert.Equal(Enumerable.Repeat(50, 10), Part("forward").Elements("details").Select(d => d.Element("table")!.Element("tbody")!.Elements().Count()));
        Assert.Equal(10, Part("backward").Elements("details").Count());
        Assert.Equal("Values 51 to 100: n₄₇ … n₉₆", Part("forward").Elements("details").ElementAt(1).Element("summary")!.Value);
        Assert.Equal("Gradients 451 to 500: n₄₆ … w", Part("backward").Elements("details").Last().Element("summary")!.Value);
        Assert.StartsWith("Steps 50 to 99: ", Part("steps").Elements("details").ElementAt(1).Element("summary")!.Value, StringComparison.Ordinal);
        Assert.Equal("50", (string?)Part("steps").Elements("details").ElementAt(1).Element("ol")!.Attribute("start"));
        Assert.Equal(999, Part("steps").Descendants("li").Count());
        Assert.InRange(page.Descendants("h1").Single().Value.Length, 1, 130);
    }

    [Fact]
    public void Small_traces_are_whole()
    {
        Assert.DoesNotContain("class=\"fold\"", Pages.Mazur.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"fold\"", Lessons.Named("mazur").Trace().ToHtml(), StringComparison.Ordinal);
    }

    /// <summary>The letter (q): what makes 500 values usable at once is that few of them are laid out and written.</summary>
    [Fact]
    public Task Q_of_five_hundred_values_a_browser_lays_out_a_few() => browser.VisitHtmlAsync(
        Chain.ToHtml(),
        async page =>
        {
            Assert.Equal(50, await LaidOutAsync(page, "#forward tbody tr"));
            Assert.InRange(await LaidOutAsync(page, "#backward tbody tr"), 50, 120);
            Assert.Equal(0, await LaidOutAsync(page, ".graph .node, #steps li"));
            Assert.InRange(await LaidOutAsync(page, "body *"), 1000, 8000);

            // The formulas of steps that nobody sees are not put together either.
            Assert.Equal(0, await page.Page.Locator("#steps .formula:not(.tensor)").CountAsync());
        });

    [Fact]
    public Task A_part_that_opens_is_what_it_would_be() => browser.VisitHtmlAsync(
        Chain.ToHtml(),
        async page =>
        {
            int n = Chain["n200"].Id;
            string cell = $"#forward [data-q=v{n}]";
            string recorded = await page.TextAsync(cell);
            string with = await page.TextAsync($"#forward [data-q=n{n}]");
            await page.Page.Locator("input[data-leaf='w']").FillAsync("1.5");
            Assert.Equal(recorded, await page.TextAsync(cell));

            // Opened: the row, the formula with numbers, and the step, which is put together from them now.
            await OpenAsync(page, "#forward", 4);
            string now = await page.TextAsync(cell);
            Assert.NotEqual(recorded, now);
            Assert.Equal(await page.Page.EvaluateAsync<double>($"state.now.get('v{n}')[0]"), Pages.Number(now), 1e-9);
            Assert.NotEqual(with, await page.TextAsync($"#forward [data-q=n{n}]"));
            await OpenAsync(page, "#steps", 4);
            Assert.Equal(now, await page.TextAsync($"#steps [data-q=v{n}]"));

            // As recorded again: so are they.
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "All numbers as they were recorded" }).ClickAsync();
            Assert.Equal(recorded, await page.TextAsync(cell));
            Assert.Equal(recorded, await page.TextAsync($"#steps [data-q=v{n}]"));
            Assert.Equal(with, await page.TextAsync($"#forward [data-q=n{n}]"));
            Assert.Equal(with, await page.TextAsync($"#steps [data-q=n{n}]"));
        });

    [Fact]
    public Task Names_are_rewritten_in_a_part_that_opens_and_stay_true_when_it_was_shut() => browser.VisitHtmlAsync(
        Chain.ToHtml(),
        async page =>
        {
            await page.Page.CheckAsync("#names-3b1b");
            await OpenAsync(page, "#steps", 12);
            const string Last = "#steps details:nth-child(13)";
            Assert.Contains("C₀", await page.TextAsync($"{Last} .sentence"), StringComparison.Ordinal);
            await page.Page.Locator($"{Last} > summary").ClickAsync();
            await page.Page.CheckAsync("#names-as-written");
            await OpenAsync(page, "#steps", 12);
            Assert.DoesNotContain("C₀", await page.TextAsync(Last), StringComparison.Ordinal);
        });

    [Fact]
    public Task A_step_opens_its_part_of_the_graph_and_shuts_it_behind() => browser.VisitHtmlAsync(
        Chain.ToHtml(),
        async page =>
        {
            Assert.Equal(1, await LaidOutAsync(page, ".graph:has(.now)"));
            Assert.Equal(1, await page.Page.Locator("#walk .fold[open]").CountAsync());
            Assert.Contains("n₂₀₀", await page.TextAsync("#say"), StringComparison.Ordinal);
            Assert.NotEqual("", await page.TextAsync("#say .formula"));
            for (int i = 0; i < 45; i++)
            {
                await page.Page.Keyboard.PressAsync("ArrowRight");
            }

            Assert.Equal(1, await page.Page.Locator("#walk .fold[open]").CountAsync());
            Assert.Equal(1, await LaidOutAsync(page, ".graph:has(.now)"));
        },
        new() { Fragment = $"#step={Chain["n200"].Id - 2}" });

    [Fact]
    public Task N_without_script_parts_open_and_on_paper_all_stand_open() => browser.VisitHtmlAsync(
        Chain.ToHtml(),
        async page =>
        {
            Assert.Equal(50, await LaidOutAsync(page, "#forward tbody tr"));
            await page.Page.Locator("#forward summary").Nth(1).ClickAsync();
            Assert.Equal(100, await LaidOutAsync(page, "#forward tbody tr"));
            await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.Equal(Values, await LaidOutAsync(page, "#forward tbody tr"));
        },
        new() { JavaScript = false });

    // A part has opened when its event has passed: the script writes it then.
    private static async Task OpenAsync(BrowserPage page, string list, int part)
    {
        await page.Page.Locator($"{list} summary").Nth(part).ClickAsync();
        await page.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
    }
}
