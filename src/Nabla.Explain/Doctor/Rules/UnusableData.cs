namespace Nabla.Explain;

/// <summary>Values and labels that nothing can be learned from: what fitting refuses.</summary>
internal sealed class UnusableData() : DoctorRule(RuleName, "L29")
{
    public const string RuleName = "unusable-data";

    /// <inheritdoc/>
    public override string About => "NaN and infinity in the data, and labels that the output cannot give: what fitting refuses.";

    protected override IEnumerable<Advice> Check(Examination seen) => seen.Problems.Select(Of);

    /// <summary>NaN and infinity in samples or labels.</summary>
    public IEnumerable<Advice> Check(DataFacts data) =>
        new[] { (Name: "x", Values: data.X), (Name: "y", Values: data.Y) }
            .Where(p => p.Values is not null)
            .Select(p => DataScan.NotFinite(p.Name, p.Values!))
            .OfType<string>()
            .Select(Of);

    // What fitting says ends with what to do: the last sentence.
    private Advice Of(string problem)
    {
        int end = problem.TrimEnd('.').LastIndexOf(". ", StringComparison.Ordinal);
        (string what, string toDo) = end < 0 ? (problem, "") : (problem[..(end + 1)], problem[(end + 2)..]);
        return Finding(what, toDo, ("threshold", "every value finite, every label one that the output can give"));
    }
}
