namespace Nabla;

/// <content>Powers, as they are typed (w^2, w**2) and as they are printed (w², wⁿ⁻¹, sin²(x)), and products without a sign: ½d, σ(z)(1 - σ(z)).</content>
internal sealed partial class FormulaReader
{
    private Tensor ReadPower()
    {
        SkipBlanks();
        bool isRoot = _at.Next == '√';
        Tensor x = ReadAtom();
        SkipBlanks();
        int start = _at.Position;
        bool isRaised = FormulaScripts.IsRaised(_at.Next);
        int length = PowerSign();
        if (!isRaised && length == 0)
        {
            return x;
        }

        if (isRoot)
        {
            throw _at.Error("a power behind a root can be read in two ways. Write √(x²) for the root of the power, (√x)² for the power of the root");
        }

        if (isRaised)
        {
            Tensor raised = ReadRaised();
            SkipBlanks();
            return PowerSign() == 0 ? Try(start, () => x.Pow(raised)) : throw _at.Error("a second power can be read in two ways. Write (x²)^y, or x^(2^y)");
        }

        _at.Position += length;
        Tensor exponent = Deeper(ReadSigned);
        return Try(start, () => x.Pow(exponent));
    }

    private int PowerSign() => _at.Next == '^' ? 1 : _at.Next == '*' && _at.After(1) == '*' ? 2 : 0;

    // What stands above the line: ², ⁻¹, ⁿ, ⁿ⁻¹.
    private Tensor ReadRaised()
    {
        int start = _at.Position;
        string run = FormulaScripts.OnTheLine(_at.While(FormulaScripts.IsRaised));
        Tensor? sum = null;
        for (int i = 0; i < run.Length;)
        {
            int sign = run[i] is '-' or '+' ? i++ : -1;
            int end = i;
            while (end < run.Length && char.IsAsciiDigit(run[end]))
            {
                end++;
            }

            end = end == i && i < run.Length && char.IsAsciiLetter(run[i]) ? i + 1 : end;
            if (end == i || (sum is not null && sign < 0))
            {
                throw _at.Error($"expected a whole number above the line, or letters and numbers with signs between them, such as w², w⁻¹ or wⁿ⁻¹. Write others with '^', as in w^(2*n)", start);
            }

            Tensor term = char.IsAsciiDigit(run[i]) ? Number(Rational.Parse(run[i..end])) : ReadName(run[i..end], start + i);
            bool isNegative = sign >= 0 && run[sign] == '-';
            sum = sum is not null ? (isNegative ? sum - term : sum + term)
                : !isNegative ? term
                : term.Node.Op is Constant { Value: var value } ? Number(-value) : -term;
            i = end;
        }

        return sum!;
    }

    // sin²(x) is (sin(x))²; sin⁻¹ would be two things.
    private Tensor ReadRaisedCall(string name, int start)
    {
        int raised = _at.Position;
        Tensor exponent = ReadRaised();
        SkipBlanks();
        if (exponent.Node.Op is not Constant { Value.Sign: > 0 } || _at.Next != '(')
        {
            throw _at.Error($"'{name}' and a power can be read in two ways. Write {name}(x)^n for the power of what it gives", raised);
        }

        Tensor value = ReadCall(name, start);
        return Try(raised, () => value.Pow(exponent));
    }

    // ½d is a product without a sign; a/½d could be read in two ways. Nothing of the text is taken.
    private int ProductWithFraction()
    {
        string before = _text[.._fraction.Start].TrimEnd();
        string sign = before.EndsWith("**", StringComparison.Ordinal) ? "**" : before.Length > 0 ? before[^1..] : "";
        return sign is "**" or "^" or "/" || (sign.Length > 0 && FormulaSigns.OperatorOf(sign[0]) == "/")
            ? throw _at.Error($"behind '{sign}' a product without a sign can be read in two ways. Write {sign}({_text[_fraction.Start]}*x) or {sign}{_text[_fraction.Start]}*x")
            : 0;
    }

    // σ(z)(1 - σ(z)): what stands in parentheses is multiplied by what stands in parentheses.
    private bool IsBehindGroup()
    {
        int end = _at.Position;
        while (end > 0 && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return end > 0 && _text[end - 1] == ')';
    }
}
