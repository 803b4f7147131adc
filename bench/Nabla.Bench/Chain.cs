using System.Diagnostics;

namespace Nabla.Bench;

/// <summary>A chain of n elementwise nodes: does tracing, differentiating, compiling and running it grow linearly?</summary>
public static class Chain
{
    /// <summary>Prints milliseconds of each stage for 1,000, 10,000 and 100,000 nodes.</summary>
    public static void Run()
    {
        Console.WriteLine("nodes      trace   differentiate   simplify   compile    first run   later run   (milliseconds; median of 3)");
        Measure(1_000); // the first in a process pays for the just-in-time compiler
        foreach (int length in (int[])[1_000, 10_000, 100_000])
        {
            double[][] runs = [.. Enumerable.Range(0, 3).Select(_ => Measure(length))];
            double[] medians = [.. Enumerable.Range(0, 6).Select(stage => Spread.Of(runs.Select(r => r[stage])).Median)];
            Console.WriteLine(FormattableString.Invariant($"{length,-9} {medians[0],7:0.0} {medians[1],15:0.0} {medians[2],10:0.0} {medians[3],9:0.0} {medians[4],12:0.00} {medians[5],11:0.000}"));
        }
    }

    private static double[] Measure(int length)
    {
        Stopwatch watch = Stopwatch.StartNew();
        double Lap()
        {
            double milliseconds = watch.Elapsed.TotalMilliseconds;
            watch.Restart();
            return milliseconds;
        }

        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new TensorType(DType.Float32, [16]));
        Tensor y = x;
        for (int i = 0; i < length; i++)
        {
            y = (i % 3) switch { 0 => y * x, 1 => y.Tanh(), _ => y + x };
        }

        Tensor loss = y.Sum();
        double trace = Lap();
        Graph graph = new("chain", [x.Node], [new("loss", loss.Node), new("dx", Differentiate.Gradients(loss, x)[0].Node)]);
        double differentiate = Lap();
        graph = Simplify.Run(graph);
        double simplify = Lap();
        Executable plan = Executable.Compile(graph);
        Execution execution = plan.CreateExecution();
        execution.BindInput(0, TensorBuffer.Copy(NDArray.Create<float>([.. Enumerable.Range(1, 16).Select(i => i / 20f)], [16])));
        double compile = Lap();
        execution.Run();
        double first = Lap();
        execution.Run();
        return [trace, differentiate, simplify, compile, first, Lap()];
    }
}
