using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>
/// A session of exploring: cells go in, answers come out. Formulas hold by name (a change of one is a change of all that need it), values are the
/// point at which everything is looked at, and an error changes nothing.
/// </summary>
internal sealed partial class LabSession
{
    private readonly Stack<(LabState State, ImmutableList<LabCell> Cells)> _before = new();

    /// <summary>What is known.</summary>
    public LabState State { get; private set; } = new();

    /// <summary>The cells about the mathematics, in order; those that went wrong, too.</summary>
    public ImmutableList<LabCell> Cells { get; private set; } = [];

    /// <summary>The number of the next cell.</summary>
    public int Next => Cells.Count + 1;

    /// <summary>Whether 'quit' was typed.</summary>
    public bool IsOver { get; internal set; }

    /// <summary>The session as text that a script file holds: what went wrong is left out.</summary>
    public string Script => string.Concat(Cells.Where(c => c.Error is null).Select(c => c.Input + "\n"));

    /// <summary>What may be typed as a word: commands, names, functions.</summary>
    public IEnumerable<string> Words => LabCommand.All.Select(c => c.Name).Concat(State.Known).Concat(FormulaFunctions.All.Keys).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Runs one cell.</summary>
    /// <param name="input">A formula, a definition, a command or a remark.</param>
    /// <returns>The cell with its answer or its error; null for an empty line.</returns>
    public LabCell? Run(string input)
    {
        input = input.Trim();
        if (input.Length == 0)
        {
            return null;
        }

        LabCell cell = new(Next, input, []);
        bool isAside = false;
        try
        {
            (LabState State, ImmutableList<LabCell> Cells) now = (State, Cells);
            (LabOutcome outcome, isAside) = cell.IsRemark ? (new LabOutcome(State), false) : Evaluate(input);
            cell = cell with { Parts = outcome.Parts, IsAside = isAside };
            if (!isAside)
            {
                _before.Push(now);
                State = outcome.State;
            }
        }
        catch (Exception e) when (e is LabException or ParseException or ArgumentException or ShapeException or NotSupportedException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            cell = cell with { Error = e.Message };
        }

        if (!cell.IsAside && (cell.Error is null || !isAside))
        {
            Cells = Cells.Add(cell);
        }

        return cell;
    }

    /// <summary>Takes the last cell back.</summary>
    internal string Undo()
    {
        // A cell that went wrong changed nothing: it goes, and the one before it is what is meant.
        string last = Cells.FindLast(c => c.Error is null)?.Input ?? throw new LabException("undo: expected a cell to take back, received none: this is the beginning.");
        (State, Cells) = _before.Pop();
        return last;
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        _before.Clear();
        (State, Cells) = (new LabState(), []);
    }

    private (LabOutcome Outcome, bool IsAside) Evaluate(string input)
    {
        if (SympySpelling.IsImport(input))
        {
            return (new LabOutcome(State, new LabPart.Line("Nothing to import: diff, subs and simplify are here.")), false);
        }

        string text = SympySpelling.Rewrite(input, State);
        string word = FirstWord().Match(text).Value;
        if (LabCommand.Find(word) is { IsAside: true } aside && !IsAssignment(text))
        {
            // The name of a file is no name of a formula, and what a command has no use for is no word of it.
            string rest = text[word.Length..].Trim();
            return aside.Usage.Length > 0 || rest.Length == 0
                ? (aside.Run(this, rest), true)
                : throw new LabException($"{word}: expected nothing after it, received '{rest}'. Type {word} alone.");
        }

        // Names as formulas have them, w₁ as w1 and α as alpha: a cell is taken apart by its words.
        text = SymbolName.InAll(text);
        if (LabCommand.Find(word) is { } command && !IsAssignment(text) && !SympySpelling.IsCall(text))
        {
            return (command.Run(this, text[word.Length..].Trim()), false);
        }

        LabState state = State;
        List<LabPart> parts = [];
        foreach (string statement in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            LabOutcome outcome = Statement(statement, state);
            state = outcome.State;
            parts.AddRange(outcome.Parts);
        }

        return (new LabOutcome(state, [.. parts]), false);
    }

    private LabOutcome Statement(string text, LabState state) =>
        Assignment().Match(text) is { Success: true } match
            ? Definitions.Define(this, state, match.Groups[1].Value, match.Groups[2].Value.Trim())
            : Definitions.Show(state, text);

    private static bool IsAssignment(string text) => Assignment().IsMatch(text);

    [GeneratedRegex(@"^(\p{L}|_)[\p{L}\p{Nd}_]*")]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"^((?:\p{L}|_)[\p{L}\p{Nd}_]*)\s*=(?!=)(.*)$", RegexOptions.Singleline)]
    private static partial Regex Assignment();
}
