using Nabla.Compiler;

namespace Nabla.Core.Tests.Compiler.Emit;

/// <summary>
/// The loop language by the letter: one boxed value at a time, one statement after the other. Floating functions are <see cref="PlanMath"/>'s,
/// whose values other tests judge; here they must only be the same everywhere.
/// </summary>
internal sealed unsafe class LoopEvaluator
{
    private readonly nint* _table;
    private readonly Dictionary<string, object> _names = [];

    private LoopEvaluator(nint* table) => _table = table;

    public static KernelBody Of(LoopKernel kernel) => (table, begin, end) =>
    {
        var evaluator = new LoopEvaluator(table);
        evaluator._names[kernel.Begin.Name] = begin;
        evaluator._names[kernel.End.Name] = end;
        evaluator.Run(kernel.Body);
    };

    private void Run(LoopStatement s)
    {
        switch (s)
        {
            case LoopStatement.Block x:
                foreach (LoopStatement inner in x.Statements)
                {
                    Run(inner);
                }

                break;
            case LoopStatement.For x:
                long end = (long)Evaluate(x.End);
                for (long i = (long)Evaluate(x.Begin); i < end; i++)
                {
                    _names[x.Index.Name] = i;
                    Run(x.Body);
                }

                break;
            case LoopStatement.Let x:
                _names[x.Name.Name] = Evaluate(x.Value);
                break;
            case LoopStatement.Declare x:
                _names[x.Name.Name] = Evaluate(x.Initial);
                break;
            case LoopStatement.Assign x:
                _names[x.Name.Name] = Evaluate(x.Value);
                break;
            case LoopStatement.Accumulate x:
                _names[x.Name.Name] = Combine(x.Combine, _names[x.Name.Name], Evaluate(x.Value));
                break;
            case LoopStatement.Store x:
                Store(x.Buffer, Whole(Evaluate(x.Place)), Evaluate(x.Value));
                break;
            case LoopStatement.If x:
                if ((bool)Evaluate(x.Condition))
                {
                    Run(x.Then);
                }

                break;
            case LoopStatement.While x:
                while ((bool)Evaluate(x.Condition))
                {
                    Run(x.Body);
                }

                break;
        }
    }

    private object Evaluate(LoopExpr e) => e switch
    {
        LoopExpr.Number x => Number(x),
        LoopExpr.Variable x => _names[x.Name],
        LoopExpr.Load x => Load(x.Buffer, Whole(Evaluate(x.Place)), x.DType),
        LoopExpr.Unary x => Apply(x.Function, Evaluate(x.Operand)),
        LoopExpr.Binary { Function: BinaryFunction.And } x => (bool)Evaluate(x.Left) && (bool)Evaluate(x.Right),
        LoopExpr.Binary { Function: BinaryFunction.Or } x => (bool)Evaluate(x.Left) || (bool)Evaluate(x.Right),
        LoopExpr.Binary x => Combine(x.Function, Evaluate(x.Left), Evaluate(x.Right)),
        LoopExpr.Select x => (bool)Evaluate(x.Condition) ? Evaluate(x.WhenTrue) : Evaluate(x.WhenFalse),
        LoopExpr.Convert x => Convert(Evaluate(x.Operand), x.DType),
        LoopExpr.Uniform { DType: DType.Float32 } x => PlanMath.UniformSingle(Whole(Evaluate(x.Seed)), Whole(Evaluate(x.Stream)), Whole(Evaluate(x.Element))),
        LoopExpr.Uniform x => PlanMath.UniformDouble(Whole(Evaluate(x.Seed)), Whole(Evaluate(x.Stream)), Whole(Evaluate(x.Element))),
        _ => throw new NotSupportedException(e.ToString()),
    };

    private static object Number(LoopExpr.Number x) => x.DType switch
    {
        DType.Boolean => x.Value.Sign != 0,
        DType.UInt8 => (byte)x.Value.Numerator,
        DType.Int32 => (int)x.Value.Numerator,
        DType.Int64 => (long)x.Value.Numerator,
        DType.Float32 => x.Value.ToSingle(),
        _ => x.Value.ToDouble(),
    };

    private object Load(int buffer, long place, DType dtype) => dtype switch
    {
        DType.Boolean => ((bool*)_table[buffer])[place],
        DType.UInt8 => ((byte*)_table[buffer])[place],
        DType.Int32 => ((int*)_table[buffer])[place],
        DType.Int64 => ((long*)_table[buffer])[place],
        DType.Float32 => ((float*)_table[buffer])[place],
        _ => ((double*)_table[buffer])[place],
    };

    private void Store(int buffer, long place, object value)
    {
        switch (value)
        {
            case bool x:
                ((bool*)_table[buffer])[place] = x;
                break;
            case byte x:
                ((byte*)_table[buffer])[place] = x;
                break;
            case int x:
                ((int*)_table[buffer])[place] = x;
                break;
            case long x:
                ((long*)_table[buffer])[place] = x;
                break;
            case float x:
                ((float*)_table[buffer])[place] = x;
                break;
            case double x:
                ((double*)_table[buffer])[place] = x;
                break;
        }
    }

    private static long Whole(object value) => value is long x ? x : System.Convert.ToInt64(value, null);

    private static object Convert(object value, DType to) => value switch
    {
        bool x => Convert(x ? 1L : 0L, to),
        float x => FromDouble(x, to),
        double x => FromDouble(x, to),
        byte or int or long when Whole(value) is var x => to switch
        {
            DType.Boolean => x != 0,
            DType.UInt8 => (byte)x,
            DType.Int32 => (int)x,
            DType.Int64 => x,
            DType.Float32 => (float)x,
            _ => (object)(double)x,
        },
        _ => throw new NotSupportedException(),
    };

    // Towards zero, NaN to 0, and to the nearest end of the range from outside it; uint8 is the low byte of the int32.
    private static object FromDouble(double x, DType to) => to switch
    {
        DType.Boolean => x != 0,
        DType.UInt8 => (byte)Clamped(x, int.MinValue, int.MaxValue),
        DType.Int32 => (int)Clamped(x, int.MinValue, int.MaxValue),
        DType.Int64 => Clamped(x, long.MinValue, long.MaxValue),
        DType.Float32 => (float)x,
        _ => (object)x,
    };

    private static long Clamped(double x, long low, long high) =>
        double.IsNaN(x) ? 0 : x >= high ? high : x <= low ? low : (long)(System.Numerics.BigInteger)Math.Truncate(x);

    private static object Apply(UnaryFunction function, object value) => (function, value) switch
    {
        (UnaryFunction.Not, bool x) => !x,
        (UnaryFunction.Negate, int x) => unchecked(-x),
        (UnaryFunction.Negate, long x) => unchecked(-x),
        (UnaryFunction.Negate, float x) => -x,
        (UnaryFunction.Negate, double x) => -x,
        (UnaryFunction.Abs, int x) => PlanMath.Abs(x),
        (UnaryFunction.Abs, long x) => PlanMath.Abs(x),
        (UnaryFunction.Sign, int x) => PlanMath.Sign(x),
        (UnaryFunction.Sign, long x) => PlanMath.Sign(x),
        (_, float x) => Float(function, x),
        (_, double x) => Double(function, x),
        _ => throw new NotSupportedException($"{function} of {value.GetType()}"),
    };

    private static object Float(UnaryFunction function, float x) => function switch
    {
        UnaryFunction.Exp => PlanMath.Exp(x),
        UnaryFunction.Log => PlanMath.Log(x),
        UnaryFunction.Log1p => PlanMath.Log1p(x),
        UnaryFunction.Expm1 => PlanMath.Expm1(x),
        UnaryFunction.Sqrt => PlanMath.Sqrt(x),
        UnaryFunction.Tanh => PlanMath.Tanh(x),
        UnaryFunction.Sigmoid => PlanMath.Sigmoid(x),
        UnaryFunction.Softplus => PlanMath.Softplus(x),
        UnaryFunction.Sin => PlanMath.Sin(x),
        UnaryFunction.Cos => PlanMath.Cos(x),
        UnaryFunction.Erf => PlanMath.Erf(x),
        UnaryFunction.Abs => PlanMath.Abs(x),
        UnaryFunction.Sign => PlanMath.Sign(x),
        UnaryFunction.Floor => PlanMath.Floor(x),
        UnaryFunction.Round => PlanMath.Round(x),
        UnaryFunction.IsFinite => (object)PlanMath.IsFinite(x),
        _ => throw new NotSupportedException(function.ToString()),
    };

    private static object Double(UnaryFunction function, double x) => function switch
    {
        UnaryFunction.Exp => PlanMath.Exp(x),
        UnaryFunction.Log => PlanMath.Log(x),
        UnaryFunction.Log1p => PlanMath.Log1p(x),
        UnaryFunction.Expm1 => PlanMath.Expm1(x),
        UnaryFunction.Sqrt => PlanMath.Sqrt(x),
        UnaryFunction.Tanh => PlanMath.Tanh(x),
        UnaryFunction.Sigmoid => PlanMath.Sigmoid(x),
        UnaryFunction.Softplus => PlanMath.Softplus(x),
        UnaryFunction.Sin => PlanMath.Sin(x),
        UnaryFunction.Cos => PlanMath.Cos(x),
        UnaryFunction.Erf => PlanMath.Erf(x),
        UnaryFunction.Abs => PlanMath.Abs(x),
        UnaryFunction.Sign => PlanMath.Sign(x),
        UnaryFunction.Floor => PlanMath.Floor(x),
        UnaryFunction.Round => PlanMath.Round(x),
        UnaryFunction.IsFinite => (object)PlanMath.IsFinite(x),
        _ => throw new NotSupportedException(function.ToString()),
    };

    private static object Combine(BinaryFunction function, object left, object right) => (left, right) switch
    {
        (bool a, bool b) => function switch
        {
            BinaryFunction.And => a & b,
            BinaryFunction.Or => a | b,
            BinaryFunction.Equal => a == b,
            _ => throw new NotSupportedException(function.ToString()),
        },
        (byte a, byte b) when function is BinaryFunction.Equal or BinaryFunction.Less or BinaryFunction.LessOrEqual => Combine(function, (int)a, (int)b),
        (int a, int b) => unchecked(Whole(function, a, b) is long x ? (int)x : Whole(function, a, b)),
        (long a, long b) => Whole(function, a, b),
        (float a, float b) => function switch
        {
            BinaryFunction.Add => a + b,
            BinaryFunction.Subtract => a - b,
            BinaryFunction.Multiply => a * b,
            BinaryFunction.Divide => a / b,
            BinaryFunction.Power => PlanMath.Power(a, b),
            BinaryFunction.Maximum => PlanMath.Maximum(a, b),
            BinaryFunction.Minimum => PlanMath.Minimum(a, b),
            BinaryFunction.Less => a < b,
            BinaryFunction.LessOrEqual => a <= b,
            BinaryFunction.Equal => (object)(a == b),
            _ => throw new NotSupportedException(function.ToString()),
        },
        (double a, double b) => function switch
        {
            BinaryFunction.Add => a + b,
            BinaryFunction.Subtract => a - b,
            BinaryFunction.Multiply => a * b,
            BinaryFunction.Divide => a / b,
            BinaryFunction.Power => PlanMath.Power(a, b),
            BinaryFunction.Maximum => PlanMath.Maximum(a, b),
            BinaryFunction.Minimum => PlanMath.Minimum(a, b),
            BinaryFunction.Less => a < b,
            BinaryFunction.LessOrEqual => a <= b,
            BinaryFunction.Equal => (object)(a == b),
            _ => throw new NotSupportedException(function.ToString()),
        },
        _ => throw new NotSupportedException($"{function} of {left.GetType()} and {right.GetType()}"),
    };

    private static object Whole(BinaryFunction function, long a, long b) => unchecked(function switch
    {
        BinaryFunction.Add => a + b,
        BinaryFunction.Subtract => a - b,
        BinaryFunction.Multiply => a * b,
        BinaryFunction.Maximum => Math.Max(a, b),
        BinaryFunction.Minimum => Math.Min(a, b),
        BinaryFunction.FloorDivide => (long)(((System.Numerics.BigInteger)a - Remainder(a, b)) / b),
        BinaryFunction.Modulo => Remainder(a, b),
        BinaryFunction.Less => a < b,
        BinaryFunction.LessOrEqual => a <= b,
        BinaryFunction.Equal => (object)(a == b),
        _ => throw new NotSupportedException(function.ToString()),
    });

    private static long Remainder(long a, long b) => ((a % b) + b) % b;
}
