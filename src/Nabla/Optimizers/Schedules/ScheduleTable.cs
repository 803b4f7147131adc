namespace Nabla;

/// <summary>The schedules by the class names that files hold: a closed list. None has a name that stands for it, because all have arguments without defaults.</summary>
internal static class ScheduleTable
{
    public static IReadOnlyDictionary<string, Func<ConfigReader, LearningRateSchedule>> ByClass { get; } = new Dictionary<string, Func<ConfigReader, LearningRateSchedule>>
    {
        ["ExponentialDecay"] = ExponentialDecay.Read,
        ["InverseTimeDecay"] = InverseTimeDecay.Read,
        ["PolynomialDecay"] = PolynomialDecay.Read,
        ["PiecewiseConstantDecay"] = PiecewiseConstantDecay.Read,
        ["CosineDecay"] = CosineDecay.Read,
        ["CosineDecayRestarts"] = CosineDecayRestarts.Read,
    };
}
