namespace Nabla.Explain;

/// <summary>What one step makes of each parameter, what the optimizer remembers, and the cost before and after.</summary>
internal static class UpdateSection
{
    /// <summary>What an effective rate is, for it need not look like a rate.</summary>
    public const string EffectiveRate = " effective rate: (before - after)/gradient; below 0 where what the optimizer remembers outweighs this gradient";

    public static IEnumerable<string> Lines(Trace trace, Wording words)
    {
        if (trace.Update is not { } update)
        {
            return [];
        }

        bool plain = update.Optimizer == "SGD" && update.Parameters.All(p => p.Slots.Count == 0);
        TextTable table = plain ? new("", "") : new("", ">before", ">gradient", ">step", ">after", ">effective rate", "remembered");
        foreach (TraceParameter parameter in update.Parameters)
        {
            TraceNode node = trace.Nodes[parameter.Node];
            double before = node.Values[0];
            double gradient = node.Gradient?[0] ?? 0;
            string after = words.Number(parameter.After[0]);
            if (plain)
            {
                table.Add(words.Name(node.Name), $"{words.Number(before)} - {words.Number(update.LearningRate)}*{words.Operand(gradient)} = {after}");
            }
            else
            {
                table.Add(
                    words.Name(node.Name), words.Number(before), words.Number(gradient), words.Number(parameter.After[0] - before), after,
                    double.IsNaN(parameter.EffectiveRates[0]) ? "none: gradient 0" : words.Number(parameter.EffectiveRates[0]),
                    string.Join(", ", parameter.Slots.Select(s => $"{s.Name} {words.Number(s.Before[0])} {words.Arrow} {words.Number(s.After[0])}")));
            }
        }

        string result = words.Name(trace.Result.Name);
        return
        [
            $"UPDATE ({(plain ? "gradient descent" : update.Optimizer)}, {words.Alpha} = {words.Number(update.LearningRate)}; all at once, by gradients at the old values)",
            .. table.Lines(),
            .. plain ? (string[])[] : [EffectiveRate],
            $" {result}: {words.Number(trace.Result.Values[0])} {words.Arrow} {words.Number(update.ResultAfter)}",
        ];
    }
}
