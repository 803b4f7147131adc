namespace Nabla.Explain;

/// <summary>All rules of the doctor, in the order in which they speak: data, then the model, then its training. The common rules about models are asked too.</summary>
internal static class DoctorRules
{
    public static IReadOnlyList<DoctorRule> All { get; } =
    [
        new FirstNotFinite(), new UnusableData(), new FeatureScale(), new ConstantFeature(), new MissingValues(), new UnusableColumn(), new TargetInFeatures(),
        new LabelBalance(), new ConflictingLabels(), new Leakage(),
        new SymmetricUnits(), new VanishingGradients(), new ExplodingGradients(), new DeadRelus(), new SaturatedUnits(), new WrongGradient(),
        new LearningRateTooHigh(), new LearningRateTooLow(), new Generalisation(),
    ];

    /// <summary>What the rules about data have to say without a model.</summary>
    public static IEnumerable<Advice> Check(DataFacts data) => new UnusableData().Check(data).ToArray() is { Length: > 0 } unusable
        ? unusable
        : new FeatureScale().Check(data).Concat(All.OfType<DataRule>().SelectMany(r => r.Check(data)));

    /// <summary>What the rules have to say of a table: of its columns as they lie in the file, of rows and labels as training would take them.</summary>
    public static IEnumerable<Advice> Check(TableFacts table, DataFacts data) =>
        All.SelectMany(r => r.Check(table)).Concat(new UnusableData().Check(data)).Concat(All.OfType<DataRule>().Where(r => r is not (ConstantFeature or TargetInFeatures)).SelectMany(r => r.Check(data)));

    /// <summary>What all rules have to say. Which optimizer was chosen is no matter of health.</summary>
    public static IEnumerable<Advice> Check(Examination seen) =>
        All.SelectMany(r => r.Check(seen)).Concat(AdviceRules.Check(seen).Where(a => a.Rule is not ("default-optimizer" or "epochs-and-steps")));
}
