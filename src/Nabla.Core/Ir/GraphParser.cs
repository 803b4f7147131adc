using System.Collections.Frozen;

namespace Nabla;

/// <summary>Reads printed graphs back: <c>GraphParser.Parse(graph.ToString())</c> prints the same text again.</summary>
/// <remarks>
/// Reading builds through <see cref="GraphBuilder"/>, so types are inferred anew and a type that the text declares is compared with them.
/// The text may come from anywhere: nesting is limited, and no memory is taken that the text's own length does not justify.
/// </remarks>
/// <example><code>
/// Graph graph = Differentiable.Of((Tensor w) =&gt; 3 * w.Square()).Trace(TensorType.Scalar(DType.Float64));
/// Graph again = GraphParser.Parse(graph.ToString());   // prints the same text
/// </code></example>
public static class GraphParser
{
    internal const string Who = "Graph text";

    // Graphs inside graphs: a loop in a loop is two. The limit keeps hostile text from ending the process by a stack overflow.
    private const int DeepestGraph = 64;

    private static readonly FrozenDictionary<string, OpInfo> Ops = OpCatalog.All.ToFrozenDictionary(o => o.Name);

    /// <summary>Reads a graph.</summary>
    /// <param name="text">As <see cref="Graph.ToString"/> writes it; the types after the colons and the scopes may be left out.</param>
    /// <exception cref="ParseException">The text is not a graph; the message shows the place.</exception>
    public static Graph Parse(string text)
    {
        TextCursor at = new(Who, text, 0, text.Length);
        Graph graph = ReadGraph(at, text, 0);
        at.SkipSpace();
        return at.AtEnd ? graph : throw at.Error($"expected nothing after the graph, received {at.Found}");
    }

    private static Graph ReadGraph(TextCursor at, string text, int depth)
    {
        if (depth == DeepestGraph)
        {
            throw at.Error($"expected graphs nested at most {DeepestGraph} deep");
        }

        at.Expect("graph", "at the start of a graph");
        int start = at.Position;
        string name = at.Quoted();
        at.Expect("(", "before the inputs of a graph");
        List<(string Name, int Position)> inputs = ReadReferences(at);
        at.Expect("{", "before the nodes of a graph");

        GraphBuilder builder = new();
        Dictionary<string, Node> nodes = [];
        while (!at.Takes("return"))
        {
            ReadNode(at, text, depth, builder, nodes);
        }

        List<GraphOutput> outputs = [];
        do
        {
            string output = at.Quoted();
            at.Expect("=", "after the name of an output");
            outputs.Add(new GraphOutput(output, Find(at, nodes, ReadReference(at))));
        }
        while (at.Takes(","));
        at.Expect("}", "or ',' after an output");
        try
        {
            return new Graph(name, [.. inputs.Select(i => Find(at, nodes, i))], outputs);
        }
        catch (ArgumentException e)
        {
            throw at.Error(e.Message, start, e);
        }
    }

    private static void ReadNode(TextCursor at, string text, int depth, GraphBuilder builder, Dictionary<string, Node> nodes)
    {
        (string name, int start) = ReadReference(at);
        at.Expect("=", "after the name of a node");
        at.SkipSpace();
        int opStart = at.Position;
        string opName = at.Word();
        if (!Ops.TryGetValue(opName, out OpInfo? info))
        {
            throw at.Error($"expected an op, received '{opName}'. {Suggestion.For(opName, Ops.Keys)}", opStart);
        }

        at.Expect("(", "before the inputs of a node");
        Node[] inputs = [.. ReadReferences(at).Select(r => Find(at, nodes, r))];
        PrintedAttributes attributes = new(text, opName, opStart, ReadAttributes(at, text, depth));
        int typeStart = at.Position;
        IrType? declared = at.Takes(":") ? TypeReader.ReadType(at) : null;

        Op op = info.Read(attributes);
        attributes.ExpectAllRead();
        using IDisposable _ = builder.Enter(ReadScope(at));
        Node node;
        try
        {
            node = builder.Add(op, inputs);
        }
        catch (ShapeException e)
        {
            throw at.Error(e.Message, opStart, e);
        }

        if (declared is not null && !declared.Equals(node.Type))
        {
            throw at.Error($"the text declares {TypeText.Write(declared)} where '{opName}' gives {TypeText.Write(node.Type)}", typeStart);
        }

        if (!nodes.TryAdd(name, node))
        {
            throw at.Error($"expected a new name, received {name} a second time", start);
        }
    }

    private static Dictionary<string, PrintedAttributes.Printed> ReadAttributes(TextCursor at, string text, int depth)
    {
        Dictionary<string, PrintedAttributes.Printed> attributes = [];
        if (!at.Takes("{"))
        {
            return attributes;
        }

        while (!at.Takes("}"))
        {
            string name = at.Word();
            at.Expect("=", "after the name of an attribute");
            at.SkipSpace();
            int start = at.Position;
            Graph? graph = at.Takes("graph ") ? ReadGraphFrom(start) : null;
            if (graph is null)
            {
                SkipValue(at);
            }

            if (start == at.Position)
            {
                throw at.Error($"expected a value of the attribute '{name}', received {at.Found}");
            }

            if (!attributes.TryAdd(name, new PrintedAttributes.Printed(start, at.Position, graph)))
            {
                throw at.Error($"expected each attribute once, received '{name}' again", start);
            }
        }

        return attributes;

        Graph ReadGraphFrom(int start)
        {
            at.Position = start;
            return ReadGraph(at, text, depth + 1);
        }
    }

    // To the blank or brace behind the value; blanks and braces inside quotes belong to it.
    private static void SkipValue(TextCursor at)
    {
        while (!at.AtEnd && !char.IsWhiteSpace(at.Next) && at.Next != '}')
        {
            if (at.Next == '"')
            {
                at.Quoted();
            }
            else
            {
                at.Position++;
            }
        }
    }

    private static Scope ReadScope(TextCursor at)
    {
        at.While(c => c is ' ' or '\t');
        if (at.Next != '#')
        {
            return Scope.Root;
        }

        at.Position++;
        at.While(c => c is ' ' or '\t');
        string path = at.Next == '"' ? at.Quoted() : at.While(c => c is not '\n' and not '\r');
        return path.Length == 0 ? Scope.Root : path.Split('/').Aggregate(Scope.Root, (scope, name) => scope.Child(name));
    }

    private static List<(string Name, int Position)> ReadReferences(TextCursor at)
    {
        List<(string, int)> references = [];
        while (!at.Takes(")"))
        {
            if (references.Count > 0)
            {
                at.Expect(",", "or ')' after a node");
            }

            references.Add(ReadReference(at));
        }

        return references;
    }

    private static (string Name, int Position) ReadReference(TextCursor at)
    {
        at.SkipSpace();
        int start = at.Position;
        if (at.Next != '%')
        {
            throw at.Error($"expected a node such as %0, received {at.Found}");
        }

        at.Position++;
        return ("%" + at.While(TypeText.IsWordPart), start);
    }

    private static Node Find(TextCursor at, Dictionary<string, Node> nodes, (string Name, int Position) reference) =>
        nodes.TryGetValue(reference.Name, out Node? node)
            ? node
            : throw at.Error($"expected a node that was made above, received {reference.Name}", reference.Position);
}
