using System.Globalization;

namespace Nabla.Compiler.Emit;

/// <summary>
/// Loop expressions as JavaScript, with the parentheses that they need and no others. Floating numbers of every type are doubles; whole numbers of
/// 32 and 8 bits wrap as the machine's do, those of 64 bits are exact up to 2^53.
/// </summary>
/// <param name="names">The names in sight.</param>
/// <param name="range">Which whole numbers are never negative.</param>
/// <param name="called">The functions that have to be printed beside the loops.</param>
/// <param name="roundsCasts">Whether a cast to float32 rounds, as it does in the plan.</param>
internal sealed class JavaScriptExpressions(CSharpNames names, LoopRange range, HashSet<string> called, bool roundsCasts)
{
    // How tightly JavaScript binds; operands of equal rank need parentheses on the right, as floating sums are not associative.
    private const int Choice = 1;
    private const int Either = 3;
    private const int Both = 4;
    private const int BitOr = 5;
    private const int BitAnd = 7;
    private const int Same = 8;
    private const int Order = 9;
    private const int Sum = 11;
    private const int Product = 12;
    private const int Raised = 13;
    private const int Prefix = 14;
    private const int Whole = 15;

    /// <summary>The array that holds elements of a type.</summary>
    public static string ArrayName(DType dtype) => dtype switch
    {
        DType.Boolean or DType.UInt8 => "Uint8Array",
        DType.Int32 => "Int32Array",
        DType.Int64 or DType.Float32 or DType.Float64 => "Float64Array",
        _ => throw new NotSupportedException($"JavaScript: expected bool, uint8, int32, int64, float32 or float64, received {dtype.Name}. Cast it first."),
    };

    /// <summary>The expression as text.</summary>
    public string Text(LoopExpr e) => Ranked(e).Text;

    private (string Text, int Rank) Ranked(LoopExpr e) => e switch
    {
        LoopExpr.Number x => Number(x),
        LoopExpr.Variable x => (names[x.Name], Whole),
        LoopExpr.Load { DType: DType.Boolean } x => ($"{names[x.Buffer]}[{Text(x.Place)}] !== 0", Same),
        LoopExpr.Load x => ($"{names[x.Buffer]}[{Text(x.Place)}]", Whole),
        LoopExpr.Unary { Function: UnaryFunction.Negate } x => Wrapped(Negation(x), x.DType),
        LoopExpr.Unary { Function: UnaryFunction.Not } x => ($"!{AtLeast(x.Operand, Prefix)}", Prefix),
        LoopExpr.Unary x => Wrapped(($"{JavaScriptFunctions.Name(x.Function.ToString(), called)}({Text(x.Operand)})", Whole), x.DType),
        LoopExpr.Binary x => Binary(x),
        LoopExpr.Select x => ($"{AtLeast(x.Condition, Choice + 1)} ? {AtLeast(x.WhenTrue, Choice + 1)} : {AtLeast(x.WhenFalse, Choice)}", Choice),
        LoopExpr.Convert x => Conversion(x),
        LoopExpr.Uniform => throw new NotSupportedException(
            "JavaScript: 'uniform' draws random numbers, which are not printed: a page would draw others than the training did. Record the step without dropout or noise."),
        _ => throw new NotSupportedException($"JavaScript: nothing stands for {e.GetType().Name}."),
    };

    private (string Text, int Rank) Binary(LoopExpr.Binary x) => x.Function switch
    {
        BinaryFunction.Add => Wrapped(Infix(x, " + ", Sum), x.DType),
        BinaryFunction.Subtract => Wrapped(Infix(x, " - ", Sum), x.DType),

        // A product of two numbers of 32 bits does not fit a double.
        BinaryFunction.Multiply when x.DType == DType.Int32 => ($"Math.imul({Text(x.Left)}, {Text(x.Right)})", Whole),
        BinaryFunction.Multiply => Wrapped(Infix(x, " * ", Product), x.DType),
        BinaryFunction.Divide => Infix(x, " / ", Product),
        BinaryFunction.Less => Infix(x, " < ", Order),
        BinaryFunction.LessOrEqual => Infix(x, " <= ", Order),
        BinaryFunction.Equal => Infix(x, " === ", Same),
        BinaryFunction.And => Infix(x, " && ", Both),
        BinaryFunction.Or => Infix(x, " || ", Either),

        // JavaScript's own power differs where the base is 1 or -1 and the exponent no number: not with an exponent that is written here.
        BinaryFunction.Power when x.Right is LoopExpr.Number { Value.IsFinite: true } => ($"{AtLeast(x.Left, Whole)} ** {AtLeast(x.Right, Prefix)}", Raised),
        BinaryFunction.FloorDivide => ($"Math.floor({Infix(x, " / ", Product).Text})", Whole),
        BinaryFunction.Modulo when range.NeverNegative(x.Left) && range.NeverNegative(x.Right) => Infix(x, " % ", Product),
        _ => ($"{JavaScriptFunctions.Name(x.Function.ToString(), called)}({Text(x.Left)}, {Text(x.Right)})", Whole),
    };

    private (string Text, int Rank) Infix(LoopExpr.Binary x, string sign, int rank)
    {
        bool chains = x.Function is BinaryFunction.And or BinaryFunction.Or && x.Right is LoopExpr.Binary right && right.Function == x.Function;
        return ($"{AtLeast(x.Left, rank)}{sign}{AtLeast(x.Right, chains ? rank : rank + 1)}", rank);
    }

    private static (string Text, int Rank) Wrapped((string Text, int Rank) value, DType dtype) => dtype switch
    {
        DType.Int32 => ($"{value.Text} | 0", BitOr),
        DType.UInt8 => ($"{(value.Rank > BitAnd ? value.Text : $"({value.Text})")} & 255", BitAnd),
        _ => value,
    };

    private (string Text, int Rank) Negation(LoopExpr.Unary x)
    {
        string operand = AtLeast(x.Operand, Prefix);
        return (operand.StartsWith('-') ? $"-({operand})" : $"-{operand}", Prefix);
    }

    private (string Text, int Rank) Conversion(LoopExpr.Convert x) => (x.Operand.DType, x.DType) switch
    {
        var (from, to) when from == to => Ranked(x.Operand),
        (DType.Boolean, _) => ($"{AtLeast(x.Operand, Choice + 1)} ? 1 : 0", Choice),
        (_, DType.Boolean) => ($"{AtLeast(x.Operand, Same)} !== 0", Same),
        (_, DType.Int32) => ($"{AtLeast(x.Operand, BitOr)} | 0", BitOr),
        (_, DType.UInt8) => ($"{AtLeast(x.Operand, BitAnd)} & 255", BitAnd),
        ({ IsFloat: true }, DType.Int64) => ($"Math.trunc({Text(x.Operand)})", Whole),
        (not DType.Float32, DType.Float32) when roundsCasts => ($"Math.fround({Text(x.Operand)})", Whole),
        _ => Ranked(x.Operand),
    };

    private string AtLeast(LoopExpr e, int rank)
    {
        (string text, int own) = Ranked(e);
        return own < rank ? $"({text})" : text;
    }

    private static (string Text, int Rank) Number(LoopExpr.Number x)
    {
        string text = x.DType switch
        {
            DType.Boolean => x.ToBoolean() ? "true" : "false",
            DType.Float32 or DType.Float64 => JavaScriptText.Number(x.ToDouble()),
            _ => x.ToInteger().ToString(CultureInfo.InvariantCulture),
        };
        return (text, text.StartsWith('-') ? Prefix : Whole);
    }
}
