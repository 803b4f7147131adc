using System.CommandLine;
using System.Text;
using Nabla.Cli.Input;
using Nabla.Cli.Rendering;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla export --csharp MODEL --out FILE.cs</c>.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> path = Words.Model();
        Option<bool> csharp = new("--csharp") { Description = "As one C# file that needs nothing: a class with Predict and SelfCheck.", Arity = ArgumentArity.Zero };
        Option<string?> output = Words.Path("--out", "Where the file goes. Default: the model's name and .cs, in this folder.");
        Option<string?> className = Words.Path("--class", "What the class is called. Default: made of the model's name.");
        className.HelpName = "NAME";
        Option<string?> space = Words.Path("--namespace", "The namespace around it. Default: none.");
        space.HelpName = "NAME";
        Command command = new("export", "Writes a trained model as source code that needs no library.") { path, csharp, output, className, space };
        command.SetAction(words => words.GetValue(csharp)
            ? Run(terminal, words.GetValue(path)!, words.GetValue(output), new CSharpExport { ClassName = words.GetValue(className), Namespace = words.GetValue(space) })
            : throw new UsageException($"export: expected the form to write, received none. Type: {Invocation.Name} export --csharp {Text.Word(words.GetValue(path)!)} --out Model.cs"));
        return command;
    }

    private static int Run(Terminal terminal, string path, string? output, CSharpExport names)
    {
        string target = output ?? Path.ChangeExtension(Path.GetFileName(path), ".cs");
        OutputFile.Check("--out", target, path);
        string source = ModelSource.Load(path).ToCSharp(names);
        AtomicFile.Write(target, stream => stream.Write(Encoding.UTF8.GetBytes(source)));
        terminal.Output.WriteLine($"C#        {target}: {Text.Count(source.Count(c => c == '\n'))} lines; the class checks itself with SelfCheck()");
        return ExitCode.Success;
    }
}
