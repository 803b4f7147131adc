namespace Nabla.Explain;

/// <summary>Which way a number went over its last moves, in the slides' words; the player's script says the same at every step.</summary>
internal static class Moves
{
    /// <summary>"same direction", "oscillating", "mixed", or that there are too few moves to tell.</summary>
    /// <param name="course">The number's last values, in order.</param>
    public static string Direction(IReadOnlyList<double> course)
    {
        int[] moves = [.. course.Skip(1).Select((v, i) => v > course[i] ? 1 : v < course[i] ? -1 : 0).Where(s => s != 0)];
        if (moves.Length < 2)
        {
            return "not enough moves";
        }

        int turns = moves.Skip(1).Where((s, i) => s != moves[i]).Count();
        return turns == 0 ? "same direction" : turns >= (moves.Length - 1) / 2.0 ? "oscillating" : "mixed";
    }
}
