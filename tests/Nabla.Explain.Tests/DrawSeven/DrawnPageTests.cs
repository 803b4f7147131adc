using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.DrawSeven;

/// <summary>How the page behaves to those who use it: keyboard, finger, small screens, no script, hostile names.</summary>
public sealed class DrawnPageTests(BrowserFixture browser)
{
    private static readonly Lazy<string> Page = new(() => DrawSevenPage.Html(DrawnModels.ForMnist.Model, DrawnModels.ForMnist.Options));

    [Fact]
    public void The_lecture_s_network_fits_in_a_megabyte() => Assert.InRange(Encoding.UTF8.GetByteCount(Page.Value), 100_000, 1_000_000);

    [Fact]
    public Task The_keyboard_alone_draws_is_answered_and_teaches() => browser.VisitHtmlAsync(Page.Value, async page =>
    {
        IPage p = page.Page;
        await p.Locator("#pad").FocusAsync();
        string[] keys = [.. Times("ArrowUp", 8), .. Times("ArrowLeft", 6), " ", .. Times("ArrowRight", 12), .. Times("ArrowDown", 16), " "];
        foreach (string key in keys)
        {
            await p.Keyboard.PressAsync(key == " " ? "Space" : key);
        }

        Assert.Matches(@"^The answer is \d, (>?\d+(\.\d)?|<0\.1) % sure\.$", (await p.Locator("#said").TextContentAsync())!);
        Assert.Contains((await p.ReadAsync("[page.pixels]"))[0], ink => ink > 0);
        await p.Locator("#teach").FocusAsync();
        await p.Keyboard.PressAsync("Enter");
        Assert.Matches(@"^Step 189 is made: ""7"" went from ", (await p.Locator("#step-said").TextContentAsync())!);
        await p.Locator("#pad").FocusAsync();
        await p.Keyboard.PressAsync("Delete");
        await p.WaitForFunctionAsync("() => window.drawSeven.sight === null");
        Assert.True(await p.Locator("#teach").IsDisabledAsync());
    });

    [Fact]
    public Task A_finger_draws() => browser.VisitHtmlAsync(
        Page.Value,
        async page =>
        {
            LocatorBoundingBoxResult box = await page.BoxAsync("#pad");
            await page.Page.Touchscreen.TapAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
            await page.Page.WaitForFunctionAsync("() => window.drawSeven.sight");
            Assert.Equal("none", await page.Page.Locator("#pad").EvaluateAsync<string>("e => getComputedStyle(e).touchAction"));
        },
        new() { Touch = true, Width = 390, Height = 844 });

    [Fact]
    public Task It_answers_in_the_frame_after_the_pen_has_moved_and_once_a_frame() => browser.VisitHtmlAsync(Page.Value, async page =>
    {
        int frames = await page.Page.EvaluateAsync<int>("""
            async () => {
              let looks = 0;
              window.addEventListener('drawn', () => looks++);
              const pad = window.drawSeven.pad;
              for (let i = 0; i < 50; i++) { pad.strokes.push([[0.3 + i / 200, 0.3]]); pad.changed(); }
              await new Promise((done) => requestAnimationFrame(done));
              return window.drawSeven.sight ? looks : -1;
            }
            """);
        Assert.Equal(1, frames);
    });

    [Fact]
    public Task Drawings_are_prepared_as_MNIST_s_were() => browser.VisitHtmlAsync(Page.Value, async page =>
    {
        await page.Page.DrawAsync([(0.05, 0.05), (0.3, 0.1), (0.12, 0.4)]);
        await page.Page.WaitForFunctionAsync("() => window.drawSeven.sight");
        double[] ink = (await page.Page.ReadAsync("[page.pixels]"))[0];
        double mass = ink.Sum();
        double x = ink.Select((v, i) => v * (i % 28 + 0.5)).Sum() / mass, y = ink.Select((v, i) => v * (i / 28 + 0.5)).Sum() / mass;

        // Moved by whole pixels, so its centre of mass is half a pixel from the middle at most.
        Assert.InRange(x, 13.5, 14.5);
        Assert.InRange(y, 13.5, 14.5);
        int[] rows = [.. Enumerable.Range(0, 28).Where(r => ink.Skip(r * 28).Take(28).Any(v => v > 0))];
        Assert.InRange(rows[^1] - rows[0] + 1, 20, 21);
        Assert.Equal(255, ink.Max());
    });

    [Fact]
    public Task An_example_is_seen_to_the_last_pixel_and_answered_as_the_page_says_without_a_script() => browser.VisitHtmlAsync(Page.Value, async page =>
    {
        for (int i = 0; i < 10; i++)
        {
            ILocator example = page.Page.Locator(".example").Nth(i);
            await example.ClickAsync();
            Assert.Equal(ExamplePicture.All(DrawnModels.ForMnist.Options)[i].Pixels, (await page.Page.ReadAsync("[page.pixels]"))[0]);
            string answer = (await page.Page.Locator("#answer").TextContentAsync())!;
            string name = (await example.GetAttributeAsync("aria-label"))!;
            Assert.Equal(Regex.Match(name, @"answers (\d)").Groups[1].Value, Regex.Match(answer, @"is (\d)").Groups[1].Value);
        }
    });

    [Fact]
    public Task Numbers_of_units_and_weights_open() => browser.VisitHtmlAsync(Page.Value, async page =>
    {
        IPage p = page.Page;
        await p.Locator(".example").Nth(0).ClickAsync();
        await p.Locator(".layer").First.Locator(".unit").Nth(3).ClickAsync();
        Assert.Equal("first, unit 3", await p.Locator("#unit-title").TextContentAsync(), ignoreCase: false);
        Assert.StartsWith("pixel in row ", await p.Locator("#unit-rows th").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.Matches("^first, unit 3: ", (await p.Locator("#layer-told").TextContentAsync())!);

        // a · w and the bias add up to z.
        string[] terms = [.. (await p.Locator("#unit-rows tr").AllAsync()).Select(r => r.Locator("td").Last.TextContentAsync().Result!)];
        double[] numbers = [.. terms.Select(t => double.Parse(t.Replace('−', '-'), CultureInfo.InvariantCulture))];
        Assert.Equal(numbers[^1], numbers[..^1].Sum(), 1e-4);

        await p.Locator("#teach").ClickAsync();
        await p.Locator("#weight-of").SelectOptionAsync("2");
        await p.Locator("#weight-row").FillAsync("24");
        await p.Locator("#weight-column").FillAsync("14");
        await p.Locator("#digits").CheckAsync();
        double[] cell = (await p.ReadAsync("[[page.network.steps[0].before[page.network.data.trained[2].variable][24 * 15 + 14]]]"))[0];
        string shown = (await p.Locator("#weight tr").Nth(1).Locator("td").First.TextContentAsync())!;
        Assert.Equal(cell[0], double.Parse(shown.Replace('−', '-'), CultureInfo.InvariantCulture));
        await p.Locator("#pixels summary").ClickAsync();
        // A fold tells the page a moment later that it opened.
        await p.Locator("#pixel-rows tr").First.WaitForAsync();
        Assert.Equal(20, await p.Locator("#pixel-rows tr").CountAsync());
        await p.Locator("#values summary").ClickAsync();
        await p.Locator("#values-table tr").First.WaitForAsync();
        Assert.Equal(50, await p.Locator("#values-table tr").CountAsync());
    });

    [Fact]
    public Task Without_a_script_the_network_s_answers_are_there() => browser.VisitHtmlAsync(
        Page.Value,
        async page =>
        {
            Assert.Equal(10, await page.Page.Locator(".example svg").CountAsync());
            Assert.Matches(@"^\d \d+(\.\d)? %(, is \d)?$", (await page.Page.Locator(".said").First.TextContentAsync())!);
            Assert.True(await page.Page.GetByText("Drawing needs JavaScript, which is off.").IsVisibleAsync());
            Assert.Equal("28 × 28 pixels → 25 relu → 15 relu → 10 linear. 20,175 weights, trained by Adam for 188 steps.", await page.Page.Locator(".lead").TextContentAsync());
        },
        new() { JavaScript = false });

    [Theory]
    [InlineData(390)]
    [InlineData(800)]
    [InlineData(1280)]
    public Task Nothing_hangs_over_the_edge(int width) => browser.VisitHtmlAsync(
        Page.Value,
        async page =>
        {
            await page.Page.Locator(".example").Nth(0).ClickAsync();
            await page.Page.Locator("#teach").ClickAsync();
            Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls to the side");
        },
        new() { Width = width });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Text_stands_out_from_its_card(bool dark) => browser.VisitHtmlAsync(
        Page.Value,
        async page =>
        {
            // WCAG 2: the contrast of text is at least 4.5.
            foreach (string colour in new[] { "--text", "--quiet", "--against", "--accent" })
            {
                double contrast = await page.Page.EvaluateAsync<double>("""
                    (name) => {
                      const light = (text) => {
                        const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
                        probe.fillStyle = text;
                        probe.fillRect(0, 0, 1, 1);
                        const [r, g, b] = Array.from(probe.getImageData(0, 0, 1, 1).data, (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
                        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
                      };
                      const of = (n) => light(getComputedStyle(document.documentElement).getPropertyValue(n));
                      const [a, b] = [of(name), of('--card')];
                      return Math.max(a, b) / Math.min(a, b);
                    }
                    """, colour);
                Assert.True(contrast >= 4.5, $"{colour}: contrast {contrast:0.00}");
            }
        },
        new() { Dark = dark });

    [Fact]
    public Task Hostile_names_are_only_names()
    {
        const string Hostile = "</script><img src=x onerror=alert(1)>\"'{{data}}";
        (Sequential model, DrawSevenOptions options) = DrawnModels.ForDigits("sgd", new Dense(4, name: "<script><b>*"));
        string html = DrawSevenPage.Html(model, options with { Classes = [.. Enumerable.Range(0, 10).Select(i => Hostile + i)] });
        return browser.VisitHtmlAsync(html, async page =>
        {
            await page.Page.Locator(".example").Nth(0).ClickAsync();
            await page.Page.Locator("#teach").ClickAsync();
            Assert.StartsWith($"The answer is {Hostile}", await page.Page.Locator("#answer").TextContentAsync(), StringComparison.Ordinal);
            Assert.Equal(0, await page.Page.Locator("img").CountAsync());
        });
    }

    private static IEnumerable<string> Times(string key, int count) => Enumerable.Repeat(key, count);
}
