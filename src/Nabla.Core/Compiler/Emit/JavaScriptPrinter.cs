using System.Globalization;
using System.Text;

namespace Nabla.Compiler.Emit;

/// <summary>A loop kernel as JavaScript: the loops that a person would write over typed arrays, for the middle of a function.</summary>
internal sealed class JavaScriptPrinter
{
    // As in C#: parts that repeat get a name from this size on.
    private const int SmallestShared = 8;

    private readonly StringBuilder _text = new();
    private readonly CSharpNames _names;
    private readonly JavaScriptExpressions _expressions;
    private int _depth;

    private JavaScriptPrinter(CSharpNames names, JavaScriptExpressions expressions, int depth)
    {
        _names = names;
        _expressions = expressions;
        _depth = depth;
    }

    /// <summary>The statements that do the whole kernel's work.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="names">The function's names, the buffers' among them.</param>
    /// <param name="called">Takes note of the functions that have to be printed too.</param>
    /// <param name="roundsCasts">Whether a cast to float32 rounds.</param>
    /// <param name="depth">How far the lines are indented.</param>
    public static string PrintBody(LoopKernel kernel, CSharpNames names, HashSet<string> called, bool roundsCasts, int depth)
    {
        LoopKernel readable = LoopInlining.Inline(LoopSharing.Share(kernel, SmallestShared));
        readable = readable with { Body = LoopUnrolling.WithoutSingleTurns(readable) };
        JavaScriptExpressions expressions = new(names, new LoopRange(readable), called, roundsCasts);
        JavaScriptPrinter printer = new(names, expressions, depth);

        // Each kernel's names live in a block of their own: the next may use them again.
        printer._names.Open();
        printer.PrintStatements(readable.Body);
        printer._names.Close();
        return printer._text.ToString();
    }

    private void PrintStatements(LoopStatement s)
    {
        foreach (LoopStatement inner in LoopWalk.Flat(s))
        {
            PrintStatement(inner);
        }
    }

    private void PrintStatement(LoopStatement s)
    {
        switch (s)
        {
            case LoopStatement.Let x:
                PrintDeclaration("const", x.Name, x.Value);
                break;
            case LoopStatement.Declare x:
                PrintDeclaration("let", x.Name, x.Initial);
                break;
            case LoopStatement.Assign x:
                Line($"{_names[x.Name.Name]} = {Text(x.Value)};");
                break;
            case LoopStatement.Accumulate x:
                Line(Accumulation(_names[x.Name.Name], x));
                break;
            case LoopStatement.Store x:
                Line($"{_names[x.Buffer]}[{Text(x.Place)}] = {Text(x.Value)};");
                break;
            case LoopStatement.If x:
                PrintBlock($"if ({Text(x.Condition)})", x.Then);
                break;
            case LoopStatement.While x:
                PrintBlock($"while ({Text(x.Condition)})", x.Body);
                break;
            case LoopStatement.For x:
                PrintFor(x);
                break;
            default:
                throw new NotSupportedException($"JavaScript: nothing stands for {s.GetType().Name}.");
        }
    }

    private void PrintDeclaration(string keyword, LoopExpr.Variable name, LoopExpr value)
    {
        // The value may read an older variable of the same name, so it becomes text first.
        string text = Text(value);
        Line($"{keyword} {_names.Declare(name.Name)} = {text};");
    }

    private string Accumulation(string name, LoopStatement.Accumulate x) => (x.Combine, x.Name.DType) switch
    {
        (BinaryFunction.Add, { IsFloat: true }) => $"{name} += {Text(x.Value)};",
        (BinaryFunction.Multiply, { IsFloat: true }) => $"{name} *= {Text(x.Value)};",
        _ => $"{name} = {Text(new LoopExpr.Binary(x.Combine, x.Name, x.Value, x.Name.DType))};",
    };

    private void PrintFor(LoopStatement.For x)
    {
        string begin = Text(x.Begin);
        string end = Text(x.End);
        _names.Open();
        string index = _names.Declare(x.Index.Name);
        PrintBlock($"for (let {index} = {begin}; {index} < {end}; {index}++)", x.Body);
        _names.Close();
    }

    private void PrintBlock(string head, LoopStatement body)
    {
        Line($"{head} {{");
        _depth++;
        _names.Open();
        PrintStatements(body);
        _names.Close();
        _depth--;
        Line("}");
    }

    private string Text(LoopExpr e) => _expressions.Text(e);

    private void Line(string text) => _text.Append(' ', _depth * 2).Append(text).Append('\n');
}
