namespace Nabla;

/// <summary>What kind of thing a model answers: it decides the output layer and the loss (see <see cref="ChoosingTable"/>).</summary>
/// <example><code>
/// Console.WriteLine(ChoosingTable.For(TargetKind.Binary).Reason);
/// </code></example>
public enum TargetKind
{
    /// <summary>One of two classes.</summary>
    Binary,

    /// <summary>One of several classes.</summary>
    Classes,

    /// <summary>A number that may be below 0.</summary>
    Real,

    /// <summary>A number that is never below 0: a price, a length, a count.</summary>
    NonNegative,
}
