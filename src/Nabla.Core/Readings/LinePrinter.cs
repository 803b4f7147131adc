namespace Nabla;

/// <summary>Formulas on one line in plain characters.</summary>
/// <param name="who">Named in errors.</param>
internal class LinePrinter(string who) : FormulaPrinter(who)
{
    /// <inheritdoc/>
    protected override Part[] Write(Part part)
    {
        Formula formula = part.Formula!;
        Part[] written = formula switch
        {
            Formula.Symbol symbol => [Name(symbol.Name)],
            Formula.Number { Value: var value } => [Number(part.WithoutSign ? -value : value)],
            Formula.Prefix { Operator: "-" } minus => [part.WithoutSign ? "" : "-", new(minus.Operand, FormulaRank.BeginsWithMinus(minus.Operand) ? FormulaRank.Atom : FormulaRank.Product)],
            Formula.Prefix prefix => [Operator(prefix.Operator) + (prefix.Operator.Length > 1 ? " " : ""), new(prefix.Operand, FormulaRank.Atom)],
            Formula.Power power => Raise(power),
            Formula.Call call => Call(call),
            Formula.Derivative derivative => Derivative(derivative),
            Formula.Infix infix => Infix(infix, part.WithoutSign),
            _ => throw new InvalidOperationException($"Formula: no text for {formula.GetType().Name}."),
        };
        return !part.WithoutSign && Rank(formula) < part.Rank ? ["(", .. written, ")"] : written;
    }

    /// <summary>A symbol's name.</summary>
    protected virtual string Name(string name) => name;

    /// <summary>An exact number.</summary>
    protected virtual string Number(Rational value) => RationalText.Write(value);

    /// <summary>The sign of an operator, without spaces.</summary>
    protected virtual string Operator(string name) => name;

    /// <summary>How tightly a formula binds as it is written here.</summary>
    protected virtual int Rank(Formula formula) => FormulaRank.Of(formula);

    /// <summary>A power.</summary>
    protected virtual Part[] Raise(Formula.Power power) => [new(power.Base, FormulaRank.Atom), "^", new(power.Exponent, FormulaRank.Power)];

    /// <summary>A function over its arguments.</summary>
    protected virtual Part[] Call(Formula.Call call) => [Name(call.Function) + "(", .. Listed(call), ")"];

    /// <summary>A derivative that is not computed.</summary>
    protected virtual Part[] Derivative(Formula.Derivative derivative) =>
        ["Derivative(", new(derivative.Of), .. derivative.Variables.Select(v => (Part)$", {v}"), ")"];

    /// <summary>The arguments of a call, separated by commas.</summary>
    protected static Part[] Listed(Formula.Call call) => [.. call.Arguments.SelectMany((a, i) => new Part[] { i > 0 ? ", " : "", new(a) })];

    private Part[] Infix(Formula.Infix infix, bool withoutSign)
    {
        int own = FormulaRank.Of(infix);
        Part left = new(infix.Left, own == FormulaRank.Comparison ? FormulaRank.Sum : own, withoutSign);
        string sign = Operator(infix.Operator);
        switch (infix.Operator)
        {
            case "+" or "-":
                bool minus = infix.Operator == "-";
                return FormulaRank.BeginsWithMinus(infix.Right)
                    ? [left, $" {Operator(minus ? "+" : "-")} ", new(infix.Right, FormulaRank.Product, WithoutSign: true)]
                    : [left, $" {sign} ", new(infix.Right, minus ? FormulaRank.Product : FormulaRank.Sum)];
            case "*":
                // A quotient on the right keeps its parentheses: x*(1/w) reads better than x*1/w.
                bool joins = FormulaRank.IsProduct(infix.Right) && !FormulaRank.BeginsWithMinus(infix.Right);
                return [left, sign, new(infix.Right, joins ? FormulaRank.Product : FormulaRank.Power)];
            case "/":
                return [left, sign, new(infix.Right, FormulaRank.Power)];
            default:
                return [left, $" {sign} ", new(infix.Right, own + 1)];
        }
    }
}
