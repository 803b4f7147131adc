using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>A node of a computation graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Formula">How it is made from others; empty for what is given.</param>
/// <param name="Value">Its value, where one is known.</param>
/// <param name="Inputs">The places of what it needs, one entry a use.</param>
internal sealed record LabGraphNode(string Name, string Formula, string? Value, ImmutableArray<int> Inputs);

/// <summary>A computation graph: named values where the formula has some, else every operation.</summary>
/// <param name="Title">What it computes.</param>
/// <param name="Nodes">Each after what it needs; the last is the result.</param>
internal sealed record LabGraph(string Title, ImmutableArray<LabGraphNode> Nodes)
{
    /// <summary>The graph of a program.</summary>
    /// <param name="graph">The program.</param>
    /// <param name="point">Values of names; those of the nodes follow where all are known.</param>
    public static LabGraph Of(Graph graph, IReadOnlyDictionary<string, LabValue> point)
    {
        Node result = LabAlgebra.Result(graph);
        Dictionary<Node, string> names = [];
        foreach (GraphOutput output in graph.Outputs)
        {
            names.TryAdd(output.Node, output.Name == FormulaParser.ResultName ? Free(graph) : output.Name);
        }

        Quantities quantities = new(result, names, everyOperation: graph.Outputs.Length == 1);
        Dictionary<Node, int> places = quantities.Owners.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        bool isKnown = LabAlgebra.Names(graph).All(point.ContainsKey);
        return new LabGraph(names[result], [.. quantities.Owners.Select(owner => Write(owner, quantities, places, isKnown, point))]);
    }

    private static LabGraphNode Write(Node owner, Quantities quantities, Dictionary<Node, int> places, bool isKnown, IReadOnlyDictionary<string, LabValue> point)
    {
        bool isGiven = owner.Op is Leaf;
        (Node opened, Dictionary<Node, Node> copies) = quantities.Open(owner);
        Dictionary<Node, Node> originals = copies.ToDictionary(c => c.Value, c => c.Key);
        Node[] uses = isGiven ? [] : [.. TopologicalOrder.Of([opened]).SelectMany(n => n.Inputs).Where(n => n.Op is Leaf).Select(n => originals[n])];
        bool isNumber = owner.Type is TensorType { DType.IsFloat: true };
        string? value = isGiven && point.TryGetValue(((Leaf)owner.Op).Label, out LabValue given) ? given.Text
            : isKnown && isNumber && !isGiven ? LabAlgebra.Evaluate(new Graph("value", TopologicalOrder.Of([owner]).Where(n => n.Op is Leaf), [new GraphOutput("value", owner)]), point).Text
            : null;
        return new LabGraphNode(quantities.Names[owner], isGiven ? "" : FormulaWords.Of(opened) ?? owner.Op.Name, value, [.. uses.Select(u => places[u])]);
    }

    private static string Free(Graph graph)
    {
        string name = "J";
        while (graph.Outputs.Any(o => o.Name == name) || LabAlgebra.Names(graph).Contains(name))
        {
            name += "'";
        }

        return name;
    }

    /// <summary>The graph as a tree of lines, from the result down; what was written already is named only.</summary>
    public IEnumerable<string> Lines(bool unicode)
    {
        HashSet<int> written = [];
        return Branch(Nodes.Length - 1, "", "", unicode, written);
    }

    private IEnumerable<string> Branch(int at, string head, string indent, bool unicode, HashSet<int> written)
    {
        LabGraphNode node = Nodes[at];
        bool isNew = written.Add(at);
        string formula = node.Formula.Length > 0 ? $" = {(unicode ? FormulaUnicode.Print(LabAlgebra.Written(node.Formula)) : node.Formula)}" : "";
        yield return $"{head}{node.Name}{formula}{(node.Value is { } value && value != node.Formula ? $" = {value}" : "")}{(isNew || node.Inputs.IsEmpty ? "" : "   (as above)")}";
        if (!isNew)
        {
            yield break;
        }

        for (int i = 0; i < node.Inputs.Length; i++)
        {
            bool isLast = i == node.Inputs.Length - 1;
            string corner = unicode ? (isLast ? "└─ " : "├─ ") : isLast ? "`- " : "|- ";
            string below = isLast ? "   " : unicode ? "│  " : "|  ";
            foreach (string line in Branch(node.Inputs[i], indent + corner, indent + below, unicode, written))
            {
                yield return line;
            }
        }
    }
}
