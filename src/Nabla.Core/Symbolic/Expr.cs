using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// An expression over named symbols: a value of the one graph, written with operators and the functions of <see cref="Sym"/>, to be
/// differentiated, substituted into, printed and compiled. Numbers are exact: a double counts as its shortest decimal.
/// </summary>
/// <remarks>
/// Immutable and safe for many threads. An expression stays as it was written; <see cref="Sym.Diff(Expr, ReadOnlySpan{Expr})"/>,
/// <see cref="Subs(Expr, Expr)"/> and <see cref="Simplify"/> bring their results into the form in which people write them.
/// </remarks>
/// <example><code>
/// Expr w = Sym.Symbol("w");
/// Expr slope = Sym.Diff(1 / w, w);       // -1/w^2
/// Console.WriteLine(slope.Subs(w, 2));   // -1/4, exactly
/// </code></example>
public sealed partial class Expr : IEquatable<Expr>
{
    private int? _hash;

    internal Expr(Node node) => Node = node;

    internal Node Node { get; }

    /// <summary>The name of a symbol; null for every other expression.</summary>
    public string? Name => (Node.Op as Leaf)?.Label;

    /// <summary>Whether this is a symbol alone.</summary>
    public bool IsSymbol => Node.Op is Leaf;

    /// <summary>The exact number that this is; null for every other expression. A fraction over 0 is an infinity or NaN.</summary>
    public Rational? Number => Node.Op is Constant { DType: DType.Float64, Value: var value } ? value : null;

    /// <summary>Whether this is a condition, such as <c>w &lt; 2</c>, rather than a number.</summary>
    public bool IsCondition => Node.TensorType.DType == DType.Boolean;

    /// <summary>The symbols in it, each once, in the order in which they appear.</summary>
    public ImmutableArray<Expr> FreeSymbols =>
        [.. TopologicalOrder.Of([Node]).Where(n => n.Op is Leaf).DistinctBy(n => ((Leaf)n.Op).Label).Select(n => new Expr(n))];

    /// <summary>The expression as a graph with one output; its inputs are the symbols.</summary>
    /// <param name="symbols">The inputs in order; none takes the symbols that occur, in order of appearance.</param>
    public Graph ToGraph(params ReadOnlySpan<Expr> symbols)
    {
        var inputs = new Node[symbols.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = SymbolNode(symbols[i], nameof(ToGraph));
        }

        return Sheet.Interned([Node], inputs);
    }

    /// <summary>A scalar value of a graph as an expression; the graph's inputs are its symbols.</summary>
    /// <exception cref="ShapeException">The value, or one that it is made of, is not a scalar in float64 or a truth value.</exception>
    public static Expr FromGraph(Tensor value)
    {
        foreach (Node node in TopologicalOrder.Of([value.Node]))
        {
            if (node.Type is not TensorType { Dims.Rank: 0, DType: DType.Float64 or DType.Boolean })
            {
                throw new ShapeException($"Expr: expected a value made of float64 scalars, received {node.Type} at {node}. Take single elements, and cast to float64.");
            }
        }

        return Sheet.Copy(value.Node);
    }

    /// <summary>The formula as it was written, for the printers.</summary>
    public Formula ToFormula() => FormulaRenderer.Render(new Tensor(Node));

    /// <summary>The derivative by a symbol; see <see cref="Sym.Diff(Expr, ReadOnlySpan{Expr})"/>.</summary>
    public Expr Diff(params ReadOnlySpan<Expr> by) => Sym.Diff(this, by);

    /// <summary>This expression with a part replaced, brought into its simplest form: exact numbers where the result is one.</summary>
    /// <param name="part">Usually a symbol; any expression that occurs.</param>
    /// <param name="value">A number or an expression.</param>
    public Expr Subs(Expr part, Expr value) => Subs((part, value));

    /// <summary>Several parts replaced at the same time: <c>(x + y).Subs((x, y), (y, x))</c> swaps them.</summary>
    /// <param name="replacements">Each a part and its value.</param>
    public Expr Subs(params ReadOnlySpan<(Expr Part, Expr Value)> replacements) => Substitution.Run(this, replacements);

    /// <summary>
    /// The same expression in the form in which people write it: numbers folded exactly, like terms collected, one fraction line.
    /// </summary>
    /// <remarks>As in any algebra system x/x becomes 1 and 0·x becomes 0, also where x is 0 or infinite.</remarks>
    /// <param name="steps">Receives every firing of a rule, by name.</param>
    public Expr Simplify(ICollection<RewriteStep>? steps = null) => NormalForm.Of(ToGraph(), steps);

    /// <summary>Whether both were written alike: the same operations on the same symbols and numbers in the same order.</summary>
    /// <remarks>Ask whether the simplified difference is 0 to compare what they mean.</remarks>
    public bool Equals(Expr? other)
    {
        if (other is null)
        {
            return false;
        }

        Graph both = Sheet.Interned([Node, other.Node]);
        return both.Outputs[0].Node == both.Outputs[1].Node;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Expr);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash is { } known)
        {
            return known;
        }

        Dictionary<Node, int> hashes = [];
        foreach (Node node in TopologicalOrder.Of([Node]))
        {
            hashes[node] = node.Inputs.Aggregate(node.Op.GetHashCode(), (hash, input) => HashCode.Combine(hash, hashes[input]));
        }

        _hash = hashes[Node];
        return hashes[Node];
    }

    /// <summary>Whether both were written alike; see <see cref="Equals(Expr)"/>. For a condition inside a formula write <see cref="Sym.Eq"/>.</summary>
    public static bool operator ==(Expr? a, Expr? b) => a is null ? b is null : a.Equals(b);

    /// <summary>Whether both were written differently.</summary>
    public static bool operator !=(Expr? a, Expr? b) => !(a == b);

    internal static Node SymbolNode(Expr symbol, string who) => symbol.IsSymbol
        ? symbol.Node
        : throw new ArgumentException($"{who}: expected a symbol such as w, received {symbol}. Give the part a symbol of its own and substitute it afterwards.");
}
