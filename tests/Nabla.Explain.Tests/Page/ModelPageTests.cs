using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Page;

/// <summary>The page of a model: its network, any neuron of it, back propagation over a batch, the optimizer's step.</summary>
public sealed class ModelPageTests(BrowserFixture browser)
{
    // A sum of three products in double, and a page that adds them in its own order.
    private const double Rounding = 1e-14;

    // Each number stands there with seven digits; its title has them all.
    private static Task<double[]> NumbersAsync(BrowserPage page, string selector) =>
        page.Page.EvaluateAsync<double[]>("s => [...document.querySelectorAll(s)].map(cell => Number(cell.title))", selector);

    [Fact]
    public Task A_batch_whose_single_gradients_are_left_out_has_a_page() => browser.VisitHtmlAsync(
        LargeBatch().ToHtml(),
        async page =>
        {
            Assert.Contains("so many that they are left out here", await page.TextAsync("#examples caption"), StringComparison.Ordinal);
            Assert.Equal(32 + 1, await page.Page.Locator("#examples tbody tr").CountAsync());
            await page.Page.Locator("[data-unit='1-0']").ClickAsync();
        });

    private static Trace LargeBatch()
    {
        Sequential model = new([new InputLayer(784), new Dense(25, "relu"), new Dense(10)], seed: 1);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        NDArray x = NDArray.From([.. Enumerable.Range(0, 32 * 784).Select(i => (float)Math.Sin(i))]).Reshape(32, 784);
        return model.Explain(x, NDArray.From([.. Enumerable.Range(0, 32).Select(i => i % 10)]));
    }

    [Theory]
    [Trait("Lesson", "L112")]
    [InlineData("0-0")]
    [InlineData("1-0")]
    public Task Over_a_batch_the_shares_of_the_examples_add_up_to_the_gradient(string unit) => browser.VisitHtmlAsync(
        Batch().ToHtml(),
        async page =>
        {
            int layer = unit[0] - '0' + 1;
            TraceNode kernel = Batch()[$"W^[{layer}]"], bias = Batch()[$"b^[{layer}]"];
            await page.Page.Locator($"[data-unit='{unit}']").ClickAsync();
            (int ins, int units) = (kernel.Dims[0], kernel.Dims[1]);
            double[] sum = new double[ins * units];
            for (int e = 0; e < 3; e++)
            {
                await page.Page.Locator("#example").SelectOptionAsync($"{e}");
                double[] share = await NumbersAsync(page, "#layer-share > .matrix:first-child td");
                Assert.Equal(sum.Length, share.Length);
                sum = [.. sum.Zip(share, (a, b) => a + b)];
                Assert.Contains($"Example {e} brings its share", await page.TextAsync("#layer-batch"), StringComparison.Ordinal);
            }

            // The page's rows are units, the kernel's are inputs.
            double[] gradient = [.. Enumerable.Range(0, ins * units).Select(i => kernel.Gradient![(i % ins * units) + (i / ins)])];
            double[] told = await NumbersAsync(page, "#layer-sum td");
            for (int i = 0; i < gradient.Length; i++)
            {
                Assert.Equal(gradient[i], told[i], Rounding);
                Assert.Equal(gradient[i], sum[i], Rounding);
            }

            double[] biases = await NumbersAsync(page, "#layer-sum-bias td");
            Assert.Equal(units, biases.Length);
            Assert.All(bias.Gradient!.Zip(biases), b => Assert.Equal(b.First, b.Second, Rounding));
            Assert.Contains("The sum over all 3 examples is the gradient in the table", await page.TextAsync("#layer"), StringComparison.Ordinal);
            Assert.DoesNotContain("−0", await page.TextsAsync("#layer td, #neuron td"));
        });

    [Fact]
    public Task A_penalty_on_the_weights_is_no_part_of_the_examples_sum() => browser.VisitHtmlAsync(
        Batch("l2").ToHtml(),
        async page => Assert.Contains("holds what other uses of the weights bring as well", await page.TextAsync("#layer"), StringComparison.Ordinal));

    [Fact]
    public Task Every_neuron_opens_by_its_number_and_no_other() => browser.VisitHtmlAsync(
        Pages.Digits().ToHtml(),
        async page =>
        {
            ILocator field = page.Page.Locator("#unit");
            await page.Page.Locator("#unit-layer").SelectOptionAsync("0");
            await field.FillAsync("25");
            await field.PressAsync("Enter");
            Assert.StartsWith("Neuron 25 of layer 1", await page.TextAsync("#neuron h3"), StringComparison.Ordinal);
            Assert.Equal("true", await page.Page.Locator("[data-unit='0-24']").GetAttributeAsync("aria-pressed"));
            Assert.Equal(11 + 11 + 10, await page.Page.Locator("[data-unit]").CountAsync());
            await field.FillAsync("26");
            await field.PressAsync("Enter");
            Assert.Equal("true", await field.GetAttributeAsync("aria-invalid"));
            Assert.Equal("There is no neuron '26': this layer has 1 to 25.", await page.TextAsync("#unit-said"));
            Assert.StartsWith("Neuron 25 of layer 1", await page.TextAsync("#neuron h3"), StringComparison.Ordinal);
        });

    [Fact]
    public Task Of_a_picture_the_largest_inputs_are_drawn_and_indices_stay_apart() => browser.VisitHtmlAsync(
        Pages.Digits().ToHtml(),
        async page =>
        {
            // The example's pixels are i % 17 / 17: the largest are those with the rest 16.
            Assert.Equal(Enumerable.Range(0, 11).Select(i => $"{(17 * i) + 17}"), await page.TextsAsync(".network .which"));
            Assert.Contains("Of the 784 inputs the 11 largest of this example are drawn.", await page.TextAsync("#drawn"), StringComparison.Ordinal);
            await page.Page.Locator("[data-unit='1-9']").ClickAsync();
            Assert.All((await page.TextsAsync("svg.scalar .cell ~ .name")).Where(n => n[0] == 'w'), n => Assert.Contains(',', n));
        });

    [Fact]
    public Task A_label_that_is_a_whole_number_is_not_moved() => browser.VisitHtmlAsync(
        Pages.Digits().ToHtml(),
        async page =>
        {
            Assert.Equal(0, await page.Page.Locator("input[data-leaf='y']").CountAsync());
            Assert.DoesNotContain("NaN", await page.TextAsync("#zoom"), StringComparison.Ordinal);
        });

    [Fact]
    public void The_third_step_is_the_optimizers()
    {
        string adam = Pages.Digits().ToHtml(), descent = Pages.Mazur.ToHtml();
        Assert.Contains("Adam with α = 0.001 moves ", adam, StringComparison.Ordinal);
        Assert.Contains(" and 2 more, all at once", adam, StringComparison.Ordinal);
        Assert.Contains(">one example<", adam, StringComparison.Ordinal);
        Assert.DoesNotContain(" − α ", adam, StringComparison.Ordinal);
        Assert.Contains(" − α ", descent, StringComparison.Ordinal);
        Assert.Contains(" and 6 more</p>", descent, StringComparison.Ordinal);
        Assert.Contains("gradient descent, α = 0.5, all at once", descent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_over_a_gradient_of_zero_is_none()
    {
        string page = Trace.Of("a = w*x; J = a^2", new TraceOptions { Optimizer = new Adam(0.1) }, ("w", 2), ("x", 0)).ToHtml();
        Assert.Contains("none: gradient 0", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">NaN<", page, StringComparison.Ordinal);
    }

    private static Trace Batch(string? penalty = null)
    {
        Sequential model = new([new InputLayer(2), new Dense(3, Activation.Relu), new Dense(1, kernelRegularizer: penalty is null ? null : (Regularizer)penalty)]);
        model.Compile(new SGD(0.1), new MeanSquaredError());
        model.SetWeights([
            NDArray.From(new[,] { { .5f, -.25f, 1f }, { .75f, .5f, -1f } }), NDArray.From(new[] { .1f, 0f, -.2f }),
            NDArray.From(new[,] { { 1f }, { -.5f }, { .25f } }), NDArray.From(new[] { .3f })]);
        return model.Explain(NDArray.From(new[,] { { 1f, 2f }, { -1f, .5f }, { 0f, -3f } }), NDArray.From(new[,] { { 1f }, { 0f }, { 2f } }));
    }
}
