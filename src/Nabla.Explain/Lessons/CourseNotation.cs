namespace Nabla.Explain;

/// <summary>Whose way of writing. The graph is the same; names, and for some lessons the factor 1/2 of the cost, are not.</summary>
/// <example><code>
/// string text = Lessons.Named("larger").Trace(CourseNotation.ThreeBlueOneBrown).ToText(new TextOptions { Notation = CourseNotation.ThreeBlueOneBrown });
/// </code></example>
public enum CourseNotation
{
    /// <summary>The names as they were typed, the cost as the lesson gives it.</summary>
    AsWritten,

    /// <summary>Ng's: cost J with 1/2, layers in square brackets: w^[1].</summary>
    Ng,

    /// <summary>3Blue1Brown's: cost C without 1/2, so every gradient is twice Ng's; layers counted from the last: w^(L), a^(L-1).</summary>
    ThreeBlueOneBrown,

    /// <summary>delta_j stands for dJ/dz_j, as textbooks and Cloud Academy write it.</summary>
    Delta,
}
