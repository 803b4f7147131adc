using System.Numerics;

namespace Nabla;

/// <content>Arithmetic and conditions. Numbers on either side are exact.</content>
public sealed partial class Expr
{
    /// <summary>A whole number.</summary>
    public static implicit operator Expr(int value) => FromRational(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Expr(long value) => FromRational(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Expr(BigInteger value) => FromRational(value);

    /// <summary>The double's shortest decimal, exactly: 0.1 is 1/10.</summary>
    public static implicit operator Expr(double value) => FromRational(value);

    /// <summary>An exact fraction.</summary>
    public static implicit operator Expr(Rational value) => FromRational(value);

    /// <summary>An exact fraction.</summary>
    public static Expr FromRational(Rational value) => Sheet.Write(builder => builder.Constant(value, DType.Float64));

    /// <summary>The sum.</summary>
    public static Expr operator +(Expr a, Expr b) => Combine("+", a, b);

    /// <summary>The difference.</summary>
    public static Expr operator -(Expr a, Expr b) => Combine("-", a, b);

    /// <summary>The product.</summary>
    public static Expr operator *(Expr a, Expr b) => Combine("*", a, b);

    /// <summary>The quotient. <c>1/2*w</c> is <c>0*w</c>: C# divides the whole numbers first. Write <c>w/2</c> or <c>R(1, 2)*w</c>.</summary>
    public static Expr operator /(Expr a, Expr b) => Combine("/", a, b);

    /// <summary>The negative.</summary>
    public static Expr operator -(Expr x) => x.Number is { } value ? -value : Sheet.Write(_ => -new Tensor(x.Node));

    /// <summary>The expression itself.</summary>
    public static Expr operator +(Expr x) => x;

    /// <summary>This to a power: <c>w.Pow(2)</c>, as <c>Pow(w, 2)</c>.</summary>
    public Expr Pow(Expr exponent) => Sym.Pow(this, exponent);

    /// <summary>Not a power: C#'s ^ binds more loosely than +, so that w^2 + 1 would be w^(2 + 1).</summary>
    [Obsolete("'^' is not a power in C# (it binds more loosely than '+'). Use Pow(w, 2).", error: true)]
    public static Expr operator ^(Expr a, Expr b) => throw new NotSupportedException("'^' is not a power in C# (it binds more loosely than '+'). Use Pow(w, 2).");

    /// <summary>Whether a is below b, as a condition for <see cref="Sym.Where"/>.</summary>
    public static Expr operator <(Expr a, Expr b) => Combine("<", a, b);

    /// <summary>Whether a is above b, as a condition for <see cref="Sym.Where"/>.</summary>
    public static Expr operator >(Expr a, Expr b) => Combine(">", a, b);

    /// <summary>Whether a is at most b, as a condition for <see cref="Sym.Where"/>.</summary>
    public static Expr operator <=(Expr a, Expr b) => Combine("<=", a, b);

    /// <summary>Whether a is at least b, as a condition for <see cref="Sym.Where"/>.</summary>
    public static Expr operator >=(Expr a, Expr b) => Combine(">=", a, b);

    /// <summary>Whether both conditions hold.</summary>
    public static Expr operator &(Expr a, Expr b) => Combine("and", a, b);

    /// <summary>Whether at least one of two conditions holds.</summary>
    public static Expr operator |(Expr a, Expr b) => Combine("or", a, b);

    /// <summary>Whether a condition does not hold.</summary>
    public static Expr operator !(Expr condition) => Sheet.Write(_ => new Tensor(condition.Node).Not());

    internal static Expr Combine(string symbol, Expr a, Expr b) =>
        Sheet.Write(_ => FormulaFunctions.Combine(symbol, new Tensor(a.Node), new Tensor(b.Node)));
}
