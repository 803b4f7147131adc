using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>The names of a chain: a course's own (w^(L), a^[0]) become those of the trace, and the answer speaks as it was asked.</summary>
internal sealed partial class ChainNames
{
    private static readonly CourseNotation[] Courses = [CourseNotation.Ng, CourseNotation.ThreeBlueOneBrown];

    private readonly Dictionary<string, string> _toTrace = [];
    private readonly IReadOnlyDictionary<string, string> _toCourse = new Dictionary<string, string>();

    /// <summary>The names of a lesson's layers; without a lesson, the trace's alone.</summary>
    /// <param name="trace">The computation.</param>
    /// <param name="lesson">The lesson; null for none.</param>
    /// <param name="notation">The names of the answer; as written takes those of the question.</param>
    /// <param name="question">What was typed.</param>
    public ChainNames(Trace trace, Lesson? lesson, CourseNotation notation, string question)
    {
        if (lesson is null)
        {
            return;
        }

        foreach (CourseNotation course in Courses)
        {
            IReadOnlyDictionary<string, string> names = LayerNames.Of(lesson, course);
            if (course == notation || (notation == CourseNotation.AsWritten && names.Values.Any(n => question.Contains(n, StringComparison.Ordinal))))
            {
                _toCourse = names;
            }

            foreach ((string own, string written) in names)
            {
                _toTrace.TryAdd(written, own);
            }
        }

        // The first layer's activations are the inputs: a^(0).
        if (lesson.Layers is [{ Inputs: [string input] }, ..] && trace.Nodes.All(n => n.Name != "a0"))
        {
            foreach (string written in (string[])["a^(0)", "a^[0]", $"a^(L-{lesson.Layers.Count})", "a0"])
            {
                _toTrace.TryAdd(written, input);
            }
        }
    }

    /// <summary>What was typed, in the trace's names and with the signs of a keyboard.</summary>
    public string Typed(string text)
    {
        // A product is taken apart at its signs, which formulas have several of; ∂a₁ is da1.
        text = string.Concat(text.Select(c => FormulaSigns.OperatorOf(c) is "*" or "-" or "/" ? FormulaSigns.OperatorOf(c) : c is '′' or '’' ? "'" : c.ToString()));
        text = SymbolName.InAll(text.Replace("∂", "∂ ", StringComparison.Ordinal)).Replace("∂ ", "d", StringComparison.Ordinal);
        return _toTrace.OrderByDescending(p => p.Key.Length).Aggregate(text, (t, p) => Regex.Replace(t, $@"(?<![\p{{L}}\d_-[d]]){Regex.Escape(p.Key)}(?!\w)", p.Value));
    }

    /// <summary>A sentence of the answer in the names of its notation: w2 and dz2/dw2 become w^(L-1) and dz^(L-1)/dw^(L-1).</summary>
    public string Said(string text) => _toCourse.Count == 0 ? text : Word().Replace(text, w =>
        _toCourse.TryGetValue(w.Value, out string? name) ? name
        : w.Value[0] == 'd' && _toCourse.TryGetValue(w.Value[1..], out name) ? $"d{name}"
        : w.Value);

    [GeneratedRegex(@"[\p{L}_]\w*")]
    private static partial Regex Word();
}
