using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>What a command leaves: the session's new state and an answer.</summary>
internal sealed record LabOutcome(LabState State, params ImmutableArray<LabPart> Parts);

/// <summary>A command of the lab.</summary>
/// <param name="Name">The word that calls it.</param>
/// <param name="Usage">What may follow.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Examples">Cells to try.</param>
/// <param name="Run">Does it: the session and the words after the name.</param>
/// <param name="IsAside">Whether it is about the session rather than the mathematics.</param>
internal sealed record LabCommand(string Name, string Usage, string Summary, string[] Examples, Func<LabSession, string, LabOutcome> Run, bool IsAside = false)
{
    /// <summary>All commands, in the order of the help.</summary>
    public static ImmutableArray<LabCommand> All { get; } =
    [
        new("diff", "[FORMULA] [VARIABLE ...] [steps]", "the derivative, by rule", ["diff J w", "diff w^3", "diff J w w", "diff J w steps"], DerivativeCommands.Diff),
        new("steps", "[FORMULA] [VARIABLE]", "the derivation, each step with its rule", ["steps J w", "steps sin(w^2)"], DerivativeCommands.Steps),
        new("subs", "[FORMULA] NAME=VALUE ...", "puts values into the last result, or into a formula", ["subs w=2", "subs J w=2"], ValueCommands.Subs),
        new("simplify", "[FORMULA]", "the formula in its shortest form", ["simplify w*w/w + 0"], ValueCommands.Simplify),
        new("let", "NAME = VALUE", "gives a name a value; so does NAME = VALUE alone", ["let w = 3", "w = 1/3"], ValueCommands.Let),
        new("symbols", "NAME ...", "declares names without values", ["symbols J w"], ValueCommands.Symbols),
        new("vars", "", "all names with their formulas and values", ["vars"], ValueCommands.Vars, IsAside: true),
        new("nudge", "[FORMULA] NAME [EPSILON ...] [NAME=VALUE]", "a little more of one value, and what becomes of the result", ["nudge w 0.002", "nudge w 0.1 0.01 0.001", "nudge J w 0.001 w=2"], NudgeCommand.Run),
        new("tangent", "[FORMULA] [NAME] [NAME=VALUE]", "the tangent at the current value", ["tangent", "tangent J w=2"], PlotCommands.Tangent),
        new("plot", "[FORMULA] [NAME] [FROM TO]", "the formula drawn over one name", ["plot J w -4 4", "plot sigmoid(z) z -6 6"], PlotCommands.Plot),
        new("graph", "[FORMULA]", "the computation graph", ["graph J"], GraphCommands.Graph),
        new("explain", "[FORMULA] [NAME=VALUE ...]", "forward and backward, each number beside its nudge", ["explain J", "explain J w=2"], GraphCommands.Explain),
        new("trace", "[FORMULA] [NAME=VALUE ...]", "the same as explain", ["trace J"], GraphCommands.Explain),
        new("latex", "[FORMULA]", "the last result or a formula as LaTeX", ["latex", "latex diff(1/w, w)"], ValueCommands.Latex),
        new("history", "", "the cells so far", ["history"], BookCommands.History, IsAside: true),
        new("undo", "", "takes the last cell back", ["undo"], BookCommands.Undo, IsAside: true),
        new("clear", "", "forgets all cells and names", ["clear"], BookCommands.Clear, IsAside: true),
        new("save", "FILE", "one page with every cell (.html), or the cells as a script (.lab)", ["save lab.html", "save session.lab"], BookCommands.Save, IsAside: true),
        new("help", "[COMMAND]", "what can be typed", ["help nudge"], BookCommands.Help, IsAside: true),
        new("quit", "", "ends the session; so do exit and Ctrl-D", ["quit"], BookCommands.Quit, IsAside: true),
        new("exit", "", "ends the session", ["exit"], BookCommands.Quit, IsAside: true),
    ];

    /// <summary>The command of a name; null where there is none.</summary>
    public static LabCommand? Find(string name) => All.FirstOrDefault(c => c.Name == name);
}
