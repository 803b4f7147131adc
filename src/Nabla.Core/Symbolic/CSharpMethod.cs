using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nabla.Compiler.Emit;

namespace Nabla;

/// <summary>A graph of scalars as one C# method, by each op's own lowering. It compiles against <see cref="Compiler.PlanMath"/>.</summary>
internal static class CSharpMethod
{
    // Deeper parts get a name, so that lines stay readable and no walk is deep.
    private const int DeepestPart = 12;

    public static string Print(Graph graph, string name)
    {
        if (!TypeText.IsWord(name) || CSharpNames.IsKeyword(name))
        {
            throw new ArgumentException($"ToCSharp: expected a C# name for the method, received {TypeText.Quote(name)}.");
        }

        CSharpNames names = new();
        LoopExpr.Variable zero = new("zero", DType.Int64);
        LoopKernel none = new(name, [], 1, zero, zero, new LoopStatement.Block([]));
        CSharpExpressions text = new(names, new LoopRange(none), new CSharpLibrary("PlanMath."));
        Dictionary<Node, int> uses = [];
        foreach (Node input in graph.Nodes.SelectMany(n => n.Inputs))
        {
            uses[input] = uses.GetValueOrDefault(input) + 1;
        }

        Dictionary<Node, (LoopExpr Value, int Depth)> values = [];
        List<string> parameters = [];
        foreach (Node input in graph.Inputs)
        {
            string symbol = ((Leaf)input.Op).Label;
            parameters.Add($"double {names.Declare(symbol)}");
            values[input] = (new LoopExpr.Variable(symbol, DType.Float64), 0);
        }

        StringBuilder locals = new();
        foreach (Node node in graph.Nodes.Where(n => !values.ContainsKey(n)))
        {
            LoopExpr value = ((Lowering.Element)node.Op.Lower).Expression(new ScalarContext(node, [.. node.Inputs.Select(n => values[n].Value)]));
            int depth = node.Inputs.Select(n => values[n].Depth).DefaultIfEmpty(-1).Max() + 1;
            if (node.Op is not Constant && (uses.GetValueOrDefault(node) > 1 || depth >= DeepestPart))
            {
                string type = CSharpExpressions.TypeName(node.TensorType.DType);
                string line = text.Text(value);
                string local = $"part {values.Count}";
                locals.Append(CultureInfo.InvariantCulture, $"    {type} {names.Declare(local)} = {line};\n");
                (value, depth) = (new LoopExpr.Variable(local, node.TensorType.DType), 0);
            }

            values[node] = (value, depth);
        }

        Node output = graph.Outputs[0].Node;
        string head = $"public static {CSharpExpressions.TypeName(output.TensorType.DType)} {name}({string.Join(", ", parameters)})";
        string result = text.Text(values[output].Value);
        return locals.Length == 0 ? $"{head} => {result};\n" : $"{head}\n{{\n{locals}    return {result};\n}}\n";
    }

    // One number of each input, whatever the place.
    private sealed class ScalarContext(Node node, ImmutableArray<LoopExpr> inputs) : ElementContext
    {
        public override IReadOnlyList<LoopExpr> Index => [];

        public override Node Node => node;

        public override LoopExpr Input(int input, params IReadOnlyList<LoopExpr> index) => inputs[input];

        public override LoopExpr InputIf(LoopExpr condition, int input, IReadOnlyList<LoopExpr> index, LoopExpr otherwise, int? guarded = null) => inputs[input];
    }
}
