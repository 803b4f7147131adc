using System.Collections.Immutable;

namespace Nabla;

/// <content>The expression as numbers.</content>
public sealed partial class Expr
{
    /// <summary>The value of an expression without symbols in double: <c>Pow(2, R(1, 2)).ToDouble()</c> is 1.414...</summary>
    /// <exception cref="ArgumentException">A symbol is left, or the expression is a condition.</exception>
    public double ToDouble() => ToDouble([]);

    /// <summary>The value in double at a point.</summary>
    /// <param name="at">A value for each symbol.</param>
    /// <exception cref="ArgumentException">A symbol has no value, or the expression is a condition.</exception>
    public double ToDouble(params ReadOnlySpan<(Expr Symbol, double Value)> at) => Run(DoubleNumbers.Instance, at, (value, _) => value);

    /// <summary>The value and the slope by one symbol in double, by dual numbers: forward mode, which shares no derivative rule with <see cref="Sym.Diff(Expr, ReadOnlySpan{Expr})"/>.</summary>
    /// <param name="by">The symbol whose slope is wanted.</param>
    /// <param name="at">A value for each symbol.</param>
    /// <exception cref="ArgumentException">A symbol has no value, or the expression is a condition.</exception>
    public (double Value, double Slope) ToDual(Expr by, params ReadOnlySpan<(Expr Symbol, double Value)> at)
    {
        string name = ((Leaf)SymbolNode(by, nameof(ToDual)).Op).Label;
        Dual<double> result = Run(new DualNumbers<double>(DoubleNumbers.Instance), at, (value, symbol) => new(value, symbol == name ? 1 : 0));
        return (result.Value, result.Tangent);
    }

    /// <summary>The exact value of an expression without symbols; null where it is not a fraction that is known exactly.</summary>
    public Rational? ToRational() => Simplify().Number;

    private T Run<T>(NumberSystem<T> math, ReadOnlySpan<(Expr Symbol, double Value)> at, Func<double, string, T> take)
    {
        if (IsCondition)
        {
            throw new ArgumentException($"Expression {this}: expected a number, received a condition. Choose numbers by it with Where.");
        }

        Expr[] symbols = new Expr[at.Length];
        var values = ImmutableArray.CreateBuilder<Value<T>>(at.Length);
        for (int i = 0; i < at.Length; i++)
        {
            symbols[i] = at[i].Symbol;
            values.Add(Value<T>.OfFloats(Sheet.Scalar, [take(at[i].Value, at[i].Symbol.Name ?? "")]));
        }

        Graph graph = NumberGraph.Of(this, symbols);
        if (graph.Inputs.Length != symbols.Length)
        {
            string[] names = [.. graph.Inputs.Select(n => $"'{((Leaf)n.Op).Label}'")];
            throw new ArgumentException($"Expression {this}: expected one value for each of the symbols {string.Join(", ", names)}, received {symbols.Length}.");
        }

        return new Interpreter<T>(math).Run(graph, values.MoveToImmutable())[0].Floats[0];
    }

    /// <summary>The expression as a compiled function of one number.</summary>
    /// <param name="x">The symbol that the argument stands for.</param>
    /// <exception cref="ArgumentException">Another symbol is left, or the expression is a condition.</exception>
    public Func<double, double> Lambdify(Expr x)
    {
        CompiledExpression compiled = new(this, [x]);
        return a => compiled.Run([a]);
    }

    /// <summary>The expression as a compiled function of two numbers.</summary>
    /// <param name="x">The symbol that the first argument stands for.</param>
    /// <param name="y">The symbol that the second argument stands for.</param>
    /// <exception cref="ArgumentException">Another symbol is left, or the expression is a condition.</exception>
    public Func<double, double, double> Lambdify(Expr x, Expr y)
    {
        CompiledExpression compiled = new(this, [x, y]);
        return (a, b) => compiled.Run([a, b]);
    }

    /// <summary>The expression as a compiled function of three numbers.</summary>
    /// <param name="x">The symbol that the first argument stands for.</param>
    /// <param name="y">The symbol that the second argument stands for.</param>
    /// <param name="z">The symbol that the third argument stands for.</param>
    /// <exception cref="ArgumentException">Another symbol is left, or the expression is a condition.</exception>
    public Func<double, double, double, double> Lambdify(Expr x, Expr y, Expr z)
    {
        CompiledExpression compiled = new(this, [x, y, z]);
        return (a, b, c) => compiled.Run([a, b, c]);
    }

    /// <summary>The expression as a compiled function of any count of numbers.</summary>
    /// <param name="symbols">What the numbers stand for, in order.</param>
    /// <exception cref="ArgumentException">Another symbol is left, or the expression is a condition.</exception>
    public Func<ReadOnlySpan<double>, double> Lambdify(IEnumerable<Expr> symbols)
    {
        CompiledExpression compiled = new(this, [.. symbols]);
        return compiled.Run;
    }
}
