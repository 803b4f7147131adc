using System.Runtime.InteropServices;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>
/// A loop kernel run by code that exists before the program starts, for where none may be made: statements and scalar expressions are small
/// delegates that call each other; vector loops go through memory in chunks, one prebuilt loop for each function. The bits are those of the
/// emitted code.
/// </summary>
internal static unsafe class BoundKernel
{
    // A stack of a worker thread holds this many times over.
    private const int MostOnStack = 1 << 17;

    /// <summary>The kernel ready to run.</summary>
    public static KernelBody Bind(LoopKernel kernel, SimdWidth simd)
    {
        var scope = new BoundScope(simd);
        int begin = scope[kernel.Begin];
        int end = scope[kernel.End];
        BoundStatement body = new BoundStatements(scope).Bind(kernel.Body);
        int slots = scope.Slots;
        int scratch = scope.ScratchBytes + 64;
        return (buffers, from, to) =>
        {
            long* values = stackalloc long[slots];
            values[begin] = from;
            values[end] = to;
            if (scratch <= MostOnStack)
            {
                byte* memory = stackalloc byte[scratch];
                Run(body, buffers, values, memory);
                return;
            }

            byte* large = (byte*)NativeMemory.Alloc((nuint)scratch);
            try
            {
                Run(body, buffers, values, large);
            }
            finally
            {
                NativeMemory.Free(large);
            }
        };
    }

    private static void Run(BoundStatement body, nint* buffers, long* values, byte* memory)
    {
        BoundFrame frame = new() { Buffers = buffers, Slots = values, Scratch = (byte*)(((nint)memory + 63) & ~63) };
        body(&frame);
    }
}
