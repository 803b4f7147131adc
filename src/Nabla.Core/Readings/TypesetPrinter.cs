using System.Collections.Immutable;

namespace Nabla;

/// <summary>What LaTeX and MathML have in common: fractions with a line, products without a sign where that is clear, signs in front.</summary>
/// <param name="who">Named in errors.</param>
internal abstract class TypesetPrinter(string who) : FormulaPrinter(who)
{
    /// <inheritdoc/>
    protected sealed override Part[] Write(Part part)
    {
        Formula formula = part.Formula!;
        if (!part.WithoutSign && formula is not Formula.Infix { Operator: "+" or "-" } && FormulaRank.BeginsWithMinus(formula))
        {
            Part[] negative = [Minus, part with { WithoutSign = true, Rank = 0 }];
            return FormulaRank.Sign < part.Rank ? Parenthesised(negative) : negative;
        }

        Part[] written = formula switch
        {
            Formula.Symbol symbol => [Name(symbol.Name)],
            Formula.Number { Value: var value } => [Number(part.WithoutSign ? -value : value)],
            Formula.Prefix { Operator: "-" } minus => [new(minus.Operand, FormulaRank.BeginsWithMinus(minus.Operand) ? FormulaRank.Atom : FormulaRank.Product)],
            Formula.Prefix prefix => [Operator(prefix.Operator), new(prefix.Operand, FormulaRank.Atom)],
            Formula.Power power => Raise(power),
            Formula.Call { Function: "where", Arguments: [_, _, _] } call => Cases(call),
            Formula.Call call when BigOperators.Is(call) => Big(call),
            Formula.Call call => Call(call),
            Formula.Derivative derivative => Derivative(derivative, OperandRank(derivative, part.Rank)),
            Formula.Infix { Operator: "/" } infix => Fraction(new(infix.Left, 0, part.WithoutSign), new(infix.Right)),
            Formula.Infix infix => Infix(infix, part.WithoutSign),
            _ => throw new InvalidOperationException($"Formula: no typesetting for {formula.GetType().Name}."),
        };
        return !part.WithoutSign && Rank(formula) < part.Rank ? Parenthesised(written) : written;
    }

    /// <summary>A minus before what follows.</summary>
    protected abstract string Minus { get; }

    /// <summary>Between factors that a reader tells apart.</summary>
    protected abstract string Times { get; }

    /// <summary>Between factors that would run together.</summary>
    protected abstract string Dot { get; }

    /// <summary>Between a factor and a function's name or a derivative.</summary>
    protected virtual string Gap => Times;

    /// <summary>A symbol's name.</summary>
    protected abstract string Name(string name);

    /// <summary>A number that is not negative.</summary>
    protected abstract string Number(Rational value);

    /// <summary>The sign of an operator, with its spaces.</summary>
    protected abstract string Operator(string name);

    /// <summary>In parentheses as high as what they hold.</summary>
    protected abstract Part[] Parenthesised(Part[] inside);

    /// <summary>One above the other.</summary>
    protected abstract Part[] Fraction(Part above, Part below);

    /// <summary>A power.</summary>
    protected abstract Part[] Raise(Formula.Power power);

    /// <summary>A function over its arguments.</summary>
    protected abstract Part[] Call(Formula.Call call);

    /// <summary>A sum or its kin.</summary>
    protected abstract Part[] Big(Formula.Call call);

    /// <summary>Values by condition; the last has none.</summary>
    protected abstract Part[] Cases(ImmutableArray<(Formula Value, Formula? Condition)> rows);

    /// <summary>A derivative that is not computed; what is differentiated stands in parentheses below a rank.</summary>
    protected abstract Part[] Derivative(Formula.Derivative derivative, int operandRank);

    /// <summary>The variables of a derivative, each with how often.</summary>
    protected static IEnumerable<(string Name, int Times)> Orders(Formula.Derivative derivative) =>
        derivative.Variables.CountBy(v => v).Select(v => (v.Key, v.Value));

    /// <summary>The rank that a power's base has to reach; names with something above them stand in parentheses.</summary>
    protected static int BaseRank(Formula.Power power) => BaseRank(power.Base);

    /// <summary>The same for what else stands above a formula.</summary>
    protected static int BaseRank(Formula below) =>
        below is Formula.Symbol { Name: var name } && FormulaName.Of(name).Above.Length > 0 ? FormulaRank.Atom + 1 : FormulaRank.Atom;

    /// <summary>The whole index of a root: 2 for the exponent 1/2; 0 where the exponent is none.</summary>
    protected static int RootOf(Formula exponent) =>
        exponent is Formula.Number { Value: { IsFinite: true } value } && value.Numerator.IsOne && value.Denominator > 1 && value.Denominator <= 9 ? (int)value.Denominator : 0;

    // Alone, d/dw wx is clear; among other factors or terms, before a minus or a product of more than names it is not.
    private static int OperandRank(Formula.Derivative derivative, int rank) =>
        rank > FormulaRank.Comparison || FormulaRank.BeginsWithMinus(derivative.Of) || !IsOfNames(derivative.Of) ? FormulaRank.Power : FormulaRank.Product;

    private static bool IsOfNames(Formula product)
    {
        for (; product is Formula.Infix { Operator: "*" } infix; product = infix.Left)
        {
            if (infix.Right is not (Formula.Symbol or Formula.Number or Formula.Power { Base: Formula.Symbol }))
            {
                return false;
            }
        }

        return product is Formula.Symbol or Formula.Number or Formula.Power { Base: Formula.Symbol };
    }

    // where in the last place of where is one more row.
    private Part[] Cases(Formula.Call call)
    {
        var rows = ImmutableArray.CreateBuilder<(Formula, Formula?)>();
        Formula rest = call;
        while (rest is Formula.Call { Function: "where", Arguments: [var condition, var value, var otherwise] })
        {
            rows.Add((value, condition));
            rest = otherwise;
        }

        rows.Add((rest, null));
        return Cases(rows.ToImmutable());
    }

    private Part[] Infix(Formula.Infix infix, bool withoutSign)
    {
        int own = FormulaRank.Of(infix);
        Part left = new(infix.Left, own == FormulaRank.Comparison ? FormulaRank.Sum : own, withoutSign);
        if (own == FormulaRank.Product && BigOperators.Ends(infix.Left))
        {
            left = left with { Rank = FormulaRank.Atom + 1 };
        }

        switch (infix.Operator)
        {
            case "+" or "-":
                bool minus = infix.Operator == "-";
                return FormulaRank.BeginsWithMinus(infix.Right)
                    ? [left, Operator(minus ? "+" : "-"), new(infix.Right, FormulaRank.Product, WithoutSign: true)]
                    : [left, Operator(infix.Operator), new(infix.Right, minus ? FormulaRank.Product : FormulaRank.Sum)];
            case "*":
                // A fraction with a line is one piece wherever it stands.
                bool joins = !FormulaRank.BeginsWithMinus(infix.Right)
                    && (FormulaRank.IsProduct(infix.Right) || infix.Right is Formula.Infix { Operator: "/" } or Formula.Number);
                return [left, RunsTogether(infix) ? Dot : BeginsWithWord(infix.Right) ? Gap : Times, new(infix.Right, joins ? FormulaRank.Product : FormulaRank.Power)];
            default:
                return [left, Operator(infix.Operator), new(infix.Right, own + 1)];
        }
    }

    // Fractions and roots need no parentheses to be one piece in a product, but as the base of a power.
    private static int Rank(Formula formula) => formula is Formula.Call { Function: "where" } ? FormulaRank.Sum : FormulaRank.Typeset(formula);

    // 2·3, 2·3^w and loss·rate; but 2w and w(x + 1).
    private static bool RunsTogether(Formula.Infix product)
    {
        Formula before = product.Left;
        while (before is Formula.Infix { Operator: "*" } left)
        {
            before = left.Right;
        }

        Formula after = product.Right;
        while (after is Formula.Infix { Operator: "*" } or Formula.Power)
        {
            after = after is Formula.Power power ? power.Base : ((Formula.Infix)after).Left;
        }

        return after is Formula.Number || IsWord(before) || IsWord(after) || before is Formula.Infix { Operator: "/" } && after is Formula.Infix { Operator: "/" };
    }

    private static bool BeginsWithWord(Formula formula)
    {
        while (formula is Formula.Infix { Operator: "*" } or Formula.Power)
        {
            formula = formula is Formula.Power power ? power.Base : ((Formula.Infix)formula).Left;
        }

        return formula is Formula.Derivative or Formula.Call { Function: not ("exp" or "sqrt" or "abs" or "floor" or "where" or "transpose") };
    }

    private static bool IsWord(Formula formula) => formula is Formula.Symbol { Name: var name } && FormulaName.Of(name).IsWord;
}
