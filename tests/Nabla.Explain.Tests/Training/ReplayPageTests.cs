using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Training;

/// <summary>The page that plays a training back, in a real browser.</summary>
[Trait("Lesson", "L41")]
public sealed class ReplayPageTests(BrowserFixture browser)
{
    // Each training is filmed once for all tests: a record does not change.
    private static readonly Lazy<GlassBoxRecord> First = new(() => Quadrants(1));
    private static readonly Lazy<GlassBoxRecord> Second = new(() => Quadrants(2));
    private static readonly Lazy<GlassBoxRecord> Sliding = new(() => Line(new Adam(0.01)));
    private static readonly Lazy<GlassBoxRecord> Leaping = new(() => Line(new SGD(0.45)));

    private static GlassBoxRecord Quadrants(int seed)
    {
        (Sequential model, NDArray x, NDArray y) = GlassBoxTests.Points(seed);
        return Filmed(film => model.Fit(x, y, batchSize: 8, epochs: 6, verbose: 0, callbacks: [film]));
    }

    private static GlassBoxRecord Line(Optimizer optimizer)
    {
        Sequential model = new([new InputLayer(1), new Dense(1)], name: "line", seed: 2);
        model.Compile(optimizer, "mse", verbose: 0);
        NDArray x = NDArray.From(new[] { -1.0, 0, 1, 2 }).Reshape(4, 1);
        return Filmed(film => model.Fit(x, NDArray.From(new[] { -2.0, 1, 4, 7 }), batchSize: 4, epochs: 25, verbose: 0, callbacks: [film]));
    }

    private static GlassBoxRecord Filmed(Action<GlassBox> fit, long budget = GlassBox.DefaultBudget)
    {
        string folder = Directory.CreateTempSubdirectory("nabla-film-").FullName;
        try
        {
            GlassBox film = new(Path.Combine(folder, "run.glass"), budget);
            fit(film);
            return film.Record;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public Task Loss_at_an_iteration_is_the_records_and_rewinding_restores_the_first_weights_bit_for_bit()
    {
        GlassBoxRecord run = First.Value;
        return browser.VisitHtmlAsync(ReplayPage.Write([run]), async page =>
        {
            await page.Page.Locator("#last").ClickAsync();
            Assert.Equal(run.Snapshots[^1].Loss, await page.Page.EvaluateAsync<double>("Number(replay.snapshot(0).loss)"));
            for (int i = 0; i < 4; i++)
            {
                await page.Page.Locator("#back").ClickAsync();
            }

            Assert.Equal(26, await page.Page.EvaluateAsync<int>("replay.iteration()"));
            Assert.Equal(run.Snapshots[26].Loss, await page.Page.EvaluateAsync<double>("Number(replay.snapshot(0).loss)"));
            Assert.StartsWith("Step 26, epoch ", await page.Page.Locator("#say").TextContentAsync(), StringComparison.Ordinal);
            await page.Page.Locator("#first").ClickAsync();
            float[] bits = await page.Page.EvaluateAsync<float[]>("Array.from(replay.values(0, 0, 'weights'))");
            Assert.Equal(run.Weight(0, 0).ToArray<float>(), bits);
            Assert.True(await page.Page.Locator("#first").IsDisabledAsync());
        });
    }

    [Fact]
    public Task A_step_in_the_address_is_opened_and_the_slider_moves_by_keys()
    {
        GlassBoxRecord run = First.Value;
        return browser.VisitHtmlAsync(
            ReplayPage.Write([run]),
            async page =>
            {
                Assert.Equal(7, await page.Page.EvaluateAsync<int>("replay.iteration()"));
                await page.Page.Locator("#time").FocusAsync();
                await page.Page.Keyboard.PressAsync("ArrowRight");
                Assert.Equal(8, await page.Page.EvaluateAsync<int>("replay.iteration()"));
                Assert.EndsWith("#step=8", page.Page.Url, StringComparison.Ordinal);
            },
            new() { Fragment = "#step=7" });
    }

    [Fact]
    public Task The_loss_is_drawn_again_on_a_logarithmic_scale()
    {
        return browser.VisitHtmlAsync(ReplayPage.Write([First.Value]), async page =>
        {
            string? before = await page.Page.Locator("#loss-chart path").First.GetAttributeAsync("d");
            await page.Page.Locator("#log").ClickAsync();
            Assert.Equal("true", await page.Page.Locator("#log").GetAttributeAsync("aria-pressed"));
            Assert.NotEqual(before, await page.Page.Locator("#loss-chart path").First.GetAttributeAsync("d"));
        });
    }

    [Fact]
    public Task Two_runs_stand_side_by_side()
    {
        return browser.VisitHtmlAsync(ReplayPage.Write([First.Value, Second.Value]), async page =>
        {
            Assert.Equal(2, await page.Page.Locator("#loss-chart path.curve").CountAsync());
            Assert.Equal(2, await page.Page.Locator("#panels").GetByText("What it answers").CountAsync());
            LocatorBoundingBoxResult[] runs = [await page.BoxAsync(".runs > :first-child"), await page.BoxAsync(".runs > :last-child")];
            Assert.True(runs[0].X + runs[0].Width <= runs[1].X && runs[0].Y == runs[1].Y);

            // No map is taller than a hand, whatever the shape of its weight, and a bias that has not moved has no range.
            double[] heights = await page.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('.maps canvas')].map(c => c.getBoundingClientRect().height)");
            Assert.Equal(2 * 4 * 3, heights.Length);
            Assert.All(heights, h => Assert.InRange(h, 8, 20 * 16));
            string panels = await page.Page.Locator("#panels").InnerTextAsync();
            Assert.Contains("all 0", panels, StringComparison.Ordinal);
            Assert.DoesNotContain("0 to 0\n", panels, StringComparison.Ordinal);
            Assert.True(await page.Page.Locator(".mark.below").CountAsync() >= 2 * 2);
            await page.PictureAsync("replay-two");
        });
    }

    [Fact]
    public Task A_contour_shows_the_way_and_the_moves_have_their_words()
    {
        // Without decay of its memory a rate of 0.32 on this bowl overshoots at every step; Adam's small steps go one way.
        return browser.VisitHtmlAsync(ReplayPage.Write([Sliding.Value, Leaping.Value]), async page =>
        {
            await page.Page.Locator("#last").ClickAsync();
            Assert.Equal(2, await page.Page.Locator("#panels").GetByText("The way down").CountAsync());
            Assert.Contains("same direction", await page.Page.Locator(".panels").First.TextContentAsync(), StringComparison.Ordinal);
            Assert.Contains("oscillating", await page.Page.Locator(".panels").Last.TextContentAsync(), StringComparison.Ordinal);
            await page.PictureAsync("replay-contour");
        });
    }

    [Theory]
    [InlineData("contour-still-light", false, 1200)]
    [InlineData("contour-still-narrow-dark", true, 390)]
    public Task Without_a_script_the_end_of_the_training_is_read_as_the_player_shows_it(string name, bool dark, int width)
    {
        GlassBoxRecord[] runs = [Sliding.Value, Leaping.Value];
        string html = ReplayPage.Write(runs);
        string[]? played = null;
        return browser.VisitHtmlAsync(html, async page =>
        {
            await page.Page.Locator("#last").ClickAsync();
            Assert.False(await page.Page.Locator("#end").IsVisibleAsync());
            played = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.panel.broad tbody tr')].map(r => r.innerText)");
        }).ContinueWith(_ => browser.VisitHtmlAsync(
            html,
            async page =>
            {
                Assert.Equal(4, played!.Length);
                IReadOnlyList<string> rows = await page.Page.Locator("#end tbody tr").AllInnerTextsAsync();
                Assert.Equal(played.Select(Words), rows.Select(Words));
                Assert.Contains("same direction", rows[0], StringComparison.Ordinal);
                Assert.Contains("oscillating", rows[2], StringComparison.Ordinal);
                Assert.Equal(2, await page.Page.Locator("#end svg path").CountAsync());
                Assert.True(await page.Page.Locator("html").EvaluateAsync<bool>("e => e.scrollWidth <= e.clientWidth"));
                await page.PictureAsync(name);
            },
            new() { JavaScript = false, Dark = dark, Width = width }), TaskScheduler.Default).Unwrap();

        // After the name, which stands here as text and there as mathematics.
        static string Words(string row) => string.Join(' ', row[(row.IndexOf(']', StringComparison.Ordinal) + 1)..].Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void What_the_record_leaves_out_is_said()
    {
        Assert.Contains("30 steps (every step is recorded)", ReplayPage.Write([First.Value]), StringComparison.Ordinal);
        (Sequential model, NDArray x, NDArray y) = GlassBoxTests.Points(1);
        GlassBoxRecord sparse = Filmed(film => model.Fit(x, y, batchSize: 8, epochs: 6, verbose: 0, callbacks: [film]), budget: 47_000);
        Assert.InRange(sparse.Snapshots.Count, 4, 15);
        long apart = sparse.Snapshots[1].Iteration;
        Assert.Contains($"30 steps (one step of {apart} is recorded, as asked or to keep within the budget of bytes, and the last)", ReplayPage.Write([sparse]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_contour_is_the_models_cost_and_the_boundary_its_answers()
    {
        GlassBoxRecord slope = Sliding.Value;
        GlassBoxPlane plane = slope.Contour!;
        float[] costs = MemoryMarshal.Cast<byte, float>(plane.Values.Span).ToArray();
        NDArray x = NDArray.From(new[] { -1.0, 0, 1, 2 }).Reshape(4, 1);
        double[] truth = [-2, 1, 4, 7];
        for (int i = 0; i < costs.Length; i += 97)
        {
            double w = plane.Left + ((plane.Right - plane.Left) * (i % plane.Size) / (plane.Size - 1));
            double b = plane.Bottom + ((plane.Top - plane.Bottom) * (i / plane.Size) / (plane.Size - 1));
            double cost = truth.Select((t, k) => Math.Pow((w * (k - 1)) + b - t, 2)).Average();

            // The model computes in float32: seven digits, of sums of four squares.
            Assert.Equal(cost, costs[i], 1e-5 * Math.Max(1, cost));
        }

        GlassBoxRecord film = First.Value;
        (Sequential model, _, _) = GlassBoxTests.Points(1);
        model.SetWeights([.. film.Parameters.Select((_, p) => film.Weight(film.Snapshots.Count - 1, p))]);
        GlassBoxPlane field = film.Boundary!;
        float[] classes = MemoryMarshal.Cast<byte, float>(film.Snapshots[^1].Boundary.Span).ToArray();
        double[] grid = [.. Enumerable.Range(0, classes.Length).SelectMany(i => new[]
        {
            field.Left + ((field.Right - field.Left) * (i % field.Size) / (field.Size - 1)), field.Bottom + ((field.Top - field.Bottom) * (i / field.Size) / (field.Size - 1)),
        })];
        double[] scores = model.Predict(NDArray.From(grid).Reshape(classes.Length, 2).AsType(DType.Float32)).AsType(DType.Float64).ToArray<double>();
        Assert.Equal(classes, Enumerable.Range(0, classes.Length).Select(i => scores[2 * i] >= scores[(2 * i) + 1] ? 0f : 1f));
        Assert.Equal(2, classes.Distinct().Count());
    }

    [Theory]
    [InlineData(0.5246, 0.8497)]
    [InlineData(6.4e-10, 8.02)]
    [InlineData(-3.2, 17000)]
    [InlineData(17.5, 17.500001)]
    public async Task The_marks_of_an_axis_are_round_hold_its_values_and_are_the_scripts(double low, double high)
    {
        IReadOnlyList<double> marks = Ticks.Of(low, high);
        Assert.InRange(marks.Count, 4, 12);
        Assert.True(marks[0] <= low && marks[^1] >= high);
        double step = marks[1] - marks[0];
        double digit = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-6));
        Assert.Contains(Math.Round(digit, 3), new double[] { 1, 2, 5 });
        string script = string.Concat(new[] { "numbers", "training/losschart" }.Select(s => PageFile.Resource($"{s}.js")));
        string said = await Browsers.Node.RunAsync(script + string.Create(CultureInfo.InvariantCulture, $"\nconsole.log(JSON.stringify(marksOf({low:R}, {high:R})));"));
        Assert.Equal(JsonSerializer.Deserialize<double[]>(said)!, marks.Select(m => m + 0.0));
    }

    [Theory]
    [InlineData("replay-light", false, 1200)]
    [InlineData("replay-dark", true, 1200)]
    [InlineData("replay-narrow", false, 390)]
    public Task Nothing_sticks_out(string name, bool dark, int width)
    {
        return browser.VisitHtmlAsync(
            ReplayPage.Write([First.Value]),
            async page =>
            {
                await page.Page.Locator("#last").ClickAsync();
                Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
                await page.PictureAsync(name);
                await page.PdfAsync(name);
            },
            new() { Dark = dark, Width = width });
    }

    [Fact]
    public Task Without_a_script_the_steps_are_a_table_and_names_are_harmless()
    {
        GlassBoxRecord run = First.Value with { Title = "</script><script>alert(1)</script>\"&" };
        return browser.VisitHtmlAsync(
            ReplayPage.Write([run]),
            async page =>
            {
                Assert.Equal(16, await page.Page.Locator("section[aria-labelledby=table-title] tbody tr").CountAsync());
                string last = await page.Page.Locator("section[aria-labelledby=table-title] tbody tr").Last.InnerTextAsync();
                Assert.StartsWith(run.Snapshots[^1].Iteration.ToString(CultureInfo.InvariantCulture), last, StringComparison.Ordinal);
                Assert.Contains("</script>", await page.Page.TitleAsync(), StringComparison.Ordinal);
            },
            new() { JavaScript = false });
    }

    [Fact]
    public async Task The_scripts_own_sums_are_right()
    {
        string script = string.Concat(new[] { "numbers", "training/film", "training/heat", "training/shades", "training/rates", "training/spread" }.Select(s => PageFile.Resource($"{s}.js")));
        string said = await Browsers.Node.RunAsync(script + """

            console.log(direction([1, 2, 3, 4]), "|", direction([1, 2, 1, 2, 1]), "|", direction([1, 1, 1]), "|", direction([1, 2, 3, 4, 5, 6, 5, 6]));
            console.log(placeAt([{ iteration: 0 }, { iteration: 4 }, { iteration: 8 }], 7), placeAt([{ iteration: 0 }], 99));
            console.log(JSON.stringify(histogram([0, 0.1, 1, NaN], 2)), plan([64, 4]).width, plan([3, 2]).height);
            """);
        Assert.Equal("same direction | oscillating | not enough moves | mixed\n1 0\n{\"low\":0,\"high\":1,\"counts\":[2,1]} 17 3\n", said);
    }
}
