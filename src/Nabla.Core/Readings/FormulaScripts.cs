using System.Collections.Frozen;

namespace Nabla;

/// <summary>Small characters above and below the line (w², wⱼₖ) and fractions of one character (½): one table for what is printed and what is read.</summary>
internal static class FormulaScripts
{
    private const string Plain = "0123456789+-()abcdefghijklmnoprstuvwxyz";
    private const string Above = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ";
    private const string Low = "0123456789+-()aehijklmnoprstuvx";
    private const string Below = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ";

    private static readonly FrozenDictionary<char, char> ToRaised = Map(Plain, Above);
    private static readonly FrozenDictionary<char, char> FromRaised = Map(Above, Plain);
    private static readonly FrozenDictionary<char, char> ToLowered = Map(Low, Below);
    private static readonly FrozenDictionary<char, char> FromLowered = Map(Below, Low);

    private static readonly FrozenDictionary<char, Rational> Fractions = new Dictionary<char, Rational>
    {
        ['½'] = new(1, 2),
        ['⅓'] = new(1, 3),
        ['⅔'] = new(2, 3),
        ['¼'] = new(1, 4),
        ['¾'] = new(3, 4),
        ['⅕'] = new(1, 5),
        ['⅖'] = new(2, 5),
        ['⅗'] = new(3, 5),
        ['⅘'] = new(4, 5),
        ['⅙'] = new(1, 6),
        ['⅚'] = new(5, 6),
        ['⅐'] = new(1, 7),
        ['⅛'] = new(1, 8),
        ['⅜'] = new(3, 8),
        ['⅝'] = new(5, 8),
        ['⅞'] = new(7, 8),
        ['⅑'] = new(1, 9),
        ['⅒'] = new(1, 10),
    }.ToFrozenDictionary();

    /// <summary>The text above the line; null where a character has no such form.</summary>
    public static string? Raise(string text) => Mapped(text, ToRaised);

    /// <summary>The text below the line; null where a character has no such form.</summary>
    public static string? Lower(string text) => Mapped(text, ToLowered);

    /// <summary>Whether a character stands above the line.</summary>
    public static bool IsRaised(char c) => FromRaised.ContainsKey(c);

    /// <summary>Whether a character stands below the line.</summary>
    public static bool IsLowered(char c) => FromLowered.ContainsKey(c);

    /// <summary>Characters that stand above or below the line, on it.</summary>
    public static string OnTheLine(string scripts) => string.Concat(scripts.Select(c => FromRaised.TryGetValue(c, out char plain) || FromLowered.TryGetValue(c, out plain) ? plain : c));

    /// <summary>The number that a fraction of one character is; null for every other character.</summary>
    public static Rational? FractionOf(char c) => Fractions.TryGetValue(c, out Rational value) ? value : null;

    private static string? Mapped(string text, FrozenDictionary<char, char> map) => text.All(map.ContainsKey) ? string.Concat(text.Select(c => map[c])) : null;

    private static FrozenDictionary<char, char> Map(string from, string to) => from.Zip(to).ToFrozenDictionary(p => p.First, p => p.Second);
}
