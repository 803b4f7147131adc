using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>A name with its meaning.</summary>
/// <param name="Name">The name.</param>
/// <param name="Source">The formula as typed.</param>
/// <param name="Value">The number where the formula has no names in it; null for a formula.</param>
/// <param name="IsDerived">Whether it is a result (a derivative, say): what is plotted and nudged next is still the formula before it.</param>
internal sealed record LabDefinition(string Name, string Source, LabValue? Value, bool IsDerived = false);

/// <summary>What a session knows; a cell makes a new one, so that undo is taking the one before.</summary>
internal sealed record LabState
{
    /// <summary>The names in the order in which they were defined.</summary>
    public ImmutableList<LabDefinition> Definitions { get; init; } = [];

    /// <summary>Names that were declared as symbols.</summary>
    public ImmutableHashSet<string> Symbols { get; init; } = [];

    /// <summary>The formula in view: what diff, nudge and plot take where none is named.</summary>
    public string? Function { get; init; }

    /// <summary>The last formula that came out: what subs takes.</summary>
    public string? Last { get; init; }

    /// <summary>The values that were put in last by subs: where a nudge happens whose names have none of their own.</summary>
    public ImmutableArray<(string Name, string Value)> Put { get; init; } = [];

    /// <summary>The meaning of a name; null where it has none.</summary>
    public LabDefinition? Find(string name) => Definitions.Find(d => d.Name == name);

    /// <summary>Whether a name stands for a formula.</summary>
    public bool IsFormula(string name) => Find(name) is { Value: null };

    /// <summary>The values that names have now.</summary>
    public Dictionary<string, LabValue> Point => Definitions.Where(d => d.Value is not null).ToDictionary(d => d.Name, d => d.Value!.Value);

    /// <summary>All names that were met: defined, declared, or in a formula.</summary>
    public IEnumerable<string> Known =>
        Definitions.Select(d => d.Name).Concat(Symbols).Concat(Definitions.SelectMany(d => LabAlgebra.Names(FormulaParser.Parse(d.Source)))).Distinct();

    /// <summary>A formula as a program: the definitions that it needs, then itself.</summary>
    /// <param name="text">The formula.</param>
    /// <param name="held">Names that stay names, though they stand for formulas.</param>
    public string Program(string text, params IReadOnlyCollection<string> held)
    {
        List<string> statements = [];
        HashSet<string> done = [.. held];
        foreach (string name in LabAlgebra.Names(FormulaParser.Parse(text)))
        {
            Require(name, done, statements);
        }

        // A name alone is the last definition itself.
        if (statements.Count == 0 || !IsFormula(text) || held.Contains(text))
        {
            statements.Add(text);
        }

        return string.Join("; ", statements);
    }

    private void Require(string name, HashSet<string> done, List<string> statements)
    {
        if (!IsFormula(name) || !done.Add(name))
        {
            return;
        }

        string source = Find(name)!.Source;
        foreach (string needed in LabAlgebra.Names(FormulaParser.Parse(source)))
        {
            Require(needed, done, statements);
        }

        statements.Add($"{name} = {source}");
    }

    /// <summary>The graph of <see cref="Program"/>.</summary>
    public Graph Graph(string text, params IReadOnlyCollection<string> held) => FormulaParser.Parse(Program(text, held));

    /// <summary>The state with one more name, or with another meaning for one.</summary>
    /// <exception cref="LabException">The formula needs the name itself.</exception>
    public LabState With(LabDefinition definition)
    {
        LabState state = this with { Definitions = Definitions.RemoveAll(d => d.Name == definition.Name) };
        if (definition.Value is null && LabAlgebra.Names(state.Graph(definition.Source)).Contains(definition.Name))
        {
            throw new LabException($"{definition.Name}: expected a formula of other names, received one that needs {definition.Name} itself: {definition.Name} = {definition.Source}. Give the new one another name.");
        }

        return state with { Definitions = state.Definitions.Add(definition) };
    }
}
