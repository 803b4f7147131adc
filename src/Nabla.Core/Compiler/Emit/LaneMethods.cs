using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Intrinsics;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>The methods of <see cref="Lanes{S, V, T}"/> and <see cref="LaneTruth{S, V, T}"/> for one vector width and element type, for the emitter to call.</summary>
internal sealed class LaneMethods
{
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)]
    private readonly Type _lanes;

    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)]
    private readonly Type _truth;

    private LaneMethods(
        Type vector,
        int width,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type lanes,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type truth)
    {
        Vector = vector;
        Width = width;
        _lanes = lanes;
        _truth = truth;
    }

    /// <summary>The vector's type.</summary>
    public Type Vector { get; }

    /// <summary>Elements in a vector.</summary>
    public int Width { get; }

    /// <summary>The methods for an element type at a vector width.</summary>
    public static LaneMethods Of(SimdWidth simd, DType dtype) => (simd, dtype) switch
    {
        (SimdWidth.Bits512, DType.Float32) => new(typeof(Vector512<float>), 16, typeof(Lanes<Simd512<float>, Vector512<float>, float>), typeof(LaneTruth<Simd512<float>, Vector512<float>, float>)),
        (SimdWidth.Bits512, _) => new(typeof(Vector512<double>), 8, typeof(Lanes<Simd512<double>, Vector512<double>, double>), typeof(LaneTruth<Simd512<double>, Vector512<double>, double>)),
        (SimdWidth.Bits256, DType.Float32) => new(typeof(Vector256<float>), 8, typeof(Lanes<Simd256<float>, Vector256<float>, float>), typeof(LaneTruth<Simd256<float>, Vector256<float>, float>)),
        (SimdWidth.Bits256, _) => new(typeof(Vector256<double>), 4, typeof(Lanes<Simd256<double>, Vector256<double>, double>), typeof(LaneTruth<Simd256<double>, Vector256<double>, double>)),
        (SimdWidth.Bits128, DType.Float32) => new(typeof(Vector128<float>), 4, typeof(Lanes<Simd128<float>, Vector128<float>, float>), typeof(LaneTruth<Simd128<float>, Vector128<float>, float>)),
        (SimdWidth.Bits128, _) => new(typeof(Vector128<double>), 2, typeof(Lanes<Simd128<double>, Vector128<double>, double>), typeof(LaneTruth<Simd128<double>, Vector128<double>, double>)),
        (_, DType.Float32) => new(typeof(float), 1, typeof(Lanes<SimdScalar<float>, float, float>), typeof(LaneTruth<SimdScalar<float>, float, float>)),
        _ => new(typeof(double), 1, typeof(Lanes<SimdScalar<double>, double, double>), typeof(LaneTruth<SimdScalar<double>, double, double>)),
    };

    /// <summary>The method of a name: a function's, or another of <see cref="Lanes{S, V, T}"/>.</summary>
    public MethodInfo this[string name] => _lanes.GetMethod(name) ?? _truth.GetMethod(name) ?? throw new NotSupportedException($"Kernel: no vector code for {name}.");
}
