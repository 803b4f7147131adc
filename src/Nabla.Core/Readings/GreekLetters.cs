using System.Collections.Frozen;

namespace Nabla;

/// <summary>Greek letters by their English names.</summary>
internal static class GreekLetters
{
    private static readonly FrozenDictionary<string, char> Letters = new Dictionary<string, char>
    {
        ["alpha"] = 'α',
        ["beta"] = 'β',
        ["gamma"] = 'γ',
        ["delta"] = 'δ',
        ["epsilon"] = 'ε',
        ["zeta"] = 'ζ',
        ["eta"] = 'η',
        ["theta"] = 'θ',
        ["iota"] = 'ι',
        ["kappa"] = 'κ',
        ["lambda"] = 'λ',
        ["mu"] = 'μ',
        ["nu"] = 'ν',
        ["xi"] = 'ξ',
        ["pi"] = 'π',
        ["rho"] = 'ρ',
        ["sigma"] = 'σ',
        ["tau"] = 'τ',
        ["upsilon"] = 'υ',
        ["phi"] = 'φ',
        ["chi"] = 'χ',
        ["psi"] = 'ψ',
        ["omega"] = 'ω',
        ["Gamma"] = 'Γ',
        ["Delta"] = 'Δ',
        ["Theta"] = 'Θ',
        ["Lambda"] = 'Λ',
        ["Xi"] = 'Ξ',
        ["Pi"] = 'Π',
        ["Sigma"] = 'Σ',
        ["Upsilon"] = 'Υ',
        ["Phi"] = 'Φ',
        ["Psi"] = 'Ψ',
        ["Omega"] = 'Ω',
    }.ToFrozenDictionary();

    // Other shapes of the same letters, as some keyboards and fonts have them.
    private static readonly Dictionary<char, string> Shapes = new() { ['ϵ'] = "epsilon", ['ϑ'] = "theta", ['ϕ'] = "phi", ['ϱ'] = "rho", ['ς'] = "sigma", ['µ'] = "mu" };

    private static readonly FrozenDictionary<char, string> Names = Letters.Select(l => (Letter: l.Value, Name: l.Key)).Concat(Shapes.Select(s => (s.Key, s.Value))).ToFrozenDictionary(l => l.Item1, l => l.Item2);

    /// <summary>The letter of a name; null where it is none.</summary>
    public static string? LetterOf(string name) => Letters.TryGetValue(name, out char letter) ? letter.ToString() : null;

    /// <summary>The name of a letter, spelled out or not; null where it is none.</summary>
    public static string? NameOf(string text) =>
        Letters.ContainsKey(text) ? text : text.Length == 1 && Names.TryGetValue(text[0], out string? name) ? name : null;
}
