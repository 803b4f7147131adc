using System.Runtime.CompilerServices;

namespace Nabla.Compiler.Kernels;

/// <summary>How the functions that kernels are made of are compiled.</summary>
internal static class SmallFunctions
{
    /// <summary>
    /// Inlined; and where the runtime's budget for inlining ends, as it does within the longer elementary functions, at least optimised from
    /// the first call on: what is left as a call would else run unoptimised for the first tenths of a second, thirty times slower.
    /// </summary>
    public const MethodImplOptions Inlined = MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization;
}
