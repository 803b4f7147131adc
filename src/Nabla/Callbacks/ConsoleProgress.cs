using System.Globalization;

namespace Nabla;

/// <summary>Keras' progress lines: a bar that is redrawn, or one line an epoch.</summary>
/// <param name="output">Where to write.</param>
/// <param name="bar">Whether to draw the bar.</param>
internal sealed class ConsoleProgress(TextWriter output, bool bar) : IProgress<TrainingProgress>
{
    private const int BarWidth = 20;

    private int _epoch = -1;
    private int _drawn;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value.Epoch != _epoch)
        {
            _epoch = value.Epoch;
            if (value.Epochs > 1)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch {value.Epoch + 1}/{value.Epochs}"));
            }
        }

        if (bar)
        {
            Draw(value);
        }
        else if (value.IsEpochEnd)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{value.Steps}/{value.Steps} - {LogText.Duration(value.Elapsed)} - {LogText.PerStep(value.Elapsed / Math.Max(1, value.Steps))}{LogText.Values(value.Values)}"));
        }
    }

    private void Draw(TrainingProgress value)
    {
        // A stream's first epoch: nobody knows how long it is.
        string total = value.Steps == 0 ? "Unknown" : value.Steps.ToString(CultureInfo.InvariantCulture);
        string count = value.Step.ToString(CultureInfo.InvariantCulture).PadLeft(total.Length);
        int done = value.Steps == 0 ? 0 : (int)((long)value.Step * BarWidth / value.Steps);
        TimeSpan perStep = value.Elapsed / Math.Max(1, value.Step);
        string time = value.Steps == 0
            ? $"{LogText.Duration(value.Elapsed)} {LogText.PerStep(perStep)}"
            : value.IsEpochEnd
            ? $"{LogText.Duration(value.Elapsed)} {LogText.PerStep(perStep)}"
            : $"{LogText.Duration(perStep * (value.Steps - value.Step))} {LogText.PerStep(perStep)}";
        string line = $"{count}/{total} {new string('━', done)}{new string('─', BarWidth - done)} {time}{LogText.Values(value.Values)}";

        // Blanks wipe out what is left of a longer line before.
        output.Write('\r' + line.PadRight(_drawn));
        _drawn = line.Length;
        if (value.IsEpochEnd)
        {
            output.WriteLine();
            _drawn = 0;
        }

        output.Flush();
    }
}
