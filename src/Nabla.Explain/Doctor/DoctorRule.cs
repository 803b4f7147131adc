namespace Nabla.Explain;

/// <summary>A rule over what was measured.</summary>
/// <param name="name">What the rule is called.</param>
/// <param name="lesson">Where the lectures tell of it.</param>
internal abstract class DoctorRule(string name, string lesson) : AdviceRule(name, lesson)
{
    /// <summary>What it finds, and from where on, in a sentence or two: docs/doctor.md is made of these.</summary>
    public abstract string About { get; }

    /// <summary>What there is to say of a table's columns as they lie in the file; nothing by default.</summary>
    public virtual IEnumerable<Advice> Check(TableFacts table) => [];

    public sealed override IEnumerable<Advice> Check(ModelFacts facts) => facts is Examination examination ? Check(examination) : [];

    /// <summary>What there is to say of a model, its data and its training; nothing by default.</summary>
    protected virtual IEnumerable<Advice> Check(Examination seen) => [];
}

/// <summary>A rule over the data alone: it needs no model.</summary>
/// <param name="name">What the rule is called.</param>
/// <param name="lesson">Where the lectures tell of it.</param>
internal abstract class DataRule(string name, string lesson) : DoctorRule(name, lesson)
{
    public abstract IEnumerable<Advice> Check(DataFacts data);

    protected sealed override IEnumerable<Advice> Check(Examination seen) => seen.Data is { } data ? Check(data) : [];
}
