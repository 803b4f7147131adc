using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>Large tensors on the page: pictures, with their words beside them.</summary>
public sealed class HeatTests(BrowserFixture browser)
{
    [Fact]
    public void Words_tell_the_range_the_mean_and_the_zeros() =>
        Assert.Equal("2 × 2: from −1 to 4, mean 0.75, 50 % zeros", HeatWords.Of([2, 2], [0, 4, -1, 0]));

    [Fact]
    public void S_words_count_what_is_not_finite()
    {
        Assert.Equal("3: from 1 to 1, mean 1, 0 % zeros, 2 not finite", HeatWords.Of([3], [double.NaN, 1, double.NegativeInfinity]));
        Assert.Equal("1, 1 not finite", HeatWords.Of([1], [double.NaN]));
    }

    [Fact]
    public Task Weights_gradients_and_activations_are_pictures() => browser.VisitHtmlAsync(
        Digits.Value.ToHtml(),
        async page =>
        {
            Trace trace = Digits.Value;
            foreach (string key in new[] { $"#forward [data-heat=v{trace["W^[1]"].Id}]", $"#backward [data-heat=g{trace["W^[1]"].Id}]", $"#forward [data-heat=v{trace["x"].Id}]" })
            {
                int[] size = await page.Page.EvaluateAsync<int[]>("s => { const c = document.querySelector(s + ' canvas'); const b = c.getBoundingClientRect(); return [c.width, c.height, Math.round(b.width), Math.round(b.height)]; }", key);
                Assert.True(size.All(s => s > 20) && size[2] <= 256, $"{key}: {string.Join(" x ", size)}");
                Assert.Contains("% zeros", await page.TextAsync(key), StringComparison.Ordinal);
            }

            // x is a square picture: its largest number has the full colour of more, its zeros none.
            IReadOnlyList<double> x = trace["x"].Values;
            int most = x.ToList().IndexOf(x.Max()), none = x.ToList().IndexOf(0);
            int[] colours = await page.Page.EvaluateAsync<int[]>(
                "([s, a, b]) => { const all = document.querySelector(s + ' canvas').getContext('2d').getImageData(0, 0, 28, 28).data; return [a, b].flatMap(i => [...all.slice(4 * i, 4 * i + 3)]); }",
                new object[] { $"#forward [data-heat=v{trace["x"].Id}]", most, none });
            Assert.Equal([21, 83, 168, 255, 255, 255], colours);
        });

    [Fact]
    public Task N_without_script_the_words_stand_there() => browser.VisitHtmlAsync(
        Digits.Value.ToHtml(),
        async page => Assert.StartsWith("784 × 25: from ", await page.TextAsync($"#forward [data-heat=v{Digits.Value["W^[1]"].Id}]"), StringComparison.Ordinal),
        new() { JavaScript = false });

    [Fact]
    public void Pages_without_large_tensors_hold_no_script_for_them() => Assert.DoesNotContain("drawHeat()", Pages.Small.ToHtml(), StringComparison.Ordinal);

    private static readonly Lazy<Trace> Digits = new(Pages.Digits);
}
