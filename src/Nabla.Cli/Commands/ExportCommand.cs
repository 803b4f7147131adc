using System.CommandLine;
using Nabla.Cli.Input;
using Nabla.Cli.Rendering;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla export --csharp MODEL --out FILE.cs</c>.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<bool> csharp = new("--csharp") { Description = "Write one C# file that depends on nothing.", Arity = ArgumentArity.Zero };
        Argument<string> path = Words.Model();
        Option<string?> target = Words.Path("--out", "The file to write; its name is the class' name unless --class says another.");
        Option<string?> className = new("--class") { Description = "The name of the class.", HelpName = "NAME" };
        Option<string?> space = new("--namespace") { Description = "The namespace of the class; none by default.", HelpName = "NAME" };
        Command command = new("export", "Writes a trained model as source code: a class with Predict and SelfCheck, weights inside.") { csharp, path, target, className, space };
        command.SetAction(words => Run(terminal, words.GetValue(csharp), words.GetValue(path)!, words.GetValue(target), words.GetValue(className), words.GetValue(space)));
        return command;
    }

    private static int Run(Terminal terminal, bool csharp, string path, string? target, string? className, string? space)
    {
        if (!csharp || target is null)
        {
            throw new UsageException($"export: expected --csharp and --out FILE.cs, received no {(csharp ? "--out" : "--csharp")}. Type nabla export --csharp {Path.GetFileName(path)} --out {Path.GetFileNameWithoutExtension(path)}.cs");
        }

        OutputFile.Check("--out", target);
        var model = ModelSource.Load(path);
        string source = model.ToCSharp(new CSharpExport { ClassName = className ?? NameOf(target), Namespace = space });
        File.WriteAllText(target, source);
        terminal.Output.WriteLine($"{target}: {model.CountParams()} weights, {new FileInfo(target).Length / 1024 + 1} KiB. Predict answers one sample, SelfCheck proves the file.");
        return ExitCode.Success;
    }

    // The letters of the file's name.
    private static string NameOf(string path)
    {
        string name = string.Concat(Path.GetFileNameWithoutExtension(path).Split('-', '_', ' ', '.').Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        return name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit) ? name : "TrainedModel";
    }
}
