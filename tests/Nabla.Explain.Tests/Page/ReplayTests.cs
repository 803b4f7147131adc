using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>A recorded training on the page of its first step.</summary>
public sealed partial class ReplayTests(BrowserFixture browser)
{
    // 0.1 + 0.2 and 1/3 have bits that no short text has.
    private static Iterations Small(Optimizer optimizer, int steps = 20) => Iterations.Of(
        Pages.SmallFormula, new TraceOptions { Optimizer = optimizer }, steps, ("w", 0.1 + 0.2), ("b", 1.0 / 3), ("x", -2), ("y", 2));

    private static Iterations Table(string name) => name switch
    {
        "gradient descent" => Small(new SGD(0.01)),
        "Adam" => Small(new Adam(0.1)),
        "momentum" => Small(new SGD(0.02, momentum: 0.9)),
        _ => Lessons.Named("mazur").Train(20, new TraceOptions { Optimizer = new Adam(0.05) }),
    };

    [Theory]
    [InlineData("gradient descent")]
    [InlineData("Adam")]
    [InlineData("momentum")]
    [InlineData("mazur")]
    [Trait("Lesson", "L99")]
    public Task O_the_page_computes_the_recorded_cost_at_every_step_and_rewind_restores_every_bit(string name)
    {
        Iterations table = Table(name);
        return browser.VisitHtmlAsync(table.ToHtml(), async page =>
        {
            string written = await TextsAsync(page);
            for (int t = 0; t < table.Rows.Count; t++)
            {
                Iteration row = table.Rows[t];
                await GoToAsync(page, t);
                double[] shown = await ValuesAsync(page, [$"v{table.Start.Result.Id}", .. Keys(table, 'v'), .. Keys(table, 'g')]);
                Assert.Equal(Bits(row.Parameters), Bits(shown[1..(1 + table.Parameters.Count)]));

                // Sums of the same few terms in another order: some roundings of 1e-16 each.
                Assert.All(shown.Zip([row.Cost, .. row.Parameters, .. row.Gradients]), p => Assert.Equal(p.Second, p.First, 1e-12 * Math.Abs(p.Second)));
            }

            Assert.NotEqual(written, await TextsAsync(page));
            await page.Page.ClickAsync("#first");
            Assert.Equal(Bits(table.Rows[0].Parameters), Bits(await ValuesAsync(page, Keys(table, 'v'))));
            Assert.Equal(written, await TextsAsync(page));
            Assert.Equal(0, await page.Page.EvaluateAsync<int>("state.moved.size"));
        });
    }

    [Fact]
    public Task Everything_that_a_slider_moves_follows_the_training() => browser.VisitHtmlAsync(
        Table("gradient descent").ToHtml(),
        async page =>
        {
            Iterations table = Table("gradient descent");
            await GoToAsync(page, 20);
            int w = table.Start["w"].Id;
            string now = Numerals.Printed(table.Rows[20].Parameters[0]);
            Assert.Equal(now, await page.TextAsync($".graph [data-q=v{w}]"));
            Assert.Equal(now, await page.TextAsync($"#forward [data-q=v{w}]"));
            Assert.Equal(now.Replace('−', '-'), await page.Page.InputValueAsync("input[data-leaf-field='w']"));
            Assert.Contains(now, await page.TextAsync("#moved-words"), StringComparison.Ordinal);
            Assert.Equal(Numerals.Printed(table.Rows[20].Cost), await page.TextAsync($".graph [data-q=v{table.Start.Result.Id}]"));
        });

    /// <summary>A record that no optimizer makes is shown as it is: nothing is trained in the page.</summary>
    [Fact]
    public Task The_parameters_shown_are_the_recorded_ones()
    {
        Iterations made = Small(new SGD(0.01), 3);
        Iterations table = made with { Rows = [.. made.Rows.Select(r => r with { Parameters = [.. r.Parameters.Select(p => p + (1000 * r.Steps))] })] };
        return browser.VisitHtmlAsync(table.ToHtml(), async page =>
        {
            await GoToAsync(page, 3);
            Assert.Equal(table.Rows[3].Parameters, await ValuesAsync(page, Keys(table, 'v')));
        });
    }

    [Fact]
    public Task Keys_and_buttons_move_it_and_the_live_region_says_where_it_is() => browser.VisitHtmlAsync(
        Iterations.Of("J = w^2", new TraceOptions { Optimizer = new SGD(0.1) }, 4, ("w", 3)).ToHtml(),
        async page =>
        {
            Assert.Equal("After 0 steps: J = 9", await page.TextAsync("#moment"));
            Assert.True(await page.Page.IsDisabledAsync("#first"));
            await page.Page.FocusAsync("#time");
            await page.Page.Keyboard.PressAsync("ArrowRight");
            Assert.Equal("After 1 step: J = 5.76", await page.TextAsync("#moment"));
            Assert.Equal("polite", await page.Page.GetAttributeAsync("#moment", "aria-live"));
            await page.Page.FocusAsync("#next");
            await page.Page.Keyboard.PressAsync("Enter");
            Assert.Equal("After 2 steps: J = 3.6864", await page.TextAsync("#moment"));
            Assert.Equal(1, await page.Page.Locator("#loss-chart .dot").CountAsync());
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "All numbers as they were recorded" }).ClickAsync();
            Assert.Equal("After 0 steps: J = 9", await page.TextAsync("#moment"));
            await page.Page.ClickAsync("#last");
            await page.Page.Locator("input[data-leaf='w']").FillAsync("2");
            Assert.EndsWith("Since then you moved a number.", await page.TextAsync("#moment"), StringComparison.Ordinal);
            Assert.True(await page.Page.IsDisabledAsync("#next"));
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task It_plays_to_the_end_by_itself_and_nothing_glides(bool calm) => browser.VisitHtmlAsync(
        Iterations.Of("J = w^2", new TraceOptions { Optimizer = new SGD(0.1) }, 2, ("w", 3)).ToHtml(),
        async page =>
        {
            // Asked in the same breath: a slow machine may see the whole film before a second question arrives.
            Assert.Equal("Pause, off", await page.Page.EvaluateAsync<string>("byId('play').click(), `${byId('play').textContent}, ${byId('moment').getAttribute('aria-live')}`"));
            await page.Page.Locator("#moment:has-text('After 2 steps')").WaitForAsync();
            Assert.Equal("Play", await page.TextAsync("#play"));
            Assert.Equal("polite", await page.Page.GetAttributeAsync("#moment", "aria-live"));
            Assert.Equal(0, await page.Page.EvaluateAsync<int>("document.getAnimations().length"));
        },
        new() { ReducedMotion = calm });

    [Theory]
    [InlineData("J = w^4", 3)]
    [InlineData("J = log(w)", 0.1)]
    public Task S_a_training_that_runs_away_keeps_the_page_alive(string formula, double w)
    {
        Iterations table = Iterations.Of(formula, new TraceOptions { Optimizer = new SGD(1) }, 15, ("w", w));
        Assert.Contains(table.Rows, r => !double.IsFinite(r.Cost));
        return browser.VisitHtmlAsync(table.ToHtml(), async page =>
        {
            for (int t = 0; t <= 15; t++)
            {
                await GoToAsync(page, t);
                Assert.Equal($"After {t} {(t == 1 ? "step" : "steps")}: J = {Numerals.Printed(table.Rows[t].Cost)}", await page.TextAsync("#moment"));
            }

            Assert.Equal(0, await page.Page.Locator("#loss-chart .dot").CountAsync());
            await page.Page.ClickAsync("#first");
            Assert.Equal(Numerals.Printed(w), await page.TextAsync($".graph [data-q=v{table.Start["w"].Id}]"));
        });
    }

    [Fact]
    public Task N_without_script_the_curve_and_the_table_stand_there() => browser.VisitHtmlAsync(
        Small(new SGD(0.01), 8).ToHtml(),
        async page =>
        {
            Assert.Equal(1, await page.VisibleAsync("#loss-chart .curve"));
            Assert.Equal(9, await page.VisibleAsync("#iterations tbody tr"));
            Assert.Equal(0, await page.VisibleAsync("button, input"));
        },
        new() { JavaScript = false });

    [Theory]
    [InlineData("ng", "0.25. The training was made with J as it was typed")]
    [InlineData("as-written", "0.5")]
    public Task Its_cost_follows_the_lectures_convention_about_the_half(string names, string cost)
    {
        // J = d^2, recorded without the half: Ng's is half as large. After a step at rate 0.5 the cost of one weight is 0, so the beginning is looked at.
        Iterations table = Iterations.Of("d = w - y; J = d^2", new TraceOptions { Optimizer = new SGD(0.25) }, 2, ("w", 1), ("y", 1 - Math.Sqrt(0.5)));
        return browser.VisitHtmlAsync(table.ToHtml(), async page =>
        {
            await page.Page.CheckAsync($"#names-{names}");
            Assert.Equal($"After 0 steps: J = {cost}", Regex.Replace(await page.TextAsync("#moment"), "0\\.50*[0-9]?$|0\\.49+$", "0.5"));
        });
    }

    [Fact]
    public void Long_trainings_are_thinned_and_say_so()
    {
        Iterations table = Iterations.Of("J = w^2", new TraceOptions { Optimizer = new SGD(0.001) }, 10_000, ("w", 3));
        string text = table.ToHtml();
        XElement page = XDocument.Parse(text).Root!;
        XElement rows = page.Descendants("table").Single(t => (string?)t.Attribute("id") == "iterations");
        string[] steps = [.. rows.Element("tbody")!.Elements().Select(r => r.Element("th")!.Value)];
        Assert.InRange(steps.Length, 100, 200);
        Assert.Equal(("0", "10,000"), (steps[0], steps[^1]));
        Assert.Contains($"({steps.Length} of the 10,001 recorded rows are shown, evenly spread)", rows.Element("caption")!.Value, StringComparison.Ordinal);
        Assert.Equal("details", rows.Parent!.Parent!.Name.LocalName);
        Assert.Matches(@"J after each step \([0-9,]+ of the 10,001 recorded rows are drawn, evenly spread\)\.", text);
        Assert.InRange(text.Length, 0, 300_000);
    }

    [Theory]
    [InlineData(3, 5, new[] { 0, 3, 4, 5 })]
    [InlineData(1, 2, new[] { 0, 1, 2 })]
    public void A_range_chooses_the_rows_and_the_beginning_is_always_there(int from, int to, int[] steps)
    {
        Iterations table = Small(new SGD(0.01), 8).Between(from, to);
        Assert.Equal(steps, table.Rows.Select(r => r.Steps));
        XElement page = XDocument.Parse(table.ToHtml()).Root!;
        Assert.Equal(steps.Select(s => s.ToString(CultureInfo.InvariantCulture)), page.Descendants("table").Single(t => (string?)t.Attribute("id") == "iterations").Element("tbody")!.Elements().Select(r => r.Element("th")!.Value));
        JsonElement course = JsonDocument.Parse(page.Descendants("script").Single(s => (string?)s.Attribute("id") == "course").Value).RootElement;
        Assert.Equal(steps, course.GetProperty("steps").EnumerateArray().Select(s => s.GetInt32()));
    }

    [Fact]
    public void A_page_with_a_training_is_well_formed_and_one_without_has_nothing_of_it()
    {
        XElement page = XDocument.Parse(Table("mazur").ToHtml(Lessons.Named("mazur"))).Root!;
        string[] ids = [.. page.Descendants().Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Descendants().Attributes("aria-labelledby"), a => Assert.Contains(a.Value, ids));
        Assert.DoesNotMatch(Replayed(), Pages.Mazur.ToHtml());
        Assert.DoesNotMatch(@"(https?|wss?|ftp):", page.ToString());
    }

    [Fact]
    public void The_record_is_JSON_to_the_last_bit()
    {
        Iterations table = Iterations.Of("J = w^4", new TraceOptions { Optimizer = new SGD(1) }, 15, ("w", 3));
        JsonElement json = JsonDocument.Parse(table.ToJson()).RootElement;
        Assert.Equal(1, json.GetProperty("version").GetInt32());
        Assert.Equal("J", json.GetProperty("result").GetString());
        Assert.Equal(["w"], json.GetProperty("parameters").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(table.Start.ToJson(), json.GetProperty("start").GetRawText());
        JsonElement[] rows = [.. json.GetProperty("rows").EnumerateArray()];
        Assert.Equal(table.Rows.Select(r => r.Cost), rows.Select(r => Number(r.GetProperty("cost"))));
        Assert.Equal(table.Rows.SelectMany(r => r.Parameters), rows.SelectMany(r => r.GetProperty("parameters").EnumerateArray()).Select(Number));
        string file = Path.GetTempFileName();
        table.Save(file);
        Assert.Equal(table.ToJson(), File.ReadAllText(file));
        table.SaveHtml(file);
        Assert.Equal(table.ToHtml(), File.ReadAllText(file));
        File.Delete(file);
    }

    [Fact]
    public void Where_nothing_is_learned_there_is_no_training()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Iterations.Of("J = x^2", new TraceOptions { Parameters = [] }, 3, ("x", 1)));
        Assert.StartsWith("Iterations of 'J = x^2': expected parameters that training changes, received none. Name some of x.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_models_training_has_another_page_and_says_which()
    {
        Iterations table = Pages.Model.ExplainIterations(NDArray.From(new float[,] { { 0, 1 } }), NDArray.From(new float[,] { { 0, 1 } }), 2);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => table.ToHtml());
        Assert.Contains("expected the training of a formula, received a model's. Train it with the callback new GlassBox", e.Message, StringComparison.Ordinal);
    }

    private static double Number(JsonElement number) => number.ValueKind == JsonValueKind.String ? double.Parse(number.GetString()!, CultureInfo.InvariantCulture) : number.GetDouble();

    private static IEnumerable<string> Keys(Iterations table, char letter) => table.Parameters.Select(p => $"{letter}{table.Start[p].Id}");

    private static long[] Bits(IEnumerable<double> values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];

    private static Task GoToAsync(BrowserPage page, int place) => page.Page.Locator("#time").FillAsync(place.ToString(CultureInfo.InvariantCulture));

    private static Task<double[]> ValuesAsync(BrowserPage page, IEnumerable<string> keys) => page.Page.EvaluateAsync<double[]>("keys => keys.map(k => state.now.get(k)[0])", keys.ToArray());

    // All numbers that stand on the page, in order.
    private static Task<string> TextsAsync(BrowserPage page) => page.Page.EvaluateAsync<string>("[...document.querySelectorAll('[data-q], #moved-words, .pictures text, #moment')].map(e => e.textContent).join('|')");

    [GeneratedRegex("id=\"(course|player|replay)\"|function transport|startReplay\\(\\) \\{")]
    private static partial Regex Replayed();
}
