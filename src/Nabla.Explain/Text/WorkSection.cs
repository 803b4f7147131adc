namespace Nabla.Explain;

/// <summary>Why derivatives are taken backwards: N + P visits instead of N times P.</summary>
internal static class WorkSection
{
    // The lecture's network.
    private static readonly TraceWork Large = new(10_000, 100_000, 0, 0);

    public static IEnumerable<string> Lines(Trace trace, Wording words)
    {
        TraceWork work = trace.Work;
        if (work.Parameters == 0)
        {
            yield break;
        }

        yield return $"WORK (N = {Numerals.Count(work.Nodes)} values computed, P = {Numerals.Count(work.Parameters)} parameters)";
        yield return $" backpropagation N + P = {Numerals.Count(work.Backward)} visits; nudging each parameter N{words.Times}P = {Numerals.Count(work.Nudging)}";
        yield return $" the engine's own count: derivative rules applied {Numerals.Count(work.RuleApplications)}, ops computed {Numerals.Count(work.Operations)}: one pass, however many parameters";
        yield return $" at N = {Numerals.Count(Large.Nodes)} and P = {Numerals.Count(Large.Parameters)}: {Numerals.Count(Large.Backward)} against {Numerals.Count(Large.Nudging)}, "
            + $"{Numerals.Count((long)Math.Round((double)Large.Nudging / Large.Backward))} times as much";
    }
}
