namespace Nabla.Explain;

/// <summary>The last line: what the nudges say about all gradients together.</summary>
internal static class CheckLine
{
    public static string Of(Trace trace, Wording words)
    {
        if (!double.IsFinite(trace.Result.Values[0]))
        {
            return $"CHECKS: {words.Name(trace.Result.Name)} is {words.Number(trace.Result.Values[0])} here: no gradient can be checked, and no step be trusted";
        }

        NudgeVerdict[] verdicts = [.. trace.Nodes.SelectMany(n => n.Checks).Select(c => c.Verdict)];
        int wrong = verdicts.Count(v => v == NudgeVerdict.Disagrees);
        int kinks = verdicts.Count(v => v == NudgeVerdict.Kink);
        int unknown = verdicts.Count(v => v == NudgeVerdict.Unknown);
        int passed = trace.Nodes.Count(n => n.Gradient is not null && n.Checks.Count == 0 && n.Role == TraceRole.Value);
        int unclear = verdicts.Count(v => v == NudgeVerdict.Unclear);
        string open = string.Concat(
            unclear > 0 ? $"; {unclear} hidden by the rounding of {words.Name(trace.Result.Name)}" : "",
            passed > 0 ? $"; {Numerals.Count(passed)} values on the way were not nudged, for the program is long" : "",
            kinks > 0 ? $"; {kinks} at a kink, where there is no derivative to check" : "",
            unknown > 0 ? $"; {unknown} not finite, which cannot be checked" : "");
        return wrong > 0
            ? $"CHECKS: {wrong} of {verdicts.Length} gradients disagree with their nudges{open}"
            : $"CHECKS: {verdicts.Length - kinks - unknown - unclear} of {verdicts.Length} gradients agree with their nudges{open}";
    }
}
