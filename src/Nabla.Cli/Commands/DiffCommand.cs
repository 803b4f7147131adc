using System.CommandLine;
using Nabla.Cli.Explaining;
using Nabla.Cli.Rendering;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla diff FORMULA [--at name=value]</c>.</summary>
internal static class DiffCommand
{
    private static readonly Dictionary<string, Notation> Notations = new()
    {
        ["always-partial"] = Notation.AlwaysPartial,
        ["auto"] = Notation.Auto,
    };

    public static Command Create(Terminal terminal)
    {
        Argument<string> formula = new("FORMULA") { Description = "What to differentiate: \"1/w\", \"c=w*x; J=(c+b-y)^2/2\"." };
        Option<string?> by = Words.Path("--wrt", "By which name. Default: the only one there is.");
        by.HelpName = "NAME";
        Option<string[]> at = new("--at")
        {
            Description = "Where: a value for each name, such as w=2. Gives the value of the derivative, and checks it by nudging.",
            HelpName = "NAME=VALUE",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Option<double[]> epsilon = ExplainWords.Epsilons();
        Option<string> notation = Words.Choice("--notation", "NAME", "Which sign heads a derivative: always-partial, or auto for d where there is one name only.", Notations.Keys);
        Option<bool> latex = new("--latex") { Description = "Also as LaTeX." };
        Option<string?> json = Words.Json();
        Command command = new("diff", "Differentiates a formula: the result, the rule of each step, the exact value, and a nudge beside it. Ends with 1 where the nudge disagrees.")
        {
            formula, by, at, epsilon, notation, latex, json,
        };
        command.SetAction(words =>
        {
            OutputFile.Check("--json", words.GetValue(json));
            Derived derived = Derived.Of(
                words.GetValue(formula)!, words.GetValue(by), words.GetValue(at)!, words.GetValue(epsilon) is { Length: > 0 } sizes ? sizes : [0.001]);
            new DerivedText(derived, terminal.Unicode, Notations[words.GetValue(notation)!], words.GetValue(latex)).Write(terminal.Output);
            if (words.GetValue(json) is { } file)
            {
                DerivedJson.Of(derived).Save(file);
            }

            return derived.Holds ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }
}
