namespace Nabla.Explain;

/// <summary>
/// What the values of a trace are made of, and what their paths bring back, as formulas: read from the program itself, so that tensors have their shapes.
/// Over whole tensors where mathematics has signs for it, and element by element.
/// </summary>
/// <param name="trace">Whose values.</param>
/// <param name="quantities">Its program, folded by names.</param>
/// <param name="places">The numbers of the program's values in the trace.</param>
internal sealed class PageFormulas(Trace trace, Quantities quantities, IReadOnlyDictionary<Node, int> places)
{
    private const string Arriving = "arriving";

    // A longer line explains nothing; the rule's name does.
    private const int LongestPath = 300;

    private readonly Dictionary<int, Node> _owners = places.ToDictionary(p => p.Value, p => p.Key);
    private readonly Dictionary<int, TensorFormula?> _values = [];
    private readonly Dictionary<(int, string?), TensorFormula?> _paths = [];

    /// <summary>A tensor's formula, or a number's that is made of tensors; null for what is made of numbers, which has its own.</summary>
    public TensorFormula? Value(TraceNode node)
    {
        if (_values.TryGetValue(node.Id, out TensorFormula? known))
        {
            return known;
        }

        if (!_owners.TryGetValue(node.Id, out Node? owner) || owner.Op is Leaf)
        {
            return _values[node.Id] = null;
        }

        Node opened = quantities.Open(owner).Result;
        return _values[node.Id] = TopologicalOrder.Of([opened]).All(n => n.Type is TensorType { Dims.Rank: 0 }) ? null : Written(opened, Leaf);
    }

    /// <summary>What a path brings back to where it begins, over names and the gradient that arrives: by the rule that trained.</summary>
    /// <param name="edge">The number of the path.</param>
    /// <param name="arriving">What the arriving gradient is called; null writes it as the derivative that it is.</param>
    public TensorFormula? Path(int edge, string? arriving = null) =>
        _paths.TryGetValue((edge, arriving), out TensorFormula? known) ? known : _paths[(edge, arriving)] = Brought(edge, arriving);

    private TensorFormula? Brought(int edge, string? arriving)
    {
        TraceEdge path = trace.Edges[edge];
        if (path.Local is not null || !_owners.TryGetValue(path.To, out Node? owner) || owner.Op is Leaf || !_owners.TryGetValue(path.From, out Node? from))
        {
            return null;
        }

        (Node top, Dictionary<Node, Node> copies) = quantities.Open(owner);
        if (!copies.TryGetValue(from, out Node? start))
        {
            return null;
        }

        BackwardRecord record = new();
        Differentiate.Pullback([top], [top.Builder.Input(Arriving, top.TensorType)], [start], record);
        BackwardRecord.Contribution[] uses = [.. record.Contributions.Where(c => c.User.Inputs[c.Input] == start)];
        int nth = Enumerable.Range(0, edge).Count(e => trace.Edges[e].From == path.From && trace.Edges[e].To == path.To);
        if (nth >= uses.Length)
        {
            return null;
        }

        Node brought = uses[nth].Value.Node;
        Graph simple = Simplify.Run(new Graph("path", TopologicalOrder.Of([brought]).Where(n => n.Op is Leaf), [new GraphOutput("value", brought)]), relaxed: true);
        string name = arriving ?? trace.Nodes[path.To].Name;
        return Written(simple.Outputs[0].Node, (label, letters) =>
            label != Arriving ? Leaf(label, letters)
            : arriving is not null ? Leaf(name, letters)
            : new Formula.Derivative(new Formula.Symbol(trace.Result.Name), [Named(name, letters)])) is { } written
            ? (written with { Whole = Short(written.Whole), Element = Short(written.Element) }).OrNull()
            : null;
    }

    /// <summary>A name with the letters of its axes.</summary>
    public static string Named(string name, string letters) => letters.Length > 0 ? $"{name}_{letters}" : name;

    private static Formula Leaf(string label, string letters) => new Formula.Symbol(Named(label, letters));

    // One number in front, no divisions by 1.
    private static Formula? Short(Formula? formula)
    {
        if (formula is null)
        {
            return null;
        }

        try
        {
            Formula tidy = FormulaTidy.Run(formula);
            FormulaText.Print(tidy, LongestPath);
            return tidy;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static TensorFormula? Written(Node node, Func<string, string, Formula> leafOf)
    {
        Formula? whole = MatrixFormulas.Of(node, label => leafOf(label, ""));
        Formula? element = new IndexFormulas(leafOf).Element(node);
        string letters = IndexFormulas.LettersOf(node);

        // A value without letters is one number: nothing is left to choose.
        return new TensorFormula(whole ?? (letters.Length == 0 ? element : null), letters.Length == 0 ? null : element, letters).OrNull();
    }
}

/// <summary>A formula of a tensor.</summary>
/// <param name="Whole">Over whole tensors; null where mathematics has no signs for it.</param>
/// <param name="Element">Of one element; null where letters cannot say it.</param>
/// <param name="Letters">The letters of that element.</param>
internal sealed record TensorFormula(Formula? Whole, Formula? Element, string Letters)
{
    /// <summary>Itself where it says anything.</summary>
    public TensorFormula? OrNull() => Whole is null && Element is null ? null : this;
}
