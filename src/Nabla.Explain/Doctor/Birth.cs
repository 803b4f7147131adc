namespace Nabla.Explain;

/// <summary>Where in a training step a number first was not finite.</summary>
internal enum StepPhase
{
    /// <summary>The data came so.</summary>
    Data,

    /// <summary>The weights were so before the step.</summary>
    Weights,

    /// <summary>The layers and the loss.</summary>
    Forward,

    /// <summary>The gradients.</summary>
    Backward,

    /// <summary>The optimizer's own computation.</summary>
    Update,
}

/// <summary>An op whose result is not finite, at one place.</summary>
/// <param name="Op">The op's name.</param>
/// <param name="Scope">Where in the program: a layer's or a loss' name first.</param>
/// <param name="Source">The user's line; null where it is not known.</param>
/// <param name="Index">The place in the result.</param>
/// <param name="Row">The sample among all data; null where the value belongs to no single sample.</param>
/// <param name="Text">The computation with its numbers: <c>log(0) = -inf</c>.</param>
/// <param name="Inputs">The values that went in at that place; of an op over many values their range.</param>
internal sealed record BirthPlace(string Op, string Scope, SourceLine? Source, string Index, int? Row, string Text, IReadOnlyList<double> Inputs)
{
    /// <summary>The op whose derivative this is a part of; null on the way forward.</summary>
    public string? DerivativeOf { get; init; }
}

/// <summary>Where the first number that is not finite came up.</summary>
/// <param name="Phase">In which part of the step.</param>
/// <param name="Place">The op whose inputs are finite and whose result is not.</param>
/// <param name="TurnedNaN">Where it became NaN, if it was infinite at first; null else.</param>
/// <param name="LargestWeight">The largest weight of the step.</param>
internal sealed record Birth(StepPhase Phase, BirthPlace Place, BirthPlace? TurnedNaN, double LargestWeight)
{
    /// <summary>The step that gave it, from 1 over the whole training; null where none was watched.</summary>
    public long? Step { get; init; }

    /// <summary>The epoch, from 1.</summary>
    public int? Epoch { get; init; }
}
