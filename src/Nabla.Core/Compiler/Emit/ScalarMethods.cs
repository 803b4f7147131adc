using System.Collections.Concurrent;
using System.Reflection;

namespace Nabla.Compiler.Emit;

/// <summary>Which method of <see cref="PlanMath"/> computes a function of the loop language. Its overloads have the functions' names.</summary>
internal static class ScalarMethods
{
    // Exact: an overload for a wider type must not stand in for one that is missing.
    private const BindingFlags Exactly = BindingFlags.Public | BindingFlags.Static | BindingFlags.ExactBinding;

    private static readonly ConcurrentDictionary<(Enum, DType), MethodInfo?> Known = [];

    /// <summary>The method of one number; null for what has an instruction of its own.</summary>
    public static MethodInfo? Of(UnaryFunction function, DType dtype) =>
        Known.GetOrAdd((function, dtype), static key => typeof(PlanMath).GetMethod(key.Item1.ToString(), Exactly, [IlMethod.TypeOf(key.Item2)]));

    /// <summary>The method of two numbers; null for what has an instruction of its own.</summary>
    public static MethodInfo? Of(BinaryFunction function, DType dtype) =>
        Known.GetOrAdd((function, dtype), static key => typeof(PlanMath).GetMethod(key.Item1.ToString(), Exactly, [IlMethod.TypeOf(key.Item2), IlMethod.TypeOf(key.Item2)]));

    /// <summary>The method that gives a uniform number.</summary>
    public static MethodInfo Uniform(DType dtype) => dtype switch
    {
        DType.Float32 => ((Func<long, long, long, float>)PlanMath.UniformSingle).Method,
        DType.Float64 => ((Func<long, long, long, double>)PlanMath.UniformDouble).Method,
        _ => throw new NotSupportedException($"Kernel: uniform numbers are floating, received {dtype.Name}."),
    };
}
