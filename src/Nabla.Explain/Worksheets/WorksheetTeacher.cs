using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>Says of a wrong number which mistake makes just that number.</summary>
internal static partial class WorksheetTeacher
{
    public static WorksheetMark Check(Worksheet sheet, WorksheetItem item, string given)
    {
        string text = given.Trim();
        if (text.Length == 0)
        {
            return new WorksheetMark(item.Id, "", false, "Left open.");
        }

        if (Number(text) is not { } number)
        {
            return new WorksheetMark(item.Id, text, false, $"Expected a number such as -4 or 1/3, received '{text}'.");
        }

        // A step is small beside what it changes: the digits that count are those of the change.
        TraceNode? moved = sheet.Trace.Update?.Parameters.Select(p => sheet.Trace.Nodes[p.Node]).FirstOrDefault(n => $"{n.Name} after" == item.Id);
        bool isNear = moved is null ? Near(number, item.Answer) : Near(number - moved.Values[0], item.Answer - moved.Values[0]);
        return isNear && IsWritten(text, number, item.Answer) ? new WorksheetMark(item.Id, text, true, "")
            : isNear ? new WorksheetMark(item.Id, text, false, $"Nearly: write it exactly, or rounded to {Worksheet.Digits} digits or more.")
            : new WorksheetMark(item.Id, text, false, Comment(sheet.Trace, item, number));
    }

    private static string Comment(Trace trace, WorksheetItem item, double number)
    {
        TraceNode? node = trace.Nodes.FirstOrDefault(n => WorksheetMaker.Gradient(trace, n.Id) == item.Id);
        if (node is not null)
        {
            return Derivative(trace, node, number, item);
        }

        TraceParameter? moved = trace.Update?.Parameters.FirstOrDefault(p => $"{trace.Nodes[p.Node].Name} after" == item.Id);
        if (moved is not null)
        {
            double step = number - trace.Nodes[moved.Node].Values[0];
            double gradient = trace.Nodes[moved.Node].Gradient?[0] ?? 0;
            double rate = trace.Update!.LearningRate;
            return Near(step, rate * gradient) ? "Subtract the gradient's part, do not add it: we go downhill."
                : Near(step, -gradient) ? $"The learning rate {Numerals.Of(rate)} is missing."
                : step == 0 ? "That is the old value."
                : $"Compute again: {item.Working}.";
        }

        return Near(number, -item.Answer) ? $"The sign is wrong: {item.Working}." : $"Compute again: {item.Working}.";
    }

    private static string Derivative(Trace trace, TraceNode node, double number, WorksheetItem item)
    {
        TraceEdge[] paths = [.. trace.PathsFrom(node)];
        double right = item.Answer;
        if (paths.Length > 1)
        {
            return paths.FirstOrDefault(p => Near(number, p.Contribution[0])) is { } one
                ? $"That is only the path through {trace.Nodes[one.To].Name}: add all {paths.Length} paths."
                : Near(number, -right) ? "The sign is wrong: look at each path."
                : $"Compute again: {item.Working}.";
        }

        TraceEdge path = paths[0];
        double local = path.Local?[0] ?? double.NaN;
        double upstream = trace.Nodes[path.To].Gradient![0];
        string above = WorksheetMaker.Gradient(trace, path.To);
        string name = path.LocalFormula;
        return Near(number, -right) ? local < 0 ? $"The sign is wrong: look at the sign of {name} = {Numerals.Of(local)}." : upstream < 0 ? $"The sign is wrong: look at the sign of {above} = {Numerals.Of(upstream)}." : "The sign is wrong: both factors are positive."
            : Near(number, upstream) ? $"The factor {name} = {Numerals.Of(local)} is missing."
            : Near(number, local) ? $"The factor {above} = {Numerals.Of(upstream)} is missing: a derivative comes from behind."
            : Near(number, 2 * right) ? "Twice too much: the 1/2 of the cost cancels the 2 of the square."
            : Near(number, right / 2) ? "Half of it: the derivative of a square brings down a 2."
            : Near(number, node.Values[0] * upstream) ? $"{node.Name} itself is not its derivative: the local factor is {name} = {Numerals.Of(local)}."
            : Near(number, local + upstream) ? "Multiply local and upstream, do not add them."
            : $"Compute again: {item.Working}.";
    }

    /// <summary>A number as people write it on paper; null where it is none.</summary>
    public static double? Number(string text)
    {
        // A comma is a point where people write one: -4,02.
        text = text.Count(c => c == ',') == 1 && !text.Contains('.') && !text.Contains('(') ? text.Replace(',', '.') : text;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return double.IsFinite(value) ? value : null;
        }

        try
        {
            Graph graph = FormulaParser.Parse(text, variables: []);
            return new Interpreter<double>(DoubleNumbers.Instance).Run(graph, [])[^1].Floats[0];
        }
        catch (ParseException)
        {
            return null;
        }
    }

    // Exact but for rounding, or three digits and more of which each is right: -4.02 is not -4.
    private static bool IsWritten(string text, double number, double right)
    {
        if (Math.Abs(number - right) <= Exactly * Math.Max(Math.Abs(right), Math.Abs(number)) + 1e-12)
        {
            return true;
        }

        Match digits = Decimal().Match(text.Replace(',', '.'));
        string written = (digits.Groups["whole"].Value + digits.Groups["part"].Value).TrimStart('0');
        int exponent = digits.Groups["exponent"].Success ? int.Parse(digits.Groups["exponent"].Value, CultureInfo.InvariantCulture) : 0;
        double last = Math.Pow(10, exponent - digits.Groups["part"].Length);
        return digits.Success && written.Length >= Worksheet.Digits && Math.Abs(number - right) <= 0.5 * last * (1 + Exactly);
    }

    // What a teacher recognises: the number of a mistake, to three digits.
    private static bool Near(double given, double right) => Math.Abs(given - right) <= (Recognised * Math.Abs(right)) + 1e-12;

    private const double Recognised = 5e-3;

    private const double Exactly = 1e-9;

    [GeneratedRegex(@"^[-+]?(?<whole>\d*)(\.(?<part>\d*))?([eE](?<exponent>[-+]?\d{1,3}))?$")]
    private static partial Regex Decimal();
}
