using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>The commands <c>plot</c> and <c>tangent</c>.</summary>
internal static class PlotCommands
{
    private const double UsualReach = 4;

    public static LabOutcome Plot(LabSession session, string text)
    {
        LabState state = session.State;
        LabWords words = LabWords.Of(text, mostNumbers: 2);
        LabSubject subject = LabSubject.Of("plot", words, state);
        subject.RequireValues("plot", subject.Variable);
        (double from, double to) = Range(words);
        double[] x = LabPlot.Places(from, to);
        LabCurve curve = Curve(subject, x);
        (double, double)? point = subject.Point.TryGetValue(subject.Variable, out LabValue at) && at.Number >= from && at.Number <= to && Height(subject, at) is var y && double.IsFinite(y)
            ? (at.Number, y)
            : null;
        return new LabOutcome(After(state, subject), new LabPart.Plot(LabPlot.Of(subject.Variable, x, [curve], point)));
    }

    public static LabOutcome Tangent(LabSession session, string text)
    {
        LabState state = session.State;
        LabSubject subject = LabSubject.Of("tangent", LabWords.Of(text), state);
        subject.RequireValues("tangent");
        (LabValue at, string name) = (subject.Point[subject.Variable], subject.Variable);
        LabValue height = LabAlgebra.Evaluate(subject.Graph, subject.Point);
        LabValue slope = LabAlgebra.Slope(subject.Graph, name, subject.Point);
        RequireOneSlope(subject, state, at, height, slope);

        // J = 6*(w - 3) + 9 = 6*w - 9
        Formula step = LabAlgebra.Substitute(FormulaParser.Parse("v - a"), [("v", name), ("a", at.Text)]);
        Formula line = LabAlgebra.Substitute(FormulaParser.Parse("k*v + h"), [("k", slope.Text), ("v", name), ("h", height.Text)], name, step);
        LabValue start = LabAlgebra.Evaluate(FormulaParser.Parse("h - k*a"), new Dictionary<string, LabValue> { ["h"] = height, ["k"] = slope, ["a"] = at });
        Formula flat = LabAlgebra.Substitute(FormulaParser.Parse("k*v + c"), [("k", slope.Text), ("v", name), ("c", start.Text)]);
        LabTerm[] forms = flat == line ? [line] : [line, flat];
        double reach = Math.Max(UsualReach, Math.Abs(at.Number));
        double[] x = LabPlot.Places(at.Number - reach, at.Number + reach);
        LabCurve tangent = new(flat, [.. x.Select(v => height.Number + (slope.Number * (v - at.Number)))]);
        return new LabOutcome(
            After(state, subject),
            new LabPart.Equation(new Formula.Symbol(name), at),
            new LabPart.Equation(subject.Head, height),
            new LabPart.Equation(new Formula.Derivative(subject.Head, [name]), slope),
            new LabPart.Equation(["tangent", .. forms]),
            new LabPart.Plot(LabPlot.Of(name, x, [Curve(subject, x), tangent], (at.Number, height.Number))));
    }

    // A kink has two slopes and an edge none: the engine's own verdict, from nudging to both sides.
    private static void RequireOneSlope(LabSubject subject, LabState state, LabValue at, LabValue height, LabValue slope)
    {
        if (!double.IsFinite(height.Number) || !double.IsFinite(slope.Number))
        {
            throw new LabException($"tangent: expected a place where {subject.Text} has a value and a slope, received {subject.Variable} = {at.Text}, where it is {height.Text} with the slope {slope.Text}. Choose another: tangent {subject.Variable}=1");
        }

        if (subject.Trace(state).Nodes.FirstOrDefault(n => n.Name == subject.Variable)?.Checks is [{ Verdict: NudgeVerdict.Kink } check])
        {
            throw new LabException($"tangent: expected a place without a kink, received {subject.Variable} = {at.Text}, where the slope is {Numerals.Of(check.Below)} from below and {Numerals.Of(check.Above)} from above. Choose another: tangent {subject.Variable}={Numerals.Of(at.Number + 1)}");
        }
    }

    private static (double From, double To) Range(LabWords words)
    {
        double[] ends = [.. words.Numbers.Select(n => LabAlgebra.Constant(n)!.Value.Number)];
        (double from, double to) = ends switch
        {
            [] => (-UsualReach, UsualReach),
            [var reach] => (-Math.Abs(reach), Math.Abs(reach)),
            _ => (ends[0], ends[1]),
        };
        return double.IsFinite(from) && double.IsFinite(to) && from < to && double.IsFinite(to - from)
            ? (from, to)
            : throw new LabException($"plot: expected a range from a smaller to a larger number such as -4 4, received {string.Join(" ", words.Numbers)}.");
    }

    private static LabCurve Curve(LabSubject subject, double[] x)
    {
        LabTerm label = TypeText.IsWord(subject.Text)
            ? new Formula.Infix("=", subject.Head, FormulaRenderer.Render(new Tensor(LabAlgebra.Result(subject.Graph))))
            : subject.Head;
        return new LabCurve(label, LabAlgebra.Sample(subject.Graph, subject.Variable, x, subject.Point));
    }

    private static double Height(LabSubject subject, LabValue at) =>
        LabAlgebra.Evaluate(subject.Graph, new Dictionary<string, LabValue>(subject.Point) { [subject.Variable] = at }).Number;

    private static LabState After(LabState state, LabSubject subject) =>
        state.Find(subject.Text) is { IsDerived: true } ? state : state with { Function = subject.Text };
}
