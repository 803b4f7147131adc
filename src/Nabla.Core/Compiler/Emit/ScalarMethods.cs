using System.Reflection;

namespace Nabla.Compiler.Emit;

/// <summary>Which method of <see cref="PlanMath"/> computes a function of the loop language. Taken from delegates, so that no name is looked up by reflection.</summary>
internal static class ScalarMethods
{
    /// <summary>The method of one number; null for what has an instruction of its own.</summary>
    public static MethodInfo? Of(UnaryFunction function, DType dtype) => dtype switch
    {
        DType.Float32 => Single(function)?.Method,
        DType.Float64 => Double(function)?.Method,
        DType.Int32 => function switch
        {
            UnaryFunction.Abs => ((Func<int, int>)PlanMath.Abs).Method,
            UnaryFunction.Sign => ((Func<int, int>)PlanMath.Sign).Method,
            _ => null,
        },
        DType.Int64 => function switch
        {
            UnaryFunction.Abs => ((Func<long, long>)PlanMath.Abs).Method,
            UnaryFunction.Sign => ((Func<long, long>)PlanMath.Sign).Method,
            _ => null,
        },
        _ => null,
    };

    /// <summary>The method of two numbers; null for what has an instruction of its own.</summary>
    public static MethodInfo? Of(BinaryFunction function, DType dtype) => (function, dtype) switch
    {
        (BinaryFunction.Power, DType.Float32) => ((Func<float, float, float>)PlanMath.Power).Method,
        (BinaryFunction.Power, DType.Float64) => ((Func<double, double, double>)PlanMath.Power).Method,
        (BinaryFunction.Maximum, DType.Float32) => ((Func<float, float, float>)PlanMath.Maximum).Method,
        (BinaryFunction.Maximum, DType.Float64) => ((Func<double, double, double>)PlanMath.Maximum).Method,
        (BinaryFunction.Maximum, DType.Int32) => ((Func<int, int, int>)PlanMath.Maximum).Method,
        (BinaryFunction.Maximum, DType.Int64) => ((Func<long, long, long>)PlanMath.Maximum).Method,
        (BinaryFunction.Minimum, DType.Float32) => ((Func<float, float, float>)PlanMath.Minimum).Method,
        (BinaryFunction.Minimum, DType.Float64) => ((Func<double, double, double>)PlanMath.Minimum).Method,
        (BinaryFunction.Minimum, DType.Int32) => ((Func<int, int, int>)PlanMath.Minimum).Method,
        (BinaryFunction.Minimum, DType.Int64) => ((Func<long, long, long>)PlanMath.Minimum).Method,
        (BinaryFunction.FloorDivide, DType.Int32) => ((Func<int, int, int>)PlanMath.FloorDivide).Method,
        (BinaryFunction.FloorDivide, DType.Int64) => ((Func<long, long, long>)PlanMath.FloorDivide).Method,
        (BinaryFunction.Modulo, DType.Int32) => ((Func<int, int, int>)PlanMath.Modulo).Method,
        (BinaryFunction.Modulo, DType.Int64) => ((Func<long, long, long>)PlanMath.Modulo).Method,
        _ => null,
    };

    /// <summary>The method that gives a uniform number.</summary>
    public static MethodInfo Uniform(DType dtype) => dtype switch
    {
        DType.Float32 => ((Func<long, long, long, float>)PlanMath.UniformSingle).Method,
        DType.Float64 => ((Func<long, long, long, double>)PlanMath.UniformDouble).Method,
        _ => throw new NotSupportedException($"Kernel: uniform numbers are floating, received {dtype.Name}."),
    };

    /// <summary>The function as a delegate over float: the emitter calls its method, the prebuilt kernels the delegate.</summary>
    public static Delegate? Single(UnaryFunction function) => function switch
    {
        UnaryFunction.Exp => (Func<float, float>)PlanMath.Exp,
        UnaryFunction.Log => (Func<float, float>)PlanMath.Log,
        UnaryFunction.Log1p => (Func<float, float>)PlanMath.Log1p,
        UnaryFunction.Expm1 => (Func<float, float>)PlanMath.Expm1,
        UnaryFunction.Sqrt => (Func<float, float>)PlanMath.Sqrt,
        UnaryFunction.Tanh => (Func<float, float>)PlanMath.Tanh,
        UnaryFunction.Sigmoid => (Func<float, float>)PlanMath.Sigmoid,
        UnaryFunction.Softplus => (Func<float, float>)PlanMath.Softplus,
        UnaryFunction.Sin => (Func<float, float>)PlanMath.Sin,
        UnaryFunction.Cos => (Func<float, float>)PlanMath.Cos,
        UnaryFunction.Erf => (Func<float, float>)PlanMath.Erf,
        UnaryFunction.Abs => (Func<float, float>)PlanMath.Abs,
        UnaryFunction.Sign => (Func<float, float>)PlanMath.Sign,
        UnaryFunction.Floor => (Func<float, float>)PlanMath.Floor,
        UnaryFunction.Round => (Func<float, float>)PlanMath.Round,
        UnaryFunction.IsFinite => (Func<float, bool>)PlanMath.IsFinite,
        _ => null,
    };

    /// <inheritdoc cref="Single"/>
    public static Delegate? Double(UnaryFunction function) => function switch
    {
        UnaryFunction.Exp => (Func<double, double>)PlanMath.Exp,
        UnaryFunction.Log => (Func<double, double>)PlanMath.Log,
        UnaryFunction.Log1p => (Func<double, double>)PlanMath.Log1p,
        UnaryFunction.Expm1 => (Func<double, double>)PlanMath.Expm1,
        UnaryFunction.Sqrt => (Func<double, double>)PlanMath.Sqrt,
        UnaryFunction.Tanh => (Func<double, double>)PlanMath.Tanh,
        UnaryFunction.Sigmoid => (Func<double, double>)PlanMath.Sigmoid,
        UnaryFunction.Softplus => (Func<double, double>)PlanMath.Softplus,
        UnaryFunction.Sin => (Func<double, double>)PlanMath.Sin,
        UnaryFunction.Cos => (Func<double, double>)PlanMath.Cos,
        UnaryFunction.Erf => (Func<double, double>)PlanMath.Erf,
        UnaryFunction.Abs => (Func<double, double>)PlanMath.Abs,
        UnaryFunction.Sign => (Func<double, double>)PlanMath.Sign,
        UnaryFunction.Floor => (Func<double, double>)PlanMath.Floor,
        UnaryFunction.Round => (Func<double, double>)PlanMath.Round,
        UnaryFunction.IsFinite => (Func<double, bool>)PlanMath.IsFinite,
        _ => null,
    };
}
