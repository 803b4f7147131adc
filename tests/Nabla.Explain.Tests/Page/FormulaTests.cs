using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>Formulas of tensors are mathematics: laid out by the browser, and taken away as LaTeX.</summary>
public sealed partial class FormulaTests(BrowserFixture browser)
{
    public static TheoryData<string> LessonNames => [.. Explain.Lessons.All.Select(l => l.Name)];

    // What the program says, written out by hand.
    public static TheoryData<string> DigitsLatex =>
    [
        @"z^{[1]} = x W^{[1]} + b^{[1]}",
        @"a^{[1]} = \operatorname{relu}{\left(z^{[1]} \right)}",
        @"\frac{\partial J}{\partial W^{[2]}} = \left(a^{[1]}\right)^{T} \frac{\partial J}{\partial z^{[2]}}",
        @"\frac{\partial J}{\partial a^{[2]}} = \frac{\partial J}{\partial z^{[3]}} \left(W^{[3]}\right)^{T}",
        @"\frac{\partial J}{\partial z^{[1]}_{i}} = \begin{cases} \frac{\partial J}{\partial a^{[1]}_{i}} & \text{for}\: z^{[1]}_{i} > 0 \\ 0 & \text{otherwise} \end{cases}",
        @"L = \begin{cases} \log{\left(\sum_{i} e^{z^{[3]}_{i} - \max_{j} z^{[3]}_{j}} \right)} - \sum_{i} \left(\begin{cases} z^{[3]}_{i} - \max_{j} z^{[3]}_{j} & \text{for}\: i = y \\ 0 & \text{otherwise} \end{cases}\right) & \text{for}\: y \geq 0 \wedge y < 10 \\ \text{NaN} & \text{otherwise} \end{cases}",
    ];

    public static TheoryData<string> BatchLatex =>
    [
        @"L_{i} = \frac{1}{2} \sum_{j} \left(a^{[2]}_{ij} - y_{ij}\right)^{2}",
        @"J = \frac{1}{2} \sum_{i} L_{i}",
        @"\frac{\partial J}{\partial a^{[2]}_{ij}} = \left(a^{[2]}_{ij} - y_{ij}\right) \frac{\partial J}{\partial L_{i}}",
        @"\frac{\partial J}{\partial z^{[2]}} = \frac{\partial J}{\partial a^{[2]}} \odot \left(\sigma{\left(z^{[2]} \right)} \odot \left(1 - \sigma{\left(z^{[2]} \right)}\right)\right)",
        @"\frac{\partial J}{\partial b^{[1]}_{i}} = \sum_{j} \frac{\partial J}{\partial z^{[1]}_{ji}}",
        @"\frac{\partial J}{\partial W^{[1]}} = x^{T} \frac{\partial J}{\partial z^{[1]}}",
    ];

    private static readonly Lazy<string> DigitsPage = new(() => Pages.Digits().ToHtml());

    [Theory]
    [MemberData(nameof(LessonNames))]
    public void No_formula_of_a_lesson_is_code(string name) => Assert.DoesNotContain("<code>", Explain.Lessons.Named(name).Trace().ToHtml(), StringComparison.Ordinal);

    [Fact]
    public void No_formula_of_a_model_is_code()
    {
        Assert.DoesNotContain("<code>", DigitsPage.Value, StringComparison.Ordinal);
        Assert.DoesNotMatch(Program(), DigitsPage.Value[DigitsPage.Value.IndexOf("<main>", StringComparison.Ordinal)..DigitsPage.Value.IndexOf("</main>", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task Formulas_of_the_digits_network_are_latex()
    {
        IReadOnlyList<string> taken = await TakenAsync(DigitsPage.Value);
        Assert.All(DigitsLatex, row => Assert.Contains(row.Data, taken));
    }

    [Fact]
    public async Task Formulas_of_a_batch_have_the_index_of_the_example()
    {
        IReadOnlyList<string> taken = await TakenAsync(Pages.TwoExamples.ToHtml());
        Assert.All(BatchLatex, row => Assert.Contains(row.Data, taken));
    }

    /// <summary>What the page reads off its mathematics is what the printer of LaTeX writes.</summary>
    [Theory]
    [MemberData(nameof(LessonNames))]
    public async Task Formulas_of_a_lesson_are_taken_as_they_were_recorded(string name)
    {
        Trace trace = Explain.Lessons.Named(name).Trace();
        IReadOnlyList<string> taken = await TakenAsync(trace.ToHtml(Explain.Lessons.Named(name)));
        string[] expected = [.. trace.Nodes.Where(n => n.Formula.Length > 0).Select(n => $"{Printed(n.Name)} = {Printed(n.Formula)}")];
        Assert.Equal(expected, taken.Take(expected.Length));
        Assert.All(taken.Skip(expected.Length).Take(trace.Nodes.Count(n => n.Gradient is not null)), g => Assert.StartsWith($@"\frac{{\partial {Printed(trace.Result.Name)}}}{{\partial ", g, StringComparison.Ordinal));

        static string Printed(string formula) => FormulaLatex.Print(FormulaRenderer.Render(new Tensor(FormulaParser.Parse(formula).Outputs[^1].Node)));
    }

    [Fact]
    public Task K_the_formulas_of_a_model_are_laid_out() => browser.VisitHtmlAsync(
        DigitsPage.Value,
        async page =>
        {
            Assert.True(await page.Page.EvaluateAsync<bool>(
                "() => [...document.querySelectorAll('#backward mfrac')].filter(f => f.checkVisibility()).every(f => f.children[0].getBoundingClientRect().bottom <= f.children[1].getBoundingClientRect().top + 1)"));
            Assert.True(await page.Page.EvaluateAsync<bool>(
                "() => { const all = [...document.querySelectorAll('#forward msup')].filter(f => f.checkVisibility() && f.children[1].textContent === '[1]'); return all.length > 3 && all.every(f => f.children[1].getBoundingClientRect().bottom < f.children[0].getBoundingClientRect().bottom && f.children[1].getBoundingClientRect().left >= f.children[0].getBoundingClientRect().right - 1); }"));
        });

    [Fact]
    [Trait("Lesson", "L109")]
    public Task G_formulas_are_written_whole_or_by_elements() => browser.VisitHtmlAsync(
        Pages.TwoExamples.ToHtml(),
        async page =>
        {
            string row = $"#forward tr[data-node='{Pages.TwoExamples["z^[1]"].Id}'] td:nth-child(3)";
            Assert.Equal(1, await page.VisibleAsync($"{row} .whole"));
            Assert.Equal(0, await page.VisibleAsync($"{row} .by-index"));
            await page.Page.GetByLabel("single numbers", new() { Exact = true }).CheckAsync();
            Assert.Equal(0, await page.VisibleAsync($"{row} .whole"));
            Assert.Equal(1, await page.VisibleAsync($"{row} .by-index munder"));
        });

    [Fact]
    [Trait("Lesson", "L107")]
    public Task In_deltas_a_weight_gradient_is_what_came_in_times_delta() => browser.VisitHtmlAsync(
        Pages.OneExample.ToHtml(),
        async page =>
        {
            string row = $"#backward tr[data-node='{Pages.OneExample["W^[1]"].Id}'] td:nth-child(4)";
            Assert.Equal(0, await page.VisibleAsync($"{row} .delta"));
            await page.Page.GetByLabel("δ", new() { Exact = true }).CheckAsync();
            Assert.Equal(0, await page.VisibleAsync($"{row} .by"));
            Assert.Contains("δ[1]", await page.TextAsync($"{row} .delta"), StringComparison.Ordinal);
        });

    // The LaTeX of every step, as its button would copy it.
    private async Task<IReadOnlyList<string>> TakenAsync(string html)
    {
        string[] taken = [];
        await browser.VisitHtmlAsync(html, async page => taken = await page.Page.EvaluateAsync<string[]>(
            "() => stepItems.map((_, i) => { state.step = i; showAgain(); return latexOfStep(); }).filter(l => l !== null)"));
        return taken;
    }

    [GeneratedRegex(@"matmul\(|iota\(|reduce_max\(|by the rule of")]
    private static partial Regex Program();
}
