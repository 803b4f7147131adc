using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>Graphs as text, one node a line: <c>%7 = sum(%3) {axes=[1]} : float32[32]  # dense_1</c>. <see cref="GraphParser"/> reads it back.</summary>
internal static class GraphPrinter
{
    public static string Print(Graph graph)
    {
        StringBuilder text = new();
        Write(graph, text, "");
        return text.ToString();
    }

    public static string Line(Node node, Func<Node, string> name)
    {
        StringBuilder text = new();
        Write(node, name, text, "");
        return text.ToString();
    }

    public static string OpText(Op op)
    {
        StringBuilder text = new(op.Name);
        WriteAttributes(op, text, "");
        return text.ToString();
    }

    // Graphs inside attributes are written by the same method, indented under their node.
    private static void Write(Graph graph, StringBuilder text, string indent)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        Dictionary<Node, string> names = new(graph.Nodes.Length);
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            names[graph.Nodes[i]] = string.Create(CultureInfo.InvariantCulture, $"%{i}");
        }

        text.Append("graph ").Append(TypeText.Quote(graph.Name)).Append('(').AppendJoin(", ", graph.Inputs.Select(n => names[n])).Append(") {\n");
        string inside = indent + "  ";
        foreach (Node node in graph.Nodes)
        {
            text.Append(inside);
            Write(node, n => names[n], text, inside);
            text.Append('\n');
        }

        text.Append(inside).Append("return ").AppendJoin(", ", graph.Outputs.Select(o => $"{TypeText.Quote(o.Name)}={names[o.Node]}"));
        text.Append('\n').Append(indent).Append('}');
    }

    private static void Write(Node node, Func<Node, string> name, StringBuilder text, string indent)
    {
        text.Append(name(node)).Append(" = ").Append(node.Op.Name).Append('(').AppendJoin(", ", node.Inputs.Select(name)).Append(')');
        WriteAttributes(node.Op, text, indent);
        text.Append(" : ").Append(TypeText.Write(node.Type));
        if (node.Scope.Path is { Length: > 0 } scope)
        {
            text.Append("  # ").Append(scope.Any(char.IsControl) || scope[0] is '"' or ' ' || scope[^1] == ' ' ? TypeText.Quote(scope) : scope);
        }
    }

    private static void WriteAttributes(Op op, StringBuilder text, string indent)
    {
        string before = " {";
        foreach (OpAttribute attribute in op.Attributes)
        {
            text.Append(before).Append(attribute.Name).Append('=');
            before = " ";
            if (attribute.Value is Graph graph)
            {
                Write(graph, text, indent);
            }
            else
            {
                text.Append(Text(attribute.Value));
            }
        }

        text.Append(op.Attributes.IsEmpty ? "" : "}");
    }

    private static string Text(object value) => value switch
    {
        bool b => b ? "true" : "false",
        int i => i.ToString(CultureInfo.InvariantCulture),
        string s => TypeText.Quote(s),
        DType d => d.Name,
        NDArray a => ArrayText.Write(a),
        Dims d => TypeText.Write(d),
        TensorType t => TypeText.Write(t),
        Axes or Rational => value.ToString()!,
        _ => throw new InvalidOperationException($"GraphPrinter: no text form for an attribute of {value.GetType().Name}."),
    };
}
