using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.DrawSeven;

/// <summary>Digits drawn by script in a real browser; every number of the page against the interpreter in double on the pixels that were drawn.</summary>
public sealed class DrawnNumbersTests(BrowserFixture browser)
{
    private static readonly Dictionary<string, (double, double)[][]> Drawings = new()
    {
        ["7"] = [[(0.25, 0.2), (0.75, 0.2), (0.45, 0.85)]],
        ["1"] = [[(0.5, 0.15), (0.5, 0.85)]],
        ["0"] = [[.. Enumerable.Range(0, 33).Select(i => (0.5 + 0.2 * Math.Sin(i * Math.PI / 16), 0.5 - 0.32 * Math.Cos(i * Math.PI / 16)))]],
        ["4"] = [[(0.35, 0.2), (0.3, 0.55), (0.7, 0.55)], [(0.65, 0.2), (0.65, 0.85)]],
    };

    public static TheoryData<string, int> Lessons => new() { { "7", 7 }, { "1", 1 }, { "0", 0 }, { "4", 7 } };

    public static TheoryData<string> Optimizers => ["adam", "sgd", "momentum", "rmsprop", "adamw", "clipped", "scheduled", "dropout"];

    [Theory]
    [MemberData(nameof(Lessons))]
    public Task Every_number_of_the_lecture_s_network_is_the_replay_s(string drawing, int label)
    {
        (Sequential model, DrawSevenOptions options) = DrawnModels.ForMnist;
        return Check(model, options, drawing, label, DrawSevenPage.Html(model, options));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public Task The_step_is_that_of_the_optimizer_the_model_was_compiled_with(string name)
    {
        Optimizer optimizer = name switch
        {
            "momentum" => new SGD(0.05, momentum: 0.9, nesterov: true),
            "adamw" => new AdamW(0.002),
            "clipped" => new Adam(0.01, globalClipNorm: 0.5),
            "scheduled" => new SGD(new ExponentialDecay(0.1, 10, 0.9)),
            "dropout" => "adam",
            _ => name,
        };
        Layer[] hidden = name == "dropout" ? [new Dense(12, "tanh"), new Dropout(0.3), new BatchNormalization()] : [];
        (Sequential model, DrawSevenOptions options) = DrawnModels.ForDigits(optimizer, hidden);
        return Check(model, options, "7", 3, DrawSevenPage.Html(model, options));
    }

    [Fact]
    public async Task A_flipped_derivative_in_the_page_is_noticed()
    {
        (Sequential model, DrawSevenOptions options) = DrawnModels.ForMnist;
        string html = DrawSevenPage.Html(model, options);
        int place = html.IndexOf(" <= 0 ? 0 : matmul", html.IndexOf("const teach = ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(place > 0, "the derivative of relu stands in the page");
        string mutant = html[..place] + " <= 0 ? 0 : -matmul" + html[(place + " <= 0 ? 0 : matmul".Length)..];
        Exception red = await Assert.ThrowsAnyAsync<Exception>(() => Check(model, options, "7", 3, mutant));
        Assert.Contains("expected", red.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_s_step_is_the_recorded_step_of_Fit()
    {
        (Sequential model, DrawSevenOptions options) = DrawnModels.ForMnist;
        DrawSevenProgram program = new(model, options);
        Compilation compilation = model.Compilation!;
        DataTypes types = new([program.Teach.Inputs[0].TensorType], [program.Teach.Inputs[1].TensorType], [null]);
        StepGraph step = StepGraphs.Train(model, compilation, new Accumulators(compilation.Goals, types.Y, model.OutputTypes), types, rows: null);
        double[] pixels = ExamplePicture.All(options)[0].Pixels;
        double[] label = program.Label(4);
        double rate = model.Optimizer!.LearningRate;
        double[][] taught = PageNumbers.Interpret(program.Teach, program, program.TeachReads, PageNumbers.Trained(program), pixels, label, [rate]);
        double[][] weights = [.. step.Reads.Select(v => v.Value.AsType(DType.Float64).AsSpan<double>().ToArray())];
        Value<double>[] given = [.. program.Given(step.Graph, [pixels, label, [rate], [0], .. weights])];
        Value<double>[] fitted = [.. new Interpreter<double>(DoubleNumbers.Smooth).Run(step.Graph, [.. given])];
        for (int i = 0; i < program.TeachWrites.Count; i++)
        {
            Variable variable = program.Variables[program.TeachWrites[i]];
            int place = step.Writes.ToList().FindIndex(v => ReferenceEquals(v, variable));
            Assert.Equal(fitted[place].TensorType.DType.IsFloat ? fitted[place].Floats : [.. fitted[place].Integers.Select(n => (double)n)], taught[i]);
        }
    }

    private Task Check(Sequential model, DrawSevenOptions options, string drawing, int label, string html) => browser.VisitHtmlAsync(html, async page =>
    {
        IPage p = page.Page;
        DrawSevenProgram program = new(model, options);
        double[][] memory = PageNumbers.Trained(program);
        double[][] trained = await p.ReadAsync("page.network.memory");
        Assert.Equal(memory, trained);

        await p.DrawAsync(Drawings[drawing]);
        await p.WaitForFunctionAsync("() => window.drawSeven.sight");
        double[] pixels = (await p.ReadAsync("[page.pixels]"))[0];
        Assert.Contains(pixels, ink => ink > 0);
        Assert.All(pixels, ink => Assert.True(ink == Math.Round(ink) && ink >= 0 && ink <= options.MaxValue, "whole numbers up to the full ink"));

        int answer = await AssertLooksAsync(p, program, memory, pixels);
        Assert.Equal($"The answer is {answer}, {await p.Locator($".bar >> nth={answer} >> .number").TextContentAsync()} sure.", await p.Locator("#answer").TextContentAsync());

        await p.Locator("#label").SelectOptionAsync($"{label}");
        double rate = model.Optimizer!.LearningRate;
        for (int step = 0; step < 2; step++)
        {
            await p.Locator("#teach").ClickAsync();
            double[][] expected = PageNumbers.Interpret(program.Teach, program, program.TeachReads, memory, pixels, program.Label(label), [rate]);
            double[][] gradients = await p.ReadAsync("page.network.steps.at(-1).gradients");
            double[][] after = await p.ReadAsync("page.network.memory");
            double[][] losses = await p.ReadAsync("[[page.network.steps.at(-1).loss]]");
            for (int i = 0; i < gradients.Length; i++)
            {
                PageNumbers.AssertSame(expected[program.TeachWrites.Count + 1 + i], gradients[i], $"gradient of {program.Variables[program.Trained[i]].Name}");
            }

            PageNumbers.AssertSame(expected[program.TeachWrites.Count], losses[0], "loss");
            double[][] next = [.. memory];
            for (int k = 0; k < program.TeachWrites.Count; k++)
            {
                next[program.TeachWrites[k]] = expected[k];
            }

            for (int v = 0; v < next.Length; v++)
            {
                PageNumbers.AssertSame(next[v], after[v], program.Variables[v].Name);
            }

            // The next step begins where the page stands: errors do not add up.
            memory = after;
            await AssertLooksAsync(p, program, memory, pixels);
        }

        double[][] first = await p.ReadAsync("page.network.steps[0].after");
        await p.Locator("#undo").ClickAsync();
        Assert.Equal(first, await p.ReadAsync("page.network.memory"));
        await p.Locator("#teach").ClickAsync();
        Assert.Equal(memory, await p.ReadAsync("page.network.memory"));
        await p.Locator("#reset").ClickAsync();
        Assert.Equal(trained, await p.ReadAsync("page.network.memory"));
    });

    // What is shown for the drawing: scores, probabilities, slopes of pixels, loss, and each layer's values.
    private static async Task<int> AssertLooksAsync(IPage page, DrawSevenProgram program, double[][] memory, double[] pixels)
    {
        double[][] seen = await page.ReadAsync("page.sight.values");
        int answer = Array.IndexOf(seen[2], seen[2].Max());
        double[][] expected = PageNumbers.Interpret(program.Look, program, program.LookReads, memory, pixels, program.OneHot(answer), program.Label(answer));
        for (int i = 0; i < expected.Length; i++)
        {
            PageNumbers.AssertSame(expected[i], seen[i], program.Look.Outputs[i].Name);
        }

        return answer;
    }
}
