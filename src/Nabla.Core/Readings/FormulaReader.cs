namespace Nabla;

/// <summary>One reading of a formula's text into a graph.</summary>
internal sealed partial class FormulaReader
{
    private const string Who = "Formula";

    // Parentheses, functions, powers and signs inside each other. The limit keeps hostile text from ending the process by a stack overflow.
    private const int Deepest = 300;

    private readonly string _text;
    private readonly TextCursor _at;
    private readonly GraphBuilder _builder = new();
    private readonly DType _dtype;
    private readonly bool _takesNewNames;
    private readonly bool _namesAreValues;
    private readonly List<Tensor> _inputs = [];
    private readonly Dictionary<string, Tensor> _values = [];
    private readonly List<GraphOutput> _outputs = [];
    private int _depth;

    // Where the last fraction of one character began, and where what follows it begins.
    private (int Start, int Next) _fraction = (-1, -1);

    /// <summary>A reading from the text's begin.</summary>
    /// <param name="text">The formula.</param>
    /// <param name="variables">The inputs in their order; null takes names as they appear.</param>
    /// <param name="dtype">The floating type of all inputs.</param>
    /// <param name="namesAreValues">Whether each name with <c>=</c> is a node of its own, even where it is only another name: <c>a = z</c>.</param>
    public FormulaReader(string text, IReadOnlyList<string>? variables, DType dtype, bool namesAreValues)
    {
        _namesAreValues = namesAreValues;
        _text = text;
        _at = new TextCursor(Who, text, 0, text.Length);
        _dtype = dtype;
        _takesNewNames = variables is null;
        foreach (string name in variables ?? [])
        {
            AddInput(SymbolName.Of(name));
        }
    }

    public Graph Read()
    {
        while (!AtSeparatorOrEnd() || !_at.AtEnd)
        {
            if (!AtSeparatorOrEnd())
            {
                ReadStatement();
            }

            if (!AtSeparatorOrEnd())
            {
                throw _at.Error(IsFactor
                    ? $"expected an operator before {_at.Found}. Write products with *, as in 2*w"
                    : $"expected an operator, ';' or the end, received {_at.Found}");
            }

            _at.Position += _at.AtEnd ? 0 : 1;
        }

        if (_outputs.Count == 0)
        {
            throw _at.Error("expected a formula such as w^2, received nothing");
        }

        return new Graph("formula", _inputs.Select(i => i.Node), _outputs);
    }

    private bool AtSeparatorOrEnd()
    {
        _at.While(c => char.IsWhiteSpace(c) && c != '\n');
        return _at.AtEnd || _at.Next is ';' or '\n';
    }

    private void ReadStatement()
    {
        int start = _at.Position;
        string name = SymbolName.TakeFrom(_at);
        bool isNamed = name.Length > 0 && _at.Takes("=") && _at.Next != '=';
        if (!isNamed)
        {
            _at.Position = start;
            _outputs.RemoveAll(o => o.Name == FormulaParser.ResultName);
            _outputs.Add(new GraphOutput(FormulaParser.ResultName, OfItsOwn(ReadExpression()).Node));
            return;
        }

        Tensor value;
        using (_builder.Scope(name))
        {
            value = OfItsOwn(ReadExpression());
        }

        if (IsConstant(name))
        {
            throw _at.Error($"'{name}' is {(name == "E" ? "Euler's number" : "a constant")} here. Give the value another name, such as {name}_total", start);
        }

        if (!_values.TryAdd(name, value))
        {
            throw _at.Error($"'{name}' has a meaning already. Give the new value another name", start);
        }

        _outputs.RemoveAll(o => o.Name == name);
        _outputs.Add(new GraphOutput(name, value.Node));
    }

    // What has a name already, or is only a number, gets a node that says nothing but "the same".
    private Tensor OfItsOwn(Tensor value) => _namesAreValues && (value.Node.Op is Leaf or Constant || _outputs.Any(o => o.Node == value.Node))
        ? new Tensor(_builder.Add(new Reshape(value.Node.TensorType.Dims), value.Node))
        : value;

    private Tensor ReadExpression() => ReadBinary(1);

    // Operators by how tightly they bind; all group from the left. Powers and signs are tighter than any of them.
    private Tensor ReadBinary(int tightness)
    {
        Tensor left = tightness <= 3 && TakesNot() ? Try(_at.Position, () => ReadBinary(4).Not()) : ReadSigned();
        string before = "";
        while (true)
        {
            SkipBlanks();
            int start = _at.Position;
            (string symbol, int own, int length) = PeekOperator();
            if (own < tightness)
            {
                return left;
            }

            if (length == 0 && before == "/")
            {
                throw _at.Error("behind a quotient a product without a sign can be read in two ways. Write *( to multiply the quotient, or put the whole divisor in parentheses");
            }

            before = symbol;

            _at.Position += length;
            _at.SkipSpace(); // a formula goes on after an operator at a line's end
            Tensor right = ReadBinary(own + 1);
            Tensor operand = left;
            left = Try(start, () => Combine(symbol, operand, right));
        }
    }

    private (string Symbol, int Tightness, int Length) PeekOperator()
    {
        string symbol = (_at.Next, _at.After(1)) switch
        {
            ('o', 'r') when !TypeText.IsWordPart(_at.After(2)) => "or",
            ('a', 'n') when _at.After(2) == 'd' && !TypeText.IsWordPart(_at.After(3)) => "and",
            ('=', '=') => "==",
            ('!', '=') => "!=",
            ('<', '=') => "<=",
            ('>', '=') => ">=",
            ('<' or '>' or '+' or '-' or '/', _) => _at.Next.ToString(),
            ('*', not '*') => "*",
            _ => "",
        };
        if (symbol.Length > 0)
        {
            return (symbol, Tightness(symbol), symbol.Length);
        }

        return FormulaSigns.OperatorOf(_at.Next) is { } signed and not "not" ? (signed, Tightness(signed), 1)
            : _at.Position == _fraction.Next && BeginsFactor(_at.Next) ? ("*", Tightness("*"), ProductWithFraction())
            : _at.Next == '(' && IsBehindGroup() ? ("*", Tightness("*"), 0)
            : ("", 0, 0);
    }

    private static int Tightness(string symbol) => symbol switch
    {
        "or" => 1,
        "and" => 2,
        "+" or "-" => 5,
        "*" or "/" => 6,
        _ => 4,
    };

    private static bool BeginsFactor(char c) => (char.IsLetter(c) && !FormulaScripts.IsRaised(c)) || c is '_' or '(' or '√' or '⌊';

    // A fraction of numbers is one exact number.
    private Tensor Combine(string symbol, Tensor a, Tensor b) =>
        symbol == "/" && a.Node.Op is Constant { Value: var top } && b.Node.Op is Constant { Value: { Sign: not 0 } bottom }
            ? Number(top / bottom)
            : FormulaFunctions.Combine(symbol, a, b);

    private Tensor ReadSigned()
    {
        SkipBlanks();
        bool negative = _at.Next == '-' || FormulaSigns.OperatorOf(_at.Next) == "-";
        if (!negative && _at.Next != '+')
        {
            return ReadPower();
        }

        int start = _at.Position;
        _at.Position++;
        Tensor x = Deeper(ReadSigned);
        return !negative ? x : x.Node.Op is Constant { Value: var value } ? Number(-value) : Try(start, () => -x);
    }

    private Tensor ReadAtom()
    {
        SkipBlanks();
        int start = _at.Position;
        switch (_at.Next)
        {
            case '(':
                return ReadEnclosed(')');
            case '|':
                Tensor size = ReadEnclosed('|');
                return Try(start, () => size.Abs());
            case '⌊':
                Tensor above = ReadEnclosed('⌋');
                return Try(start, () => above.Floor());
            case '√':
                _at.Position++;
                Tensor root = Deeper(ReadAtom);
                return Try(start, () => root.Sqrt());
            case '∞':
                _at.Position++;
                return Number(Rational.PositiveInfinity);
            case '.' or (>= '0' and <= '9'):
                return ReadNumber();
        }

        if (FormulaScripts.FractionOf(_at.Next) is { } fraction)
        {
            _at.Position++;
            SkipBlanks();
            _fraction = (start, _at.Position);
            return Number(fraction);
        }

        string name = SymbolName.TakeFrom(_at);
        if (FormulaScripts.IsRaised(_at.Next) && FormulaFunctions.IsReserved(name) && !_values.ContainsKey(name))
        {
            return ReadRaisedCall(name, start);
        }

        SkipBlanks();
        if (name.Length == 0 || name is "and" or "or" or "not")
        {
            throw _at.Error($"expected a number, a name, a function or '(', received {(name.Length == 0 ? _at.Found : $"'{name}'")}", start);
        }

        return _at.Next == '(' ? ReadCall(name, start) : ReadName(name, start);
    }

    private Tensor ReadEnclosed(char close)
    {
        int start = _at.Position;
        char open = _at.Next;
        _at.Position++;
        Tensor inside = Deeper(ReadExpression);
        return _at.Takes(close.ToString()) ? inside : throw _at.Error($"expected '{close}' for the '{open}' in column {ColumnOf(start)}, received {_at.Found}{Hint()}");
    }

    private string Hint() => _at.Next == '=' ? ". Write == to compare" : IsFactor ? ". Write products with *, as in 2*w" : "";

    private bool IsFactor => BeginsFactor(_at.Next) || char.IsAsciiDigit(_at.Next) || FormulaScripts.FractionOf(_at.Next) is not null;

    private Tensor ReadNumber()
    {
        int start = _at.Position;
        string number = _at.While(c => char.IsAsciiDigit(c) || c == '.');
        bool hasExponent = _at.Next is 'e' or 'E' && (char.IsAsciiDigit(_at.After(1)) || (_at.After(1) is '-' or '+' && char.IsAsciiDigit(_at.After(2))));
        if (hasExponent)
        {
            number += $"{_at.Next}{_at.After(1)}";
            _at.Position += 2;
            number += _at.While(char.IsAsciiDigit);
        }

        if (FormulaScripts.FractionOf(_at.Next) is not null)
        {
            throw _at.Error($"'{number}{_at.Next}' can be read in two ways. Write ({number}+{_at.Next}) or {number}*{_at.Next}", start);
        }

        try
        {
            return Number(Rational.Parse(number));
        }
        catch (FormatException e)
        {
            throw _at.Error($"expected a number such as 3, 0.25 or 1e-3, received '{number}'", start, e);
        }
    }

    private Tensor ReadCall(string name, int start)
    {
        if (!FormulaFunctions.All.TryGetValue(name, out FormulaFunctions.Function? function) || _values.ContainsKey(name))
        {
            throw _at.Error(_values.ContainsKey(name)
                ? $"'{name}' is not a function. For a product write {name}*(...)"
                : $"'{name}' is not a function. {Suggestion.For(name, FormulaFunctions.All.Keys)}", start);
        }

        _at.Position++;
        List<Tensor> arguments = [];
        do
        {
            arguments.Add(Deeper(ReadExpression));
        }
        while (_at.Takes(","));
        if (!_at.Takes(")"))
        {
            throw _at.Error($"expected ',' or ')' after an argument of {name}, received {_at.Found}{Hint()}");
        }

        return function.Arguments == arguments.Count || (function.Arguments is null && arguments.Count >= 2)
            ? Try(start, () => function.Apply([.. arguments]))
            : throw _at.Error($"{name}: expected {function.Arguments?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "two or more"} arguments, received {arguments.Count}", start);
    }

    private Tensor ReadName(string name, int start)
    {
        if (_values.TryGetValue(name, out Tensor? known))
        {
            return known;
        }

        if (IsConstant(name))
        {
            return Number(RationalText.Constants[name]);
        }

        if (FormulaFunctions.IsReserved(name))
        {
            throw _at.Error($"'{name}' is a function. Write {name}(x)", start);
        }

        return _takesNewNames ? AddInput(name) : throw _at.Error($"'{name}' is not known here. {Suggestion.For(name, _values.Keys)}", start);
    }

    private static bool IsConstant(string name) => RationalText.Constants.ContainsKey(name);

    private Tensor AddInput(string name)
    {
        // An input belongs to no named value, even where it is met first inside one.
        using IDisposable _ = _builder.Enter(Scope.Root);
        Tensor input = _builder.Input(name, TensorType.Scalar(_dtype));
        _inputs.Add(input);
        _values.Add(name, input);
        return input;
    }

    private Tensor Number(Rational value) => _builder.Constant(value, _dtype);

    private bool TakesNot()
    {
        SkipBlanks();
        int start = _at.Position;
        if (FormulaSigns.OperatorOf(_at.Next) == "not")
        {
            _at.Position++;
            return true;
        }

        if (_at.Word() == "not")
        {
            return true;
        }

        _at.Position = start;
        return false;
    }

    // Line ends separate formulas, but not inside parentheses.
    private void SkipBlanks() => _at.While(c => char.IsWhiteSpace(c) && (c != '\n' || _depth > 0));

    private int ColumnOf(int position) => _at.Error("", position).Column;

    private Tensor Deeper(Func<Tensor> read)
    {
        if (++_depth > Deepest)
        {
            throw _at.Error($"expected at most {Deepest} parentheses, functions, powers and signs inside each other");
        }

        Tensor value = read();
        _depth--;
        return value;
    }

    // Truth values where numbers belong, and the other way round: the op's message, at the operator's place.
    private Tensor Try(int start, Func<Tensor> make)
    {
        try
        {
            return make();
        }
        catch (ShapeException e)
        {
            throw _at.Error(e.Message, start, e);
        }
    }
}
