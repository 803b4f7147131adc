using System.Collections;

namespace Nabla.Explain;

/// <summary>
/// What a <see cref="Doctor"/> has to say: findings, each measured and held against a threshold that is shown with it, and hints. A healthy training has no
/// findings.
/// </summary>
/// <example><code>
/// Diagnosis diagnosis = model.Diagnose(x, y);
/// Console.WriteLine(diagnosis);
/// bool healthy = diagnosis.IsHealthy;
/// </code></example>
public sealed class Diagnosis : IReadOnlyList<Advice>
{
    private readonly Advice[] _all;

    internal Diagnosis(string subject, IEnumerable<Advice> all, IReadOnlyList<string>? notes = null) => (Subject, _all, Notes) = (subject, [.. all.OrderByDescending(a => a.Level)], notes ?? []);

    /// <summary>What was examined.</summary>
    public string Subject { get; }

    /// <summary>What was done to the data before looking, a line each: which columns of a table were standardised, and which were left out.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>What keeps the model from learning what it is meant to.</summary>
    public IReadOnlyList<Advice> Findings => [.. _all.Where(a => a.Level == AdviceLevel.Finding)];

    /// <summary>What is worth knowing and may well be meant.</summary>
    public IReadOnlyList<Advice> Hints => [.. _all.Where(a => a.Level != AdviceLevel.Finding)];

    /// <summary>Whether nothing was found; hints do not count.</summary>
    public bool IsHealthy => Findings.Count == 0;

    /// <summary>The number of findings and hints.</summary>
    public int Count => _all.Length;

    /// <summary>Findings first, then hints.</summary>
    public Advice this[int index] => _all[index];

    /// <inheritdoc/>
    public IEnumerator<Advice> GetEnumerator() => ((IEnumerable<Advice>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What the rules about data alone have to say: scales, constant columns, labels, rows that contradict one another or are measured on.</summary>
    /// <param name="x">The samples along the first axis.</param>
    /// <param name="y">The labels, one a sample: whole numbers are classes.</param>
    /// <param name="testX">Samples to measure with: they are looked for among the others.</param>
    /// <param name="names">What the columns are called.</param>
    /// <param name="name">What the data are called.</param>
    public static Diagnosis OfData(NDArray x, NDArray y, NDArray? testX = null, IReadOnlyList<string>? names = null, string name = "data")
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Rank == 0 || y.Rank == 0 || x.Dims[0].Size != y.Dims[0].Size || x.Dims[0].Size == 0 || x.DType == DType.Complex128)
        {
            throw new ShapeException($"Diagnosis: expected samples of real numbers along a first axis and as many labels, received {x.Type} and {y.Type}. Were rows dropped from one of them?");
        }

        return new Diagnosis(name, DoctorRules.Check(new DataFacts(x, y) { TestX = testX, Names = names ?? [] }));
    }

    /// <summary>What there is to say of a table: of its columns as they lie in the file, of rows and labels as training would take them.</summary>
    internal static Diagnosis OfTable(string name, TableFacts table, DataFacts data) => new(name, DoctorRules.Check(table, data), table.Notes);

    /// <summary>The diagnosis as JSON: <c>{"subject", "healthy", "notes": [...], "findings": [...], "hints": [...]}</c>.</summary>
    public string ToJson() => DiagnosisText.Json(this);

    /// <summary>The diagnosis as plain text: each finding in a sentence, with its evidence and what to do.</summary>
    public override string ToString() => DiagnosisText.Write(this, int.MaxValue);

    /// <summary>The same with lines broken between words.</summary>
    internal string ToText(int width) => DiagnosisText.Write(this, width);
}
