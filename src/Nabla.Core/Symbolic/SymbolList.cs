using System.Collections;
using System.Collections.Immutable;

namespace Nabla;

/// <summary>Several symbols in order, to be taken apart: <c>var (J, w) = Symbols("J, w");</c></summary>
/// <example><code>
/// var (a, w, b) = Sym.Symbols("a w b");
/// Expr cost = Sym.Pow(w * a + b, 2) / 2;
/// </code></example>
public sealed class SymbolList : IReadOnlyList<Expr>
{
    private readonly ImmutableArray<Expr> _symbols;

    internal SymbolList(ImmutableArray<Expr> symbols) => _symbols = symbols;

    /// <summary>How many there are.</summary>
    public int Count => _symbols.Length;

    /// <summary>A symbol by its place.</summary>
    public Expr this[int index] => _symbols[index];

    /// <summary>Two symbols.</summary>
    /// <exception cref="ArgumentException">There are not two.</exception>
    public void Deconstruct(out Expr a, out Expr b) => (a, b) = (Take(2)[0], _symbols[1]);

    /// <summary>Three symbols.</summary>
    /// <exception cref="ArgumentException">There are not three.</exception>
    public void Deconstruct(out Expr a, out Expr b, out Expr c) => (a, b, c) = (Take(3)[0], _symbols[1], _symbols[2]);

    /// <summary>Four symbols.</summary>
    /// <exception cref="ArgumentException">There are not four.</exception>
    public void Deconstruct(out Expr a, out Expr b, out Expr c, out Expr d) => (a, b, c, d) = (Take(4)[0], _symbols[1], _symbols[2], _symbols[3]);

    /// <summary>Five symbols.</summary>
    /// <exception cref="ArgumentException">There are not five.</exception>
    public void Deconstruct(out Expr a, out Expr b, out Expr c, out Expr d, out Expr e)
    {
        (a, b, c, d, e) = (Take(5)[0], _symbols[1], _symbols[2], _symbols[3], _symbols[4]);
    }

    /// <summary>Six symbols.</summary>
    /// <exception cref="ArgumentException">There are not six.</exception>
    public void Deconstruct(out Expr a, out Expr b, out Expr c, out Expr d, out Expr e, out Expr f)
    {
        (a, b, c, d, e, f) = (Take(6)[0], _symbols[1], _symbols[2], _symbols[3], _symbols[4], _symbols[5]);
    }

    /// <inheritdoc/>
    public IEnumerator<Expr> GetEnumerator() => ((IEnumerable<Expr>)_symbols).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ImmutableArray<Expr> Take(int wanted) => Count == wanted
        ? _symbols
        : throw new ArgumentException($"Symbols: expected {wanted} names to take apart, received {Count}: {string.Join(", ", _symbols.Select(s => s.Name))}.");
}
