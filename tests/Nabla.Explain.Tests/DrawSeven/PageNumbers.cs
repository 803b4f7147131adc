using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Playwright;

namespace Nabla.Explain.Tests.DrawSeven;

/// <summary>The numbers that a page holds, read to the last bit, and what the interpreter says they have to be.</summary>
internal static class PageNumbers
{
    private const string Bits = """
        const bits = (a) => { const b = new Uint8Array(Float64Array.from(a).buffer); let s = ''; for (const v of b) s += String.fromCharCode(v); return btoa(s); };
        """;

    /// <summary>Arrays of numbers, from an expression over <c>page</c>, the page's own object.</summary>
    public static async Task<double[][]> ReadAsync(this IPage page, string expression)
    {
        JsonElement result = (await page.EvaluateAsync($"() => {{ {Bits} const page = window.drawSeven; return ({expression}).map(bits); }}"))!.Value;
        return [.. result.EnumerateArray().Select(e => MemoryMarshal.Cast<byte, double>(Convert.FromBase64String(e.GetString()!)).ToArray())];
    }

    /// <summary>Moves the pen over the pad with the mouse, through points from 0 to 1.</summary>
    public static async Task DrawAsync(this IPage page, params (double X, double Y)[][] strokes)
    {
        LocatorBoundingBoxResult box = (await page.Locator("#pad").BoundingBoxAsync())!;
        foreach ((double X, double Y)[] stroke in strokes)
        {
            await MoveAsync(stroke[0], 1);
            await page.Mouse.DownAsync();
            foreach ((double X, double Y) point in stroke[1..])
            {
                await MoveAsync(point, 8);
            }

            await page.Mouse.UpAsync();
        }

        async Task MoveAsync((double X, double Y) point, int steps) =>
            await page.Mouse.MoveAsync((float)(box.X + point.X * box.Width), (float)(box.Y + point.Y * box.Height), new() { Steps = steps });
    }

    /// <summary>The interpreter's values in double of a graph of the page's.</summary>
    public static double[][] Interpret(Graph graph, DrawSevenProgram program, IReadOnlyList<int> reads, double[][] memory, params double[][] given)
    {
        Value<double>[] inputs = [.. program.Given(graph, [.. given, .. reads.Select(r => memory[r])])];
        return [.. new Interpreter<double>(DoubleNumbers.Smooth).Run(graph, [.. inputs])
            .Select(v => v.TensorType.DType.IsFloat ? v.Floats : Array.ConvertAll(v.Integers, i => (double)i))];
    }

    /// <summary>The trained weights and the optimizer's memory.</summary>
    public static double[][] Trained(DrawSevenProgram program) => [.. program.Variables.Select(v => v.Value.AsType(DType.Float64).AsSpan<double>().ToArray())];

    /// <summary>
    /// Asserts agreement to a relative 1e-12. Where a sum's terms cancel, its error is relative to them and not to what is left of them: the array's
    /// largest number stands for them, with the 784 roundings of the longest sum, each 2^-53.
    /// </summary>
    public static void AssertSame(double[] expected, double[] found, string what)
    {
        Assert.Equal(expected.Length, found.Length);
        double cancelled = 784 * Math.Pow(2, -53) * expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < found.Length; i++)
        {
            Assert.True(
                expected[i].Equals(found[i]) || Math.Abs(expected[i] - found[i]) <= 1e-12 * Math.Abs(expected[i]) + cancelled,
                $"{what}, element {i}: expected {expected[i]:R}, received {found[i]:R}");
        }
    }
}
