using System.Globalization;

namespace Nabla.Explain;

/// <summary>What is taken for what, how well each class is known, and the samples that the model is most wrong about.</summary>
internal sealed class ClassReport(TestedAnswers answers, NDArray x, TrainingReportOptions options)
{
    private const int Worst = 24;

    // A wider table is read by nobody; the commonest mistakes are.
    private const int WidestTable = 26;
    private const int Mistakes = 20;

    public Element Draw()
    {
        int classes = answers.ClassNames.Count;
        var counts = new long[classes, classes];
        for (int row = 0; row < answers.Count; row++)
        {
            int truth = (int)answers.Truth[row];
            if (truth >= 0 && truth < classes)
            {
                counts[truth, answers.Class(row)]++;
            }
        }

        return new Element("div")
        {
            TrainingReport.Section("confusion", "What is taken for what", classes <= WidestTable ? Matrix(counts) : Commonest(counts)),
            TrainingReport.Section("classes", "Class by class", PerClass(counts)),
            TrainingReport.Section("worst", "The most wrong answers", MostWrong()),
        };
    }

    private Element Matrix(long[,] counts)
    {
        IReadOnlyList<string> names = answers.ClassNames;
        Element body = new("tbody");
        for (int truth = 0; truth < names.Count; truth++)
        {
            long most = Math.Max(1, Enumerable.Range(0, names.Count).Max(a => counts[truth, a]));
            Element row = new("tr") { new Element("th", ("scope", "row")) { names[truth] } };
            for (int answer = 0; answer < names.Count; answer++)
            {
                long count = counts[truth, answer];
                string share = Math.Round(70.0 * count / most).ToString(CultureInfo.InvariantCulture);
                string colour = answer == truth ? "--forward" : "--back";
                row.Add(new Element("td", ("class", answer == truth ? "right" : null), ("style", count == 0 ? null : $"background: color-mix(in srgb, var({colour}-soft) {share}%, transparent)"))
                {
                    count == 0 ? "" : TrainingReport.Count(count),
                });
            }

            body.Add(row);
        }

        return new Element("div", ("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Truth against answer"))
        {
            new Element("table", ("class", "confusion"))
            {
                new Element("caption") { "A row for the truth, a column for the answer" },
                new Element("thead") { new Element("tr") { new Element("th", ("scope", "col")) { "truth \\ answer" }, names.Select(n => (Markup)new Element("th", ("scope", "col")) { n }) } },
                body,
            },
        };
    }

    private Element Commonest(long[,] counts)
    {
        IEnumerable<string[]> rows =
            (from truth in Enumerable.Range(0, answers.ClassNames.Count)
             from answer in Enumerable.Range(0, answers.ClassNames.Count)
             where truth != answer && counts[truth, answer] > 0
             orderby counts[truth, answer] descending
             select new[] { TrainingReport.Count(counts[truth, answer]), answers.ClassNames[truth], answers.ClassNames[answer] }).Take(Mistakes);
        return TrainingReport.Table("The commonest mistakes", ["times", "truth", "answer"], rows);
    }

    private Element PerClass(long[,] counts) => TrainingReport.Table(
        "How many of a class are found, and how many answers of a class are right",
        ["class", "samples", "found", "accuracy", "answers right"],
        Enumerable.Range(0, answers.ClassNames.Count).Select(c =>
        {
            long samples = Enumerable.Range(0, answers.ClassNames.Count).Sum(a => counts[c, a]);
            long said = Enumerable.Range(0, answers.ClassNames.Count).Sum(t => counts[t, c]);
            return new[] { answers.ClassNames[c], TrainingReport.Count(samples), TrainingReport.Count(counts[c, c]), Share(counts[c, c], samples), Share(counts[c, c], said) };
        }));

    // The loss of one sample is -log of the probability that was given to the truth: the smallest first.
    private Element MostWrong()
    {
        (int Row, double Given)[] wrong =
        [
            .. Enumerable.Range(0, answers.Count)
                .Where(i => answers.Truth[i] >= 0 && answers.Truth[i] < answers.ClassNames.Count && answers.Class(i) != (int)answers.Truth[i])
                .Select(i => (i, answers.Given[(i * answers.Columns) + (int)answers.Truth[i]]))
                .OrderBy(w => w.Item2).ThenBy(w => w.i),
        ];
        if (wrong.Length == 0)
        {
            return new Element("p") { "Every answer is right." };
        }

        string head = wrong.Length <= Worst ? $"All {TrainingReport.Count(wrong.Length)} wrong answers" : $"{Worst} of {TrainingReport.Count(wrong.Length)} wrong answers";
        string Caption(int row) => $"{answers.ClassNames[(int)answers.Truth[row]]} taken for {answers.ClassNames[answers.Class(row)]}";
        string Sure(int row) => answers.Given[(row * answers.Columns) + answers.Class(row)].ToString("0.0\u00a0%", CultureInfo.InvariantCulture);
        if (options.PictureHeight == 0)
        {
            return TrainingReport.Table($"{head}, the most wrong first", ["row", "truth", "answer", "how sure"], wrong.Take(Worst).Select(w => new[]
            {
                TrainingReport.Count(w.Row), answers.ClassNames[(int)answers.Truth[w.Row]], answers.ClassNames[answers.Class(w.Row)], Sure(w.Row),
            }));
        }

        return new Element("div")
        {
            new Element("p") { $"{head}, the most wrong first (those that gave the truth least): truth, answer, how sure it was." },
            new Element("ul", ("class", "pictures"))
            {
                wrong.Take(Worst).Select(w => (Markup)new Element("li")
                {
                    new Element("img", ("src", Picture(w.Row)), ("alt", $"Sample {TrainingReport.Count(w.Row)}: {Caption(w.Row)}"), ("width", "112")),
                    $"{Caption(w.Row)}, {Sure(w.Row)}",
                }),
            },
        };
    }

    private string Picture(int row)
    {
        double[] pixels = x[row].AsType(DType.Float64).ToArray<double>();
        double most = Math.Max(1e-12, pixels.Max());
        return Bitmap.Source(options.PictureWidth, options.PictureHeight, (column, line) =>
        {
            byte shade = (byte)Math.Clamp(Math.Round(255 * pixels[(line * options.PictureWidth) + column] / most), 0, 255);
            return (shade, shade, shade);
        });
    }

    private static string Share(long part, long whole) => whole == 0 ? "–" : ((double)part / whole).ToString("0.0\u00a0%", CultureInfo.InvariantCulture);
}
