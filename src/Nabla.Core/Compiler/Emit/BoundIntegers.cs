namespace Nabla.Compiler.Emit;

/// <summary>Binds expressions of whole numbers and truth values: each becomes a delegate over the frame.</summary>
internal sealed unsafe class BoundIntegers
{
    private readonly BoundScope _scope;

    public BoundIntegers(BoundScope scope)
    {
        _scope = scope;
        Singles = new BoundFloats<float>(scope, this, DType.Float32);
        Doubles = new BoundFloats<double>(scope, this, DType.Float64);
    }

    public BoundFloats<float> Singles { get; }

    public BoundFloats<double> Doubles { get; }

    /// <summary>A whole number of any type, within the range of its type.</summary>
    public BoundValue<long> Whole(LoopExpr e)
    {
        switch (e)
        {
            case LoopExpr.Number x:
                long number = x.ToInteger();
                return _ => number;
            case LoopExpr.Variable x:
                int slot = _scope[x];
                return frame => frame->Slots[slot];
            case LoopExpr.Load x:
                return Load(x);
            case LoopExpr.Unary x:
                return Narrow(Unary(x.Function, Whole(x.Operand)), x.DType);
            case LoopExpr.Binary x:
                return Narrow(Binary(x), x.DType);
            case LoopExpr.Select x:
                return Choice(Truth(x.Condition), Whole(x.WhenTrue), Whole(x.WhenFalse));
            case LoopExpr.Convert x:
                return Convert(x);
            default:
                throw Refuse(e);
        }
    }

    public BoundValue<bool> Truth(LoopExpr e)
    {
        switch (e)
        {
            case LoopExpr.Number x:
                bool constant = x.ToBoolean();
                return _ => constant;
            case LoopExpr.Variable x:
                int slot = _scope[x];
                return frame => *(bool*)(frame->Slots + slot);
            case LoopExpr.Load x:
                BoundValue<long> place = Whole(x.Place);
                return frame => ((bool*)frame->Buffers[x.Buffer])[place(frame)];
            case LoopExpr.Unary { Function: UnaryFunction.Not } x:
                BoundValue<bool> operand = Truth(x.Operand);
                return frame => !operand(frame);
            case LoopExpr.Unary { Function: UnaryFunction.IsFinite, Operand.DType: DType.Float32 } x:
                return Singles.IsFinite(x.Operand);
            case LoopExpr.Unary { Function: UnaryFunction.IsFinite, Operand.DType: DType.Float64 } x:
                return Doubles.IsFinite(x.Operand);
            case LoopExpr.Binary x:
                return Comparison(x);
            case LoopExpr.Select x:
                return Choice(Truth(x.Condition), Truth(x.WhenTrue), Truth(x.WhenFalse));
            case LoopExpr.Convert x:
                return IsNotZero(x.Operand);
            default:
                throw Refuse(e);
        }
    }

    /// <summary>Only the chosen side is evaluated: it may be a load that is inside the buffer only then.</summary>
    public static BoundValue<T> Choice<T>(BoundValue<bool> condition, BoundValue<T> whenTrue, BoundValue<T> whenFalse) =>
        frame => condition(frame) ? whenTrue(frame) : whenFalse(frame);

    private BoundValue<bool> IsNotZero(LoopExpr e)
    {
        switch (e.DType)
        {
            case DType.Boolean:
                return Truth(e);
            case DType.Float32:
                return Singles.IsNotZero(e);
            case DType.Float64:
                return Doubles.IsNotZero(e);
            default:
                BoundValue<long> number = Whole(e);
                return frame => number(frame) != 0;
        }
    }

    private BoundValue<bool> Comparison(LoopExpr.Binary x)
    {
        switch (x.Left.DType)
        {
            case DType.Float32:
                return Singles.Comparison(x);
            case DType.Float64:
                return Doubles.Comparison(x);
            case DType.Boolean:
                BoundValue<bool> p = Truth(x.Left);
                BoundValue<bool> q = Truth(x.Right);
                return x.Function switch
                {
                    BinaryFunction.And => frame => p(frame) && q(frame),
                    BinaryFunction.Or => frame => p(frame) || q(frame),
                    BinaryFunction.Equal => frame => p(frame) == q(frame),
                    _ => throw Refuse(x),
                };
            default:
                BoundValue<long> a = Whole(x.Left);
                BoundValue<long> b = Whole(x.Right);
                return x.Function switch
                {
                    BinaryFunction.Less => frame => a(frame) < b(frame),
                    BinaryFunction.LessOrEqual => frame => a(frame) <= b(frame),
                    BinaryFunction.Equal => frame => a(frame) == b(frame),
                    _ => throw Refuse(x),
                };
        }
    }

    private BoundValue<long> Load(LoopExpr.Load x)
    {
        BoundValue<long> place = Whole(x.Place);
        return x.DType switch
        {
            DType.UInt8 => frame => ((byte*)frame->Buffers[x.Buffer])[place(frame)],
            DType.Int32 => frame => ((int*)frame->Buffers[x.Buffer])[place(frame)],
            DType.Int64 => frame => ((long*)frame->Buffers[x.Buffer])[place(frame)],
            _ => throw Refuse(x),
        };
    }

    private static BoundValue<long> Unary(UnaryFunction function, BoundValue<long> x) => function switch
    {
        UnaryFunction.Negate => frame => unchecked(-x(frame)),
        UnaryFunction.Abs => frame => PlanMath.Abs(x(frame)),
        UnaryFunction.Sign => frame => PlanMath.Sign(x(frame)),
        _ => throw new NotSupportedException($"Kernel: {function} is not defined over whole numbers."),
    };

    private BoundValue<long> Binary(LoopExpr.Binary x)
    {
        BoundValue<long> a = Whole(x.Left);
        if (x is { Right: LoopExpr.Number number, Function: BinaryFunction.Add or BinaryFunction.Multiply })
        {
            // Places are mostly of this form, and a call less each is a quarter of their time.
            long by = number.ToInteger();
            return x.Function == BinaryFunction.Add ? frame => a(frame) + by : frame => a(frame) * by;
        }

        BoundValue<long> b = Whole(x.Right);
        return x.Function switch
        {
            BinaryFunction.Add => frame => a(frame) + b(frame),
            BinaryFunction.Subtract => frame => a(frame) - b(frame),
            BinaryFunction.Multiply => frame => a(frame) * b(frame),
            BinaryFunction.Maximum => frame => Math.Max(a(frame), b(frame)),
            BinaryFunction.Minimum => frame => Math.Min(a(frame), b(frame)),
            BinaryFunction.FloorDivide => frame => PlanMath.FloorDivide(a(frame), b(frame)),
            BinaryFunction.Modulo => frame => PlanMath.Modulo(a(frame), b(frame)),
            _ => throw Refuse(x),
        };
    }

    private BoundValue<long> Convert(LoopExpr.Convert x)
    {
        switch (x.Operand.DType)
        {
            case DType.Boolean:
                BoundValue<bool> truth = Truth(x.Operand);
                return frame => truth(frame) ? 1 : 0;
            case DType.Float32:
                return Singles.ToInteger(x.Operand, x.DType);
            case DType.Float64:
                return Doubles.ToInteger(x.Operand, x.DType);
            default:
                return Narrow(Whole(x.Operand), x.DType);
        }
    }

    private static BoundValue<long> Narrow(BoundValue<long> x, DType dtype) => dtype switch
    {
        DType.UInt8 => frame => (byte)x(frame),
        DType.Int32 => frame => (int)x(frame),
        _ => x,
    };

    private static NotSupportedException Refuse(LoopExpr e) => new($"Kernel: no prebuilt code for {e.GetType().Name} of {e.DType.Name}.");
}
