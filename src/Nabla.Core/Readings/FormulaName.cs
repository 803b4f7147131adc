using System.Collections.Immutable;

namespace Nabla;

/// <summary>A name with what stands above and below it: <c>a_1</c>, <c>w^[2]_jk</c>, <c>W^[l]</c>, <c>x12</c>.</summary>
/// <param name="Base">The name itself.</param>
/// <param name="Above">Superscripts in order; brackets stay, braces do not: <c>[2]</c>.</param>
/// <param name="Below">Subscripts in order: <c>jk</c>.</param>
internal sealed record FormulaName(string Base, ImmutableArray<string> Above, ImmutableArray<string> Below)
{
    private const string Openings = "[({";
    private const string Closings = "])}";

    /// <summary>Whether the base is more than one letter: then it stands upright and apart from its neighbours.</summary>
    public bool IsWord => Base.Length > 1 && GreekLetters.LetterOf(Base) is null;

    /// <summary>Takes a name apart; one that is not of this form is all base.</summary>
    public static FormulaName Of(string name)
    {
        int end = MarkFrom(name, 1);
        string stem = name[..Math.Min(end, name.Length)];
        List<string> above = [];
        List<string> below = [];

        // x12 is x with the index 12.
        string letters = stem.TrimEnd("0123456789".ToCharArray());
        if (letters.Length > 0 && letters.Length < stem.Length && letters.All(char.IsLetter))
        {
            below.Add(stem[letters.Length..]);
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
                return new FormulaName(name, [], []);
            }

            (name[start - 1] == '^' ? above : below).Add(script);
        }

        return new FormulaName(stem, [.. above], [.. below]);
    }

    private static int MarkFrom(string name, int start)
    {
        int at = start < name.Length ? name.AsSpan(start).IndexOfAny('_', '^') : -1;
        return at < 0 ? name.Length : start + at;
    }
}
