using System.Text;

namespace Nabla.Explain;

/// <summary>A trace as text for a terminal or a file: the three steps, forward, backward with nudges, the update, the work.</summary>
/// <example><code>
/// Console.WriteLine(Trace.Of("c = w*x; a = c + b; d = a - y; J = d^2/2", ("w", 2), ("b", 8), ("x", -2), ("y", 2)).ToText());
/// </code></example>
public static class TraceText
{
    private const string Blue = "\e[38;5;39m";
    private const string Orange = "\e[38;5;208m";
    private const string Bold = "\e[1m";
    private const string Reset = "\e[0m";

    // A cost over all that is given; where that is longer, over the values before it.
    private const int LongestCost = 60;

    /// <summary>The text, lines ended by \n.</summary>
    /// <param name="trace">What to write.</param>
    /// <param name="options">How; null is plain ASCII in the names as they were typed.</param>
    public static string ToText(this Trace trace, TextOptions? options = null)
    {
        options ??= new TextOptions();
        Wording words = new(trace, options);
        StringBuilder text = new();
        Write(text, Bold, options, Heading(trace, options, words));
        if (ModelSections.Fits(trace))
        {
            WriteModel(text, trace, options, words);
            return text.ToString();
        }

        Write(text, "", options, StepsSection.Lines(trace, words));
        Write(text, Blue, options, ForwardSection.Lines(trace, words));
        Write(text, Orange, options, BackwardSection.Lines(trace, words));
        Write(text, Orange, options, options.Expand ? ChainSection.Lines(trace, words) : []);
        Write(text, Orange, options, options.Matrix ? MatrixSection.Lines(trace, options.Lesson?.Layers ?? [], words) : []);
        Write(text, "", options, EpsilonSection.Lines(trace, words));
        Write(text, "", options, UpdateSection.Lines(trace, words));
        Write(text, "", options, WorkSection.Lines(trace, words));
        Write(text, "", options, options.Lesson is { } lesson ? LessonTables.Lines(trace, lesson, words) : []);
        Write(text, Bold, options, [CheckLine.Of(trace, words)]);
        return text.ToString();
    }

    private static void WriteModel(StringBuilder text, Trace trace, TextOptions options, Wording words)
    {
        TraceElement[] elements = [.. options.Elements.Select(e => TraceElement.Of(trace, e))];
        Write(text, "", options, trace.Notes.Select(n => $" {n}"));
        Write(text, "", options, ModelSections.Layers(trace, words));
        Write(text, "", options, StepsSection.Lines(trace, words));
        Write(text, Blue, options, ModelSections.Forward(trace, words));
        Write(text, Orange, options, ModelSections.Backward(trace, words));
        Write(text, "", options, ModelSections.Examples(trace, words));
        Write(text, "", options, ModelSections.Update(trace, words));
        Write(text, "", options, ModelSections.State(trace, words));
        foreach (TraceElement element in elements)
        {
            Write(text, "", options, ModelSections.Element(trace, element, words));
        }

        Write(text, "", options, WorkSection.Lines(trace, words));
        Write(text, Bold, options, [CheckLine.Of(trace, words)]);
    }

    private static IEnumerable<string> Heading(Trace trace, TextOptions options, Wording words)
    {
        string values = string.Join("  ", trace.Nodes.Where(n => n.Dims.Count == 0 && n.Role is (TraceRole.Parameter or TraceRole.Input)).Select(n => $"{words.Name(n.Name)}={words.Number(n.Values[0])}"));
        yield return options.Lesson is { } lesson ? $"{lesson.Name}: {lesson.Title}" : words.Formula(trace.Title);
        if (!ModelSections.Fits(trace))
        {
            yield return $" {values}";
        }

        yield return CostLine(trace, options, words);
        if (options.Notation == CourseNotation.ThreeBlueOneBrown && options.Lesson is { Layers.Count: > 1 })
        {
            yield return " A superscript (L) is the last layer, (L-1) the one before it: not a power. The inputs are a^(0).";
        }

        if (options.Notation == CourseNotation.Delta)
        {
            yield return $" {words.Delta}_j stands for {words.Gradient("z_j").Replace($"{words.Delta}_j", $"d{words.Name(trace.Result.Name)}/dz_j", StringComparison.Ordinal)}, the derivative before the activation.";
        }
    }

    /// <summary>The cost, and whose convention about the half it has.</summary>
    internal static string CostLine(Trace trace, TextOptions options, Wording words)
    {
        string cost = trace.Convention.Length <= LongestCost ? trace.Convention : $"{trace.Result.Name} = {trace.Result.Formula}";
        return $" cost: {words.Formula(cost)}{Remark(trace, options)}";
    }

    // Nobody shall wonder about a factor of 2.
    private static string Remark(Trace trace, TextOptions options) => options.Lesson switch
    {
        { CostWithoutHalf: not null } when options.Notation == CourseNotation.ThreeBlueOneBrown => NoHalf,
        { CostWithoutHalf: not null } => Half,
        { CostWithHalf: not null } when options.Notation == CourseNotation.Ng => Half,
        { CostWithHalf: not null } => NoHalf,
        // A formula of the user's own stays as it was typed, whoever's names are asked for.
        null when options.Notation is CourseNotation.Ng or CourseNotation.ThreeBlueOneBrown => CostHalf.Of(trace).Other switch
        {
            CourseNotation.ThreeBlueOneBrown => Half,
            CourseNotation.Ng => NoHalf,
            _ => "",
        },
        _ => "",
    };

    private const string Half = "   (with 1/2, as Ng writes it; without it, as 3Blue1Brown does, every gradient doubles)";
    private const string NoHalf = "   (without 1/2, as 3Blue1Brown writes it: every gradient is twice what it is with Ng's 1/2)";

    private static void Write(StringBuilder text, string color, TextOptions options, IEnumerable<string> lines)
    {
        bool empty = true;
        foreach (string line in lines)
        {
            text.Append(empty && text.Length > 0 ? "\n" : "");
            text.Append(options.Color && color.Length > 0 ? $"{color}{line}{Reset}\n" : $"{line}\n");
            empty = false;
        }
    }
}
