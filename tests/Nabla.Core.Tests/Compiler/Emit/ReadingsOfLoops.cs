using Nabla.Compiler.Emit;
using Nabla.Compiler.Kernels;

namespace Nabla.Core.Tests.Compiler.Emit;

/// <summary>A way to run a kernel.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Body">The code.</param>
internal sealed record LoopReading(string Name, KernelBody Body);

/// <summary>Runs one kernel by all its readings over the same memory and compares the bytes that they leave.</summary>
internal static class ReadingsOfLoops
{
    /// <summary>The kernel as machine code, as prebuilt code, and as compiled C#.</summary>
    public static IReadOnlyList<LoopReading> Of(LoopKernel kernel) => [.. Planned(kernel), new("C#", CompiledCSharp.Of(kernel))];

    /// <summary>The readings that plans use, at each vector width that the machine has.</summary>
    public static IEnumerable<LoopReading> Planned(LoopKernel kernel) => SimdChoice.Available.SelectMany(width => Planned(kernel, width));

    /// <summary>The readings that plans use, at one vector width.</summary>
    public static IEnumerable<LoopReading> Planned(LoopKernel kernel, SimdWidth width) =>
    [
        new($"IL of {width}", KernelFactory.Create(kernel, dynamicCode: true, width)),
        new($"Prebuilt of {width}", KernelFactory.Create(kernel, dynamicCode: false, width)),
    ];

    /// <summary>All readings leave the same bytes as the evaluator; what <paramref name="read"/> finds in them is returned.</summary>
    public static T AgreeOn<T>(LoopKernel kernel, Action<KernelMemory> fill, Func<KernelMemory, T> read) => AgreeOn(kernel, Of(kernel), fill, read);

    /// <inheritdoc cref="AgreeOn{T}(LoopKernel, Action{KernelMemory}, Func{KernelMemory, T})"/>
    public static T AgreeOn<T>(
        LoopKernel kernel,
        IEnumerable<LoopReading> readings,
        Action<KernelMemory> fill,
        Func<KernelMemory, T> read,
        int misalignment = 0,
        IReadOnlyDictionary<int, int>? alias = null,
        params int[] without)
    {
        T? values = default;
        byte[] expected = Run(kernel, LoopEvaluator.Of(kernel), fill, m => values = read(m), misalignment, alias, without);
        foreach (LoopReading reading in readings)
        {
            byte[] actual = Run(kernel, reading.Body, fill, _ => { }, misalignment, alias, without);
            int same = expected.AsSpan().CommonPrefixLength(actual);
            if (same < expected.Length)
            {
                Assert.Fail($"{reading.Name} differs from the evaluator at byte {same} of {expected.Length} with extent {kernel.Extent}:\n{CSharpPrinter.Print(kernel)}");
            }
        }

        return values!;
    }

    /// <summary>The bytes that a reading leaves in memory.</summary>
    public static byte[] Run(
        LoopKernel kernel,
        KernelBody body,
        Action<KernelMemory> fill,
        Action<KernelMemory> read,
        int misalignment = 0,
        IReadOnlyDictionary<int, int>? alias = null,
        params int[] without)
    {
        using var memory = new KernelMemory(kernel.Buffers, misalignment, alias);
        fill(memory);
        memory.Run(body, 0, kernel.Extent);
        read(memory);
        return memory.Snapshot(without);
    }
}
