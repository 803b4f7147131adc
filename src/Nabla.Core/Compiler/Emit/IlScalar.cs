using System.Reflection.Emit;

namespace Nabla.Compiler.Emit;

/// <summary>Emits scalar expressions: each leaves its value on the stack.</summary>
/// <param name="method">The method under construction.</param>
/// <param name="range">Which whole numbers are never negative.</param>
internal sealed class IlScalar(IlMethod method, LoopRange range)
{
    private readonly ILGenerator _il = method.Il;

    public void Emit(LoopExpr e)
    {
        switch (e)
        {
            case LoopExpr.Number x:
                EmitNumber(x);
                break;
            case LoopExpr.Variable x:
                _il.Emit(OpCodes.Ldloc, method.Find(x.Name));
                break;
            case LoopExpr.Load x:
                EmitAddress(x.Buffer, x.Place, x.DType);
                EmitLoad(x.DType);
                break;
            case LoopExpr.Unary x:
                Emit(x.Operand);
                EmitUnary(x);
                break;
            case LoopExpr.Binary x:
                EmitBinary(x);
                break;
            case LoopExpr.Select x:
                EmitSelect(x);
                break;
            case LoopExpr.Convert x:
                Emit(x.Operand);
                EmitConvert(x.Operand.DType, x.DType);
                break;
            case LoopExpr.Uniform x:
                EmitInteger(x.Seed);
                EmitInteger(x.Stream);
                EmitInteger(x.Element);
                _il.Emit(OpCodes.Call, ScalarMethods.Uniform(x.DType));
                break;
            default:
                throw new NotSupportedException($"Kernel: no instructions for {e.GetType().Name}.");
        }
    }

    /// <summary>Leaves a whole number on the stack as an int64.</summary>
    public void EmitInteger(LoopExpr e)
    {
        Emit(e);
        EmitConvert(e.DType, DType.Int64);
    }

    /// <summary>Leaves the address of an element on the stack.</summary>
    public void EmitAddress(int buffer, LoopExpr place, DType dtype)
    {
        _il.Emit(OpCodes.Ldloc, method.Pointer(buffer));
        EmitInteger(place);
        _il.Emit(OpCodes.Conv_I);
        if (dtype.Size > 1)
        {
            _il.Emit(OpCodes.Ldc_I4, dtype.Size);
            _il.Emit(OpCodes.Mul);
        }

        _il.Emit(OpCodes.Add);
    }

    /// <summary>Stores the value on the stack at the address below it.</summary>
    public void EmitStore(DType dtype) => _il.Emit(dtype switch
    {
        DType.Boolean or DType.UInt8 => OpCodes.Stind_I1,
        DType.Int32 => OpCodes.Stind_I4,
        DType.Int64 => OpCodes.Stind_I8,
        DType.Float32 => OpCodes.Stind_R4,
        _ => OpCodes.Stind_R8,
    });

    /// <summary>Jumps to the label unless the truth value holds.</summary>
    public void EmitUnless(LoopExpr condition, Label label)
    {
        Emit(condition);
        _il.Emit(OpCodes.Brfalse, label);
    }

    /// <summary>Combines the two values on the stack.</summary>
    public void EmitCombine(BinaryFunction function, DType dtype)
    {
        if (ScalarMethods.Of(function, dtype) is { } call)
        {
            _il.Emit(OpCodes.Call, call);
            return;
        }

        switch (function)
        {
            case BinaryFunction.Less when dtype != DType.Boolean:
                _il.Emit(OpCodes.Clt);
                break;
            case BinaryFunction.LessOrEqual when dtype != DType.Boolean:
                // Not above; for floating numbers the comparison that is true for NaN, so that its opposite is false.
                _il.Emit(dtype.IsFloat ? OpCodes.Cgt_Un : OpCodes.Cgt);
                EmitNot();
                break;
            case BinaryFunction.Equal:
                _il.Emit(OpCodes.Ceq);
                break;
            case BinaryFunction.And when dtype == DType.Boolean:
                _il.Emit(OpCodes.And);
                break;
            case BinaryFunction.Or when dtype == DType.Boolean:
                _il.Emit(OpCodes.Or);
                break;
            default:
                _il.Emit((function, dtype.IsFloat || dtype.IsInteger, dtype.IsFloat) switch
                {
                    (BinaryFunction.Add, true, _) => OpCodes.Add,
                    (BinaryFunction.Subtract, true, _) => OpCodes.Sub,
                    (BinaryFunction.Multiply, true, _) => OpCodes.Mul,
                    (BinaryFunction.Divide, _, true) => OpCodes.Div,
                    _ => throw Refuse(function.ToString(), dtype),
                });
                break;
        }
    }

    private void EmitNumber(LoopExpr.Number x)
    {
        switch (x.DType)
        {
            case DType.Float32:
                _il.Emit(OpCodes.Ldc_R4, x.ToSingle());
                break;
            case DType.Float64:
                _il.Emit(OpCodes.Ldc_R8, x.ToDouble());
                break;
            case DType.Int64:
                _il.Emit(OpCodes.Ldc_I8, x.ToInteger());
                break;
            case DType.Boolean:
                _il.Emit(x.ToBoolean() ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
                break;
            default:
                _il.Emit(OpCodes.Ldc_I4, (int)x.ToInteger());
                break;
        }
    }

    private void EmitLoad(DType dtype) => _il.Emit(dtype switch
    {
        DType.Boolean or DType.UInt8 => OpCodes.Ldind_U1,
        DType.Int32 => OpCodes.Ldind_I4,
        DType.Int64 => OpCodes.Ldind_I8,
        DType.Float32 => OpCodes.Ldind_R4,
        DType.Float64 => OpCodes.Ldind_R8,
        _ => throw new NotSupportedException($"Kernels load bool, uint8, int32, int64, float32 and float64; received {dtype.Name}."),
    });

    private void EmitUnary(LoopExpr.Unary x)
    {
        DType dtype = x.Operand.DType;
        if (ScalarMethods.Of(x.Function, dtype) is { } call)
        {
            _il.Emit(OpCodes.Call, call);
            return;
        }

        switch (x.Function)
        {
            case UnaryFunction.Negate when dtype.IsFloat || dtype.IsInteger:
                _il.Emit(OpCodes.Neg);
                break;
            case UnaryFunction.Not when dtype == DType.Boolean:
                EmitNot();
                break;
            default:
                throw Refuse(x.Function.ToString(), dtype);
        }
    }

    private void EmitBinary(LoopExpr.Binary x)
    {
        bool isAnd = x.Function == BinaryFunction.And;
        Emit(x.Left);
        if ((isAnd || x.Function == BinaryFunction.Or) && LoopWalk.IsGuarded(x.Right))
        {
            // The right side may be safe only where the left one asks for it.
            Label end = _il.DefineLabel();
            _il.Emit(OpCodes.Dup);
            _il.Emit(isAnd ? OpCodes.Brfalse : OpCodes.Brtrue, end);
            _il.Emit(OpCodes.Pop);
            Emit(x.Right);
            _il.MarkLabel(end);
            return;
        }

        if (x.Function is BinaryFunction.FloorDivide or BinaryFunction.Modulo)
        {
            EmitQuotient(x);
            return;
        }

        Emit(x.Right);
        EmitCombine(x.Function, x.Left.DType);
    }

    // The left side is on the stack.
    private void EmitQuotient(LoopExpr.Binary x)
    {
        bool isRest = x.Function == BinaryFunction.Modulo;
        if (PowerOfTwo(x.Right) is { } shift)
        {
            // Shifting rounds towards minus infinity and masking keeps the rest above 0, which is what these two want.
            EmitNumber(isRest ? new LoopExpr.Number((1L << shift) - 1, x.DType) : new LoopExpr.Number(shift, DType.Int32));
            _il.Emit(isRest ? OpCodes.And : OpCodes.Shr);
            return;
        }

        Emit(x.Right);
        if (range.NeverNegative(x.Left) && range.NeverNegative(x.Right))
        {
            _il.Emit(isRest ? OpCodes.Rem_Un : OpCodes.Div_Un);
        }
        else
        {
            EmitCombine(x.Function, x.Left.DType);
        }
    }

    private static int? PowerOfTwo(LoopExpr e) =>
        e is LoopExpr.Number { Value: { IsInteger: true, Sign: > 0 } } number && long.IsPow2(number.ToInteger())
            ? (int)long.Log2(number.ToInteger())
            : null;

    // Only the chosen side is evaluated: it may be a load that is inside the buffer only then.
    private void EmitSelect(LoopExpr.Select x)
    {
        Label otherwise = _il.DefineLabel();
        Label end = _il.DefineLabel();
        LocalBuilder result = _il.DeclareLocal(IlMethod.TypeOf(x.DType));
        EmitUnless(x.Condition, otherwise);
        Emit(x.WhenTrue);
        _il.Emit(OpCodes.Stloc, result);
        _il.Emit(OpCodes.Br, end);
        _il.MarkLabel(otherwise);
        Emit(x.WhenFalse);
        _il.Emit(OpCodes.Stloc, result);
        _il.MarkLabel(end);
        _il.Emit(OpCodes.Ldloc, result);
    }

    private void EmitConvert(DType from, DType to)
    {
        if (from == to)
        {
            return;
        }

        if (to == DType.Boolean)
        {
            EmitNumber(new LoopExpr.Number(0, from));
            _il.Emit(OpCodes.Ceq);
            EmitNot();
            return;
        }

        if (to == DType.UInt8)
        {
            // By way of int32, as C# does it: floating numbers saturate there and the low byte is kept.
            _il.Emit(OpCodes.Conv_I4);
        }

        _il.Emit(to switch
        {
            DType.UInt8 => OpCodes.Conv_U1,
            DType.Int32 => OpCodes.Conv_I4,
            DType.Int64 => OpCodes.Conv_I8,
            DType.Float32 => OpCodes.Conv_R4,
            DType.Float64 => OpCodes.Conv_R8,
            _ => throw Refuse("Convert", to),
        });
    }

    private void EmitNot()
    {
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Ceq);
    }

    private static NotSupportedException Refuse(string function, DType dtype) => new($"Kernel: {function} is not defined over {dtype.Name}.");
}
