using System.Globalization;
using System.Text;

namespace Nabla.Compiler.Emit;

/// <summary>A loop kernel as C#: a static method with the loops that a person would write. It compiles against <see cref="PlanMath"/>.</summary>
internal sealed class CSharpPrinter
{
    // Parts that repeat get a name from this size on: shorter ones read better written twice, and a graph of shared parts must not print as a tree.
    private const int SmallestShared = 8;

    private readonly StringBuilder _text = new();
    private readonly CSharpNames _names;
    private readonly CSharpExpressions _expressions;
    private readonly string _index;
    private int _depth;

    private CSharpPrinter(LoopKernel kernel, CSharpNames names, CSharpLibrary library, string index)
    {
        _names = names;
        _index = index;
        _expressions = new CSharpExpressions(names, new LoopRange(kernel), library);
    }

    /// <summary>The method's text: <c>static unsafe void name(nint* buffers, long begin, long end)</c>.</summary>
    public static string Print(LoopKernel kernel)
    {
        LoopKernel readable = LoopInlining.Inline(LoopSharing.Share(kernel, SmallestShared));
        var printer = new CSharpPrinter(readable, new CSharpNames(), new CSharpLibrary("PlanMath."), "long");
        printer.PrintKernel(readable);
        return printer._text.ToString();
    }

    /// <summary>The statements that do the whole kernel's work, for the middle of a method over arrays: loops count in int, and loops of one turn vanish.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="names">The method's names, the buffers' among them.</param>
    /// <param name="library">Where the functions are.</param>
    /// <param name="depth">How far the lines are indented.</param>
    public static string PrintBody(LoopKernel kernel, CSharpNames names, CSharpLibrary library, int depth)
    {
        LoopKernel readable = LoopInlining.Inline(LoopSharing.Share(kernel, SmallestShared));
        readable = readable with { Body = LoopUnrolling.WithoutSingleTurns(readable) };
        var printer = new CSharpPrinter(readable, names, library, "int") { _depth = depth };
        printer.PrintStatements(readable.Body);
        return printer._text.ToString();
    }

    private void PrintKernel(LoopKernel kernel)
    {
        string method = _names.Declare(kernel.Name);
        string table = _names.Declare("buffers");
        string begin = _names.Declare(kernel.Begin.Name);
        string end = _names.Declare(kernel.End.Name);
        Line($"static unsafe void {method}(nint* {table}, long {begin}, long {end})");
        Line("{");
        _depth++;
        foreach (LoopBuffer buffer in kernel.Buffers)
        {
            string type = CSharpExpressions.TypeName(buffer.DType);
            string id = buffer.Id.ToString(CultureInfo.InvariantCulture);
            Line($"{type}* {_names.DeclareBuffer(buffer)} = ({type}*){table}[{id}];");
        }

        _text.Append('\n');
        PrintStatements(kernel.Body);
        _depth--;
        Line("}");
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
                PrintDeclaration(x.Name, x.Value);
                break;
            case LoopStatement.Declare x:
                PrintDeclaration(x.Name, x.Initial);
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
                throw new NotSupportedException($"Kernel: no C# for {s.GetType().Name}.");
        }
    }

    private void PrintDeclaration(LoopExpr.Variable name, LoopExpr value)
    {
        // The value may read an older variable of the same name, so it becomes text first.
        string text = Text(value);
        Line($"{CSharpExpressions.TypeName(name.DType)} {_names.Declare(name.Name)} = {text};");
    }

    private string Accumulation(string name, LoopStatement.Accumulate x) => x.Combine switch
    {
        BinaryFunction.Add => $"{name} += {Text(x.Value)};",
        BinaryFunction.Multiply => $"{name} *= {Text(x.Value)};",
        BinaryFunction.And => $"{name} &= {Text(x.Value)};",
        BinaryFunction.Or => $"{name} |= {Text(x.Value)};",
        _ => $"{name} = {Text(new LoopExpr.Binary(x.Combine, x.Name, x.Value, x.Name.DType))};",
    };

    private void PrintFor(LoopStatement.For x)
    {
        string begin = Text(x.Begin);
        string end = Text(x.End);
        _names.Open();
        string index = _names.Declare(x.Index.Name);
        PrintBlock($"for ({_index} {index} = {begin}; {index} < {end}; {index}++)", x.Body);
        _names.Close();
    }

    private void PrintBlock(string head, LoopStatement body)
    {
        Line(head);
        Line("{");
        _depth++;
        _names.Open();
        PrintStatements(body);
        _names.Close();
        _depth--;
        Line("}");
    }

    private string Text(LoopExpr e) => _expressions.Text(e);

    private void Line(string text) => _text.Append(' ', _depth * 4).Append(text).Append('\n');
}
