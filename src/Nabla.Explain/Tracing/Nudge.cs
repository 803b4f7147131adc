namespace Nabla.Explain;

/// <summary>What a nudge to both sides says about a gradient.</summary>
/// <example><code>
/// NudgeVerdict verdict = Trace.Of("J = w^2", ("w", 3))["w"].Checks[0].Verdict;   // Agrees
/// </code></example>
public enum NudgeVerdict
{
    /// <summary>The same to 1e-7 of its size and what double arithmetic can tell.</summary>
    Agrees,

    /// <summary>The same to 1e-4, or as far as bending and rounding let one see.</summary>
    Close,

    /// <summary>Another number.</summary>
    Disagrees,

    /// <summary>The slopes of the two sides differ: no derivative here, so nothing is judged.</summary>
    Kink,

    /// <summary>A nudged value is not finite, so nothing can be judged.</summary>
    Unknown,

    /// <summary>The result is so much larger than its change that rounding hides it: nothing can be judged.</summary>
    Unclear,
}

/// <summary>The lessons' gesture: one number a little larger, and what the result does.</summary>
/// <param name="Element">The element that was nudged, row-major; 0 for a scalar.</param>
/// <param name="Epsilon">By how much.</param>
/// <param name="Result">The result then.</param>
/// <param name="Ratio">The change of the result over ε.</param>
/// <param name="Central">The same to both sides: (J(v + ε) - J(v - ε)) / 2ε.</param>
/// <param name="ExactResult">The result then as an exact decimal or fraction, where the program allows; null elsewhere.</param>
/// <example><code>
/// Nudge nudge = Trace.Of("J = w^2", ("w", 3))["w"].Nudges[0];
/// Console.WriteLine($"{nudge.ExactResult}: {nudge.Ratio}");   // 9.006001: 6.001 and a little rounding
/// </code></example>
public sealed record Nudge(int Element, double Epsilon, double Result, double Ratio, double Central, string? ExactResult);

/// <summary>A nudge to both sides by an ε that fits the size of the value, and what it says about the gradient.</summary>
/// <param name="Element">The element that was nudged, row-major; 0 for a scalar.</param>
/// <param name="Epsilon">1e-5 times the value's size, or 1e-5 for values below 1, where that settles it; else the size that bending and rounding disturb least.</param>
/// <param name="Slope">(J(v + ε) - J(v - ε)) / 2ε.</param>
/// <param name="Below">The slope of the lower side alone.</param>
/// <param name="Above">The slope of the upper side alone.</param>
/// <param name="Verdict">What it says.</param>
/// <example><code>
/// NudgeCheck check = Trace.Of("J = relu(z)", ("z", 0))["z"].Checks[0];
/// Console.WriteLine($"{check.Below} {check.Above} {check.Verdict}");   // 0 1 Kink
/// </code></example>
public sealed record NudgeCheck(int Element, double Epsilon, double Slope, double Below, double Above, NudgeVerdict Verdict)
{
    // What a slope may be off by and still print as the gradient.
    private const double Alike = 1e-7;

    /// <summary>Whether the slope is the gradient, however well it is known: where it is known no better than to be close, rounding is the reason, not a bend.</summary>
    internal bool Meets(double gradient) => Math.Abs(Slope - gradient) <= Alike * Math.Max(Math.Abs(Slope), Math.Abs(gradient));
}
