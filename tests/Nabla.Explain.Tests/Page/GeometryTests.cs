using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>What stands on a page stands beside its neighbours: measured where a browser laid it out.</summary>
public sealed class GeometryTests(BrowserFixture browser)
{
    private static readonly Lazy<Trace> Wide = new(WideModel);

    public static TheoryData<string> Drawn => [.. Explain.Lessons.All.Select(l => l.Name), "model of two layers", "model of three layers"];

    /// <summary>No text of a drawing lies on another, or on a box that is not its own, and all lie inside the drawing, in each notation.</summary>
    [Theory]
    [MemberData(nameof(Drawn))]
    public Task Texts_of_drawings_lie_apart_and_inside(string name) => browser.VisitHtmlAsync(
        PageOf(name),
        async page =>
        {
            foreach (string notation in new[] { "as written", "Ng", "3Blue1Brown" })
            {
                await page.Page.GetByLabel(notation, new() { Exact = true }).CheckAsync();
                string[] wrong = await page.Page.EvaluateAsync<string[]>(
                    """
                    () => [...document.querySelectorAll('svg.graph:not(.network)')].flatMap((svg) => {
                      const rim = svg.viewBox.baseVal, wrong = [];
                      const of = (e) => { const b = e.getBBox(); return { e, text: e.textContent, left: b.x, right: b.x + b.width, top: b.y, bottom: b.y + b.height }; };
                      const texts = [...svg.querySelectorAll('text')].filter((t) => t.textContent).map(of), boxes = [...svg.querySelectorAll('.body')].map(of);
                      // Lines of text have room above and below their letters that boxes of text count as theirs.
                      const apart = (a, b) => a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || a.bottom - 2.5 <= b.top + 2.5 || b.bottom - 2.5 <= a.top + 2.5;
                      texts.forEach((a, i) => {
                        if (a.left < 0 || a.top < 0 || a.right > rim.width || a.bottom > rim.height) wrong.push(`'${a.text}' leaves the drawing`);
                        for (const b of texts.slice(0, i)) if (!apart(a, b)) wrong.push(`'${a.text}' lies on '${b.text}'`);
                        for (const b of boxes) {
                          const own = a.e.parentElement === b.e.parentElement;
                          if (own ? a.e.matches('.name, .formula') && (a.left < b.left || a.right > b.right || a.top < b.top || a.bottom > b.bottom) : !apart(a, b)) wrong.push(`'${a.text}' ${own ? 'leaves its box' : 'lies on a box'}`);
                        }
                      });
                      return wrong;
                    })
                    """);
                Assert.True(wrong.Length == 0, $"{name}, {notation}: {string.Join("; ", wrong)}");
            }
        });

    /// <summary>Nothing runs out of the page or its card: what is wider than its place scrolls in it.</summary>
    [Theory]
    [MemberData(nameof(Drawn))]
    public Task Nothing_runs_out_of_the_page(string name) => browser.VisitHtmlAsync(
        PageOf(name),
        async page =>
        {
            foreach (int width in new[] { 390, 700, 1200 })
            {
                await page.Page.SetViewportSizeAsync(width, 900);
                Assert.Equal("", await OutsideAsync(page));
                foreach (string notation in new[] { "3Blue1Brown", "as written" })
                {
                    await page.Page.GetByLabel(notation, new() { Exact = true }).CheckAsync();
                    Assert.Equal("", await OutsideAsync(page));
                }
            }
        });

    [Theory]
    [InlineData("softmax4")]
    [InlineData("model of three layers")]
    public Task On_paper_formulas_end_in_their_cards(string name) => browser.VisitHtmlAsync(
        PageOf(name),
        async page =>
        {
            await page.Page.SetViewportSizeAsync(680, 900);
            await page.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
            Assert.Equal("", await page.Page.EvaluateAsync<string>(
                "() => [...document.querySelectorAll('.three > li, .lead')].filter(c => [...c.querySelectorAll('math')].some(m => m.getBoundingClientRect().right > c.getBoundingClientRect().right + 1)).map(c => c.textContent).join('; ')"));
        });

    /// <summary>The little graph of a neuron: every text in its box, indices told apart.</summary>
    [Fact]
    public Task Texts_of_a_neuron_stay_in_their_boxes() => browser.VisitHtmlAsync(
        Wide.Value.ToHtml(),
        async page =>
        {
            foreach (string unit in new[] { "0-0", "1-2", "2-1" })
            {
                await page.Page.Locator($"[data-unit='{unit}']").ClickAsync();
                Assert.Equal("", await page.Page.EvaluateAsync<string>(
                    """
                    () => [...document.querySelectorAll('.scalar g')].flatMap((g) => {
                      const box = g.querySelector('rect').getBBox();
                      return [...g.querySelectorAll('text')].filter((t) => { const b = t.getBBox(); return b.x < box.x || b.x + b.width > box.x + box.width; }).map((t) => t.textContent);
                    }).join('; ')
                    """));
            }

            await page.Page.Locator("[data-unit='0-0']").ClickAsync();
            Assert.All((await page.TextsAsync(".scalar g .name")).Where(n => n.StartsWith('w')), n => Assert.Matches(@"^w1,\d+$", n));
        });

    [Fact]
    public Task A_zero_of_a_matrix_has_no_sign_and_a_number_that_is_one_has() => browser.VisitHtmlAsync(
        Wide.Value.ToHtml(),
        async page =>
        {
            Assert.DoesNotContain("−0", await page.TextsAsync(".matrix td"));
            await page.Page.GetByLabel("3Blue1Brown", new() { Exact = true }).CheckAsync();
            Assert.DoesNotContain("−0", await page.TextsAsync(".matrix td"));
        });

    // What a reader could not reach: right of the window, and in nothing that scrolls.
    private static Task<string> OutsideAsync(BrowserPage page) => page.Page.EvaluateAsync<string>(
        """
        () => document.documentElement.scrollWidth > innerWidth
          ? [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.parentElement.closest('.wide, .card, .step-formula, .formula, .lead, svg')).map((e) => `${e.tagName}.${e.getAttribute('class')} ${e.textContent.slice(0, 30)}`).slice(0, 5).join('; ') || 'wider'
          : ''
        """);

    private static string PageOf(string name) => name switch
    {
        "model of two layers" => Pages.TwoExamples.ToHtml(),
        "model of three layers" => Wide.Value.ToHtml(),
        _ => Explain.Lessons.Named(name).Trace().ToHtml(Explain.Lessons.Named(name)),
    };

    // Three layers of up to twelve neurons, as of a table of measurements.
    private static Trace WideModel()
    {
        Sequential model = new([new InputLayer(12), new Dense(12, Activation.Relu), new Dense(6, Activation.Relu), new Dense(3)]);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy(fromLogits: true));
        return model.Explain(NDArray.From(Enumerable.Range(0, 12).Select(i => (float)((i * 7 % 12) - 5) / 7).ToArray()).Reshape(1, 12), NDArray.From(new[] { 1 }));
    }
}
