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

    internal Diagnosis(string subject, IEnumerable<Advice> all) => (Subject, _all) = (subject, [.. all.OrderByDescending(a => a.Level)]);

    /// <summary>What was examined.</summary>
    public string Subject { get; }

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

    /// <summary>The diagnosis as JSON: <c>{"subject", "healthy", "findings": [...], "hints": [...]}</c>.</summary>
    public string ToJson() => DiagnosisText.Json(this);

    /// <summary>The diagnosis as plain text: each finding in a sentence, with its evidence and what to do.</summary>
    public override string ToString() => DiagnosisText.Write(this);
}
