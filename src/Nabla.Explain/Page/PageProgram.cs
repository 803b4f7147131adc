using Nabla.Compiler.Emit;

namespace Nabla.Explain;

/// <summary>
/// The program of a trace, read back from its text and differentiated once more by the pass that trains, for two things: which values use which, and the
/// script that recomputes every number in the page when a reader moves one.
/// </summary>
internal sealed class PageProgram
{
    /// <summary>The name of the printed function.</summary>
    public const string Function = "compute";

    // Beyond this the script would be most of the page, and its edges a picture of nothing.
    private const int LargestScript = 3000;

    private readonly Trace _trace;
    private readonly Quantities _quantities;
    private readonly Dictionary<Node, int> _places = [];
    private readonly Node _result;

    private PageProgram(Trace trace, Graph graph)
    {
        _trace = trace;
        _result = graph.Output(trace.Result.Name);
        _quantities = new Quantities(_result, graph.Outputs.ToDictionary(o => o.Node, o => o.Name), everyOperation: false);
        Dictionary<string, int> ids = trace.Nodes.ToDictionary(n => n.Name, n => n.Id);
        foreach (Node owner in _quantities.Owners)
        {
            if (ids.TryGetValue(_quantities.Names[owner], out int id))
            {
                _places[owner] = id;
            }
        }

        (Node From, Node To)[] uses = [.. _quantities.Nodes
            .SelectMany(user => user.Inputs.Select(input => (From: _quantities.OwnerOf(input), To: _quantities.OwnerOf(user))))
            .Where(u => u.From != u.To && _places.ContainsKey(u.From) && _places.ContainsKey(u.To))];
        Formulas = new PageFormulas(trace, _quantities, _places);
        Uses = [.. uses.Select(u => (_places[u.From], _places[u.To]))];
    }

    /// <summary>Uses of values by values, one entry a use, those that carry no gradient as well.</summary>
    public IReadOnlyList<(int From, int To)> Uses { get; }

    /// <summary>Formulas of tensors.</summary>
    public PageFormulas Formulas { get; }

    /// <summary>Reads a trace's program; null where its result is a given value itself, so that there is no program.</summary>
    public static PageProgram? Read(Trace trace)
    {
        Graph graph = GraphParser.Parse(trace.Program);
        return graph.Outputs.Any(o => o.Name == trace.Result.Name) ? new PageProgram(trace, graph) : null;
    }

    /// <summary>
    /// The script: <c>const program = { inputs: [ids], outputs: { "v3": 0, ... }, run(arrays) }</c> with values <c>v</c> and gradients <c>g</c> of nodes,
    /// and contributions <c>c</c> and local derivatives <c>l</c> of edges, each by its number. Null where the program is too large or cannot be printed.
    /// </summary>
    public string? Script()
    {
        if (_quantities.Nodes.Count > LargestScript)
        {
            return null;
        }

        Dictionary<string, Node> outputs = [];
        Node[] wanted = [.. _places.Keys.Where(n => n.Type is TensorType { DType.IsFloat: true })];
        BackwardRecord record = new();
        System.Collections.Immutable.ImmutableArray<Tensor?> gradients = Differentiate.Pullback(
            [_result], [_result.Builder.Constant(1, _result.TensorType.DType)], wanted, record);
        foreach ((Node node, int id) in _places.Where(p => p.Key.Op is not Leaf))
        {
            outputs[$"v{id}"] = node;
        }

        for (int i = 0; i < wanted.Length; i++)
        {
            if (gradients[i] is { } gradient)
            {
                outputs[$"g{_places[wanted[i]]}"] = gradient.Node;
            }
        }

        bool isScalar = _places.Keys.All(n => n.Type is TensorType { Dims.Rank: 0 });
        if (isScalar)
        {
            Edges(record, outputs);
        }

        Node[] inputs = [.. _places.Keys.Where(n => n.Op is Leaf)];
        (Node Node, string Name)[] distinct = [.. outputs.GroupBy(o => o.Value).Select(g => (g.Key, g.First().Key))];
        Graph written = new("page", inputs, distinct.Select(d => new GraphOutput(d.Name, d.Node)));
        Dictionary<Node, Node> accurate = AccurateRules.InDerivatives(written, _quantities.Nodes.ToHashSet());
        Graph graph = Simplify.Run(new Graph("page", inputs.Select(n => accurate[n]), written.Outputs.Select(o => new GraphOutput(o.Name, accurate[o.Node]))));
        string function;
        try
        {
            function = isScalar ? JavaScriptProgram.PrintScalar(graph, Function) : JavaScriptProgram.Print(graph, Function);
        }
        catch (NotSupportedException)
        {
            return null;
        }

        Dictionary<Node, int> order = distinct.Select((d, i) => (d.Node, i)).ToDictionary(d => d.Node, d => d.i);
        string names = string.Join(", ", outputs.Select(o => $"{o.Key}: {order[o.Value]}"));
        string run = isScalar
            ? $"(given) => Object.values({Function}(...given.map((v) => v[0]))).map((v) => [v])"
            : Function;
        return $"{function}\nconst program = {{\n  inputs: [{string.Join(", ", inputs.Select(n => _places[n]))}],\n  outputs: {{ {names} }},\n  run: {run},\n}};\n";
    }

    // Contributions and local derivatives of scalars, each under the number that its path has in the trace: the nth use of one value by another.
    private void Edges(BackwardRecord record, Dictionary<string, Node> outputs)
    {
        ILookup<(int, int), int> numbers = _trace.Edges.Select((e, i) => (e, i)).ToLookup(p => (p.e.From, p.e.To), p => p.i);
        Number("c", record.Contributions.Select(c => new Path(c.User, c.Input, c.Value.Node)), null);
        foreach (Node owner in _places.Keys.Where(n => n.Op is not Leaf && _trace.Nodes[_places[n]].GradientState == GradientState.Computed))
        {
            Number("l", Locals(owner), owner);
        }

        void Number(string letter, IEnumerable<Path> paths, Node? only)
        {
            Dictionary<(int, int), int> seen = [];
            foreach (Path path in paths)
            {
                Node from = path.User.Inputs[path.Input];
                Node to = _quantities.OwnerOf(path.User);
                if (!_places.TryGetValue(from, out int start) || !_places.TryGetValue(to, out int end) || start == end || (only is not null && to != only))
                {
                    continue;
                }

                int nth = seen[(start, end)] = seen.GetValueOrDefault((start, end), -1) + 1;
                if (numbers[(start, end)].ElementAtOrDefault(nth) is int edge && numbers[(start, end)].Count() > nth)
                {
                    outputs[$"{letter}{edge}"] = path.Value;
                }
            }
        }
    }

    // The derivative of a value by each use in it. The value is opened as a small graph of its own, so that the pass sees it and not all that leads to it, and
    // what the pass found is written back over the values that go in.
    private IEnumerable<Path> Locals(Node owner)
    {
        (Node top, Dictionary<Node, Node> copies) = _quantities.Open(owner);
        Dictionary<Node, Node> originals = copies.ToDictionary(c => c.Value, c => c.Key);
        Node[] near = [.. copies.Where(c => c.Value.Op is Ops.Input && c.Key != owner && c.Key.TensorType.DType.IsFloat && _places.ContainsKey(c.Key)).Select(c => c.Value)];
        if (near.Length == 0)
        {
            return [];
        }

        BackwardRecord own = new();
        Differentiate.Pullback([top], [top.Builder.Constant(1, top.TensorType.DType)], near, own);
        Path[] found = [.. own.Contributions.Select(c => new Path(originals[c.User], c.Input, c.Value.Node))];
        Dictionary<Node, Node> back = originals.ToDictionary();
        foreach (Node node in TopologicalOrder.Of([.. found.Select(f => f.Value)]))
        {
            if (!back.ContainsKey(node))
            {
                back[node] = owner.Builder.Add(node.Op, [.. node.Inputs.Select(n => back[n])]);
            }
        }

        return found.Select(f => f with { Value = back[f.Value] });
    }

    // A use on the way back: which op used which of its inputs, and the node of what came back.
    private readonly record struct Path(Node User, int Input, Node Value);
}
