using System.Globalization;
using System.Text;

namespace Nabla.Compiler.Emit;

/// <summary>A graph of scalars as one small JavaScript function, a line for each named value.</summary>
internal static class JavaScriptScalars
{
    // Operations in a line; longer expressions get a name of their own.
    private const int LongestLine = 5;

    /// <summary>The function's text.</summary>
    public static string Print(Graph graph, string functionName, bool roundsCasts)
    {
        Graph prepared = Prepare.Run(graph);
        CSharpNames names = new(JavaScriptText.ReservedWords);
        string function = names.Declare(functionName);
        HashSet<string> called = [];
        LoopExpr.Variable bound = LowerNest.Begin;
        LoopRange range = new(new LoopKernel(functionName, [], 1, bound, LowerNest.End, new LoopStatement.Block([])));
        JavaScriptExpressions expressions = new(names, range, called, roundsCasts);

        Dictionary<Node, LoopExpr> values = [];
        Dictionary<Node, string> wishes = [];
        List<string> parameters = [];
        foreach (Node input in prepared.Inputs)
        {
            CheckScalar(input, graph);
            values[input] = Name(input, ((Leaf)input.Op).Label);
            parameters.Add(expressions.Text(values[input]));
        }

        foreach (GraphOutput output in prepared.Outputs)
        {
            wishes.TryAdd(output.Node, output.Name);
        }

        Dictionary<Node, int> uses = prepared.Nodes.SelectMany(n => n.Inputs).GroupBy(n => n).ToDictionary(g => g.Key, g => g.Count());
        StringBuilder lines = new();
        foreach (Node node in prepared.Nodes.Where(n => !values.ContainsKey(n)))
        {
            CheckScalar(node, graph);
            LoopExpr value = Lower(node, values);
            bool isNamed = wishes.TryGetValue(node, out string? wish);
            if (isNamed || (value is not LoopExpr.Number && (uses.GetValueOrDefault(node) > 1 || Operations(value) > LongestLine)))
            {
                string text = expressions.Text(value);
                values[node] = Name(node, wish ?? "t1");
                lines.Append(CultureInfo.InvariantCulture, $"  const {expressions.Text(values[node])} = {text};\n");
            }
            else
            {
                values[node] = value;
            }
        }

        string results = string.Join(", ", prepared.Outputs.Select(o => Field(o.Name, expressions.Text(values[o.Node]))));
        StringBuilder program = new();
        program.Append(CultureInfo.InvariantCulture, $"function {function}({string.Join(", ", parameters)}) {{\n");
        program.Append(JavaScriptFunctions.Write(called, "  ")).Append(lines);
        return program.Append(CultureInfo.InvariantCulture, $"  return {{ {results} }};\n}}\n").ToString();

        LoopExpr.Variable Name(Node node, string wish)
        {
            // Unique in the loop language as well: two values may have been given the same label.
            LoopExpr.Variable variable = new(string.Create(CultureInfo.InvariantCulture, $"{wish}#{node.Id}"), node.TensorType.DType);
            names.DeclareAs(variable.Name, wish);
            return variable;
        }
    }

    private static LoopExpr Lower(Node node, Dictionary<Node, LoopExpr> values) => node.Op.Lower switch
    {
        Lowering.Element element => element.Expression(new Context(node, values)),
        Lowering.Reduction reduction => FuseRules.OverNothing(node, reduction).Expression(new Context(node, values)),
        Lowering.View => values[node.Inputs[0]],
        _ when node.Op is Literal literal => LoopExpr.Constant(Scalar(literal.Value), node.TensorType.DType),
        _ => throw new NotSupportedException($"JavaScript: '{node.Op.Name}' is not an op on scalars; print the graph over arrays instead."),
    };

    private static Rational Scalar(NDArray value) => value.AsType(DType.Float64).AsSpan<double>()[0];

    private static int Operations(LoopExpr e) => e is LoopExpr.Load or LoopExpr.Number or LoopExpr.Variable ? 0 : 1 + LoopWalk.Operands(e).Sum(Operations);

    private static string Field(string key, string value) =>
        key == value ? value : key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(key[0]) ? $"{key}: {value}" : $"{JavaScriptText.Quote(key)}: {value}";

    private static void CheckScalar(Node node, Graph graph)
    {
        if (node.Type is not TensorType { Dims.Rank: 0 })
        {
            throw new NotSupportedException($"JavaScript: expected a graph of scalars, received {node.Op.Name} : {node.Type} in '{graph.Name}'. Print it over arrays instead.");
        }
    }

    private sealed class Context(Node node, Dictionary<Node, LoopExpr> values) : ElementContext
    {
        public override IReadOnlyList<LoopExpr> Index => [];

        public override Node Node => node;

        public override LoopExpr Input(int input, params IReadOnlyList<LoopExpr> index) => values[node.Inputs[input]];

        public override LoopExpr InputIf(LoopExpr condition, int input, IReadOnlyList<LoopExpr> index, LoopExpr otherwise, int? guarded = null) =>
            new LoopExpr.Select(condition, Input(input), otherwise);
    }
}
