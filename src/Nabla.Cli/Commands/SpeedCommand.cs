using System.CommandLine;
using System.Globalization;
using Nabla.Cli.Input;
using Nabla.Cli.Rendering;
using Nabla.Explain;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla speed [MODEL]</c>.</summary>
internal static class SpeedCommand
{
    private const int MnistImages = 60_000;

    public static Command Create(Terminal terminal)
    {
        Argument<string?> path = new("MODEL") { Description = "A file that 'nabla train' or Save wrote. Default: the network 784-25-15-10 of the lessons.", Arity = ArgumentArity.ZeroOrOne };
        Option<double?> images = Words.Positive("--images", "N", "How many samples your program has trained on ...");
        Option<double?> seconds = Words.Positive("--seconds", "S", "... and how long that took.");
        Command command = new("speed", "Counts the work of training, measures this machine, and says whether a time is normal.") { path, images, seconds };
        command.SetAction(words => Run(terminal, words.GetValue(path), words.GetValue(images), words.GetValue(seconds)));
        return command;
    }

    private static int Run(Terminal terminal, string? path, double? images, double? seconds)
    {
        if (images is null != seconds is null)
        {
            throw new UsageException("speed: expected --images and --seconds together, such as --images 30000 --seconds 10800, received one of them.");
        }

        Model model = path is null ? Default() : ModelSource.Load(path);
        if (model.Loss is null || model.InputType is null)
        {
            throw new UsageException($"speed: expected a compiled model that knows its input, received '{path}'. Train it with: {Invocation.Name} train");
        }

        SpeedCheck check = SpeedCheck.Of(model);
        TextWriter output = terminal.Output;
        output.WriteLine($"Model     {model.Name}: {Text.Many(model.CountParams(), "parameter")}");
        output.WriteLine($"Work      {Text.Count(check.Work)} multiply-adds a sample: {Text.Count(check.Forward)} forward, {Text.Count(check.Backward)} for the gradients");
        output.WriteLine($"Ceiling   one core here does at most {Short(check.Ceiling / 1e9)} billion a second: {Text.Count(MnistImages)} samples in {Short(MnistImages * check.Work / check.Ceiling)} s");
        output.WriteLine($"Measured  one thread, batches of {SpeedCheck.Batch}: {Short(1 / check.SecondsPerSample)} samples a second, {Text.Count(MnistImages)} in {Short(MnistImages * check.SecondsPerSample)} s");
        if (images is { } count && seconds is { } time)
        {
            double each = time / count;
            double factor = each / check.SecondsPerSample;
            output.WriteLine($"Yours     {Short(count)} samples in {Short(time)} s: {Short(each)} s a sample ({Short(1 / each)} a second), {Short(each * SpeedCheck.Batch)} s a batch of {SpeedCheck.Batch}");
            output.WriteLine(each < check.Work / check.Ceiling / Environment.ProcessorCount
                ? $"          That is more than the {Environment.ProcessorCount} cores here can do at all. Was the time taken in seconds, and of all the samples?"
                : factor < 2 ? "          That is normal."
                : $"          About {Short(factor)} times too slow. Usual reasons: a debug build, a loop for each sample instead of one product of matrices, memory allocated in each step.");
        }

        return ExitCode.Success;
    }

    private static Sequential Default()
    {
        Sequential model = new([new InputLayer(784), new Dense(25, "sigmoid"), new Dense(15, "sigmoid"), new Dense(10)], name: "784-25-15-10", seed: 0);
        model.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        return model;
    }

    // Three digits: a measurement has no more.
    private static string Short(double value) => value >= 1000
        ? Text.Count((long)double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        : Numerals.Of(value, 3);
}
