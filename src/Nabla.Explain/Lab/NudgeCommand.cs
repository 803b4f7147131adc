using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>The command <c>nudge</c>: the lessons' gesture, a little more of one value and what becomes of the result, beside the derivative.</summary>
internal static class NudgeCommand
{
    private const int MostEpsilons = 20;
    private const double UsualEpsilon = 0.001;

    // Longer decimals are told by ten digits.
    private const int LongestExact = 16;

    public static LabOutcome Run(LabSession session, string text)
    {
        LabState state = session.State;
        LabWords words = LabWords.Of(text, MostEpsilons);
        LabSubject subject = LabSubject.Of("nudge", words, state, prefersVariable: true);
        double[] epsilons = words.Numbers.IsEmpty ? [UsualEpsilon] : [.. words.Numbers.Select(n => Epsilon(n))];
        subject.RequireValues("nudge", state.Graph(subject.Text), []);
        Trace trace = subject.Trace(state, new TraceOptions { Epsilons = epsilons });
        TraceNode node = trace.Nodes.FirstOrDefault(n => n.Name == subject.Variable)
            ?? throw new LabException($"nudge: expected one of {string.Join(", ", trace.Nodes.SkipLast(1).Select(n => n.Name))}, on which {subject.Text} depends, received '{subject.Variable}'.");
        return new LabOutcome(
            state with { Function = state.Find(subject.Text) is { IsDerived: true } ? state.Function : subject.Text },
            [
                new LabPart.Equation(new Formula.Symbol(node.Name), Exact(node.ExactValue, node.Values[0])),
                Height(subject, trace, state),
                .. Slope(subject, node, trace),
                Table(node, trace),
                new LabPart.Line(Verdict(node, trace)),
            ]);
    }

    private static double Epsilon(string word)
    {
        double value = LabAlgebra.Constant(word)!.Value.Number;
        return double.IsFinite(value) && value != 0 ? value : throw new LabException($"nudge: expected a small number other than 0 such as 0.001, received {word}.");
    }

    private static LabPart.Equation Height(LabSubject subject, Trace trace, LabState state)
    {
        LabTerm value = Exact(trace.Result.ExactValue, trace.Result.Values[0]);
        return subject.Head is Formula.Symbol head && state.IsFormula(head.Name) ? new(head, LabAlgebra.Written(state.Find(head.Name)!.Source), value) : new(subject.Head, value);
    }

    private static IEnumerable<LabPart> Slope(LabSubject subject, TraceNode node, Trace trace)
    {
        if (node.Gradient is { } gradient)
        {
            LabTerm[] derivative = node.Derivative is { } formula && LabAlgebra.Written(formula) is var written and not Formula.Number ? [written] : [];
            yield return new LabPart.Equation([new Formula.Derivative(subject.Head, [node.Name]), .. derivative, Exact(node.ExactGradient, gradient[0])]);
        }
    }

    private static LabPart.Table Table(TraceNode node, Trace trace)
    {
        string result = trace.Result.Name;
        ImmutableArray<ImmutableArray<LabTerm>> rows = [.. node.Nudges.Select(n => (ImmutableArray<LabTerm>)
        [
            Numerals.Of(n.Epsilon),
            Numerals.Of(node.Values[0] + n.Epsilon),
            n.ExactResult is { Length: <= LongestExact } exact && !exact.Contains('/', StringComparison.Ordinal) ? exact : Numerals.Of(n.Result),
            Numerals.Of(n.Ratio),
            Numerals.Of(n.Central),
        ])];
        return new LabPart.Table(["nudge", $"{node.Name} then", $"{result} then", "ratio", "both sides"], rows);
    }

    private static string Verdict(TraceNode node, Trace trace)
    {
        string result = trace.Result.Name;
        if (node.Gradient is not [var slope])
        {
            return $"{result} has no derivative by {node.Name}.";
        }

        return (node.Checks is [var check, ..] ? check.Verdict : (NudgeVerdict?)null) switch
        {
            NudgeVerdict.Agrees when Math.Abs(node.Nudges[0].Central - slope) > 1e-3 * Math.Max(1, Math.Abs(slope)) =>
                $"With {Numerals.Of(node.Checks[0].Epsilon)} the ratio of both sides is {Numerals.Of(node.Checks[0].Slope)}: that agrees with the derivative, {Numerals.Of(slope)}.",
            NudgeVerdict.Agrees => $"The ratio tends to the derivative, {Numerals.Of(slope)}: they agree.",
            NudgeVerdict.Close when node.Checks[0].Meets(slope) => $"The ratio of both sides agrees with the derivative, {Numerals.Of(slope)}, as far as rounding lets it be seen.",
            NudgeVerdict.Close => $"The ratio comes close to the derivative, {Numerals.Of(slope)}: {result} bends strongly here.",
            NudgeVerdict.Kink => $"A kink: from below the ratio is {Numerals.Of(node.Checks[0].Below)}, from above {Numerals.Of(node.Checks[0].Above)}. There is no one derivative here.",
            NudgeVerdict.Unclear => $"{result} is so much larger than its change that rounding hides it: nothing can be judged.",
            NudgeVerdict.Disagrees => $"The ratio and the derivative, {Numerals.Of(slope)}, disagree.",
            _ => $"{result} is not finite beside this place: nothing can be judged.",
        };
    }

    private static LabTerm Exact(string? exact, double value) => exact is null ? Numerals.Of(value) : new LabValue(Rational.Parse(exact));
}
