namespace Nabla.Explain;

/// <summary>
/// A graph folded by names: each named value with the ops that make it from other named values. Ops that two named values share become a value of
/// their own, so that no path is counted twice.
/// </summary>
internal sealed class Quantities
{
    private readonly Dictionary<Node, Node> _ownerOf = [];

    /// <summary>Folds the graph under a result.</summary>
    /// <param name="result">The last value.</param>
    /// <param name="names">Names of values; leaves have one already.</param>
    /// <param name="everyOperation">Whether every op is a value of its own.</param>
    public Quantities(Node result, IReadOnlyDictionary<Node, string> names, bool everyOperation)
    {
        Nodes = TopologicalOrder.Of([result]);
        HashSet<Node> named = [.. names.Keys, result];
        Dictionary<Node, Node> firstUser = [];
        for (int i = Nodes.Count - 1; i >= 0; i--)
        {
            Node node = Nodes[i];
            bool isOwn = named.Contains(node) || node.Op is Leaf || (everyOperation && IsStep(node));
            if (!isOwn)
            {
                // Reached from one owner it belongs there; a second one makes it a value of its own.
                isOwn = !firstUser.TryGetValue(node, out Node? owner) || owner == node;
                _ownerOf[node] = isOwn ? node : owner!;
            }
            else
            {
                _ownerOf[node] = node;
            }

            foreach (Node input in node.Inputs)
            {
                Node user = _ownerOf[node];
                firstUser[input] = !firstUser.TryGetValue(input, out Node? before) || before == user || IsFree(input) ? user : input;
            }
        }

        // A constant that several values use has no owner to tell of.
        Owners = [.. Nodes.Where(n => _ownerOf[n] == n && !IsFree(n)).OrderBy(n => n.Id)]; // as the program was written
        int unnamed = 0;
        foreach (Node owner in Owners)
        {
            Names[owner] = owner.Op is Leaf leaf && !names.ContainsKey(owner) ? leaf.Label : names.GetValueOrDefault(owner) ?? NextName(names, ref unnamed);
        }
    }

    /// <summary>All nodes under the result, each after its inputs.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The values that stand for themselves, each after those that it needs.</summary>
    public IReadOnlyList<Node> Owners { get; }

    /// <summary>The name of each owner.</summary>
    public Dictionary<Node, string> Names { get; } = [];

    /// <summary>Whether two nodes are made as one value.</summary>
    public bool BelongsTo(Node node, Node owner) => _ownerOf[node] == owner;

    /// <summary>The value that a node is part of.</summary>
    public Node OwnerOf(Node node) => _ownerOf[node];

    /// <summary>How an owner is made from other owners, as a graph of its own over inputs of their names.</summary>
    /// <returns>The result, and for each node that was copied its copy; owners that go in are inputs.</returns>
    public (Node Result, Dictionary<Node, Node> Copies) Open(Node owner)
    {
        GraphBuilder builder = new();
        Dictionary<Node, Node> copies = [];
        foreach (Node node in Group(owner))
        {
            copies[node] = node != owner && _ownerOf[node] == node && !IsFree(node)
                ? builder.Input(Names[node], node.TensorType).Node
                : builder.Add(node.Op, [.. node.Inputs.Select(n => copies[n])]);
        }

        return (copies[owner], copies);
    }

    // The owner's ops and what goes into them, each after its inputs.
    private List<Node> Group(Node owner)
    {
        HashSet<Node> seen = [owner];
        Stack<Node> open = new([owner]);
        while (open.TryPop(out Node? node))
        {
            if (node != owner && _ownerOf[node] == node && !IsFree(node))
            {
                continue;
            }

            foreach (Node input in node.Inputs)
            {
                if (seen.Add(input))
                {
                    open.Push(input);
                }
            }
        }

        return [.. seen.OrderBy(n => n.Id)];
    }

    // What carries no information of its own: a constant, and a constant spread over axes.
    private static bool IsFree(Node node) => node.Op is Constant or Literal or Iota || (node.Op is Broadcast && node.Inputs[0].Op is Constant);

    private static bool IsStep(Node node) => !IsFree(node) && node.Op is not (Leaf or Broadcast or Cast);

    private static string NextName(IReadOnlyDictionary<Node, string> names, ref int count)
    {
        string name;
        do
        {
            name = $"t{++count}";
        }
        while (names.Values.Contains(name));
        return name;
    }
}
