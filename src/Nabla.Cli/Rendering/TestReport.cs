using System.Globalization;
using Nabla.Cli.Input;
using Nabla.Data;

namespace Nabla.Cli.Rendering;

/// <summary>What a model makes of samples whose labels are known: the score, what is taken for what, and the worst mistakes.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="source">Where the samples come from.</param>
/// <param name="x">The samples.</param>
/// <param name="y">Their labels.</param>
internal sealed class TestReport(Terminal terminal, DataSource source, NDArray x, NDArray y)
{
    /// <summary>Samples a step when nothing is learned: enough to keep the threads busy, little enough to stay in the cache.</summary>
    public const int BatchSize = 256;

    private const int Pictures = 5;

    /// <summary>How near the answers come, in the data's own unit; null for classes.</summary>
    public QuantityScore? Quantities(Model model, int threads)
    {
        if (source.Labels.IsClasses)
        {
            return null;
        }

        Answers answers = Answers.Of(model, model.Predict(x, BatchSize, threads));
        int outputs = Math.Max(1, y.Dims[1..].Count);
        double[] truth = y.AsType(DType.Float64).ToArray<double>();
        if (source.Schema?.Target is { } target)
        {
            truth = Array.ConvertAll(truth, v => v * target.Scale + target.Mean);
        }

        double[] given = [.. Enumerable.Range(0, answers.Count).SelectMany(row => answers[row].ToArray())];
        return given.Length == truth.Length ? QuantityScore.Of(truth, given, outputs) : null;
    }

    /// <summary>The score in a line or two.</summary>
    public void Score(EvaluationResult measured, QuantityScore? quantities, string circumstance)
    {
        int samples = x.Dims[0].Size;
        string when = circumstance.Length > 0 ? $", {circumstance}" : "";
        if (measured.TryGetValue("accuracy", out double accuracy))
        {
            long right = (long)Math.Round(accuracy * samples);
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"Test      accuracy {accuracy:0.0000}: {Text.Count(right)} of {Text.Count(samples)} right, loss {Text.Value(measured.Loss)}{when}"));
        }
        else if (quantities is not null)
        {
            string what = source.Schema is { } schema ? $" ({schema.Target.Name}, in its own unit)" : "";
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"Test      R2 {quantities.R2:0.0000}, mean absolute error {quantities.MeanAbsoluteError:G6}{what} on {Text.Many(samples, "sample")}{when}"));
        }
        else
        {
            string values = string.Join(", ", measured.Select(v => $"{v.Key} {Text.Value(v.Value)}"));
            Line($"Test      {values} on {Text.Many(samples, "sample")}{when}");
        }

        Line();
    }

    /// <summary>For classes: which is taken for which, and the pictures that the model is most wrong about.</summary>
    public void Details(Model model, int threads)
    {
        if (!source.Labels.IsClasses)
        {
            return;
        }

        Answers answers = Answers.Of(model, model.Predict(x, BatchSize, threads));
        ReadOnlySpan<int> truth = y.AsSpan<int>();
        int classes = answers.ClassNames.Count;
        if (!truth.ContainsAnyExceptInRange(0, classes - 1))
        {
            int[] given = [.. Enumerable.Range(0, answers.Count).Select(answers.Class)];
            ConfusionTable.Write(terminal, ConfusionTable.Count(truth, given, classes), answers.ClassNames);
            Line();
            if (source.Image is { } image)
            {
                Worst(answers, truth, image);
            }
        }
    }

    // The loss of one sample is -log of the probability that was given to the truth.
    private void Worst(Answers answers, ReadOnlySpan<int> truth, ImageShape image)
    {
        List<(int Row, double Given)> wrong = [];
        for (int row = 0; row < truth.Length; row++)
        {
            if (answers.Class(row) != truth[row])
            {
                wrong.Add((row, answers[row][truth[row]]));
            }
        }

        if (wrong.Count == 0)
        {
            return;
        }

        List<(string, string[])> pictures = [];
        foreach ((int row, _) in wrong.OrderBy(w => w.Given).ThenBy(w => w.Row).Take(Pictures))
        {
            int answer = answers.Class(row);
            string sure = answers[row][answer].ToString("0.0 %", CultureInfo.InvariantCulture);
            string caption = $"{answers.ClassNames[truth[row]]} taken for {answers.ClassNames[answer]} ({sure})";
            pictures.Add((caption, PictureArt.Draw(x[row..(row + 1)].AsType(DType.Float32).AsSpan<float>(), image)));
        }

        Line(wrong.Count <= Pictures ? "All wrong answers (truth, answer, how sure it was):" : $"The {Pictures} most wrong answers (truth, answer, how sure it was):");
        Line();
        terminal.Output.Write(PictureArt.SideBySide(pictures, terminal.Width));
    }

    private void Line(string text = "") => terminal.Output.WriteLine(text);
}
