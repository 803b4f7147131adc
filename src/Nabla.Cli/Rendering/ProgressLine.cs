using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Nabla.Cli.Rendering;

/// <summary>
/// A line an epoch, as Keras shows it. On a screen it is redrawn while the epoch runs; in a file it is written once, at the end.
/// </summary>
/// <param name="terminal">Where to write.</param>
/// <param name="target">What is learned, where its unit is not that of the labels: losses are shown as errors in the data's own unit.</param>
internal sealed class ProgressLine(Terminal terminal, SchemaTarget? target = null) : IProgress<TrainingProgress>
{
    private const int BarWidth = 20;

    // Many short epochs would push everything else off the screen: only about this many lines stay.
    private const int LinesThatStay = 20;

    // A file takes every epoch, up to as many as a person reads.
    private const int MostLinesOfAFile = 100;

    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(100);

    private long _drawn;
    private bool _open;
    private TimeSpan _firstStep;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value is { Step: 1, IsEpochEnd: false })
        {
            _firstStep = value.Elapsed;
        }

        if (!terminal.Live)
        {
            if (value.IsEpochEnd && (value.Epochs <= MostLinesOfAFile || value.Epoch == 0 || Stays(value)))
            {
                terminal.Output.WriteLine(Compose(value, ""));
            }

            return;
        }

        if (!value.IsEpochEnd && _open && Stopwatch.GetElapsedTime(_drawn) < RedrawEvery)
        {
            return;
        }

        bool stays = value.IsEpochEnd && Stays(value);
        if (value.IsEpochEnd && !stays && Stopwatch.GetElapsedTime(_drawn) < RedrawEvery)
        {
            return;
        }

        Draw(value);
        _drawn = Stopwatch.GetTimestamp();
        _open = !stays;
        terminal.Output.Write(stays ? "\n" : "");
        terminal.Output.Flush();
    }

    /// <summary>Ends a line that an interruption left open.</summary>
    public void Finish()
    {
        if (_open)
        {
            terminal.Output.WriteLine();
            _open = false;
        }
    }

    private static bool Stays(TrainingProgress value)
    {
        int stride = (value.Epochs + LinesThatStay - 1) / LinesThatStay;
        return (value.Epoch + 1) % stride == 0 || value.Epoch + 1 == value.Epochs;
    }

    // A line longer than the screen would wrap, and a wrapped line cannot be drawn over: the bar gives way first.
    private void Draw(TrainingProgress value)
    {
        string plain = Compose(value, new string('-', BarWidth));
        string line = plain.Length < terminal.Width ? Compose(value, Bar(value)) : Compose(value, "");
        if (plain.Length >= terminal.Width && line.Length >= terminal.Width)
        {
            line = line[..(terminal.Width - 1)];
        }

        terminal.Output.Write($"\r{line}\e[K");
    }

    private string Bar(TrainingProgress value)
    {
        int done = value.Steps == 0 ? BarWidth : (int)((long)value.Step * BarWidth / value.Steps);
        char cell = terminal.Unicode ? '━' : '=';
        return $"\e[32m{new string(cell, done)}\e[90m{new string(terminal.Unicode ? cell : '-', BarWidth - done)}\e[0m";
    }

    private string Compose(TrainingProgress value, string bar)
    {
        string epochs = value.Epochs.ToString(CultureInfo.InvariantCulture);
        string steps = value.Steps.ToString(CultureInfo.InvariantCulture);

        // The first step of all compiles the plan: it says nothing about the others.
        TimeSpan perStep = value.Step > 1 ? (value.Elapsed - _firstStep) / (value.Step - 1) : value.Elapsed;
        TimeSpan time = value.IsEpochEnd ? value.Elapsed : perStep * (value.Steps - value.Step);
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"Epoch {Padded(value.Epoch + 1, epochs)}/{epochs}  {Padded(value.Step, steps)}/{steps}");
        line.Append(bar.Length == 0 ? "" : $" {bar}");
        line.Append(CultureInfo.InvariantCulture, $" {Clock(time)} {PerStep(perStep)}");
        foreach ((string key, double number) in value.Values)
        {
            line.Append(key == "loss" && target is { Classes: null }
                ? string.Create(CultureInfo.InvariantCulture, $" - typical error: {Math.Sqrt(number) * target.Scale:G6}")
                : $" - {key}: {Text.Value(number)}");
        }

        return line.ToString();
    }

    private static string Padded(int value, string longest) => value.ToString(CultureInfo.InvariantCulture).PadLeft(longest.Length);

    private static string Clock(TimeSpan time) => time.TotalSeconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds}s")
        : time.ToString(time.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string PerStep(TimeSpan time) =>
        time.TotalSeconds >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s/step")
        : time.TotalMilliseconds >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms/step")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:0}us/step");
}
