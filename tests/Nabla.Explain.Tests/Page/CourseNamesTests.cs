using System.Text.RegularExpressions;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>On a lesson's page its layers have the names of the course that the reader chooses, everywhere.</summary>
[Trait("Lesson", "L82")]
public sealed class CourseNamesTests(BrowserFixture browser)
{
    public static TheoryData<string, CourseNotation> Lectures =>
        new MatrixTheoryData<string, CourseNotation>(["chain", "larger", "two-layer", "mazur"], [CourseNotation.Ng, CourseNotation.ThreeBlueOneBrown]);

    private static Task ChooseAsync(BrowserPage page, string name) => page.Page.GetByLabel(name, new() { Exact = true }).CheckAsync();

    private static Task ChooseAsync(BrowserPage page, CourseNotation course) => ChooseAsync(page, course == CourseNotation.Ng ? "Ng" : "3Blue1Brown");

    private static string PageOf(string name) => Explain.Lessons.Named(name).Trace().ToHtml(Explain.Lessons.Named(name));

    [Theory]
    [MemberData(nameof(Lectures))]
    [Trait("Lesson", "L83")]
    public Task No_recorded_name_of_a_layer_is_left(string lesson, CourseNotation course) => browser.VisitHtmlAsync(
        PageOf(lesson),
        async page =>
        {
            IReadOnlyDictionary<string, string> names = LayerNames.Of(Explain.Lessons.Named(lesson), course);
            await ChooseAsync(page, "worksheet");
            await ChooseAsync(page, course);
            // Mathematics is read element by element; everything else, what is read aloud included, as text.
            string[] texts = await page.Page.EvaluateAsync<string[]>(
                """
                () => {
                  const found = [];
                  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  while (walker.nextNode()) {
                    const parent = walker.currentNode.parentElement;
                    if (!parent.closest('script, style, math, h1, #toolbar')) found.push(walker.currentNode.data);
                  }
                  for (const e of document.querySelectorAll('main [aria-label]')) found.push(e.getAttribute('aria-label'));
                  for (const e of document.querySelectorAll('msub')) if (!e.closest('msubsup')) found.push(e.textContent);
                  return found;
                }
                """);
            // One course's name can be another value's recorded one only where it has no layer above it; the letters themselves are no names.
            string[] recorded = [.. names.Keys.SelectMany(n => new[] { n, PageNames.Drawn(n) }).Distinct()];
            Regex any = new($@"(?<![\p{{L}}\p{{N}}_])({string.Join('|', recorded.Select(Regex.Escape))})(?![\p{{L}}\p{{Nd}}_₀-₉(^⁽])");
            string[] raised = [.. names.Values.Select(v => PageNames.Drawn(v).Split('^')[0])];
            Assert.DoesNotContain(texts, t => any.Matches(t).Any(m => !raised.Contains(m.Value)));
            Assert.True(texts.Length > 100);
        });

    [Theory]
    [InlineData("chain", "Ng", "a2", "a", "", "[2]")]
    [InlineData("chain", "3Blue1Brown", "w2", "w", "", "(L−1)")]
    [InlineData("chain", "3Blue1Brown", "a3", "a", "", "(L)")]
    [InlineData("two-layer", "Ng", "yhat", "a", "", "[2]")]
    [InlineData("mazur", "Ng", "w7", "w", "21", "[2]")]
    [InlineData("mazur", "3Blue1Brown", "w3", "w", "10", "(L−1)")]
    [InlineData("mazur", "3Blue1Brown", "o1", "a", "0", "(L)")]
    [InlineData("mazur", "δ", "z3", "z", "1", "[2]")]
    [Trait("Lesson", "L83")]
    public Task A_name_is_mathematics_with_its_layer_above_it(string lesson, string course, string name, string letter, string below, string above) => browser.VisitHtmlAsync(
        PageOf(lesson),
        async page =>
        {
            int node = Explain.Lessons.Named(lesson).Trace()[name].Id;
            await ChooseAsync(page, course);
            string[] parts = await page.Page.EvaluateAsync<string[]>(
                $"() => {{ const script = document.querySelector(\"#forward tr[data-node='{node}'] th msup, #forward tr[data-node='{node}'] th msubsup\"); return [...script.children].map(c => c.textContent); }}");
            Assert.Equal(below.Length > 0 ? [letter, below, above] : [letter, above], parts);
            // In the drawing the layer stands higher than the letter, in a smaller size.
            double[] heights = await page.Page.EvaluateAsync<double[]>(
                $"() => {{ const name = document.querySelector(\".graph [data-name='{node}']\"); const high = [...name.querySelectorAll('tspan')].at(-1); return [name.getStartPositionOfChar(0).y, high.getStartPositionOfChar(0).y]; }}");
            Assert.True(heights[1] < heights[0] - 3, $"{heights[1]} is not above {heights[0]}");
            Assert.Equal(letter + Lowered(below) + above, await page.TextAsync($".graph [data-name='{node}']"));
        });

    [Theory]
    [InlineData("chain")]
    [InlineData("mazur")]
    public Task As_written_is_as_it_was_to_the_letter(string lesson) => browser.VisitHtmlAsync(
        PageOf(lesson),
        async page =>
        {
            string before = await page.Page.EvaluateAsync<string>("() => document.querySelector('header').innerHTML + document.querySelector('main').innerHTML");
            foreach (string choice in new[] { "Ng", "3Blue1Brown", "δ", "as written" })
            {
                await ChooseAsync(page, choice);
            }

            Assert.Equal(before, await page.Page.EvaluateAsync<string>("() => document.querySelector('header').innerHTML + document.querySelector('main').innerHTML"));
        });

    [Theory]
    [InlineData("as written", 5, @"z_{3} = w_{3} a_{2} + b_{3}", @"C = \left(a_{3} - y\right)^{2}")]
    [InlineData("Ng", 5, @"z^{[3]} = w^{[3]} a^{[2]} + b^{[3]}", @"J = \frac{\left(a^{[3]} - y\right)^{2}}{2}")]
    [InlineData("3Blue1Brown", 5, @"z^{(L)} = w^{(L)} a^{(L-1)} + b^{(L)}", @"C_{0} = \left(a^{(L)} - y\right)^{2}")]
    [Trait("Lesson", "L83")]
    public Task LaTeX_has_the_names_that_are_seen(string course, int step, string latex, string cost) => browser.VisitHtmlAsync(
        PageOf("chain"),
        async page =>
        {
            await ChooseAsync(page, course);
            await page.Page.EvaluateAsync($"() => {{ location.hash = 'step={step}'; }}");
            await page.Page.WaitForFunctionAsync($"() => state.step === {step}");
            Assert.Equal(latex, await CopiedAsync(page));
            await page.Page.GetByLabel("One step on").ClickAsync();
            await page.Page.GetByLabel("One step on").ClickAsync();
            Assert.Equal(cost, await CopiedAsync(page));
        });

    [Fact]
    [Trait("Lesson", "L107")]
    public Task LaTeX_has_the_deltas_that_are_seen() => browser.VisitHtmlAsync(
        PageOf("mazur"),
        async page =>
        {
            Trace mazur = Explain.Lessons.Named("mazur").Trace();
            await ChooseAsync(page, "δ");
            await page.Page.Locator($"#steps > li[data-kind=backward][data-node='{mazur["z3"].Id}']").ClickAsync();
            Assert.Matches(@"^\\delta\^\{\[2\]\}_\{1\} = ", await CopiedAsync(page));
            await page.Page.Locator($"#steps > li[data-kind=backward][data-node='{mazur["w5"].Id}']").ClickAsync();
            Assert.Equal(@"\frac{\partial E_{total}}{\partial w^{[2]}_{11}} = a^{[1]}_{1} \cdot \delta^{[2]}_{1}", await CopiedAsync(page));
        });

    [Fact]
    public Task The_dials_and_what_they_say_have_the_names_that_are_chosen() => browser.VisitHtmlAsync(
        PageOf("chain"),
        async page =>
        {
            await ChooseAsync(page, "3Blue1Brown");
            await page.Page.Locator("input[data-leaf='w2']").FillAsync("-0.3");
            Assert.Equal("w^(L−1), slider", await page.Page.Locator("input[data-leaf='w2']").GetAttributeAsync("aria-label"));
            Assert.StartsWith("w(L−1): −0.4 → −0.3", await page.TextAsync("#moved-words"), StringComparison.Ordinal);
            await ChooseAsync(page, "as written");
            Assert.StartsWith("w₂: −0.4 → −0.3", await page.TextAsync("#moved-words"), StringComparison.Ordinal);
        });

    private static async Task<string?> CopiedAsync(BrowserPage page)
    {
        await page.Page.ClickAsync("#copy-latex");
        await page.Page.WaitForSelectorAsync("#copy-latex[data-copied]");
        string? copied = await page.Page.GetAttributeAsync("#copy-latex", "data-copied");
        await page.Page.EvaluateAsync("() => document.querySelector('#copy-latex').removeAttribute('data-copied')");
        return copied;
    }

    private static string Lowered(string digits) => string.Concat(digits.Select(d => (char)('₀' + (d - '0'))));
}
