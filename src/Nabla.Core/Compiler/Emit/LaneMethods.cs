using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Intrinsics;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>The methods of <see cref="Lanes{S, V, T}"/> and <see cref="LaneMemory{S, V, T}"/> for one vector width and element type, for the emitter to call.</summary>
internal sealed class LaneMethods
{
    // What an operator of the vector's type does is the instruction itself: nothing to inline, which is most of what compiling a kernel takes.
    private static readonly Dictionary<string, string> Operators = new()
    {
        [nameof(BinaryFunction.Add)] = "op_Addition",
        [nameof(BinaryFunction.Subtract)] = "op_Subtraction",
        [nameof(BinaryFunction.Multiply)] = "op_Multiply",
        [nameof(BinaryFunction.Divide)] = "op_Division",
        [nameof(BinaryFunction.And)] = "op_BitwiseAnd",
        [nameof(BinaryFunction.Or)] = "op_BitwiseOr",
        [nameof(UnaryFunction.Not)] = "op_OnesComplement",
        [nameof(UnaryFunction.Negate)] = "op_UnaryNegation",
    };

    private static readonly ConcurrentDictionary<(SimdWidth, DType), LaneMethods> Known = [];

    private readonly ConcurrentDictionary<string, MethodInfo> _found = [];

    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)]
    private readonly Type _lanes;

    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)]
    private readonly Type _memory;

    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)]
    private readonly Type _vector;

    private LaneMethods(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type vector,
        int width,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type lanes,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type memory)
    {
        _vector = vector;
        Width = width;
        _lanes = lanes;
        _memory = memory;
    }

    /// <summary>The vector's type.</summary>
    public Type Vector => _vector;

    /// <summary>Elements in a vector.</summary>
    public int Width { get; }

    /// <summary>The methods for an element type at a vector width.</summary>
    public static LaneMethods Of(SimdWidth simd, DType dtype) => Known.GetOrAdd((simd, dtype), static key => key switch
    {
        (SimdWidth.Bits512, DType.Float32) => new(typeof(Vector512<float>), 16, typeof(Lanes<Simd512<float>, Vector512<float>, float>), typeof(LaneMemory<Simd512<float>, Vector512<float>, float>)),
        (SimdWidth.Bits512, _) => new(typeof(Vector512<double>), 8, typeof(Lanes<Simd512<double>, Vector512<double>, double>), typeof(LaneMemory<Simd512<double>, Vector512<double>, double>)),
        (SimdWidth.Bits256, DType.Float32) => new(typeof(Vector256<float>), 8, typeof(Lanes<Simd256<float>, Vector256<float>, float>), typeof(LaneMemory<Simd256<float>, Vector256<float>, float>)),
        (SimdWidth.Bits256, _) => new(typeof(Vector256<double>), 4, typeof(Lanes<Simd256<double>, Vector256<double>, double>), typeof(LaneMemory<Simd256<double>, Vector256<double>, double>)),
        (SimdWidth.Bits128, DType.Float32) => new(typeof(Vector128<float>), 4, typeof(Lanes<Simd128<float>, Vector128<float>, float>), typeof(LaneMemory<Simd128<float>, Vector128<float>, float>)),
        (SimdWidth.Bits128, _) => new(typeof(Vector128<double>), 2, typeof(Lanes<Simd128<double>, Vector128<double>, double>), typeof(LaneMemory<Simd128<double>, Vector128<double>, double>)),
        (_, DType.Float32) => new(typeof(float), 1, typeof(Lanes<SimdScalar<float>, float, float>), typeof(LaneMemory<SimdScalar<float>, float, float>)),
        _ => new(typeof(double), 1, typeof(Lanes<SimdScalar<double>, double, double>), typeof(LaneMemory<SimdScalar<double>, double, double>)),
    });

    /// <summary>The method of a name: a function's, or another of <see cref="Lanes{S, V, T}"/>.</summary>
    public MethodInfo this[string name] => _found.GetOrAdd(name, Find);

    private MethodInfo Find(string name)
    {
        Type[] operands = [.. Enumerable.Repeat(_vector, name is nameof(UnaryFunction.Not) or nameof(UnaryFunction.Negate) ? 1 : 2)];
        MethodInfo? instruction = Width > 1 && Operators.TryGetValue(name, out string? sign) ? _vector.GetMethod(sign, operands) : null;
        return instruction ?? _lanes.GetMethod(name) ?? _memory.GetMethod(name) ?? throw new NotSupportedException($"Kernel: no vector code for {name}.");
    }
}
