using System.Runtime.CompilerServices;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>Makes loop kernels run.</summary>
internal static class KernelFactory
{
    /// <summary>The kernel ready to run.</summary>
    /// <param name="kernel">The loops.</param>
    /// <param name="dynamicCode">Whether machine code may be made for it; without, or where the runtime cannot, prebuilt code runs it.</param>
    /// <param name="width">The width of vectors; by default the one that this process computes with.</param>
    public static KernelBody Create(LoopKernel kernel, bool dynamicCode, SimdWidth? width = null)
    {
        SimdWidth simd = width ?? SimdChoice.Current;
        LoopKernel ready = LoopHoisting.Hoist(LoopSharing.Share(kernel));
        if (dynamicCode && RuntimeFeature.IsDynamicCodeSupported && IlEmitter.Emit(ready, simd) is { } body)
        {
            return body;
        }

        return BoundKernel.Bind(ready, simd);
    }
}
