using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>Binds floating expressions of one type: each becomes a delegate over the frame. The functions are the vectors' own, one lane wide.</summary>
internal sealed unsafe class BoundFloats<T>(BoundScope scope, BoundIntegers whole, DType dtype)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public BoundValue<T> Value(LoopExpr e)
    {
        switch (e)
        {
            case LoopExpr.Number x:
                T number = dtype == DType.Float32 ? Unsafe.BitCast<float, T>(x.ToSingle()) : Unsafe.BitCast<double, T>(x.ToDouble());
                return _ => number;
            case LoopExpr.Variable x:
                int slot = scope[x];
                return frame => *(T*)(frame->Slots + slot);
            case LoopExpr.Load x:
                BoundValue<long> place = whole.Whole(x.Place);
                return frame => ((T*)frame->Buffers[x.Buffer])[place(frame)];
            case LoopExpr.Unary x:
                return Unary(x.Function, Value(x.Operand));
            case LoopExpr.Binary x:
                return Binary(x.Function, Value(x.Left), Value(x.Right));
            case LoopExpr.Select x:
                return BoundIntegers.Choice(whole.Truth(x.Condition), Value(x.WhenTrue), Value(x.WhenFalse));
            case LoopExpr.Convert x:
                return Convert(x.Operand);
            case LoopExpr.Uniform x:
                return Uniform(whole.Whole(x.Seed), whole.Whole(x.Stream), whole.Whole(x.Element));
            default:
                throw new NotSupportedException($"Kernel: no prebuilt code for {e.GetType().Name} of {dtype.Name}.");
        }
    }

    public BoundValue<bool> IsFinite(LoopExpr e)
    {
        BoundValue<T> x = Value(e);
        return frame => T.IsFinite(x(frame));
    }

    public BoundValue<bool> IsNotZero(LoopExpr e)
    {
        BoundValue<T> x = Value(e);
        return frame => !T.IsZero(x(frame));
    }

    public BoundValue<bool> Comparison(LoopExpr.Binary e)
    {
        BoundValue<T> a = Value(e.Left);
        BoundValue<T> b = Value(e.Right);
        return e.Function switch
        {
            BinaryFunction.Less => frame => a(frame) < b(frame),
            BinaryFunction.LessOrEqual => frame => a(frame) <= b(frame),
            BinaryFunction.Equal => frame => a(frame) == b(frame),
            _ => throw Refuse(e.Function),
        };
    }

    /// <summary>Towards zero, NaN to 0, and to the nearest end of the range from outside it; uint8 is the low byte of the int32.</summary>
    public BoundValue<long> ToInteger(LoopExpr e, DType to)
    {
        BoundValue<T> x = Value(e);
        return to switch
        {
            DType.UInt8 => frame => (byte)int.CreateSaturating(x(frame)),
            DType.Int32 => frame => int.CreateSaturating(x(frame)),
            _ => frame => long.CreateSaturating(x(frame)),
        };
    }

    private BoundValue<T> Convert(LoopExpr e)
    {
        switch (e.DType)
        {
            case DType.Boolean:
                BoundValue<bool> truth = whole.Truth(e);
                return frame => truth(frame) ? T.One : T.Zero;
            case DType.Float32:
                BoundValue<float> single = whole.Singles.Value(e);
                return frame => T.CreateTruncating(single(frame));
            case DType.Float64:
                BoundValue<double> wide = whole.Doubles.Value(e);
                return frame => T.CreateTruncating(wide(frame));
            default:
                BoundValue<long> integer = whole.Whole(e);
                return frame => T.CreateTruncating(integer(frame));
        }
    }

    private BoundValue<T> Uniform(BoundValue<long> seed, BoundValue<long> stream, BoundValue<long> element) =>
        frame => Lanes<SimdScalar<T>, T, T>.Uniform(seed(frame), stream(frame), element(frame));

    private static BoundValue<T> Unary(UnaryFunction function, BoundValue<T> x) => function switch
    {
        UnaryFunction.Negate => frame => -x(frame),
        UnaryFunction.Exp => frame => Lanes<SimdScalar<T>, T, T>.Exp(x(frame)),
        UnaryFunction.Log => frame => Lanes<SimdScalar<T>, T, T>.Log(x(frame)),
        UnaryFunction.Log1p => frame => Lanes<SimdScalar<T>, T, T>.Log1p(x(frame)),
        UnaryFunction.Expm1 => frame => Lanes<SimdScalar<T>, T, T>.Expm1(x(frame)),
        UnaryFunction.Sqrt => frame => Lanes<SimdScalar<T>, T, T>.Sqrt(x(frame)),
        UnaryFunction.Tanh => frame => Lanes<SimdScalar<T>, T, T>.Tanh(x(frame)),
        UnaryFunction.Sigmoid => frame => Lanes<SimdScalar<T>, T, T>.Sigmoid(x(frame)),
        UnaryFunction.Softplus => frame => Lanes<SimdScalar<T>, T, T>.Softplus(x(frame)),
        UnaryFunction.Sin => frame => Lanes<SimdScalar<T>, T, T>.Sin(x(frame)),
        UnaryFunction.Cos => frame => Lanes<SimdScalar<T>, T, T>.Cos(x(frame)),
        UnaryFunction.Erf => frame => Lanes<SimdScalar<T>, T, T>.Erf(x(frame)),
        UnaryFunction.Abs => frame => T.Abs(x(frame)),
        UnaryFunction.Sign => frame => Lanes<SimdScalar<T>, T, T>.Sign(x(frame)),
        UnaryFunction.Floor => frame => T.Floor(x(frame)),
        UnaryFunction.Round => frame => T.Round(x(frame)),
        _ => throw Refuse(function),
    };

    private static BoundValue<T> Binary(BinaryFunction function, BoundValue<T> a, BoundValue<T> b) => function switch
    {
        BinaryFunction.Add => frame => a(frame) + b(frame),
        BinaryFunction.Subtract => frame => a(frame) - b(frame),
        BinaryFunction.Multiply => frame => a(frame) * b(frame),
        BinaryFunction.Divide => frame => a(frame) / b(frame),
        BinaryFunction.Power => frame => Lanes<SimdScalar<T>, T, T>.Power(a(frame), b(frame)),
        BinaryFunction.Maximum => frame => Lanes<SimdScalar<T>, T, T>.Maximum(a(frame), b(frame)),
        BinaryFunction.Minimum => frame => Lanes<SimdScalar<T>, T, T>.Minimum(a(frame), b(frame)),
        _ => throw Refuse(function),
    };

    private static NotSupportedException Refuse(Enum function) => new($"Kernel: {function} is not defined over floating numbers.");
}
