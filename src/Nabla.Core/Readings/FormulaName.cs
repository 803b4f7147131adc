using System.Collections.Immutable;

namespace Nabla;

/// <summary>A name with what stands above and below it: <c>a_1</c>, <c>w^[2]_jk</c>, <c>W^[l]</c>, <c>x12</c>.</summary>
/// <param name="Base">The name itself.</param>
/// <param name="Scripts">What stands above and below, in the order in which it is typed.</param>
internal sealed record FormulaName(string Base, ImmutableArray<FormulaName.Script> Scripts)
{
    /// <summary>A superscript or a subscript.</summary>
    /// <param name="Text">Its text; brackets stay, braces do not: <c>[2]</c>.</param>
    /// <param name="IsAbove">Whether it is a superscript.</param>
    /// <param name="IsPlain">Whether it follows the base without a mark, as 12 does in x12.</param>
    public sealed record Script(string Text, bool IsAbove, bool IsPlain = false);

    private const string Openings = "[({";
    private const string Closings = "])}";

    /// <summary>Superscripts in order.</summary>
    public ImmutableArray<string> Above => [.. Scripts.Where(s => s.IsAbove).Select(s => s.Text)];

    /// <summary>Subscripts in order.</summary>
    public ImmutableArray<string> Below => [.. Scripts.Where(s => !s.IsAbove).Select(s => s.Text)];

    /// <summary>Whether the base is more than one letter: then it stands upright and apart from its neighbours.</summary>
    public bool IsWord => Base.Length > 1 && GreekLetters.LetterOf(Base) is null;

    /// <summary>Takes a name apart; one that is not of this form is all base.</summary>
    public static FormulaName Of(string name)
    {
        int end = MarkFrom(name, 1);
        string stem = name[..Math.Min(end, name.Length)];
        List<Script> scripts = [];

        // x12 is x with the index 12.
        string letters = stem.TrimEnd("0123456789".ToCharArray());
        if (letters.Length > 0 && letters.Length < stem.Length && letters.All(char.IsLetter))
        {
            scripts.Add(new Script(stem[letters.Length..], false, IsPlain: true));
            stem = letters;
        }

        for (int at = end; at < name.Length;)
        {
            int start = at + 1;
            int bracket = start < name.Length ? Openings.IndexOf(name[start], StringComparison.Ordinal) : -1;
            int close = bracket >= 0 ? name.IndexOf(Closings[bracket], start) : -1;
            at = close >= 0 ? close + 1 : MarkFrom(name, start);
            string script = name[start..at];
            script = script.StartsWith('{') ? script[1..^1] : script;
            if (script.Length == 0 || (at < name.Length && name[at] is not ('_' or '^')))
            {
                return new FormulaName(name, []);
            }

            scripts.Add(new Script(script, name[start - 1] == '^'));
        }

        return new FormulaName(stem, [.. scripts]);
    }

    private static int MarkFrom(string name, int start)
    {
        int at = start < name.Length ? name.AsSpan(start).IndexOfAny('_', '^') : -1;
        return at < 0 ? name.Length : start + at;
    }
}
