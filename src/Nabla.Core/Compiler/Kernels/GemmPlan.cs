using System.Numerics;
using System.Runtime.Intrinsics;

namespace Nabla.Compiler.Kernels;

/// <summary>A matrix product ready to run: its shape, and the code of a vector width that suits it behind plain pointers. Immutable.</summary>
internal sealed unsafe class GemmPlan
{
    private readonly GemmShape _shape;
    private readonly delegate*<in GemmShape, void*, void*, void*, byte*, int, int, void> _run;

    private GemmPlan(GemmShape shape, int tiles, long scratch, delegate*<in GemmShape, void*, void*, void*, byte*, int, int, void> run)
    {
        _shape = shape;
        _run = run;
        TileCount = tiles;
        ScratchBytes = scratch;
    }

    /// <summary>How many independent tiles C has: what to split over threads, in any way, without a change in any bit.</summary>
    public int TileCount { get; }

    /// <summary>Bytes of scratch memory, aligned to 64, that each worker brings; may be 0.</summary>
    public long ScratchBytes { get; }

    /// <summary>The plan for a shape of float or double matrices, with vectors of at most the given width.</summary>
    public static GemmPlan Create(in GemmShape shape, DType dtype, SimdWidth width) => dtype switch
    {
        DType.Float32 => Create<float>(shape, Narrowed(width, shape.N, sizeof(float))),
        DType.Float64 => Create<double>(shape, Narrowed(width, shape.N, sizeof(double))),
        _ => throw new ArgumentException($"GemmPlan: expected float32 or float64, received {dtype.Name}. Cast the operands first.", nameof(dtype)),
    };

    /// <summary>Computes the tiles from <paramref name="tileBegin"/> up to <paramref name="tileEnd"/> of C. Allocates nothing.</summary>
    public void Run(void* a, void* b, void* c, byte* scratch, int tileBegin, int tileEnd) => _run(_shape, a, b, c, scratch, tileBegin, tileEnd);

    private static GemmPlan Create<T>(in GemmShape shape, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => width switch
        {
            SimdWidth.Scalar => Create<SimdScalar<T>, T, T>(shape),
            SimdWidth.Bits128 => Create<Simd128<T>, Vector128<T>, T>(shape),
            SimdWidth.Bits256 => Create<Simd256<T>, Vector256<T>, T>(shape),
            _ => Create<Simd512<T>, Vector512<T>, T>(shape),
        };

    private static GemmPlan Create<S, V, T>(in GemmShape shape)
        where S : struct, ISimd<V, T>
        where V : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        delegate*<in GemmShape, T*, T*, T*, byte*, int, int, void> run = &Gemm<S, V, T>.Run;
        return new(
            shape,
            Gemm<S, V, T>.TileCount(shape),
            Gemm<S, V, T>.ScratchBytes(shape),
            (delegate*<in GemmShape, void*, void*, void*, byte*, int, int, void>)(void*)run);
    }

    // Few columns waste most of a wide vector; the bits are the same at every width.
    private static SimdWidth Narrowed(SimdWidth width, int columns, int size) => width switch
    {
        SimdWidth.Bits512 when columns * size <= 32 => Narrowed(SimdWidth.Bits256, columns, size),
        SimdWidth.Bits256 when columns * size <= 16 => SimdWidth.Bits128,
        _ => width,
    };
}
