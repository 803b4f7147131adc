namespace Nabla.Explain;

/// <summary>Samples to measure with that were learned from: what is measured is memory.</summary>
internal sealed class Leakage() : DataRule("test-rows-in-training", "L118")
{
    private const double LargestShare = 0.1;
    private const int Least = 2;

    /// <inheritdoc/>
    public override string About => $"Samples to measure with that were learned from; a finding above {Numerals.Percent(LargestShare)} of them, a hint below.";

    public override IEnumerable<Advice> Check(DataFacts data)
    {
        if (data.TestX is not { } test || test.DType != data.X.DType || !test.Dims[1..].SameSizes(data.X.Dims[1..]) || test.Dims[0].Size == 0)
        {
            yield break;
        }

        RowTable rows = new(data.X);
        (int Test, int Train)[] same = [.. Enumerable.Range(0, test.Dims[0].Size).Select(r => (r, rows.Find(test, r))).Where(p => p.Item2 >= 0)];
        if (same.Length == 0)
        {
            yield break;
        }

        double share = (double)same.Length / test.Dims[0].Size;
        yield return Make(
            share > LargestShare && same.Length >= Least ? AdviceLevel.Finding : AdviceLevel.Hint,
            $"{same.Length} of the {test.Dims[0].Size} samples to measure with are also learned from, such as {data.TestRow(same[0].Test)} = {(data.FileRows is null ? "training " : "")}{data.Row(same[0].Train)}: what is measured on them is memory.",
            "Divide the data after dropping repeated rows, so that no sample is on both sides.",
            ("test rows in training", $"{Numerals.Percent(share)} (threshold: above {Numerals.Percent(LargestShare)}, {Least} or more)"));
    }
}
