namespace Nabla;

/// <summary>All rules, in the order in which they speak.</summary>
internal static class AdviceRules
{
    public static IReadOnlyList<AdviceRule> All { get; } =
    [
        new DefaultOptimizer(), new OutputAndLoss(), new LogitsOutput(), new OutputMetrics(), new LinearStack(), new SigmoidHidden(), new LabelsFromOne(), new EpochsAndSteps(),
    ];

    /// <summary>What all rules have to say.</summary>
    public static IReadOnlyList<Advice> Check(ModelFacts facts) => [.. All.SelectMany(r => r.Check(facts))];
}
