using System.Diagnostics;
using System.Text;
using Nabla.Data;
using Nabla.Explain;
using Trace = Nabla.Explain.Trace;

namespace Nabla.Bench;

/// <summary>What it costs to open a training step: recording it in double with every nudge, and writing it down.</summary>
public static class Explaining
{
    private const int Rounds = 9;

    /// <summary>Prints milliseconds to make each record, and to write it as text, JSON and a page.</summary>
    public static void Run()
    {
        Sequential model = CourseNetwork();
        DataSet digits = Mnist.LoadSet();
        string file = Path.GetTempFileName();
        Console.WriteLine("milliseconds: median (min..max)                  the record              text                    JSON                    page");
        foreach ((string name, Func<Trace> make) in (IEnumerable<(string, Func<Trace>)>)
        [
            ("lesson small", () => Lessons.Named("small").Trace()),
            ("lesson mazur", () => Lessons.Named("mazur").Trace()),
            ("500 named values", () => Chain(500)),
            ("784-25-15-10, one example", () => model.Explain(digits.X[..1], digits.Y[..1])),
            ("784-25-15-10, a batch of 32", () => model.Explain(digits.X[..32], digits.Y[..32])),
        ])
        {
            Trace trace = make();
            Spread[] spreads =
            [
                Measure(() => make()), Measure(() => trace.ToText()), Measure(() => trace.ToJson()), Measure(() => trace.SaveHtml(file)),
            ];
            Console.WriteLine($"{name,-48} {string.Concat(spreads.Select(s => $"{s,-24}"))}");
        }

        File.Delete(file);
    }

    // Named values, each made of the one before.
    private static Trace Chain(int values)
    {
        StringBuilder formula = new("n0=w*x");
        for (int i = 1; i < values; i++)
        {
            formula.Append(System.Globalization.CultureInfo.InvariantCulture, $"; n{i}={(i % 2 == 0 ? $"sin(n{i - 1})" : $"n{i - 1}*0.99+b")}");
        }

        return Trace.Of(formula.ToString(), ("w", 0.5), ("x", 2), ("b", 0.1));
    }

    // The course's network after one epoch on the first of MNIST's digits.
    private static Sequential CourseNetwork()
    {
        Sequential model = new([new InputLayer([28, 28]), new Rescaling(1 / 255.0), new Flatten(), new Dense(25, "relu"), new Dense(15, "relu"), new Dense(10)], seed: 0);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy(fromLogits: true));
        DataSet digits = Mnist.LoadSet();
        model.Fit(digits.X[..3200], digits.Y[..3200], epochs: 1, verbose: 0);
        return model;
    }

    private static Spread Measure(Action act)
    {
        act();
        return Spread.Of(Enumerable.Range(0, Rounds).Select(_ =>
        {
            Stopwatch watch = Stopwatch.StartNew();
            act();
            return watch.Elapsed.TotalMilliseconds;
        }));
    }
}
