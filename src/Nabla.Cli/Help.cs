using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Nabla.Cli;

/// <summary>Help that ends with examples.</summary>
internal static class Help
{
    private static readonly Dictionary<string, string[]> Examples = new()
    {
        ["train"] =
        [
            "nabla train                                     MNIST, 25-15-10 units",
            "nabla train --layers 128,64,10 --epochs 5       a bigger network",
            "nabla train digits --optimizer sgd --learning-rate 0.05",
            "nabla train digits --seeds 10 --report          ten seeds side by side, and a page about them",
            "nabla train ./fashion --out fashion.nabla       a folder of IDX files",
            "nabla train data.npz --json result.json         arrays x and y, or x_train, y_train, x_test, y_test",
            "nabla train x.npy y.npy",
            "nabla train --data flowers.csv --target species",
            "nabla train homes.csv --target price --ignore id,sold --json result.json",
        ],
        ["predict"] =
        [
            "nabla predict mnist.nabla mnist                 the answers for the 10,000 test digits",
            "nabla predict iris.nabla flowers.npy            one row of features a flower",
            "nabla predict flowers.nabla new.csv             columns found by their names",
        ],
        ["evaluate"] =
        [
            "nabla evaluate mnist.nabla mnist",
            "nabla evaluate model.nabla x.npy y.npy --json result.json",
            "nabla evaluate flowers.nabla more.csv",
        ],
        ["diff"] =
        [
            "nabla diff \"1/w\" --at w=2                       the derivative, its exact value, each rule, and the nudge",
            "nabla diff \"1/2*(w*x + b - y)^2\" --wrt w",
            "nabla diff \"sigmoid(z)\" --at z=40 --epsilon 0.1,0.001",
            "nabla diff \"w^3\" --latex --notation auto",
        ],
        ["explain"] =
        [
            "nabla explain                                   the lessons by name",
            "nabla explain small                             every number of one training step",
            "nabla explain larger --notation 3b1b --matrix --expand",
            "nabla explain \"c=w*x; a=c+b; d=a-y; J=d^2/2\" w=2 b=8 x=-2 y=2",
            "nabla explain \"J = w^2\" w=3 --epsilon 1,0.1,0.01,1e-4,1e-8,1e-12,1e-16",
            "nabla explain small --optimizer adam --learning-rate 0.001 --json step.json",
            "nabla explain mazur --iterations 1..20 --csv mazur.csv",
            "nabla explain mazur --iterations 1..100 --html mazur.html   a page that plays them",
            "nabla explain small --html small.html           the same as a page, to open by double click",
            "nabla explain mnist.nabla mnist --examples 0,1 --param dense_1.kernel[3,2]",
            "nabla explain mnist.nabla mnist --examples 0,1 --iterations 1..20 --csv steps.csv",
        ],
        ["doctor"] =
        [
            "nabla doctor mnist.nabla mnist                  a model and the data that it learns from",
            "nabla doctor flowers.nabla flowers.csv --json found.json",
            "nabla doctor --data flowers.csv --target species",
        ],
        ["check-chain"] =
        [
            "nabla check-chain small dJ/dw \"d * x\"",
            "nabla check-chain chain dC/dw2 \"2*(a3-y) * s'(z3) * w3 * s'(z2) * a1\"",
        ],
        ["worksheet"] =
        [
            "nabla worksheet small --seed 7                  numbers of one's own",
            "nabla worksheet small --seed 7 --answers",
            "nabla worksheet small --seed 7 --check mine.txt",
        ],
        ["speed"] = ["nabla speed", "nabla speed --images 30000 --seconds 10800       is that normal?", "nabla speed mnist.nabla"],
        ["summary"] = ["nabla summary mnist.nabla"],
        ["export"] = ["nabla export flowers.nabla --csharp --out Flowers.cs"],
        ["lab"] =
        [
            "nabla lab                                       a prompt: J = w**2, diff J w, w = 3, nudge w 0.002",
            "nabla lab session.lab                           the cells of a file, one a line",
            "nabla lab session.lab --save lab.html           and one page with all of them",
            "echo \"diff w^3\" | nabla lab",
        ],
        ["nabla"] =
        [
            "nabla train                                     learn handwritten digits in seconds",
            "nabla evaluate mnist.nabla mnist                measure what was learned",
            "nabla predict mnist.nabla mnist                 one answer a row",
            "nabla train --help                              all that can be chosen",
        ],
    };

    /// <summary>A command as it may be typed.</summary>
    public static string ExampleOf(string command) => Typed(Examples[command][0]);

    /// <summary>An option with a value as it may be typed, as the examples of a command have it, or those of another; null where none has.</summary>
    public static string? ExampleOf(string command, string option) => Examples[command].Concat(Examples.Values.SelectMany(e => e)).Select(Typed)
        .Select(e => e.IndexOf($" {option} ", StringComparison.Ordinal) is >= 0 and var at ? e[(at + 1)..].Split(" --")[0] : null).FirstOrDefault(e => e is not null);

    // Without the remark behind it.
    private static string Typed(string example) => example.Split("   ")[0].TrimEnd();

    /// <summary>The option that shows help; for the command itself and all below it.</summary>
    public static HelpOption Option()
    {
        HelpOption option = new() { Recursive = true };
        option.Action = new WithExamples((SynchronousCommandLineAction)option.Action!);
        return option;
    }

    private sealed class WithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = help.Invoke(parseResult);
            Command command = parseResult.CommandResult.Command;
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in Examples[command.Name])
            {
                output.WriteLine($"  {example}");
            }

            return code;
        }
    }
}
