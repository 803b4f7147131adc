namespace Nabla.Explain;

/// <summary>A training from one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="History">Its course; that of the epochs before where it diverged.</param>
/// <param name="IsKept">Whether its model is the one that was kept.</param>
/// <example><code>
/// SeedRun run = new(42, model.Fit(x, y, verbose: 0), IsKept: true);
/// </code></example>
public sealed record SeedRun(int Seed, History History, bool IsKept)
{
    // Less than a tenth of the way that the best one shows to be there is no learning.
    private const double Least = 0.1;

    /// <summary>Where the loss, the gradients or the weights stopped being numbers; null, the default, where they did not.</summary>
    public TrainingDivergedException? Divergence { get; init; }

    /// <summary>The loss of the last epoch; NaN without one, and for a training that diverged.</summary>
    public double Loss => Divergence is null && History.TryGetValue("loss", out IReadOnlyList<double>? losses) && losses.Count > 0 ? losses[^1] : double.NaN;

    private double Start => History.TryGetValue("loss", out IReadOnlyList<double>? losses) && losses.Count > 0 ? losses[0] : double.NaN;

    /// <summary>The run of a seed that diverged.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="divergence">What its <c>Fit</c> threw.</param>
    public static SeedRun Diverged(int seed, TrainingDivergedException divergence)
    {
        ArgumentNullException.ThrowIfNull(divergence);
        return new SeedRun(seed, divergence.History ?? new History(), IsKept: false) { Divergence = divergence };
    }

    /// <summary>How far the last losses lie apart, in words; null where fewer than two seeds came to an end.</summary>
    internal static string? Spread(IReadOnlyList<SeedRun> runs)
    {
        double[] ends = [.. runs.Select(r => r.Loss).Where(double.IsFinite)];
        if (ends.Length < 2)
        {
            return null;
        }

        // Of some seeds among all that there are: divided by one less than their number.
        double mean = ends.Average();
        double deviation = Math.Sqrt(ends.Sum(e => (e - mean) * (e - mean)) / (ends.Length - 1));
        return $"Last loss {Numerals.Brief(mean)} on average over {Numerals.Count(ends.Length)} seeds, standard deviation {Numerals.Brief(deviation)}, from {Numerals.Brief(ends.Min())} to {Numerals.Brief(ends.Max())}";
    }

    /// <summary>The seeds that got stuck: whose loss came down less than a tenth of the way to where the best one ended. Those that diverged are not among them.</summary>
    /// <param name="runs">All runs.</param>
    public static IReadOnlyList<SeedRun> Stuck(IReadOnlyList<SeedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        double[] ends = [.. runs.Select(r => r.Loss).Where(double.IsFinite)];
        return ends.Length == 0 ? [] : [.. runs.Where(r => r.Divergence is null && !(r.Start - r.Loss >= Least * (r.Start - ends.Min())))];
    }
}
