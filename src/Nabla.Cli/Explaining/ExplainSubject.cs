using System.Globalization;
using Nabla.Explain;

namespace Nabla.Cli.Explaining;

/// <summary>What the words after <c>nabla explain</c> stand for: a lesson or a formula, with its values.</summary>
/// <param name="Lesson">The lesson; null for a formula of the user's own.</param>
/// <param name="Formula">The formula.</param>
/// <param name="Values">A value for each name.</param>
internal sealed record ExplainSubject(Lesson? Lesson, string Formula, IReadOnlyList<(string Name, double Value)> Values)
{
    /// <summary>Reads the words.</summary>
    /// <param name="command">Whose words they are, for messages.</param>
    /// <param name="first">The lesson's name or the formula.</param>
    /// <param name="values">Words such as w=2.</param>
    /// <param name="notation">Decides about the 1/2 of a lesson's cost.</param>
    /// <exception cref="UsageException">They mean nothing.</exception>
    public static ExplainSubject Of(string command, string first, IEnumerable<string> values, CourseNotation notation)
    {
        (string Name, double Value)[] given = [.. values.Select(word => Pair(command, word))];
        return ExplainWords.Checked(() =>
        {
            if (Lessons.All.FirstOrDefault(l => string.Equals(l.Name, first, StringComparison.OrdinalIgnoreCase)) is { } lesson)
            {
                return new ExplainSubject(lesson, lesson.Formula(notation), lesson.With(given));
            }

            return IsName(first)
                ? throw new UsageException(Unknown.Word(command, first, Lessons.All.Select(l => l.Name)) + " A formula has an operator, such as \"J = w^2\".")
                : new ExplainSubject(null, first, given);
        });
    }

    /// <summary>One step of it, opened.</summary>
    public Trace Trace(TraceOptions options) => ExplainWords.Checked(() => Explain.Trace.Of(Formula, options, [.. Values]));

    /// <summary>Many steps of it.</summary>
    public Iterations Iterate(TraceOptions options, int steps) => ExplainWords.Checked(() => Iterations.Of(Formula, options, steps, [.. Values]));

    private static bool IsName(string word) => word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || c is '-' or '_') && char.IsLetter(word[0]);

    private static (string Name, double Value) Pair(string command, string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new UsageException($"{command}: expected a name and its value, such as w=2, received '{word}'. A formula stands in quotes, as one word.");
        }

        string name = word[..equals].Trim();
        string text = word[(equals + 1)..].Trim();
        if (Number(text) is { } value && double.IsInfinity(value) && text.Any(char.IsAsciiDigit))
        {
            throw new UsageException($"{command}: expected a number up to 1.8e308 for '{name}', received {text}. For infinity itself say {name}=inf.");
        }

        return (name, Number(text) ?? throw new UsageException($"{command}: expected a number for '{name}', such as {name}=2 or {name}=1/3, received '{text}'."));
    }

    /// <summary>A number as it may be typed: 2, -1e-3, 1/3, ln(0.3), inf, nan; null where it is none.</summary>
    public static double? Number(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return value;
        }

        try
        {
            Graph graph = FormulaParser.Parse(text, variables: []);
            return Executable.Compile(graph).Run()[^1].ToArray<double>()[0];
        }
        catch (Exception e) when (e is ParseException or ShapeException)
        {
            return null;
        }
    }
}
