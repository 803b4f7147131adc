using System.Runtime.Intrinsics;

namespace Nabla.Compiler.Kernels;

/// <summary>Bits in a vector. The kernels exist once, in source; this names the copies that the compiler makes of them.</summary>
internal enum SimdWidth
{
    /// <summary>One element at a time.</summary>
    Scalar = 0,

    /// <summary>128 bits: SSE, NEON.</summary>
    Bits128 = 128,

    /// <summary>256 bits: AVX2.</summary>
    Bits256 = 256,

    /// <summary>512 bits: AVX-512.</summary>
    Bits512 = 512,
}

/// <summary>Which vector width this process computes with.</summary>
internal static class SimdChoice
{
    /// <summary>
    /// The widest vector that pays on this machine (the runtime reports 512 bits as accelerated only where they do not slow the clock down).
    /// <c>DOTNET_PreferredVectorBitWidth</c> and <c>DOTNET_EnableAVX2=0</c> and kin lower it.
    /// </summary>
    public static SimdWidth Best =>
        Vector512.IsHardwareAccelerated ? SimdWidth.Bits512
        : Vector256.IsHardwareAccelerated ? SimdWidth.Bits256
        : Vector128.IsHardwareAccelerated ? SimdWidth.Bits128
        : SimdWidth.Scalar;

    /// <summary>The width that plans compiled from now on use: <see cref="Best"/>, unless a test set another (process-wide).</summary>
    public static SimdWidth Current { get; set; } = Best;

    /// <summary>Every width that the machine runs in hardware, scalar first: what the tests go through.</summary>
    public static IEnumerable<SimdWidth> Available => Enum.GetValues<SimdWidth>().Where(width => width <= Best).Order();
}
