namespace Nabla;

/// <summary>A sum being collected: each term without its number, and the number.</summary>
internal sealed class FormulaTerms
{
    private readonly List<(FormulaFactors Term, string Key, Rational Number)> _terms = [];

    public void Add(Formula formula, Rational times)
    {
        switch (formula)
        {
            case Formula.Infix { Operator: "+" } sum:
                Add(sum.Left, times);
                Add(sum.Right, times);
                break;
            case Formula.Infix { Operator: "-" } difference:
                Add(difference.Left, times);
                Add(difference.Right, -times);
                break;
            case Formula.Prefix { Operator: "-" } minus:
                Add(minus.Operand, -times);
                break;
            default:
                FormulaFactors factors = new();
                factors.Multiply(formula, Rational.One);
                Collect(factors, factors.TakeNumber() * times);
                break;
        }
    }

    private void Collect(FormulaFactors term, Rational number)
    {
        string key = FormulaText.Print(term.ToFormula());
        int at = _terms.FindIndex(t => t.Key == key);
        if (at < 0)
        {
            _terms.Add((term, key, number));
        }
        else
        {
            _terms[at] = (term, key, _terms[at].Number + number);
        }
    }

    public Formula ToFormula()
    {
        Formula? sum = null;
        foreach ((FormulaFactors term, string _, Rational number) in _terms.Where(t => t.Number.Sign != 0 || !t.Number.IsFinite))
        {
            Rational size = sum is not null && number.Sign < 0 ? -number : number;
            Formula signed = term.ToFormula(size);
            sum = sum is null ? signed : new Formula.Infix(number.Sign < 0 ? "-" : "+", sum, signed);
        }

        return sum ?? new Formula.Number(0);
    }
}
