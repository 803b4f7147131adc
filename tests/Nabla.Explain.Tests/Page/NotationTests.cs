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
            await ChooseAsync(page, "as written");
            Assert.Equal("−4", await page.TextAsync($"#backward [data-q=g{Pages.Small["w"].Id}]"));
            Assert.Equal("J", await page.TextAsync(".graph .result .name"));
            Assert.Equal("", await page.TextAsync("#notation-note"));
        });

    [Fact]
    [Trait("Lesson", "L83")]
    public Task H_the_2_stands_once_in_the_local_derivative_and_not_in_the_seed() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            int d = Pages.Small["d"].Id, j = Pages.Small.Result.Id;
            string[] before = await NumbersAsync(page);
            await ChooseAsync(page, "3Blue1Brown");
            Assert.Equal("1", await page.TextAsync($"#backward [data-q=g{j}]"));
            Assert.Equal("4 · 1", await page.TextAsync($"#backward tr[data-node='{d}'] .numbers"));
            Assert.Equal("4", await page.TextAsync($"#backward tr[data-node='{d}'] td.number.back"));
            Assert.Equal("−8", await page.TextAsync($"#backward [data-q=g{Pages.Small["w"].Id}]"));
            Assert.Equal("2^2", await page.TextAsync($"#forward [data-q=n{j}]"));
            Assert.Equal(["0.001", "3.992004", "−7.996", "−8", "−8"], await page.TextsAsync($"#nudges tr[data-node='{Pages.Small["w"].Id}'] td"));
            Assert.Equal(["2", "−8", "2.08", "0.01"], await page.TextsAsync($"#update tr[data-node='{Pages.Small["w"].Id}'] td"));
            await AssertConsistentAsync(page);
            await ChooseAsync(page, "as written");
            Assert.Equal(before, await NumbersAsync(page));
        });

    /// <summary>Under 3Blue1Brown's cost the same rate makes twice the step: the program says what that costs.</summary>
    [Fact]
    public Task The_step_of_gradient_descent_is_taken_with_the_gradients_that_are_shown() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await ChooseAsync(page, "3Blue1Brown");
            Assert.Equal("C₀", await page.TextAsync("#update .sum th"));
            Trace without = Trace.Of(Pages.SmallFormula.Replace("/2", "", StringComparison.Ordinal), new TraceOptions { Optimizer = new SGD(0.01) }, ("w", 2), ("b", 8), ("x", -2), ("y", 2));
            Assert.Equal(without.Update!.ResultAfter, Pages.Number(await page.TextAsync("#result-after")), 1e-9);
            Assert.Contains($"was 4 and becomes {await page.TextAsync("#result-after")}.", await page.TextAsync("#steps [data-kind=update] .sentence"), StringComparison.Ordinal);
        });

    [Fact]
    public Task The_step_of_another_optimizer_keeps_its_numbers_and_its_name() => browser.VisitHtmlAsync(
        Trace.Of(Pages.SmallFormula, new TraceOptions { Optimizer = new Adam() }, ("w", 2), ("b", 8), ("x", -2), ("y", 2)).ToHtml(),
        async page =>
        {
            string[] before = [.. await page.TextsAsync("#update td")];
            await ChooseAsync(page, "3Blue1Brown");
            Assert.Equal(before, await page.TextsAsync("#update td"));
            Assert.Equal("J", await page.TextAsync("#update .sum th"));
            Assert.Contains("It stays as it was recorded, with J = d²/2", await page.TextAsync("#update-caption"), StringComparison.Ordinal);
        });

    [Fact]
    [Trait("Lesson", "L93")]
    public Task H_a_cost_that_is_a_sum_of_halved_errors_doubles_with_each_of_them() => browser.VisitHtmlAsync(
        Lessons.Named("mazur").Trace().ToHtml(),
        async page =>
        {
            Trace mazur = Lessons.Named("mazur").Trace();
            string[] before = await NumbersAsync(page);
            await ChooseAsync(page, "3Blue1Brown");
            foreach (string error in new[] { "E1", "E2" })
            {
                Assert.Equal(2 * mazur[error].Values[0], Pages.Number(await page.TextAsync($"#forward [data-q=v{mazur[error].Id}]")), 1e-9);
                Assert.Equal("1", await page.TextAsync($"#backward [data-q=g{mazur[error].Id}]"));
            }

            Assert.Equal(2 * mazur.Result.Values[0], Pages.Number(await page.TextAsync($"#forward [data-q=v{mazur.Result.Id}]")), 1e-9);
            Assert.Equal(2 * 0.0821670406, Pages.Number(await page.TextAsync($"#backward [data-q=g{mazur["w5"].Id}]")), 1e-9);
            Assert.Equal(2 * 0.0821670406, Pages.Number(await page.TextAsync($".graph [data-q=g{mazur["w5"].Id}]")), 1e-9);
            Assert.Contains("without the factor ½", await page.TextAsync("#notation-note"), StringComparison.Ordinal);
            await AssertConsistentAsync(page);
            await ChooseAsync(page, "as written");
            Assert.Equal(before, await NumbersAsync(page));
        });

    [Fact]
    [Trait("Lesson", "L82")]
    public Task H_Ngs_half_is_put_before_a_squared_error_that_has_none() => browser.VisitHtmlAsync(
        Lessons.Named("chain").Trace().ToHtml(),
        async page =>
        {
            Trace half = Lessons.Named("chain").Trace(CourseNotation.Ng), own = Lessons.Named("chain").Trace();
            Assert.True(await page.Page.GetByLabel("as written", new() { Exact = true }).IsCheckedAsync());
            await ChooseAsync(page, "Ng");
            foreach (TraceNode node in own.Nodes.Where(n => n.Gradient is not null && n != own.Result))
            {
                Assert.Equal(half[node.Name].Gradient![0], Pages.Number(await page.TextAsync($"#backward [data-q=g{node.Id}]")), 1e-9);
            }

            Assert.Equal("J", await page.TextAsync(".graph .result .name"));
            Assert.Equal("(a₃ - y)²/2", (await page.TextAsync($".graph [data-formula='{own.Result.Id}']")).Replace('−', '-'));
            Assert.Contains("half as large", await page.TextAsync("#notation-note"), StringComparison.Ordinal);
            await AssertConsistentAsync(page);
        });

    [Theory]
    [InlineData("c = w*x; J = c/2")]
    [InlineData("c = w*x; J = c^2")]
    [InlineData("d = w*x - 1; J = d^2/2 + w^2")]
    [InlineData("d = w*x - 1; E = d^2/2; u = exp(E); J = E + u")]
    public Task A_cost_that_nobody_writes_otherwise_stays(string formula) => browser.VisitHtmlAsync(
        Trace.Of(formula.Replace("E", "E1", StringComparison.Ordinal), ("w", 2), ("x", 3)).ToHtml(),
        async page =>
        {
            string[] before = await NumbersAsync(page);
            await ChooseAsync(page, "3Blue1Brown");
            Assert.Equal(before, await NumbersAsync(page));
            Assert.Contains("its numbers stay", await page.TextAsync("#notation-note"), StringComparison.Ordinal);
            await ChooseAsync(page, "Ng");
            Assert.Equal(before, await NumbersAsync(page));
        });

    /// <summary>Words that were written anew are written back everywhere, also in the step that is shown.</summary>
    [Fact]
    public Task Names_come_back() => browser.VisitHtmlAsync(
        Pages.Small.ToHtml(),
        async page =>
        {
            await ChooseAsync(page, "3Blue1Brown");
            await page.Page.Keyboard.PressAsync("Escape");
            await page.Page.Locator("#stepper button >> nth=0").ClickAsync();
            await page.Page.Locator("#stepper button >> nth=3").ClickAsync();
            Assert.Contains("C₀ was 4", await page.TextAsync("#say .sentence"), StringComparison.Ordinal);
            await ChooseAsync(page, "as written");
            Assert.Contains("J was 2", await page.TextAsync("#say .sentence"), StringComparison.Ordinal);
        });

    // All numbers that stand on the page.
    private static Task<string[]> NumbersAsync(BrowserPage page) =>
        page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-q], #nudges td, #update td')].map(e => e.textContent)");

    // What is written is true: each path is local times upstream, each gradient the sum of its paths, and a nudge is near its gradient.
    private static async Task AssertConsistentAsync(BrowserPage page)
    {
        double[][] paths = await page.Page.EvaluateAsync<double[][]>(
            """
            () => {
              const number = (text) => Number(text.replace(/[()\s]/g, "").replace("−", "-"));
              const rows = [...document.querySelectorAll("#backward > tbody > tr")];
              return rows.flatMap((row, i) => {
                const product = row.querySelector(".numbers")?.textContent.split(" · ").map(number);
                if (!product) return [];
                let first = i;
                while (!rows[first].classList.contains("first")) first--;
                let brought = 0;
                for (let j = first; j < rows.length && (j === first || !rows[j].classList.contains("first")); j++) brought += number(rows[j].querySelector("[data-q^=c]").textContent);
                return [[product[0] * product[1], number(row.querySelector("td[data-q^=c]").textContent), brought, number(rows[first].querySelector("td[data-q^=g]").textContent)]];
              });
            }
            """.Replace(@"\s", @"\s", StringComparison.Ordinal));
        Assert.NotEmpty(paths);
        // Ten digits are shown of each number.
        foreach (double[] path in paths)
        {
            Assert.Equal(path[0], path[1], 1e-9 * Math.Max(1, Math.Abs(path[0])));
            Assert.Equal(path[2], path[3], 1e-9 * Math.Max(1, Math.Abs(path[2])));
        }

        IReadOnlyList<string> nudges = await page.TextsAsync("#nudges tbody td");
        double result = Pages.Number(await page.TextAsync($".result [data-q^=v]"));
        foreach (double[] row in nudges.Select(Pages.Number).Chunk(5))
        {
            // The ratio is read off the row itself; ten digits of a result over a nudge of a thousandth leave six of the ratio.
            Assert.Equal((row[1] - result) / row[0], row[2], 1e-6 * Math.Max(1, Math.Abs(row[2])));
            Assert.Equal(row[4], row[3], 1e-4 * Math.Max(1, Math.Abs(row[4])));
        }
    }

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
