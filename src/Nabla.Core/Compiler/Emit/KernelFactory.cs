using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Emit;

/// <summary>Makes loop kernels run.</summary>
internal static class KernelFactory
{
    /// <summary>The kernel ready to run.</summary>
    /// <param name="kernel">The loops.</param>
    /// <param name="dynamicCode">Whether machine code may be made for it; without, or where the runtime cannot, prebuilt code runs it.</param>
    public static KernelBody Create(LoopKernel kernel, bool dynamicCode)
    {
        if (dynamicCode && RuntimeFeature.IsDynamicCodeSupported && IlEmitter.Emit(LoopHoisting.Hoist(LoopSharing.Share(kernel))) is { } body)
        {
            return body;
        }

        throw new NotSupportedException("No prebuilt kernels yet.");
    }
}
