using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// A whole-number expression as constant + sum of coefficient * atom. An atom is a loop's index, or anything that is not a sum or a
/// multiple. Two expressions of one place compare equal in this form, and strides can be read off.
/// </summary>
internal sealed class Affine : IEquatable<Affine>
{
    private Affine(long constant, ImmutableArray<(LoopExpr Atom, long Coefficient)> terms)
    {
        Constant = constant;
        Terms = terms;
    }

    public long Constant { get; }

    /// <summary>Indices by name, then other atoms in the order of their appearance; no coefficient is 0.</summary>
    public ImmutableArray<(LoopExpr Atom, long Coefficient)> Terms { get; }

    public static Affine Zero { get; } = new(0, []);

    /// <summary>The form of an expression.</summary>
    public static Affine Of(LoopExpr expression)
    {
        Collector sum = new();
        sum.Add(expression, 1);
        return sum.Finish();
    }

    /// <summary>The place of an element in row-major order.</summary>
    public static Affine Place(IReadOnlyList<LoopExpr> index, int[] strides)
    {
        Collector sum = new();
        for (int i = 0; i < strides.Length; i++)
        {
            sum.Add(index[i], strides[i]);
        }

        return sum.Finish();
    }

    /// <summary>The same expression in one normal form.</summary>
    public static LoopExpr Normalize(LoopExpr index) => index is LoopExpr.Variable or LoopExpr.Number ? index : Of(index).ToExpression();

    /// <summary>What an atom is multiplied by; 0 where it does not occur.</summary>
    public long Coefficient(LoopExpr.Variable atom)
    {
        foreach ((LoopExpr a, long coefficient) in Terms)
        {
            if (a.Equals(atom))
            {
                return coefficient;
            }
        }

        return 0;
    }

    /// <summary>The sum with each atom replaced.</summary>
    public Affine Map(Func<LoopExpr, long, (LoopExpr Atom, long Coefficient)?> atom)
    {
        Collector sum = new();
        sum.Add(LoopExpr.Index(Constant), 1);
        foreach ((LoopExpr a, long coefficient) in Terms)
        {
            if (atom(a, coefficient) is { } mapped)
            {
                sum.AddAtom(mapped.Atom, mapped.Coefficient);
            }
        }

        return sum.Finish();
    }

    /// <summary>The sum as an expression: terms first, then the constant.</summary>
    public LoopExpr ToExpression()
    {
        LoopExpr? sum = null;
        foreach ((LoopExpr atom, long coefficient) in Terms)
        {
            LoopExpr term = coefficient == 1 ? atom : atom * coefficient;
            sum = sum is null ? term : sum + term;
        }

        return sum is null ? LoopExpr.Index(Constant) : Constant > 0 ? sum + Constant : Constant < 0 ? sum - -Constant : sum;
    }

    public bool Equals(Affine? other) => other is not null && Constant == other.Constant && Terms.AsSpan().SequenceEqual(other.Terms.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as Affine);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Constant);
        foreach ((LoopExpr atom, long coefficient) in Terms)
        {
            hash.Add(atom);
            hash.Add(coefficient);
        }

        return hash.ToHashCode();
    }

    private sealed class Collector
    {
        private readonly List<(LoopExpr Atom, long Coefficient)> _terms = [];
        private long _constant;

        public void Add(LoopExpr expression, long factor)
        {
            switch (expression)
            {
                case LoopExpr.Number { Value: { IsInteger: true } value }:
                    _constant += factor * (long)value.Numerator;
                    break;
                case LoopExpr.Binary { Function: BinaryFunction.Add } sum:
                    Add(sum.Left, factor);
                    Add(sum.Right, factor);
                    break;
                case LoopExpr.Binary { Function: BinaryFunction.Subtract } difference:
                    Add(difference.Left, factor);
                    Add(difference.Right, -factor);
                    break;
                case LoopExpr.Binary { Function: BinaryFunction.Multiply, Left: LoopExpr.Number { Value: { IsInteger: true } left } } product:
                    Add(product.Right, factor * (long)left.Numerator);
                    break;
                case LoopExpr.Binary { Function: BinaryFunction.Multiply, Right: LoopExpr.Number { Value: { IsInteger: true } right } } product:
                    Add(product.Left, factor * (long)right.Numerator);
                    break;
                default:
                    AddAtom(expression, factor);
                    break;
            }
        }

        public void AddAtom(LoopExpr atom, long factor)
        {
            for (int i = 0; i < _terms.Count; i++)
            {
                if (_terms[i].Atom.Equals(atom))
                {
                    _terms[i] = (atom, _terms[i].Coefficient + factor);
                    return;
                }
            }

            _terms.Add((atom, factor));
        }

        public Affine Finish()
        {
            _terms.RemoveAll(t => t.Coefficient == 0);
            return new Affine(_constant, [.. _terms
                .OrderBy(t => t.Atom is LoopExpr.Variable ? 0 : 1)
                .ThenBy(t => t.Atom is LoopExpr.Variable v ? v.Name : "", StringComparer.Ordinal)]);
        }
    }
}
