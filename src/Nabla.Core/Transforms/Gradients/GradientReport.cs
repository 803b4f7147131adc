using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>What a check of one derivative found.</summary>
/// <example><code>
/// GradientReport report = CheckGradients.Of((Tensor w) =&gt; Nn.Relu(w), new[] { 0.0 });
/// GradientVerdict? verdict = report.Inputs[0].Worst?.Verdict;   // Kink
/// </code></example>
public enum GradientVerdict
{
    /// <summary>Reverse mode, dual numbers and differences agree.</summary>
    Agrees,

    /// <summary>The function seems to have a kink or a step here: the derivative lies between the slopes of both sides and agrees with the dual numbers.</summary>
    Kink,

    /// <summary>The derivative is infinite here, by reverse mode and dual numbers alike.</summary>
    Infinite,

    /// <summary>The differences or the dual numbers say something else: the rule of an op on the way is wrong.</summary>
    Differs,
}

/// <summary>One checked derivative: with respect to a coordinate of an input, or along a direction.</summary>
/// <param name="Place">The coordinate (<c>[0,2]</c>) or the direction.</param>
/// <param name="Analytic">By reverse mode.</param>
/// <param name="Numeric">By five-point differences; NaN where no two steps agreed.</param>
/// <param name="Dual">By dual numbers (forward mode).</param>
/// <param name="Step">The finer step of the differences.</param>
/// <param name="Verdict">What follows.</param>
/// <param name="Severity">The larger of the two distances in units of what is allowed: above 1 is too far.</param>
/// <example><code>
/// CheckedDerivative? worst = CheckGradients.Of((Tensor w) =&gt; w.Square(), new[] { 3.0 }).Inputs[0].Worst;
/// Console.WriteLine($"by reverse mode {worst?.Analytic}, by differences {worst?.Numeric}");
/// </code></example>
public sealed record CheckedDerivative(string Place, double Analytic, double Numeric, double Dual, double Step, GradientVerdict Verdict, double Severity)
{
    /// <summary><c>[0,2]: reverse mode 1.5, differences 1.5, dual numbers 1.5: agrees</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Place}: reverse mode {Analytic:R}, differences {Numeric:R} (step {Step:R}), dual numbers {Dual:R}: {Verdict.ToString().ToLowerInvariant()}");
}

/// <summary>The derivatives checked for one input.</summary>
/// <param name="Name">The input, or <c>directions</c> for those through all inputs.</param>
/// <param name="Type">The input's type; null for directions.</param>
/// <param name="Derivatives">All that were checked, in order.</param>
/// <example><code>
/// foreach (CheckedInput checkedInput in CheckGradients.Of((Tensor w) =&gt; w.Square(), new[] { 3.0 }).Inputs)
/// {
///     Console.WriteLine($"{checkedInput.Name}: {checkedInput.Derivatives.Length} derivatives");
/// }
/// </code></example>
public sealed record CheckedInput(string Name, TensorType? Type, ImmutableArray<CheckedDerivative> Derivatives)
{
    /// <summary>The derivative with the largest distance; null where the input has no elements.</summary>
    public CheckedDerivative? Worst => Derivatives.MaxBy(d => (d.Verdict, d.Severity));
}

/// <summary>What <see cref="CheckGradients"/> found.</summary>
/// <param name="Name">The graph.</param>
/// <param name="Inputs">The floating inputs in order, then the directions.</param>
/// <param name="Failures">What is wrong beside single derivatives: a zero cotangent that gives no zeros, second derivatives that disagree.</param>
/// <example><code>
/// GradientReport report = CheckGradients.Of((Tensor w) =&gt; Nn.Relu(w), new[] { 1.0, 0.0 });
/// Console.WriteLine(report.Passed);   // True: a kink is no error
/// string where = report.Kinks.First().Derivative.Place;   // [1]
/// </code></example>
public sealed record GradientReport(string Name, ImmutableArray<CheckedInput> Inputs, ImmutableArray<string> Failures)
{
    /// <summary>Whether nothing is wrong. Kinks are not: see <see cref="Kinks"/>.</summary>
    public bool Passed => Failures.IsEmpty && Inputs.All(i => i.Derivatives.All(d => d.Verdict != GradientVerdict.Differs));

    /// <summary>The places where the function seems to have a kink, by input.</summary>
    public IEnumerable<(string Input, CheckedDerivative Derivative)> Kinks =>
        Inputs.SelectMany(i => i.Derivatives.Where(d => d.Verdict == GradientVerdict.Kink).Select(d => (i.Name, d)));

    /// <summary>A line for each input with its worst derivative, and every failure.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Gradients of '{Name}' {(Passed ? "agree" : "DISAGREE")}.");
        foreach (CheckedInput input in Inputs)
        {
            int wrong = input.Derivatives.Count(d => d.Verdict == GradientVerdict.Differs);
            int kinks = input.Derivatives.Count(d => d.Verdict == GradientVerdict.Kink);
            text.Append(CultureInfo.InvariantCulture, $"\n  {input.Name}{(input.Type is null ? "" : $" {input.Type}")}: {input.Derivatives.Length} checked");
            text.Append(CultureInfo.InvariantCulture, $"{(wrong > 0 ? $", {wrong} differ" : "")}{(kinks > 0 ? $", {kinks} at a suspected kink" : "")}");
            text.Append(input.Worst is { } worst ? $"; worst {worst}" : "");
        }

        foreach (string failure in Failures)
        {
            text.Append("\n  ").Append(failure);
        }

        return text.ToString();
    }

    /// <summary>Throws the report as an error if anything is wrong.</summary>
    /// <exception cref="InvalidOperationException">A gradient is wrong.</exception>
    public void ThrowIfFailed()
    {
        if (!Passed)
        {
            throw new InvalidOperationException(ToString());
        }
    }
}
