using System.Globalization;
using System.Text;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>Writes docs/ir.md: every op from the catalog, with a type and a derivative shown on a sample of the table of tests.</summary>
internal static class IrPage
{
    public static string Render()
    {
        StringBuilder page = new();
        page.Append(
            """
            # The ops

            Written by a test from the table of ops; do not edit by hand. `NABLA_UPDATE_DOCS=1 dotnet test -c Release` rewrites it.

            A graph is a list of nodes; a node is an op applied to earlier nodes, printed as
            `%7 = sum(%3) {axes=[1]} : float32[32]`: number, op, operands, attributes, type. Operands of an op have equal element types and, where it
            works element by element, equal dims: broadcasting, casting and reshaping are nodes of their own.

            Below, `dy` is the cotangent that arrives at a result `y`, and `dx`, `da`, ... are what the derivative rule (VJP) hands on to the operands.
            An operand that is not mentioned gets none: whole numbers, truth values and counts have no derivative.
            At kinks the derivative is a choice; each summary says which. Everything else (relu, softmax, losses, variance, random normal numbers) is a
            plain function over these ops and has no rule of its own.


            """.ReplaceLineEndings("\n"));
        page.Append(CultureInfo.InvariantCulture, $"The {OpCatalog.All.Length} ops:\n\n| Op | Meaning |\n|---|---|\n");
        foreach (OpInfo info in OpCatalog.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [`{info.Name}`](#{info.Name}) | {info.Summary.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        foreach (OpInfo info in OpCatalog.All)
        {
            Section(page, info);
        }

        return page.ToString();
    }

    private static void Section(StringBuilder page, OpInfo info)
    {
        OpRow row = OpTable.Row(info.Name);
        OpSample sample = Shown(row);
        Op op = sample.Op(DType.Float32);
        page.Append(CultureInfo.InvariantCulture, $"\n## {info.Name}\n\n{info.Summary}\n\n");
        if (!op.Attributes.IsEmpty)
        {
            page.Append(CultureInfo.InvariantCulture, $"Attributes: {string.Join(", ", op.Attributes.Select(a => $"`{a.Name}` ({Kind(a.Value)})"))}.\n\n");
        }

        // The op on the sample's operands, in lines that stand alone; what it needs around it (a tuple to take apart) comes first.
        GraphBuilder builder = new();
        bool isLeaf = op is Leaf;
        Tensor[] inputs = isLeaf ? [] : [.. sample.Operands.Select((o, i) => builder.Input(Names(sample.Operands.Length)[i], new(o.Fixed ?? DType.Float32, o.Dims)))];
        Node node = isLeaf || op is Constant or Literal ? builder.Add(op)
            : op is Project ? builder.Add(op, builder.Add(new MakeTuple(), [.. inputs.Select(t => t.Node)]))
            : builder.Add(op, [.. inputs.Select(t => t.Node)]);
        Dictionary<Node, string> names = inputs.ToDictionary(t => t.Node, t => ((Leaf)t.Node.Op).Label);
        string operands = inputs.Length == 0 || op is Constant or Literal ? "" : string.Join("\n", inputs.Select(t => $"{names[t.Node]} : {t.Type}")) + "\n";
        page.Append("```\n").Append(operands).Append(Lines(node, names, "y"));
        if (node.Type is TensorType { DType.IsFloat: true } && inputs.Any(t => t.DType.IsFloat) && op is not (Constant or Literal) && row.HasDerivative | op is Cast)
        {
            page.Append(Derivative(builder, new Tensor(node), inputs, names));
        }

        page.Append("```\n");
    }

    private static string Derivative(GraphBuilder builder, Tensor y, Tensor[] inputs, Dictionary<Node, string> names)
    {
        Tensor dy = builder.Input("dy", y.Type);
        names[dy.Node] = "dy";
        int[] wanted = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i].DType.IsFloat)];
        var found = Differentiate.Pullback([y.Node], [dy], [.. wanted.Select(i => inputs[i].Node)]);
        StringBuilder text = new();
        for (int k = 0; k < wanted.Length; k++)
        {
            string name = $"d{names[inputs[wanted[k]].Node]}";
            text.Append(found[k] is not { } gradient ? $"{name} = 0\n"
                : y.Node.Op is UnaryOp or BinaryOp ? $"{name} = {FormulaText.Print(FormulaRenderer.Render(gradient.Node, names.ToDictionary(n => n.Key, n => (Formula)new Formula.Symbol(n.Value))))}\n"
                : Lines(gradient.Node, names, name));
        }

        return text.ToString();
    }

    // The nodes that are not named yet, each on a line, numbered on; the last gets the name. A named node is shown as that.
    private static string Lines(Node last, Dictionary<Node, string> names, string name)
    {
        if (names.TryGetValue(last, out string? known))
        {
            return $"{name} = {known}\n";
        }

        StringBuilder text = new();
        foreach (Node node in TopologicalOrder.Of([last]).Where(n => !names.ContainsKey(n)))
        {
            names[node] = node == last ? name : $"%{names.Values.Count(v => v[0] == '%')}";
            string line = GraphPrinter.Line(node, n => names[n]);
            int scope = line.IndexOf("  # ", StringComparison.Ordinal);
            text.Append(scope < 0 ? line : line[..scope]).Append('\n');
        }

        return text.ToString();
    }

    private static OpSample Shown(OpRow row) =>
        row.Samples.FirstOrDefault(s => s.Label == "[3,5]")
        ?? row.Samples.FirstOrDefault(s => s.Build is null && s.Operands.Length > 0 && s.Operands.All(o => o.Dims.Count > 1) && s.Operands.Any(o => o.Dims.Rank > 1))
        ?? row.Samples[0];

    private static string[] Names(int count) => count switch
    {
        1 => ["x"],
        _ => [.. Enumerable.Range(0, count).Select(i => ((char)('a' + i)).ToString())],
    };

    private static string Kind(object value) => value switch
    {
        int => "whole number",
        bool => "true or false",
        string => "text",
        Axes => "list of whole numbers",
        Dims => "dims",
        Rational => "exact number",
        DType => "element type",
        TensorType => "type",
        NDArray => "array",
        Graph => "graph",
        _ => throw new InvalidOperationException($"No name for an attribute of {value.GetType()}."),
    };
}
