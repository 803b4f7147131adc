using System.CommandLine;
using Nabla.Cli.Input;
using Nabla.Cli.Training;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla train [DATA...]</c>.</summary>
internal static class TrainCommand
{
    private const int MostThreads = 256;
    private const int MostSeeds = 1000;

    public static Command Create(Terminal terminal)
    {
        Argument<string[]> data = Words.Data(required: false, $"{DataSource.Description} Default: mnist.");
        Option<string?> file = Words.Path("--data", "The same as DATA: --data flowers.csv.");
        Option<string?> target = Words.Path("--target", "The column of a CSV file to predict.");
        target.HelpName = "NAME";
        Option<string> task = Words.Choice("--task", "NAME", "What the target is: binary, classes, real or non-negative. Default: found by looking.", [.. TableWords.Tasks.Keys]);
        Option<string[]> ignore = Words.Names("--ignore", "Columns of a CSV file to leave out.");
        Option<string[]> text = Words.Names("--text", "Columns of a CSV file to take as text although they hold numbers.");
        Option<char?> separator = Words.Separator();
        Option<int[]?> layers = Words.Units("--layers", "Units of each layer; the last has one for each class. Default: 25,15 and the classes.");
        Option<string> activation = Words.Choice("--activation", "NAME", "Activation of all layers but the last, which gives logits.", ["relu", .. Activation.Names.Where(n => n != "relu").Order(StringComparer.Ordinal)]);
        Option<string> optimizer = Words.Choice("--optimizer", "NAME", "adam, sgd or rmsprop.", ["adam", "sgd", "rmsprop"]);
        Option<double?> learningRate = Words.Positive("--learning-rate", "RATE", "Size of a step. Default: the optimizer's usual one (sgd 0.01, others 0.001).");
        Option<int?> epochs = Words.Whole("--epochs", "N", $"Times over the training samples. Default: {TrainSettings.EpochRule}.", from: 1);
        Option<int?> batchSize = Words.Whole("--batch-size", "N", $"Samples a step. Default: {TrainSettings.DefaultBatchSize}.", from: 1);
        Option<int?> seed = Words.Whole("--seed", "N", $"Decides first weights and order; the same seed gives the same bits with any number of threads. Default: {TrainSettings.DefaultSeed}.", from: int.MinValue);
        Option<int?> seeds = Words.Whole("--seeds", "N", "Trains from N seeds, --seed and those after it, says which got stuck, and keeps the one whose training loss ends lowest. Default: 1.", from: 1, to: MostSeeds);
        Option<bool> report = new("--report") { Description = "Also writes NAME.report.html beside the model: curves, what is taken for what, the worst mistakes." };
        Option<int?> threads = Words.Whole("--threads", "N", "Threads that share the work of a step. Default: the processors.", from: 1, to: MostThreads);
        Option<string?> output = Words.Path("--out", "Where the model goes. Default: NAME.nabla in this folder.");
        Option<string?> json = Words.Json();
        Option<bool> noPage = new("--no-page") { Description = "Write no page beside the model. For pictures there is one to draw in, offline, NAME.html." };
        Command command = new("train", "Trains a network, measures it on samples it has not seen, and saves it. Ctrl-C stops early and keeps what was learned.")
        {
            data, file, target, task, ignore, text, separator, layers, activation, optimizer, learningRate, epochs, batchSize, seed, seeds, report, threads, output, json, noPage,
        };
        command.SetAction(words =>
        {
            string[] named = words.GetValue(data) ?? [];
            if (words.GetValue(file) is { } one)
            {
                named = named.Length == 0 ? [one] : throw new UsageException($"--data: expected the data once, received '{one}' and '{string.Join(' ', named)}'.");
            }

            TrainSettings settings = new()
            {
                Data = named.Length == 0 ? ["mnist"] : named,
                Table = new TableWords
                {
                    Target = words.GetValue(target),
                    Task = TableWords.Tasks[words.GetValue(task)!],
                    Separator = words.GetValue(separator),
                    Ignore = words.GetValue(ignore) ?? [],
                    Text = words.GetValue(text) ?? [],
                },
                Layers = words.GetValue(layers) is { Length: > 0 } units ? units : null,
                Activation = words.GetValue(activation),
                Optimizer = words.GetValue(optimizer)!,
                LearningRate = words.GetValue(learningRate),
                Epochs = words.GetValue(epochs),
                BatchSize = words.GetValue(batchSize) ?? TrainSettings.DefaultBatchSize,
                Seed = words.GetValue(seed) ?? TrainSettings.DefaultSeed,
                Seeds = words.GetValue(seeds) ?? 1,
                Report = words.GetValue(report),
                Threads = words.GetValue(threads) ?? Environment.ProcessorCount,
                Out = words.GetValue(output),
                Json = words.GetValue(json),
                Page = !words.GetValue(noPage),
            };
            using Interrupt interrupt = new();
            return new TrainRun(settings, terminal).Run(interrupt.Token);
        });
        return command;
    }
}
