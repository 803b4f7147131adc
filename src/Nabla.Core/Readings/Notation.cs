namespace Nabla;

/// <summary>Which sign heads a derivative.</summary>
/// <example><code>
/// string course = Sym.Derivative(Sym.Pow(Sym.Symbol("w"), 2)).ToLatex();                  // \frac{\partial}{\partial w} w^{2}
/// string textbook = Sym.Derivative(Sym.Pow(Sym.Symbol("w"), 2)).ToLatex(Notation.Auto);   // \frac{d}{d w} w^{2}
/// </code></example>
public enum Notation
{
    /// <summary>∂ everywhere, as the course writes: a network's cost has more variables than the one in view. The default.</summary>
    AlwaysPartial,

    /// <summary>d where the expression has one variable, ∂ where it has several, as textbooks and SymPy have it.</summary>
    Auto,
}
