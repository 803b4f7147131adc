using System.Globalization;

namespace Nabla.Explain;

/// <summary>How near predicted quantities come: each against its truth, and what is left over.</summary>
internal static class QuantityReport
{
    private const int MostPoints = 2000;
    private const int Bins = 31;
    private const double Size = 420;
    private const double Edge = 54;

    public static Element Draw(TestedAnswers answers)
    {
        (double Truth, double Given)[] all = [.. answers.Truth.Zip(answers.Given).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second))];
        if (all.Length == 0)
        {
            return TrainingReport.Section("quantities", "Predicted and true", new Element("p") { "No answer is a finite number." });
        }

        double mean = all.Average(p => p.Truth);
        double spread = all.Sum(p => (p.Truth - mean) * (p.Truth - mean));
        double left = all.Sum(p => (p.Given - p.Truth) * (p.Given - p.Truth));
        string share = spread > 0 ? $"R2 {Numerals.PrintedBrief(1 - (left / spread))}; " : "";
        return TrainingReport.Section(
            "quantities",
            "Predicted and true",
            new Element("p") { $"{share}off by {Numerals.PrintedBrief(all.Average(p => Math.Abs(p.Given - p.Truth)))} on average, at most {Numerals.PrintedBrief(all.Max(p => Math.Abs(p.Given - p.Truth)))}." },
            new Element("div", ("class", "panels"))
            {
                Scatter(all),
                Residuals([.. all.Select(p => p.Given - p.Truth)]),
            });
    }

    private static Element Scatter((double Truth, double Given)[] all)
    {
        double low = all.Min(p => Math.Min(p.Truth, p.Given));
        double high = all.Max(p => Math.Max(p.Truth, p.Given));
        IReadOnlyList<double> marks = Ticks.Of(low, high > low ? high : low + 1);
        (low, high) = (marks[0], marks[^1]);
        string X(double v) => Place(Edge + ((v - low) / (high - low) * (Size - Edge - 14)));
        string Y(double v) => Place(Size - 40 - ((v - low) / (high - low) * (Size - 40 - 14)));
        int step = (all.Length + MostPoints - 1) / MostPoints;
        const string title = "Each sample: the truth across, the prediction up. On the dashed line both are the same.";
        Element svg = new("svg", ("class", "chart"), ("viewBox", $"0 0 {Size:0} {Size:0}"), ("role", "img"), ("aria-label", title)) { new Element("title") { title } };
        foreach (double tick in marks)
        {
            svg.Add(new Element("text", ("class", "tick"), ("x", Place(Edge - 6)), ("y", Y(tick)), ("text-anchor", "end")) { Numerals.PrintedBrief(tick) });
            svg.Add(new Element("text", ("class", "tick"), ("x", X(tick)), ("y", Place(Size - 22)), ("text-anchor", tick == high ? "end" : "middle")) { Numerals.PrintedBrief(tick) });
        }

        svg.Add(new Element("text", ("class", "tick"), ("x", Place(Size - 14)), ("y", Place(Size - 6)), ("text-anchor", "end")) { "truth" });
        svg.Add(new Element("line", ("class", "truth"), ("x1", X(low)), ("y1", Y(low)), ("x2", X(high)), ("y2", Y(high))));
        for (int i = 0; i < all.Length; i += step)
        {
            svg.Add(new Element("circle", ("class", "point"), ("cx", X(all[i].Truth)), ("cy", Y(all[i].Given)), ("r", "3")));
        }

        return new Element("figure") { new Element("figcaption") { step > 1 ? $"{title} One of {TrainingReport.Count(step)} is shown." : title }, svg };
    }

    private static Element Residuals(double[] residuals)
    {
        double reach = Math.Max(1e-12, residuals.Max(Math.Abs));
        var counts = new int[Bins];
        foreach (double residual in residuals)
        {
            counts[Math.Min(Bins - 1, (int)((residual + reach) / (2 * reach) * Bins))]++;
        }

        string title = $"What is left over, predicted minus true, from {Numerals.PrintedBrief(-reach)} to {Numerals.PrintedBrief(reach)}.";
        Element svg = new("svg", ("class", "chart bars"), ("viewBox", $"0 0 {Bins * 13} 260"), ("role", "img"), ("aria-label", title)) { new Element("title") { title } };
        for (int i = 0; i < Bins; i++)
        {
            double height = 220.0 * counts[i] / counts.Max();
            svg.Add(new Element("rect", ("x", Place(i * 13)), ("y", Place(236 - height)), ("width", "12"), ("height", Place(height))));
        }

        svg.Add(new Element("text", ("class", "tick"), ("x", "2"), ("y", "254")) { Numerals.PrintedBrief(-reach) });
        svg.Add(new Element("text", ("class", "tick"), ("x", Place(Bins * 6.5)), ("y", "254"), ("text-anchor", "middle")) { "0" });
        svg.Add(new Element("text", ("class", "tick"), ("x", Place((Bins * 13) - 2)), ("y", "254"), ("text-anchor", "end")) { Numerals.PrintedBrief(reach) });
        return new Element("figure") { new Element("figcaption") { title }, svg };
    }

    private static string Place(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
