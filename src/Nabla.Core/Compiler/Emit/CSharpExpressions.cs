using System.Globalization;

namespace Nabla.Compiler.Emit;

/// <summary>Loop expressions as C#, with the parentheses that they need and no others.</summary>
/// <param name="names">The names in sight.</param>
/// <param name="range">Which whole numbers are never negative.</param>
/// <param name="library">Where the functions are.</param>
internal sealed class CSharpExpressions(CSharpNames names, LoopRange range, CSharpLibrary library)
{
    // How tightly C# binds; operands of equal rank need parentheses on the right, as floating sums are not associative.
    private const int Choice = 1;
    private const int Either = 3;
    private const int Both = 4;
    private const int Same = 8;
    private const int Order = 9;
    private const int Sum = 11;
    private const int Product = 12;
    private const int Prefix = 14;
    private const int Whole = 15;

    /// <summary>The type's name in C#.</summary>
    public static string TypeName(DType dtype) => dtype switch
    {
        DType.Boolean => "bool",
        DType.UInt8 => "byte",
        DType.Int32 => "int",
        DType.Int64 => "long",
        DType.Float32 => "float",
        DType.Float64 => "double",
        _ => throw new NotSupportedException($"Kernels compute in bool, uint8, int32, int64, float32 and float64; received {dtype.Name}."),
    };

    /// <summary>The expression as text.</summary>
    public string Text(LoopExpr e) => Ranked(e).Text;

    private (string Text, int Rank) Ranked(LoopExpr e) => e switch
    {
        LoopExpr.Number x => Number(x),
        LoopExpr.Variable x => (names[x.Name], Whole),
        LoopExpr.Load x => ($"{names[x.Buffer]}[{Text(x.Place)}]", Whole),
        LoopExpr.Unary { Function: UnaryFunction.Negate } x => Negation(x),
        LoopExpr.Unary { Function: UnaryFunction.Not } x => ($"!{AtLeast(x.Operand, Prefix)}", Prefix),
        LoopExpr.Unary x => ($"{library.Name(x.Function.ToString(), x.Operand.DType)}({Text(x.Operand)})", Whole),
        LoopExpr.Binary x => Binary(x),
        LoopExpr.Select x => ($"{AtLeast(x.Condition, Choice + 1)} ? {AtLeast(x.WhenTrue, Choice + 1)} : {AtLeast(x.WhenFalse, Choice)}", Choice),
        LoopExpr.Convert x => Conversion(x),
        LoopExpr.Uniform x => ($"{library.Name(x.DType == DType.Float32 ? "UniformSingle" : "UniformDouble", x.DType)}({Text(x.Seed)}, {Text(x.Stream)}, {Text(x.Element)})", Whole),
        _ => throw new NotSupportedException($"Kernel: no C# for {e.GetType().Name}."),
    };

    private (string Text, int Rank) Binary(LoopExpr.Binary x)
    {
        string? quotient = x.Function switch
        {
            BinaryFunction.FloorDivide => " / ",
            BinaryFunction.Modulo => " % ",
            _ => null,
        };
        if (quotient is not null && range.NeverNegative(x.Left) && range.NeverNegative(x.Right))
        {
            return Infix(x, quotient, Product);
        }

        return x.Function switch
        {
            BinaryFunction.Add => Infix(x, " + ", Sum),
            BinaryFunction.Subtract => Infix(x, " - ", Sum),
            BinaryFunction.Multiply => Infix(x, " * ", Product),
            BinaryFunction.Divide => Infix(x, " / ", Product),
            BinaryFunction.Less => Infix(x, " < ", Order),
            BinaryFunction.LessOrEqual => Infix(x, " <= ", Order),
            BinaryFunction.Equal => Infix(x, " == ", Same),
            BinaryFunction.And => Infix(x, " && ", Both),
            BinaryFunction.Or => Infix(x, " || ", Either),
            _ => ($"{library.Name(x.Function.ToString(), x.Left.DType)}({Text(x.Left)}, {Text(x.Right)})", Whole),
        };
    }

    private (string Text, int Rank) Infix(LoopExpr.Binary x, string sign, int rank)
    {
        // Two literals would be computed by the C# compiler in 32 bits.
        string left = x is { Left: LoopExpr.Number { DType: DType.Int64 }, Right: LoopExpr.Number } ? $"(long){AtLeast(x.Left, Prefix)}" : AtLeast(x.Left, rank);
        bool chains = x.Function is BinaryFunction.And or BinaryFunction.Or && x.Right is LoopExpr.Binary right && right.Function == x.Function;
        return ($"{left}{sign}{AtLeast(x.Right, chains ? rank : rank + 1)}", rank);
    }

    private (string Text, int Rank) Negation(LoopExpr.Unary x)
    {
        string operand = AtLeast(x.Operand, Prefix);
        return (operand.StartsWith('-') ? $"-({operand})" : $"-{operand}", Prefix);
    }

    private (string Text, int Rank) Conversion(LoopExpr.Convert x) => (x.Operand.DType, x.DType) switch
    {
        var (from, to) when from == to => Ranked(x.Operand),
        (DType.Boolean, var to) => ($"{AtLeast(x.Operand, Choice + 1)} ? {One(1, to)} : {One(0, to)}", Choice),
        (_, DType.Boolean) => ($"{AtLeast(x.Operand, Same)} != 0", Same),
        ({ IsFloat: true }, DType.UInt8) => ($"(byte)(int){AtLeast(x.Operand, Prefix)}", Prefix),
        _ => ($"({TypeName(x.DType)}){AtLeast(x.Operand, Prefix)}", Prefix),
    };

    private static string One(int value, DType dtype) => dtype == DType.UInt8 ? $"(byte){value}" : Number(new LoopExpr.Number(value, dtype)).Text;

    private string AtLeast(LoopExpr e, int rank)
    {
        (string text, int own) = Ranked(e);
        // A cast before a sign would read as a subtraction.
        return own < rank || (rank == Prefix && text.StartsWith('-') && e is LoopExpr.Number) ? $"({text})" : text;
    }

    /// <summary>A number that the C# compiler reads back to the bit.</summary>
    public static string Literal(float value) => Floating(value, "float", "f");

    /// <inheritdoc cref="Literal(float)"/>
    public static string Literal(double value) => Floating(value, "double", "");

    private static (string Text, int Rank) Number(LoopExpr.Number x)
    {
        string text = x.DType switch
        {
            DType.Boolean => x.ToBoolean() ? "true" : "false",
            DType.Float32 => Literal(x.ToSingle()),
            DType.Float64 => Literal(x.ToDouble()),
            _ when x.ToInteger() is var whole && whole == (int)whole => whole.ToString(CultureInfo.InvariantCulture),
            _ when x.ToInteger() == long.MinValue => "long.MinValue",
            _ => x.ToInteger().ToString(CultureInfo.InvariantCulture) + "L",
        };
        return (text, text.StartsWith('-') ? Prefix : Whole);
    }

    private static string Floating<T>(T value, string type, string suffix)
        where T : System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        if (T.IsNaN(value))
        {
            return type + ".NaN";
        }

        if (T.IsInfinity(value))
        {
            return type + (T.IsPositive(value) ? ".PositiveInfinity" : ".NegativeInfinity");
        }

        string digits = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return suffix.Length > 0 ? digits + suffix : digits.AsSpan().ContainsAny('.', 'e') ? digits : digits + ".0";
    }
}
