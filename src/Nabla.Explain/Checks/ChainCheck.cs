namespace Nabla.Explain;

/// <summary>A chain of factors that somebody wrote for a derivative, compared with the chain of the graph.</summary>
/// <param name="Derivative">Which one: <c>dC/dw3</c>.</param>
/// <param name="Correct">Whether the chain is the derivative.</param>
/// <param name="Factors">Each factor that was written, and what it is.</param>
/// <param name="Findings">What is wrong and why, a sentence each; of a right chain, what holds at these values only. Empty where all is right everywhere.</param>
/// <param name="Expected">The chain of the graph.</param>
/// <example><code>
/// ChainCheck check = ChainCheck.Of(Lessons.Named("chain").Trace(), "dC/dw3", "2*(a3 - y) * s'(z3) * a2");
/// Console.WriteLine(check.Correct);   // True
/// </code></example>
public sealed record ChainCheck(string Derivative, bool Correct, IReadOnlyList<ChainFactor> Factors, IReadOnlyList<string> Findings, string Expected)
{
    /// <summary>Compares a chain with the graph's own.</summary>
    /// <param name="trace">The computation, of scalars.</param>
    /// <param name="derivative">Which derivative: <c>dC/dw2</c>, or <c>w2</c> for that of the result.</param>
    /// <param name="chain">Factors with * between them, in any order: names, numbers, formulas, <c>s'(z3)</c> for an activation's slope, <c>dz3/da2</c>.</param>
    /// <param name="lesson">The lesson, whose layers may also be written as a course does: w^(L); null for none.</param>
    /// <param name="notation">The names of the answer. Default: those of the question.</param>
    /// <exception cref="ArgumentException">There is no such derivative, or there are no factors.</exception>
    /// <exception cref="ParseException">A factor is no formula, or has a name that the computation does not know.</exception>
    public static ChainCheck Of(Trace trace, string derivative, string chain, Lesson? lesson = null, CourseNotation notation = CourseNotation.AsWritten)
    {
        ChainNames names = new(trace, lesson, notation, $"{derivative} {chain}");
        return new ChainReader(trace, names).Check(derivative, chain);
    }
}

/// <summary>A factor that was written.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Value">Its value at the values of the trace.</param>
/// <param name="Meaning">The derivative that it stands for: <c>dz3/da2</c>; empty where it belongs to none on the way.</param>
/// <example><code>
/// ChainFactor factor = ChainCheck.Of(Lessons.Named("small").Trace(), "dJ/dw", "d * x").Factors[1];
/// Console.WriteLine($"{factor.Text} is {factor.Meaning}");   // x is dc/dw
/// </code></example>
public sealed record ChainFactor(string Text, double Value, string Meaning);
