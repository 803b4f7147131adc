using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>The names of a lesson's layers in the courses that have their own: w^[1] and w^(L-1) beside w1. The page holds them beside the recorded ones, and the reader chooses.</summary>
internal sealed partial class CourseNames
{
    // What stands high takes less of a line.
    private const double RaisedWidth = 0.75;

    // A model's layers are [1] or (L−1), as the reader chooses.
    private const string Widest = "^(L−1)";

    private readonly Dictionary<string, string>[] _drawn;

    private CourseNames(IReadOnlyList<(string Course, IReadOnlyDictionary<string, string> Names)> all)
    {
        All = all;
        _drawn = [.. all.Select(course => course.Names.ToDictionary(n => PageNames.Drawn(n.Key), n => PageNames.Drawn(n.Value)))];
    }

    /// <summary>The courses by the script's word for them, each with its names by the recorded ones; empty where there are none.</summary>
    public IReadOnlyList<(string Course, IReadOnlyDictionary<string, string> Names)> All { get; }

    /// <summary>The names of a lesson's values that a trace has.</summary>
    public static CourseNames Of(Trace trace, Lesson? lesson)
    {
        if (lesson is null)
        {
            return new([]);
        }

        HashSet<string> known = [.. trace.Nodes.Select(n => n.Name)];
        IEnumerable<(string Course, IReadOnlyDictionary<string, string> Names)> all = from course in new[] { CourseNotation.Ng, CourseNotation.ThreeBlueOneBrown }
                                                                                      select (Word(course), (IReadOnlyDictionary<string, string>)LayerNames.Of(lesson, course).Where(n => known.Contains(n.Key)).ToDictionary());
        return new([.. all.Where(course => course.Names.Count > 0)]);
    }

    /// <summary>The script's word for a course.</summary>
    public static string Word(CourseNotation course) => course == CourseNotation.Ng ? "ng" : "3b1b";

    /// <summary>How many letters wide a drawn line is, in the course that needs the most.</summary>
    public double Letters(string line) => _drawn.Select(names => Names().Replace(line, w => names.GetValueOrDefault(w.Value, w.Value))).Append(line).Append(Raised().Replace(line, Widest)).Max(Measured);

    private static double Measured(string line) => line.Length - Raised().Matches(line).Sum(r => 1 + ((r.Length - 1) * (1 - RaisedWidth)));

    /// <summary>A line of the page with what stands high set high.</summary>
    public static Markup High(string line) => !Raised().IsMatch(line) ? line : new Element("span")
    {
        Pieces(line).Select(p => p.IsHigh ? new Element("sup") { p.Text } : (Markup)p.Text),
    };

    /// <summary>The pieces of a line, each with whether it stands high.</summary>
    public static IEnumerable<(string Text, bool IsHigh)> Pieces(string line)
    {
        int at = 0;
        foreach (Match high in Raised().Matches(line))
        {
            if (high.Index > at)
            {
                yield return (line[at..high.Index], false);
            }

            yield return (high.Value[1..], true);
            at = high.Index + high.Length;
        }

        if (at < line.Length)
        {
            yield return (line[at..], false);
        }
    }

    /// <summary>What stands high: a layer in brackets, behind a mark that is not drawn.</summary>
    [GeneratedRegex(@"\^(\[[^\]]*\]|\([^)]*\))")]
    public static partial Regex Raised();

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{Nd}_₀-₉]*")]
    private static partial Regex Names();
}
