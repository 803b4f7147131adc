using System.Globalization;
using Nabla.Cli.Input;
using Nabla.Cli.Rendering;
using Nabla.Data;
using Nabla.Explain;

namespace Nabla.Cli.Training;

/// <summary>The same training from one seed, or from several of which the best is kept.</summary>
/// <param name="settings">What was asked for.</param>
/// <param name="terminal">Where to write.</param>
/// <param name="source">The data.</param>
/// <param name="parts">Their division.</param>
/// <param name="epochs">Times over the training samples.</param>
internal sealed class SeedRuns(TrainSettings settings, Terminal terminal, DataSource source, DataSplit parts, int epochs)
{
    /// <summary>Trains.</summary>
    /// <param name="first">The network of the first seed.</param>
    /// <param name="interruption">Ends the seed under way and leaves the others out.</param>
    /// <returns>What is kept: the model whose training loss ended lowest; and all runs.</returns>
    public (Sequential Model, History History, IReadOnlyList<SeedRun> All) Run(Sequential first, CancellationToken interruption)
    {
        List<(Sequential Model, SeedRun Run)> done = [];
        for (int i = 0; i < settings.Seeds && (i == 0 || !interruption.IsCancellationRequested); i++)
        {
            int seed = unchecked(settings.Seed + i);
            Sequential model = i == 0 ? first : Network.Create(source, parts, settings with { Seed = seed });
            try
            {
                SeedRun run = new(seed, Fit(model, interruption), IsKept: false);
                done.Add((model, run));
                Say(seed, string.Create(CultureInfo.InvariantCulture, $"loss {Text.Value(run.Loss)}{(run.History.Cancelled ? ", stopped" : "")}"));
            }
            catch (TrainingDivergedException e) when (settings.Seeds > 1)
            {
                done.Add((model, SeedRun.Diverged(seed, e)));
                Say(seed, string.Create(CultureInfo.InvariantCulture, $"diverged in epoch {e.Epoch} at step {e.Step}; not kept"));
            }
        }

        if (done.All(d => d.Run.Divergence is not null))
        {
            throw done[^1].Run.Divergence!;
        }

        (Sequential kept, SeedRun best) = done.Where(d => d.Run.Divergence is null).MinBy(d => double.IsFinite(d.Run.Loss) ? d.Run.Loss : double.MaxValue);
        SeedRun[] all = [.. done.Select(d => d.Run with { IsKept = d.Run == best })];
        if (settings.Seeds > 1)
        {
            string stuck = Names(SeedRun.Stuck(all));
            string diverged = Names(all.Where(r => r.Divergence is not null));
            string words = (stuck.Length == 0 ? "none got stuck" : $"got stuck: {stuck}") + (diverged.Length == 0 ? "" : $"; diverged: {diverged}");
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seeds     {Text.Many(all.Length, "seed")}, {words}; kept {best.Seed}, whose training loss ended lowest"));
            if (SeedRun.Spread(all) is { } spread)
            {
                terminal.Output.WriteLine($"          {spread}");
            }
        }

        return (kept, best.History, all);
    }

    private static string Names(IEnumerable<SeedRun> runs) => string.Join(", ", runs.Select(r => r.Seed.ToString(CultureInfo.InvariantCulture)));

    private History Fit(Sequential model, CancellationToken interruption)
    {
        ProgressLine progress = new(terminal, source.Schema?.Target);

        // The report shows the course on samples not learned from; nothing is chosen by them.
        History history = model.Fit(
            parts.XTrain,
            parts.YTrain,
            settings.BatchSize,
            epochs,
            verbose: 0,
            validationData: settings.Report ? (parts.XTest, parts.YTest) : null,
            validationBatchSize: TestReport.BatchSize,
            threads: settings.Threads,
            progress: progress,
            cancellationToken: interruption);
        progress.Finish();
        return history;
    }

    private void Say(int seed, string words)
    {
        if (settings.Seeds > 1)
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {words}"));
        }
    }
}
