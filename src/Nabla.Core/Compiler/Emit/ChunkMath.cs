using System.Runtime.Intrinsics;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>A loop over n elements.</summary>
internal unsafe delegate void ChunkUnary(byte* x, byte* result, int n);

/// <summary>A loop over n elements.</summary>
internal unsafe delegate void ChunkBinary(byte* a, byte* b, byte* result, int n);

/// <summary>Prebuilt loops over chunks of memory, for one vector width and element type. Truth values are masks as wide as the elements, but where said.</summary>
internal abstract unsafe class ChunkMath
{
    /// <summary>The loops for an element type at a vector width.</summary>
    public static ChunkMath Of(SimdWidth simd, DType dtype) => (simd, dtype) switch
    {
        (SimdWidth.Bits512, DType.Float32) => new ChunkLoops<Simd512<float>, Vector512<float>, float>(),
        (SimdWidth.Bits512, _) => new ChunkLoops<Simd512<double>, Vector512<double>, double>(),
        (SimdWidth.Bits256, DType.Float32) => new ChunkLoops<Simd256<float>, Vector256<float>, float>(),
        (SimdWidth.Bits256, _) => new ChunkLoops<Simd256<double>, Vector256<double>, double>(),
        (SimdWidth.Bits128, DType.Float32) => new ChunkLoops<Simd128<float>, Vector128<float>, float>(),
        (SimdWidth.Bits128, _) => new ChunkLoops<Simd128<double>, Vector128<double>, double>(),
        (_, DType.Float32) => new ChunkLoops<SimdScalar<float>, float, float>(),
        _ => new ChunkLoops<SimdScalar<double>, double, double>(),
    };

    /// <summary>Bytes of a vector.</summary>
    public abstract int VectorBytes { get; }

    /// <summary>Numbers from masks.</summary>
    public abstract ChunkUnary ToNumber { get; }

    /// <summary>Masks from numbers.</summary>
    public abstract ChunkUnary ToTruth { get; }

    public abstract ChunkUnary Unary(UnaryFunction function);

    public abstract ChunkBinary Binary(BinaryFunction function, bool overTruth);

    public abstract void Select(byte* condition, byte* whenTrue, byte* whenFalse, byte* result, int n);

    /// <summary>Numbers from uint8 or int32.</summary>
    public abstract void LoadWhole(bool isByte, byte* source, byte* result, int n);

    /// <summary>Masks from bytes of 0 and 1.</summary>
    public abstract void LoadTruth(byte* bytes, byte* result, int n);

    /// <summary>Bytes of 0 and 1 from masks.</summary>
    public abstract void StoreTruth(byte* x, byte* bytes, int n);

    /// <summary>One number in every element.</summary>
    public abstract void Fill(byte* number, byte* result, int n);

    public abstract void FillTruth(bool value, byte* result, int n);

    public abstract void Uniform(long seed, long stream, long element, byte* result, int n);

    /// <summary>Sets partial results to what changes nothing.</summary>
    public abstract void Start(BinaryFunction combine, byte* partial, int copies);

    /// <summary>Combines n elements into partial results, <paramref name="copies"/> vectors in turn while there are as many; as emitted code does it.</summary>
    public abstract void Accumulate(BinaryFunction combine, byte* partial, int copies, byte* x, int n);

    /// <summary>Combines the partial results with each other and then into the variable in a slot.</summary>
    public abstract void Finish(BinaryFunction combine, byte* partial, int copies, long* slot);
}
