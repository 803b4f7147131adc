using System.CommandLine;
using Nabla.Cli.Explaining;
using Nabla.Explain;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla check-chain NAME|FORMULA DERIVATIVE CHAIN [name=value ...]</c>.</summary>
internal static class CheckChainCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> subject = new("NAME") { Description = "A lesson's name or a formula." };
        Argument<string> derivative = new("DERIVATIVE") { Description = "Which one: dC/dw2." };
        Argument<string> chain = new("CHAIN") { Description = "Your factors with * between them, in any order; s'(z3) is an activation's slope." };
        Argument<string[]> values = new("VALUES") { Description = "A value for each name, such as w=2.", Arity = ArgumentArity.ZeroOrMore };
        Option<string> notation = ExplainWords.Notation();
        Command command = new("check-chain", "Looks at a chain of factors for a derivative and says which one is wrong. Ends with 1 where one is.") { subject, derivative, chain, values, notation };
        command.SetAction(words =>
        {
            CourseNotation asked = ExplainWords.NotationOf(words.GetValue(notation)!);
            ExplainSubject what = ExplainSubject.Of("check-chain", words.GetValue(subject)!, words.GetValue(values) ?? [], asked);
            return Run(terminal, what, words.GetValue(derivative)!, words.GetValue(chain)!, asked);
        });
        return command;
    }

    private static int Run(Terminal terminal, ExplainSubject what, string derivative, string chain, CourseNotation notation)
    {
        Trace trace = what.Trace(new TraceOptions());
        ChainCheck check;
        try
        {
            check = ChainCheck.Of(trace, derivative, chain, what.Lesson, notation);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }

        foreach (ChainFactor factor in check.Factors)
        {
            terminal.WriteLine($"  {factor.Text} = {Numerals.Of(factor.Value)}{(factor.Meaning.Length > 0 ? $"   {factor.Meaning}" : "")}");
        }

        foreach (string finding in check.Findings)
        {
            terminal.WriteLine(finding);
        }

        terminal.WriteLine(check.Correct ? $"Right: {check.Derivative} = {check.Expected}" : $"Wrong. The chain of the graph: {check.Derivative} = {check.Expected}");
        return check.Correct ? ExitCode.Success : ExitCode.Failure;
    }
}
