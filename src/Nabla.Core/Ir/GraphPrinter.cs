using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>Graphs as text, one node a line: <c>%7 = sum(%3) {axes=[1]} : float32[32]  # dense_1</c>. <c>GraphParser</c> reads it back.</summary>
internal static class GraphPrinter
{
    public static string Print(Graph graph)
    {
        Dictionary<Node, string> names = new(graph.Nodes.Length);
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            names[graph.Nodes[i]] = string.Create(CultureInfo.InvariantCulture, $"%{i}");
        }

        StringBuilder text = new();
        text.Append("graph ").Append(Quote(graph.Name)).Append('(').AppendJoin(", ", graph.Inputs.Select(n => names[n])).Append(") {\n");
        foreach (Node node in graph.Nodes)
        {
            text.Append("  ").Append(Line(node, n => names[n])).Append('\n');
        }

        text.Append("  return ").AppendJoin(", ", graph.Outputs.Select(o => $"{Quote(o.Name)}={names[o.Node]}")).Append("\n}");
        return text.ToString();
    }

    public static string Line(Node node, Func<Node, string> name)
    {
        string attributes = Attributes(node.Op);
        string scope = node.Scope.Path;
        return $"{name(node)} = {node.Op.Name}({string.Join(", ", node.Inputs.Select(name))}){(attributes.Length > 0 ? " " + attributes : "")} : {node.Type}{(scope.Length > 0 ? "  # " + scope : "")}";
    }

    public static string OpText(Op op) => op.Name + (Attributes(op) is { Length: > 0 } attributes ? " " + attributes : "");

    private static string Attributes(Op op) =>
        op.Attributes.IsEmpty ? "" : "{" + string.Join(" ", op.Attributes.Select(a => $"{a.Name}={Text(a.Value)}")) + "}";

    private static string Text(object value) => value switch
    {
        bool b => b ? "true" : "false",
        int i => i.ToString(CultureInfo.InvariantCulture),
        string s => Quote(s),
        DType d => d.Name,
        NDArray a => ArrayText.Write(a),
        Axes or Dims or Rational or TensorType or Graph => value.ToString()!,
        _ => throw new InvalidOperationException($"GraphPrinter: no text form for an attribute of {value.GetType().Name}."),
    };

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
